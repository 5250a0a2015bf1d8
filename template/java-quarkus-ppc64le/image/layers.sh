#!/bin/sh
# layers.sh RUNTIME_APP FUNCTION_APP OUT: sorts a packaged function by how often its files change, so that functions share
# the layers they can: OUT/runtime has the libraries that the runtime alone has too, OUT/libraries the function's others,
# OUT/function the rest.
set -eu
runtime=$1 function=$2 out=$3
mkdir -p "$out/runtime" "$out/libraries" "$out/function" "$out/start"
cp -R "$function/." "$out/function/"
for jar in "$out"/function/lib/*/*.jar; do
    name=${jar#"$out"/function/}
    layer=libraries
    if [ -f "$runtime/$name" ]; then
        layer=runtime
    fi
    mkdir -p "$out/$layer/$(dirname "$name")"
    mv "$jar" "$out/$layer/$name"
done
rm -rf "$out/function/lib"
sh "$(dirname "$0")/date.sh" "$out"
