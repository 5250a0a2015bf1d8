#!/usr/bin/env bash
# The benchmark of the engine's inner loops.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh
build_module tools/benchmarks
result=tools/benchmarks/results/loops.md
before=$(load)
"$JAVA_HOME/bin/java" $(vectors) -cp "tools/benchmarks/target/classes:tools/benchmarks/target/lib/*" \
    imagefunctions.benchmarks.LoopBenchmark samples "$result"
load_line "$before" | tee -a "$result"
