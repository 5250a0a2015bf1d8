#!/usr/bin/env bash
# The benchmark of the first call: run-start.sh [RUNS]. draft as it is packaged for its image, with and without the AOT
# cache, compared with Flask and Pillow of Debian. Installs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh

runs=${1:-10} python=/usr/bin/python3 out=$PWD/target/bench app=$PWD/functions/draft/target/quarkus-app/quarkus-run.jar
$python -c 'import flask, PIL' 2>/dev/null ||
    fail "No Flask and Pillow found, which draft is compared with: install them (Debian: apt-get install python3-flask python3-pil)."
use_jdk
# The options of the image, and as much memory as stack.yml gives it.
options=$(sed -n 's/^ARG JVM_OPTIONS="\(.*\)"/\1/p' template/java-quarkus-ppc64le/Dockerfile)
quiet_maven package quarkus:build --projects functions/draft --also-make -DskipChecks -Dmaven.test.skip=true \
    -Dquarkus.package.jar.type=aot-jar
mkdir -p "$out"
rm -f "$out/function.aot"
JDK_JAVA_OPTIONS=$options "$JAVA_HOME/bin/java" template/java-quarkus-ppc64le/image/Train.java \
    "$JAVA_HOME/bin/java" "$app" "$out/function.aot" samples/seeding.jpg >"$out/training.log" 2>&1
ours="$JAVA_HOME/bin/java $options -XX:MaxRAM=512m -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port={port}"
flask="$python tools/benchmarks/peers/flask_draft.py {port}"
$python tools/benchmarks/start.py "$runs" samples/seeding.jpg \
    "Flask, Pillow" "$flask" \
    "draft, with its AOT cache" "$ours -XX:AOTCache=$out/function.aot -jar $app" \
    "draft, without" "$ours -jar $app" | tee "$out/start.md"
