#!/usr/bin/env python3
"""Sends a photo through a function: call.py URL PHOTO RESULT, with the URL of a function and its parameters."""
import json
import sys
import time
import urllib.error
import urllib.request

ATTEMPTS = 5
# No room for this call just now: the same call may have it later. After 408, 502 or 504 it may have been made already.
TRY_AGAIN = {429, 503}


def call(url, photo):
    request = urllib.request.Request(url, data=photo, headers={"Content-Type": "application/octet-stream"})
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with urllib.request.urlopen(request, timeout=120) as answer:
                return answer.read()
        except urllib.error.HTTPError as error:
            if error.code not in TRY_AGAIN or attempt == ATTEMPTS:
                raise
            time.sleep(int(error.headers.get("Retry-After", 1)))


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    url, photo, result = sys.argv[1:]
    with open(photo, "rb") as file:
        data = file.read()
    try:
        picture = call(url, data)
    except urllib.error.HTTPError as error:
        # RFC 9457: every error says what to do next, and which call it was.
        problem = json.load(error)
        sys.exit(f"{error.code} {problem['detail']} (call {error.headers['X-Call-Id']})")
    with open(result, "wb") as file:
        file.write(picture)


if __name__ == "__main__":
    main()
