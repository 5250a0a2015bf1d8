#!/usr/bin/env bash
# userland.sh OUT ARCH PACKAGES [SUITE...]: unpacks packages of Debian's archive as a root file system, a folder or a tar
# file by its name, with Java, if it is among them, at /opt/java/openjdk. Nothing of them is run: a foreign architecture
# needs no emulation. Where the mirror lacks a package of one suite, the next one is tried. If none has them all, the status
# is 3, and what is missing is printed in one line.
set -euo pipefail

OUT=$1 ARCH=$2 PACKAGES=$3 SUITES=("${@:4}")
[[ ${#SUITES[@]} -gt 0 ]] || SUITES=(trixie forky sid)
MISSING=3
ARCHIVE=$(apt-get indextargets --format "\$(SITE)" "Created-By: Packages" 2>/dev/null | grep debian | head -1 || true)
[[ -n $ARCHIVE ]] || {
    echo "apt knows no archive of Debian's: add one to its sources, and run apt-get update." >&2
    exit 1
}
LOG=$(mktemp)
trap 'rm -f "$LOG"' EXIT

# The newest suites' Release files may be past their date.
unpack() {
    rm -rf --one-file-system "$OUT"
    mkdir -p "$(dirname "$OUT")"
    # shellcheck disable=SC2016 # $1 is the hook's
    mmdebstrap --variant=extract --architectures="${ARCH/ppc64le/ppc64el}" --include="$PACKAGES" \
        --aptopt='Acquire::Check-Valid-Until "false"' \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
        --extract-hook='cd "$1"
            ln -sf dash usr/bin/sh
            cp usr/share/base-passwd/passwd.master etc/passwd
            cp usr/share/base-passwd/group.master etc/group
            mkdir -p tmp root
            chmod 1777 tmp
            if [ -d usr/lib/jvm ]; then
                mkdir -p opt/java
                mv usr/lib/jvm/java-25-openjdk-* opt/java/openjdk
                find opt/java/openjdk -type l -lname "/etc/*" | while read -r link; do
                    cp --remove-destination "$1$(readlink "$link")" "$link" 2>/dev/null || rm "$link"
                done
            fi
            rm -rf usr/share/doc usr/share/man usr/share/locale var/lib/apt var/cache/apt' \
        "$1" "$OUT" "deb $ARCHIVE $1 main" >"$LOG" 2>&1
}

# Prints apt's errors, each with the line that says why: what could not be fetched, or else what could not be found.
errors() {
    local fetching finding='^E: (Unable to locate package|Package .* has no installation candidate|Unable to (correct|satisfy))'
    fetching=$(sed -n '/^Err:/ { N; s/\n */: /; p; }' "$LOG")
    if [[ -n $fetching ]]; then
        echo "$fetching"
    else
        grep -E "$finding" "$LOG"
    fi
}

reasons=()
for suite in "${SUITES[@]}"; do
    if unpack "$suite"; then
        exit
    fi
    lines=$(errors) || {
        echo "mmdebstrap failed: $(grep '^E:' "$LOG" || tail -20 "$LOG")" >&2
        exit 1
    }
    echo "$suite for $ARCH cannot be had:
$lines" >&2
    first=$(sed -E 's/^Err:[0-9]+ [^ ]+ //; s/^E: //; s/ \[IP.*//; q' <<<"$lines") count=$(wc -l <<<"$lines")
    [[ $count -eq 1 ]] || first="$first, and $((count - 1)) more"
    reasons+=("$suite: $first")
done
rm -rf --one-file-system "$OUT"
printf -v all '%s; ' "${reasons[@]}"
echo "${all%; }"
exit $MISSING
