"""Time from a process' start to its first picture, and its memory after a hundred, at once and when it is idle.

Usage: start.py RUNS PHOTO NAME COMMAND [NAME COMMAND...]; {port} in a command is the port that it shall listen on.
Every round starts each of them once, in turn. Prints a table in Markdown.
"""

import http.client
import os
import shlex
import signal
import socket
import statistics
import subprocess
import sys
import time

PICTURES = 100
# Seconds after which functions have given back what the compilers took: -XX:TrimNativeHeapInterval of their images, and one.
IDLE = 6


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def post(port, body):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("POST", "/", body)
    answer = connection.getresponse()
    picture = answer.read()
    connection.close()
    if answer.status != 200 or not picture.startswith(b"\xff\xd8"):
        raise SystemExit(f"no picture came back: {answer.status} {picture[:200]}")


def resident(pid):
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))


def cpu(pid):
    with open(f"/proc/{pid}/stat") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def measure(command, body):
    port = free_port()
    begun = time.monotonic()
    process = subprocess.Popen(
        shlex.split(command.format(port=port)), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        while True:
            try:
                post(port, body)
                break
            except ConnectionError:
                if process.poll() is not None:
                    raise SystemExit(f"it ended before it answered: {command}")
                time.sleep(0.002)
        first = time.monotonic() - begun
        first_cpu = cpu(process.pid)
        for _ in range(PICTURES - 1):
            post(port, body)
        at_once = resident(process.pid)
        time.sleep(IDLE)
        return first * 1000, first_cpu * 1000, at_once, resident(process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def main():
    runs, photo, pairs = int(sys.argv[1]), sys.argv[2], sys.argv[3:]
    names, commands = pairs[::2], pairs[1::2]
    with open(photo, "rb") as file:
        body = file.read()
    results = {name: [] for name in names}
    for _ in range(runs):
        for name, command in zip(names, commands):
            results[name].append(measure(command, body))
    print("| | first picture, ms: least | median | CPU until then, ms: median | resident after 100 pictures, MB: median | idle |")
    print("|---|---|---|---|---|---|")
    for name, rounds in results.items():
        first, used, memory, idle = zip(*rounds)
        print(
            f"| {name} | {min(first):.0f} | {statistics.median(first):.0f} "
            f"| {statistics.median(used):.0f} | {statistics.median(memory):.0f} "
            f"| {statistics.median(idle):.0f} |"
        )


if __name__ == "__main__":
    main()
