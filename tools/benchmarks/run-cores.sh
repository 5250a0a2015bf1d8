#!/usr/bin/env bash
# The benchmark of one picture on all cores: ROUNDS (100) runs of each call, one core and all in turn.
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
# One picture on all cores

Milliseconds of a call that has one core (`cores=1`) and of one that has all (`cores=all`): wall time,
the least of many runs, which take turns in one process, and the CPU time of that process, their mean. Only an idle machine shows what wall time
there is to gain: its load is named. `./run bench cores` writes this page.

EOF
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC $(vectors) -cp "target/classes:target/lib/*" \
        imagefunctions.benchmarks.CoresBenchmark "$PWD/target/pictures" "${ROUNDS:-100}"
    load_line "$before"
} | tee target/cores.md
mv target/cores.md results/cores.md
