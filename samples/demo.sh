#!/usr/bin/env bash
# Sends the sample pictures through every function with real curl, and lays the results on one sheet.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source tools/run/java.sh
source tools/run/services.sh

OUT=target/demo

# Has a file sent through a function some time later, and its result delivered under a name, which is its call id too.
call_later() {
    local file=$1 function=$2 name=$3
    curl -sS --fail-with-body --data-binary "@$file" "$GATEWAY_URL/async-function/$function" -o /dev/null \
        -H "X-Call-Id: $name" -H "X-Callback-Url: $RECEIVER_URL/messages/$name" \
        -w "$(basename "$file") %{size_upload} byte(s) -> $function HTTP: %{http_code} - %{time_total}s\n"
}

# Waits at most a minute until a picture is delivered, and fetches what the receiver keeps.
await_picture() {
    local name=$1 state
    for _ in {1..600}; do
        state=$(curl -sS "$GATEWAY_URL/system/async/$name")
        [[ $state == *'"state":"delivered"'* ]] && break
        sleep 0.1
    done
    curl -sS --fail-with-body "$RECEIVER_URL/messages/$name" -o "$OUT/$name" \
        -w "$name %{size_download} byte(s) delivered\n" || fail "$name was not delivered: $state"
}

# Uploads a picture with the SDK and waits for what its bucket makes of it.
bucket_round() {
    await_buckets "$GATEWAY_URL" "${STARTED[0]}" || fail "The gateway has ended: $(cat "$OUT/gateway.log")"
    [[ -n $BUCKETS_URL ]] || fail "Buckets are off, because $BUCKETS_OFF"
    # shellcheck disable=SC2046 # the file holds one NAME=VALUE a line, without blanks
    env $(cat "$OUT/s3/access-key") "$JAVA_HOME/bin/java" -cp "tools/convert/target/lib/*" \
        samples/BucketRound.java "$BUCKETS_URL" "$1" "$2"
}

# Kills a gateway behind the first step of a durable run; another one goes on with the run, and delivers the picture.
durable_round() {
    local first=$GATEWAY_URL folder=$OUT/durable
    local -x IMAGE_FUNCTIONS_WORKFLOWS=functions/chaining/examples
    local -x IMAGE_FUNCTIONS_RUNS_FOLDER=$folder/runs IMAGE_FUNCTIONS_RUN_LEASE=1s
    start_gateway "$folder"
    call_later "$1" "chaining?workflow=durable" "$2"
    until [[ -e $folder/runs/$2.run/step.0 ]]; do
        sleep 0.01
    done
    kill -9 "${STARTED[-1]}"
    wait "${STARTED[-1]}" 2>/dev/null || true
    echo "the gateway was killed; of the run it has kept: $(cd "$folder/runs/$2.run" && echo step.*)"
    start_gateway "$folder"
    await_picture "$2"
    curl -sS --fail-with-body "$GATEWAY_URL/system/runs/$2" -o "$OUT/$2.json"
    GATEWAY_URL=$first
}

build
rm -rf "$OUT"
mkdir -p "$OUT"
start_gateway "$OUT"
start_receiver "$OUT"
echo "The gateway is at $GATEWAY_URL; its log is $OUT/gateway.log"
for photo in samples/*.jpg; do
    name=$(basename "$photo" .jpg)
    cp "$photo" "$OUT/$name.jpg"
    for function in draft bw thumbnail transpose; do
        call "$photo" "$function" "$OUT/$name.$function.jpg"
    done
done
echo "transpose | bw | thumbnail"
curl -sS --fail-with-body --data-binary @samples/map.jpg "$GATEWAY_URL/function/transpose" |
    curl -sS --fail-with-body --data-binary @- "$GATEWAY_URL/function/bw" |
    curl -sS --fail-with-body --data-binary @- "$GATEWAY_URL/function/thumbnail" -o "$OUT/map.piped.jpg"
echo "asynchronously: the pictures are delivered to $RECEIVER_URL"
for photo in samples/*.jpg; do
    call_later "$photo" draft "$(basename "$photo" .jpg).async.jpg"
done
for photo in samples/*.jpg; do
    await_picture "$(basename "$photo" .jpg).async.jpg"
done
echo "a durable run whose gateway is killed"
durable_round samples/map.jpg map.durable.jpg
bucket_round samples/seeding.jpg "$OUT/seeding.bucket.jpg"
"$JAVA_HOME/bin/java" samples/ContactSheet.java "$OUT" "$OUT/contact-sheet.png"
echo "Look at $OUT/contact-sheet.png"
