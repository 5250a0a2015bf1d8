#!/usr/bin/env bash
# The benchmark of choosing among gateways. Takes about five minutes, installs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh
build_module tools/benchmarks
cd tools/benchmarks
mkdir -p target results
before=$(load)

{
    cat <<EOF
# Choosing among several gateways

Four gateways on loopback, each of which works on four calls at a time, for 50 ms on average (exponentially
distributed), one of them for 150 ms. Calls arrive at random, at 0.8 of what the gateways that stay can do; a call's time
runs from its arrival to its answer. Three rounds of twelve seconds, in which the strategies took turns, taken together.
\`./run bench gateways\` writes this page.

Round-robin is a list and a counter, as one would write it. The other two are what \`IMAGE_FUNCTIONS_GATEWAY_CHOICE\` can
be, with gateways that fail ejected and one other tried. Calls that were at a gateway when it died count as failed here:
they may have been done, so the client leaves them to whoever calls; \`chaining\` repeats them.

- $("$JAVA_HOME/bin/java" -version 2>&1 | sed -n 2p), $(uname -sm)
- $(nproc) core(s) of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1)

EOF
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
        imagefunctions.benchmarks.gateways.GatewaysBenchmark 2>target/gateways.log
    load_line "$before"
} | tee target/gateways.md
mv target/gateways.md results/gateways.md
