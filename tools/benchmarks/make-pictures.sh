#!/usr/bin/env bash
# Makes the benchmarks' pictures from a photo, once: make-pictures.sh [PHOTO].
set -euo pipefail
cd "$(dirname "$0")"
[[ ! -e target/pictures/4032x3024.jpg ]] || exit 0
[[ $# -ge 1 ]] || { echo "no pictures yet: name a photo to make them from, of 4032 x 2988 pixels or more" >&2; exit 2; }
python=/usr/bin/python3
[[ -x $python ]] || python=python3
"$python" make_images.py "$1" target/pictures
