#!/usr/bin/env bash
# fuzz.sh [TIME] [keep]: feeds the functions and the JPEG engine damaged files of all formats for 60s, 10m or 2h, in a heap
# of 256 MB; with "keep", files that led somewhere new are kept in corpus/. FUZZ_SEED=N repeats a run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh

[[ ${1:-60s} =~ ^([0-9]+)(s|m|h)?$ && ${2:-keep} == keep ]] ||
    fail "How long? ./run fuzz 60s, 10m or 2h, and maybe keep."
case ${BASH_REMATCH[2]} in
    m) seconds=$((BASH_REMATCH[1] * 60)) ;;
    h) seconds=$((BASH_REMATCH[1] * 3600)) ;;
    *) seconds=${BASH_REMATCH[1]} ;;
esac
build_module tools/fuzz
"$JAVA_HOME/bin/java" -Xmx256m -XX:+UseSerialGC -XX:-OmitStackTraceInFastThrow ${FUZZ_SEED:+-Dfuzz.seed="$FUZZ_SEED"} \
    -cp "tools/fuzz/target/classes:tools/fuzz/target/lib/*" \
    imagefunctions.fuzz.Fuzz "$seconds" tools/fuzz/target/found \
    tools/fuzz/corpus tools/fuzz/found libraries/jpeg/src/test/resources libraries/webp/src/test/resources samples/fixtures \
    "${@:2}"
