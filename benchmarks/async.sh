# How fast asynchronous calls are taken in, beside NATS JetStream. Run by ./run bench async.

nats=$(PATH=$PATH:/usr/sbin:/sbin command -v nats-server) ||
    fail "No nats-server found, which the gateway is compared with: install it (Debian: apt-get install nats-server)."
build
maven --quiet package --projects benchmarks --also-make -Dmaven.test.skip=true -DskipChecks 2>&1 | { grep -v '^WARNING:' || true; }

bench_folder=$PWD/target/bench
rm -rf "$bench_folder"
mkdir -p "$bench_folder/nats"
nats_conf=$bench_folder/nats.conf
nats_store="store_dir: \"$bench_folder/nats\", max_file_store: 8GB"
nats_settings="listen: \"127.0.0.1:-1\", ports_file_dir: \"$bench_folder\", max_payload: 8388608"
echo "$nats_settings, jetstream { $nats_store, sync_interval: always }" >"$nats_conf"
synced="sync_interval: always"
if ! "$nats" -c "$nats_conf" -t >/dev/null 2>&1; then
    # Before 2.10 there is no such setting: then the file system is told to write all of this folder synchronously.
    echo "$nats_settings, jetstream { $nats_store }" >"$nats_conf"
    chattr +S "$bench_folder/nats" 2>/dev/null ||
        fail "This nats-server cannot write before it acknowledges: install 2.10 or newer, or run this on ext4 as a user who may chattr +S."
    synced="chattr +S on its folder, since this version has no setting for it"
fi
"$nats" -c "$nats_conf" >"$bench_folder/nats.log" 2>&1 &
on_exit "$!"
export IMAGE_FUNCTIONS_SPOOL_FOLDER=$bench_folder/spool
start_gateway
nats_port=
for _ in {1..100}; do
    nats_port=$(sed -n 's/.*"nats":\["nats:..[^:]*:\([0-9]*\)".*/\1/p' "$bench_folder"/*.ports 2>/dev/null || true)
    [[ -n $nats_port ]] && break
    sleep 0.1
done
[[ -n $nats_port ]] || fail "The nats-server did not start: $(cat "$bench_folder/nats.log")"

{
    cat <<EOF
# Taking asynchronous calls in

How long a caller waits until its call is safely on disk, and how many calls a second: the gateway over HTTP, from the
request to the 202, and a JetStream stream, from the publish to its ack. Both force every message to disk first. The
gateway makes each call too, and delivers; the stream only stores. The body is a small picture with bytes behind it.
Medians of three rounds of three seconds, in which the two took turns. \`./run bench async\` writes this page.

- $("$nats" --version), $synced
- $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p), $(uname -sm), $(nproc) core(s) of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo 2>/dev/null | head -1)
- $(awk '/MemTotal/ {printf "%.0f GB", $2 / 1e6}' /proc/meminfo) of memory, $(findmnt -n -o FSTYPE -T "$bench_folder") on the disk, load average before: $(cut -d ' ' -f 1-3 /proc/loadavg)

EOF
    "$JAVA_HOME/bin/java" -cp "benchmarks/target/classes:benchmarks/target/lib/*" \
        imagefunctions.benchmarks.async.AsyncBenchmark "$GATEWAY_URL" "nats://127.0.0.1:$nats_port" samples/fixtures/90x60.jpg
} | tee "$bench_folder/async.md"
mkdir -p benchmarks/results
mv "$bench_folder/async.md" benchmarks/results/async.md
