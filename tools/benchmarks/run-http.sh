#!/usr/bin/env bash
# The benchmark over HTTP, compared with the original's stack (Flask, waitress, Pillow). Installs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh
source tools/run/services.sh
build
build_module tools/benchmarks
start_gateway target/bench
cd tools/benchmarks
mkdir -p target results
python=/usr/bin/python3
[[ -x $python ]] || python=python3

# Not what an earlier one wrote.
: >target/server.txt
"$python" peers/server.py >target/server.txt 2>target/server.log &
server=$!
STARTED+=("$server")
until [[ $(wc -l <target/server.txt) -ge 2 ]]; do
    kill -0 $server 2>/dev/null || { cat target/server.log >&2; exit 2; }
    sleep 0.1
done
before=$(load)

{
    cat <<'EOF'
# Over HTTP

The same photos, posted by the same client over the loopback to our functions, in one process, and to handlers on the
original's stack (Flask, waitress, Pillow), in one process: requests for each second of CPU time that the server's process took, and how long the client
waited. Medians of three rounds in which the two took turns, after warming up. `bw` and `transpose` of ours keep the
photo's own quality, the original's write 75, and so do ours with `quality=75`. The client runs on the same cores, and the
more of them the server needs, the longer it waits. The photo of 7 x 9 pixels shows what a call costs beside its picture.
`./run bench http` writes this page.

EOF
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC $(vectors) -cp "target/classes:target/lib/*" \
        imagefunctions.benchmarks.http.HttpBenchmark "$GATEWAY_URL" "${STARTED[0]}" "$(sed -n 2p target/server.txt)" \
        "$(sed -n 1p target/server.txt)" "$server" ../../samples
    load_line "$before"
} | tee target/http.md
mv target/http.md results/http.md
