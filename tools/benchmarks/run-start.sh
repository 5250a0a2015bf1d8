#!/usr/bin/env bash
# The benchmark of the first call: run-start.sh [RUNS]. The functions over pictures as they are packaged for their images,
# with that Java, with the AOT cache and without, compared with Flask and Pillow of Debian. Installs nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/benchmarks/load.sh

runs=${1:-10} python=/usr/bin/python3 out=$PWD/target/bench image=template/java-quarkus-ppc64le/image
$python -c 'import flask, PIL' 2>/dev/null ||
    fail "No Flask and Pillow found, which draft is compared with: install them (Debian: apt-get install python3-flask python3-pil)."
use_jdk
# The options of the image, and as much memory as stack.yml gives it.
JDK_JAVA_OPTIONS=$(sed -n 's/^ARG JVM_OPTIONS="\(.*\)"/\1/p' template/java-quarkus-ppc64le/Dockerfile)
export JDK_JAVA_OPTIONS QUARKUS_HTTP_HOST=127.0.0.1
functions=(draft bw thumbnail transpose)
rm -rf "$out"
mkdir -p "$out/training/files"
cp samples/seeding.jpg "$out/training/files"
quiet_maven package quarkus:build --projects "$(printf 'functions/%s,' "${functions[@]}")" --also-make -DskipChecks \
    -Dmaven.test.skip=true -Dquarkus.package.jar.type=aot-jar
"$JAVA_HOME/bin/java" $image/Link.java "$JAVA_HOME" functions/draft/target/quarkus-app "$out/java" >"$out/link.log" 2>&1
"$JAVA_HOME/bin/javac" -d "$out/training" $image/Train.java
java=$out/java/bin/java
"$java" -Xshare:dump -XX:SharedArchiveFile="$out/java.jsa" >>"$out/link.log" 2>&1
rows=("Flask, Pillow" "$python tools/benchmarks/peers/flask_draft.py {port}")
for function in "${functions[@]}"; do
    app=functions/$function/target/quarkus-app/quarkus-run.jar
    "$java" -cp "$out/training" Train "$app" "$out/$function.aot" "$out/training/files" >"$out/$function.log" 2>&1
    start="$java $(vectors) -XX:MaxRAM=512m -Dquarkus.http.port={port}"
    rows+=("$function, with its AOT cache" "$start -XX:AOTCache=$out/$function.aot -jar $app")
    [[ $function != draft ]] || rows+=("draft, without" "$start -XX:SharedArchiveFile=$out/java.jsa -jar $app")
done
before=$(load)
{
    $python tools/benchmarks/start.py "$runs" samples/seeding.jpg "${rows[@]}"
    load_line "$before"
} | tee "$out/start.md"
