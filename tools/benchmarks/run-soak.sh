#!/usr/bin/env bash
# run-soak.sh [TIME]: the gateway and the receiver under everything at once for 10m, 30m or 2h. As root their disk is a small
# one, which is full at times; with libfaketime their clock is put forward and back.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh

[[ ${1:-30m} =~ ^([0-9]+)(s|m|h)$ ]] || fail "How long? ./run soak 10m, 30m or 2h."
case ${BASH_REMATCH[2]} in
    s) seconds=${BASH_REMATCH[1]} ;;
    m) seconds=$((BASH_REMATCH[1] * 60)) ;;
    h) seconds=$((BASH_REMATCH[1] * 3600)) ;;
esac
build
build_module tools/benchmarks
cd tools/benchmarks
exec "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -cp "target/classes:target/lib/*" \
    imagefunctions.benchmarks.soak.Soak "$seconds"
