#!/usr/bin/env bash
# userland.sh OUT ARCH PACKAGES: unpacks packages of Debian's archive as a root file system, a folder or a tar file by its
# name, with Java at /opt/java/openjdk. Nothing of them is run: a foreign architecture needs no emulation.
set -euo pipefail

OUT=$1 ARCH=$2 PACKAGES=$3
SUITE=trixie
ARCHIVE=$(apt-get indextargets --format "\$(SITE)" "Created-By: Packages" 2>/dev/null | grep debian | head -1 || true)
[[ -n $ARCHIVE ]] || {
    echo "apt knows no archive of Debian's: add one to its sources, and run apt-get update." >&2
    exit 1
}
LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT

# shellcheck disable=SC2016 # $1 is the hook's
mmdebstrap --quiet --variant=extract --architectures="${ARCH/ppc64le/ppc64el}" --include="$PACKAGES" \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --extract-hook='cd "$1"
        ln -sf dash usr/bin/sh
        cp usr/share/base-passwd/passwd.master etc/passwd
        cp usr/share/base-passwd/group.master etc/group
        mkdir -p opt/java tmp root
        chmod 1777 tmp
        mv usr/lib/jvm/java-25-openjdk-* opt/java/openjdk
        find opt/java/openjdk -type l -lname "/etc/*" | while read -r link; do
            cp --remove-destination "$1$(readlink "$link")" "$link" 2>/dev/null || rm "$link"
        done
        rm -rf usr/share/doc usr/share/man usr/share/locale var/lib/apt var/cache/apt' \
    "$SUITE" "$OUT" "deb $ARCHIVE $SUITE main" >"$LOG" 2>&1 || {
    echo "mmdebstrap failed: $(tail -20 "$LOG")" >&2
    exit 1
}
