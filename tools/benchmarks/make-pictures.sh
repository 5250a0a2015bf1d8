#!/usr/bin/env bash
# Makes the benchmarks' pictures, once: from the photos of Debian's packages lomiri-wallpapers-*, the sample map, and what
# Chromium shows of a page and of a text.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
pictures=$PWD/target/pictures
[[ ! -e $pictures/4032x3024.jpg ]] || exit 0
mkdir -p "$pictures"

# shown NAME FILE: what a browser shows of a file, in 3000 x 2000 pixels.
shown() {
    local browser
    for browser in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$browser" >/dev/null || continue
        "$browser" --headless --no-sandbox --hide-scrollbars --window-size=1500,1000 --force-device-scale-factor=2 \
            --user-data-dir="$pictures/browser" --screenshot="$pictures/$1.png" "file://$(realpath "$2")" >/dev/null 2>&1 || true
        rm -rf "$pictures/browser"
        break
    done
    [[ -e $pictures/$1.png ]] || echo "There is no picture of $1, since no Chromium shows it (apt-get install chromium)."
}

shown screenshot page.html
shown text ../../docs/workflows.md
cp ../../samples/map.jpg "$pictures/3360x2100-map.jpg"
peers/python.sh "$PWD/make_images.py" "$pictures"
rm -f "$pictures"/*.png
