#!/usr/bin/env bash
# The benchmark of accepting calls, compared with a nats-server of its own. Installs nothing.
# ROUNDS=1 and SECONDS_EACH=1 make it shorter, GATEWAYS=3 has three gateways share the queue on JetStream.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh
source tools/run/services.sh
PATH=$PATH:/usr/sbin
command -v nats-server >/dev/null ||
    fail "No nats-server found, which the gateway is compared with: install it (Debian: apt-get install nats-server)."
build
build_module tools/benchmarks
start_gateway target/bench
folder_gateway=$GATEWAY_URL
cd tools/benchmarks
folder=$PWD/target/async
rm -rf "$folder"
mkdir -p "$folder/store" results

settings="listen: \"127.0.0.1:-1\", ports_file_dir: \"$folder\", max_payload: 8388608"
store="store_dir: \"$folder/store\", max_file_store: 16GB"
echo "$settings, jetstream { $store, sync_interval: always }" >"$folder/nats.conf"
synced="sync_interval: always"
if ! nats-server -c "$folder/nats.conf" -t >/dev/null 2>&1; then
    # Before 2.10 there is no such setting: then the file system is set to write all of this folder synchronously.
    echo "$settings, jetstream { $store }" >"$folder/nats.conf"
    chattr +S "$folder/store" 2>/dev/null || {
        echo "this nats-server acknowledges before it writes: install 2.10 or newer, or run this on ext4" >&2
        exit 2
    }
    synced="chattr +S on its folder, since this version has no setting for it"
fi
nats-server -c "$folder/nats.conf" >"$folder/nats.log" 2>&1 &
nats=$!
STARTED+=("$nats")
port=
while [[ -z $port ]]; do
    kill -0 $nats 2>/dev/null || { cat "$folder/nats.log" >&2; exit 1; }
    sleep 0.1
    port=$(cat "$folder"/*.ports 2>/dev/null | sed -n 's/.*"nats:\/\/[^"]*:\([0-9]*\)".*/\1/p')
done

# What forcing costs depends on it.
file_system=$(df --output=fstype "$folder" | tail -1)
if [[ $file_system == ext4 ]]; then
    device=$(basename "$(readlink "/sys/dev/block/$(stat -c %Hd:%Ld "$folder")")")
    compgen -G "/proc/fs/jbd2/$device-*" >/dev/null && file_system+=" with its journal" || file_system+=" without a journal"
fi

cd ../..
export IMAGE_FUNCTIONS_QUEUE=nats://127.0.0.1:$port
rounds=${ROUNDS:-3} seconds=${SECONDS_EACH:-3}
sharing=
for ((i = 1; i <= ${GATEWAYS:-1}; i++)); do
    start_gateway "target/bench-jetstream-$i"
    await_url "$GATEWAY_URL/_/ready" "${STARTED[-1]}"
    sharing+=${sharing:+,}$GATEWAY_URL
done
cd tools/benchmarks
before=$(load)

{
    cat <<EOF
# Taking asynchronous calls in

How long a caller waits until its call is safely on disk, and how many calls a second: a gateway with a folder and one with
a JetStream server as its queue over HTTP, from the request to the 202; the folder alone, which is the first one's queue, in
the process of the benchmark; a JetStream stream, which is reached over TCP, from the publish to its ack; and new files that are
written and forced. All force every message to disk first. The gateways also make each call meanwhile; the others only store. The
body is a small picture with bytes behind it. Medians of $rounds round(s) of $seconds s, in which all took turns, after 20 s each, with
20 kB from eight callers, to warm up. \`./run bench async\` writes this page.

- $(nats-server --version), $synced
- $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p), $(uname -sm)
- $(nproc) core(s) of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo) of memory, $file_system on the disk

EOF
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
        imagefunctions.benchmarks.async.AsyncBenchmark "$folder_gateway" "$sharing" "nats://127.0.0.1:$port" \
        ../../samples/fixtures/90x60.jpg "$rounds" "$seconds" "$folder"
    load_line "$before"
} | tee "$folder/async.md"
mv "$folder/async.md" "results/async${GATEWAYS:+-$GATEWAYS-gateways}.md"
