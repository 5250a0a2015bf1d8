#!/usr/bin/env bash
# The image benchmark: run-images.sh [PHOTO]. Makes its pictures from the photo once, installs nothing by itself.
set -euo pipefail
cd "$(dirname "$0")"
pictures=target/pictures
if [ ! -e "$pictures/4032x3024.jpg" ]; then
    [ $# -ge 1 ] || { echo "no pictures yet: run-images.sh PHOTO, a JPEG of 12 megapixels or more" >&2; exit 2; }
    /usr/bin/env python3 make_images.py "$1" "$pictures" || /usr/bin/python3 make_images.py "$1" "$pictures"
fi
[ -e target/lib ] || { echo "not built yet: mvn -pl benchmarks -am package" >&2; exit 2; }
mkdir -p results
"${JAVA_HOME:+$JAVA_HOME/bin/}java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
    imagefunctions.benchmarks.ImageBenchmark "$pictures" peers "${RESULT:-results/images-$(uname -m).md}" "${ROUNDS:-5}" "${PICTURES:-}" "${OPERATIONS:-}"
