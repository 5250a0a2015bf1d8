#!/usr/bin/env bash
# The image benchmark. Fetches its peers and makes its pictures once, below target/.
# PICTURES="640x427 1920x1080*" and OPERATIONS="bw thumbnail*" run those alone, ROUNDS=9 takes more rounds than five.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh
build_module tools/benchmarks
cd tools/benchmarks
./make-peers.sh
./make-pictures.sh
before=$(load)
# What is hot is compiled at once, however busy the machine is.
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -XX:-BackgroundCompilation $(vectors) -cp "target/classes:target/lib/*" \
    imagefunctions.benchmarks.ImageBenchmark "$PWD/target/pictures" "$PWD/peers" "$PWD/target" "${ROUNDS:-5}"
load_line "$before" >>target/images.md
if [[ -n ${PICTURES:-}${OPERATIONS:-} ]]; then
    cat target/images.md # some rows alone are not the results
else
    cp target/images.md "results/images-$(uname -m).md"
    python3 ../../docs/pictures/benchmark.py
fi
