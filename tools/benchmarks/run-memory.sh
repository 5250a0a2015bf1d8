#!/usr/bin/env bash
# The benchmark of memory: run-memory.sh [PHOTO]. Makes its pictures from the photo once, installs nothing.
set -euo pipefail
[[ $# -eq 0 ]] || set -- "$(realpath "$1")"
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
build_module tools/benchmarks
cd tools/benchmarks
./make-pictures.sh "$@"
mkdir -p results
python=/usr/bin/python3
[[ -x $python ]] || python=python3

{
    cat <<'EOF'
# Memory

What an operation allocates, of an engine that has its buffers already; the smallest heap (`-Xmx`, in steps of 2 MB,
with a young generation of 1 MB) in which a new process does it once; how much that is more than what reading the file
and its header takes, also over the picture's pixels. Beside it by how much a process of Pillow's or libvips' grows at
most (peak of its resident memory) while it does the same, the file already read. `./run bench memory` writes this page.

EOF
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
        imagefunctions.benchmarks.MemoryBenchmark target/pictures peers "$python"
} | tee target/memory.md
mv target/memory.md results/memory.md
