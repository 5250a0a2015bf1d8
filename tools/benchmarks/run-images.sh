#!/usr/bin/env bash
# The image benchmark: run-images.sh [PHOTO]. Makes its pictures from the photo once, installs nothing by itself.
# PICTURES="640x427 1920x1080" and OPERATIONS="bw transpose" run those alone, ROUNDS=9 takes more rounds than five.
set -euo pipefail
cd "$(dirname "$0")"
pictures=target/pictures
./make-pictures.sh "$@"
[ -e target/lib ] || { echo "not built yet: ./run bench images builds it" >&2; exit 2; }
mkdir -p results
result=results/images-$(uname -m).md
[ -z "${PICTURES:-}${OPERATIONS:-}" ] || result=target/images.md # some rows alone are not the results
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
    imagefunctions.benchmarks.ImageBenchmark "$pictures" peers "$result" "${ROUNDS:-5}"
