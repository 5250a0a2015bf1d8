#!/usr/bin/env bash
# Fetches today's peers and the photos, once, into target/, installing nothing on the machine: the native libraries and the
# photos in a userland of Debian's newest suite, sharp from npm. What cannot be had is said in one line each.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target=$PWD/tools/benchmarks/target
packages=base-files,base-passwd,libc-bin,coreutils,dash,python3-pil
packages+=,libvips42t64,libmagickwand-7.q16-10,libgraphicsmagick-q16-3t64,libturbojpeg0
packages+=,lomiri-wallpapers-16.04,lomiri-wallpapers-20.04

machine_instead() {
    echo "The native peers are the machine's own, not those of Debian's newest suite: $*"
}

userland() {
    local missing
    [[ ! -d $target/peers ]] || return 0
    [[ $EUID -eq 0 ]] || { machine_instead "only root may enter another userland." && return; }
    command -v mmdebstrap unshare dpkg >/dev/null || { machine_instead "there is no mmdebstrap (apt-get install mmdebstrap)." && return; }
    echo "Fetching the native peers and the photos from Debian's archive, once"
    rm -rf --one-file-system "$target/peers.part"
    missing=$(deploy/test/userland.sh "$target/peers.part" "$(dpkg --print-architecture)" "$packages" forky trixie) ||
        { machine_instead "${missing:-they could not be fetched.}" && return; }
    mv "$target/peers.part" "$target/peers"
}

mkdir -p "$target"
userland
[[ -d $target/node_modules/sharp ]] || npm install --silent --no-fund --no-audit --prefix "$target" sharp ||
    echo "sharp could not be fetched by npm."
