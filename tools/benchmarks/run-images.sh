#!/usr/bin/env bash
# The image benchmark: run-images.sh [PHOTO]. Makes its pictures from the photo once, installs nothing by itself.
# PICTURES="640x427 1920x1080" and OPERATIONS="bw transpose" run those alone, ROUNDS=9 takes more rounds than five.
set -euo pipefail
[[ $# -eq 0 ]] || set -- "$(realpath "$1")"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
build_module tools/benchmarks
cd tools/benchmarks
pictures=target/pictures
./make-pictures.sh "$@"
mkdir -p results
result=results/images-$(uname -m).md
[ -z "${PICTURES:-}${OPERATIONS:-}" ] || result=target/images.md # some rows alone are not the results
"$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
    imagefunctions.benchmarks.ImageBenchmark "$pictures" peers "$result" "${ROUNDS:-5}"
