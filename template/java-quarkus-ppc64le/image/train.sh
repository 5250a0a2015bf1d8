#!/bin/sh
# train.sh BUILD_PLATFORM TARGET_PLATFORM FILE...: makes /layers/start, the options that name an AOT cache, and the cache.
# The cache is of the runtime image's own Java, and of its architecture: where that cannot run here, there is none.
set -eu
build=$1 target=$2
shift 2
: > /layers/start/options
if [ "$build" = "$target" ]; then
    mkdir -p /home/app
    cp -Rp /layers/runtime/. /layers/libraries/. /layers/function/. /home/app/
    for file in "$@"; do
        set -- "$@" "function/$file"
        shift
    done
    JDK_JAVA_OPTIONS=${JVM_OPTIONS} java image/Train.java /runtime-java/bin/java /home/app/quarkus-run.jar \
        /layers/start/function.aot "$@"
fi
if [ -f /layers/start/function.aot ]; then
    echo "-XX:AOTCache=/home/app/function.aot" > /layers/start/options
fi
