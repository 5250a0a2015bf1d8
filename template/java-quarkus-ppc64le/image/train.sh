#!/bin/sh
# train.sh BUILD_PLATFORM TARGET_PLATFORM FILE...: makes /layers/start: an AOT cache and the options that name it, and what a
# node needs to make one. The cache is of the image's own Java, and of its architecture: where that cannot run here, there
# is none.
set -eu
build=$1 target=$2
shift 2
training=/layers/start/training
mkdir -p "$training/files"
for file in "$@"; do
    cp "function/$file" "$training/files/"
done
javac -d "$training" image/Train.java
: > /layers/start/options
# Vectors of 64 bytes, which some of these processors have, are slower: nearly each would lie across two cache lines.
case $target in linux/amd64*) echo "-XX:MaxVectorSize=32" > /layers/start/options ;; esac
if [ "$build" = "$target" ]; then
    mkdir -p /home/app
    cp -Rp /layers/runtime/. /layers/libraries/. /layers/function/. /home/app/
    JDK_JAVA_OPTIONS=${JVM_OPTIONS} /layers/java/opt/java/bin/java -cp "$training" Train \
        /home/app/quarkus-run.jar /layers/start/function.aot "$training/files"
fi
if [ -f /layers/start/function.aot ]; then
    echo "-XX:AOTCache=/home/app/function.aot" >> /layers/start/options
elif [ "$build" = "$target" ]; then
    # Of the JDK's own classes at least: a Java that was linked has no archive of them.
    JDK_JAVA_OPTIONS=${JVM_OPTIONS} /layers/java/opt/java/bin/java -Xshare:dump -XX:SharedArchiveFile=/layers/start/java.jsa
    echo "-XX:SharedArchiveFile=/home/app/java.jsa" >> /layers/start/options
fi
