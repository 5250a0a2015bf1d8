#!/usr/bin/env bash
# python.sh SCRIPT...: runs Python where the peers are: in the userland of ../make-peers.sh if it is there, in which this
# folder's parent has the same path as outside, or else on the machine. The mounts end with the process.
set -euo pipefail
benchmarks=$(realpath "$(dirname "${BASH_SOURCE[0]}")/..")
export PYTHONDONTWRITEBYTECODE=1
if [[ -d $benchmarks/target/peers && $EUID -eq 0 ]]; then
    # shellcheck disable=SC2016 # the inner shell's
    exec unshare --mount sh -c '
        root=$1/target/peers
        mkdir -p "$root$1"
        mount --bind "$1" "$root$1"
        mount -t proc proc "$root/proc"
        shift
        exec chroot "$root" python3 "$@"' sh "$benchmarks" "$@"
fi
python=/usr/bin/python3
[[ -x $python ]] || python=python3
exec "$python" "$@"
