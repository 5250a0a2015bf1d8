#!/usr/bin/env bash
# The benchmark of the engine's inner loops.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
build_module tools/benchmarks
"$JAVA_HOME/bin/java" -cp "tools/benchmarks/target/classes:tools/benchmarks/target/lib/*" \
    imagefunctions.benchmarks.LoopBenchmark samples tools/benchmarks/results/loops.md
