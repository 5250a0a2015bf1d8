#!/usr/bin/env bash
# The benchmark of memory. Fetches its peers and makes its pictures once, below target/.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh
build_module tools/benchmarks
cd tools/benchmarks
./make-peers.sh
./make-pictures.sh
before=$(load)

{
    cat <<'EOF'
# Memory

What an operation allocates, of an engine that has its buffers already; the smallest heap (`-Xmx`, in steps of 2 MB,
with a young generation of 1 MB) in which a new process does it once; how much that is more than what reading the file
and its header takes, also over the picture's pixels. Beside it by how much a process of Pillow's or libvips' grows at
most (peak of its resident memory) while it does the same, the file already read. `./run bench memory` writes this page.

EOF
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
        imagefunctions.benchmarks.MemoryBenchmark "$PWD/target/pictures" "$PWD/peers" "$PWD/peers/python.sh"
    load_line "$before"
} | tee target/memory.md
mv target/memory.md results/memory.md
