#!/usr/bin/env bash
# Has Pi computed twenty times, asynchronously: with 50 decimals, 100, ... and 1000; each result goes to the callback receiver.
set -euo pipefail
GATEWAY_URL=${1:-http://127.0.0.1:8080} RECEIVER_URL=${2:-http://127.0.0.1:5000}

for i in {1..20}; do
    curl -sS --fail-with-body -d $((50 * i)) "$GATEWAY_URL/async-function/pi" \
        -H "X-Call-Id: pi-$i" -H "X-Callback-Url: $RECEIVER_URL/messages/pi-$i.txt" \
        -w "pi-$i: $((50 * i)) decimals HTTP: %{http_code} - %{time_total}s\n"
done
