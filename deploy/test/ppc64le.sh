#!/usr/bin/env bash
# Runs the functions on an emulated linux/ppc64le userland, and compares their answers with this machine's, byte for byte.
# As root, with qemu-user-static and mmdebstrap. No foreign program is run to make the userland, and none is installed.
# Where Debian's mirror lacks packages for it, it says so and ends well. With "fetch", the userland is made and nothing run.
#
# Proves: the jars, as they are, run on a ppc64le JVM and make the same pictures there.
# Cannot prove: speed, and what depends on the kernel, which is this machine's (its page size, for one).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/test/containers.sh

APP=$PWD/services/local-gateway/target/quarkus-app
WORK=$PWD/target/ppc64le
ROOT=$WORK/root
QEMU=/usr/bin/qemu-ppc64le-static
FUNCTIONS=(draft bw thumbnail "thumbnail?width=320&height=240" transpose "transpose?method=rotate_90" chaining)
JAVA=(-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -jar)
STARTED=()

clean_up() {
    [[ ${#STARTED[@]} -eq 0 ]] || kill "${STARTED[@]}" 2>/dev/null || true
    wait
    umount "$ROOT/proc" 2>/dev/null || true
}

make_node() {
    [[ -c $ROOT/dev/$1 ]] || mknod --mode=666 "$ROOT/dev/$1" c 1 "$2"
}

fetch_root() {
    [[ ! -x $ROOT/opt/java/openjdk/bin/java ]] || return 0
    rm -rf --one-file-system "$ROOT"
    userland "$ROOT" ppc64le base-files,base-passwd,libc-bin,coreutils,dash,openjdk-25-jre-headless || {
        echo "Skipped, nothing is run on ppc64le, since Debian's mirror lacks packages: $MISSING"
        exit 0
    }
    lap "A ppc64le userland from Debian's archive"
}

complete_root() {
    [[ $(elf_machine "$ROOT/opt/java/openjdk/bin/java") == ppc64le ]] || fail "Its Java is not for ppc64le."
    rm -rf "$ROOT/home/app"
    mkdir -p "$ROOT"/{home/app,proc,dev}
    cp -R "$APP/." "$ROOT/home/app/"
    install -d -o 10001 "$ROOT/home/data"
    cp "$QEMU" "$ROOT/qemu"
    mount -t proc proc "$ROOT/proc"
    # Nodes of its own: a bind mount that was left behind would be deleted with target/.
    make_node null 3
    make_node random 8
    make_node urandom 9
}

# start LOG COMMAND...: a gateway on a port of the system's choice; sets URL.
start() {
    local log=$1 pid
    shift
    # SSL_CERT_FILE names a file of this machine's, if any.
    env -u SSL_CERT_FILE QUARKUS_HTTP_PORT=0 IMAGE_FUNCTIONS_S3_PORT=0 "$@" >"$log" 2>&1 &
    pid=$!
    STARTED+=("$pid")
    URL=
    while [[ -z $URL ]]; do
        kill -0 "$pid" 2>/dev/null || fail "It did not start: $(cat "$log")"
        sleep 0.1
        URL=$(sed -n 's/.*Listening on: \(http:[^ ]*\).*/\1/p' "$log")
    done
}

call() {
    curl --silent --show-error --fail-with-body --data-binary "@$1" "$2" --output "$3"
}

need mmdebstrap qemu-ppc64le-static curl
mkdir -p "$WORK/answers"
[[ ${1:-} != fetch ]] || {
    fetch_root
    exit
}
[[ -f $APP/quarkus-run.jar ]] || fail "There is no $APP: ./run ppc64le builds it."
trap clean_up EXIT
umount "$ROOT/proc" 2>/dev/null || true
fetch_root
complete_root

# shellcheck disable=SC2153 # ./run sets JAVA_HOME
start "$WORK/native.log" \
    env IMAGE_FUNCTIONS_SPOOL_FOLDER="$WORK/native/spool" IMAGE_FUNCTIONS_S3_FOLDER="$WORK/native/s3" \
    IMAGE_FUNCTIONS_BUCKETS=false \
    "$JAVA_HOME/bin/java" "${JAVA[@]}" "$APP/quarkus-run.jar"
NATIVE_URL=$URL
lap "Start of all functions on this machine"
start "$WORK/ppc64le.log" chroot --userspec=10001:10001 "$ROOT" \
    /qemu -E IMAGE_FUNCTIONS_SPOOL_FOLDER=/home/data/spool -E IMAGE_FUNCTIONS_S3_FOLDER=/home/data/s3 \
    -E IMAGE_FUNCTIONS_BUCKETS=false \
    /opt/java/openjdk/bin/java "${JAVA[@]}" /home/app/quarkus-run.jar
lap "Start of all functions on emulated ppc64le"

compared=0
for photo in samples/*.jpg; do
    for function in "${FUNCTIONS[@]}"; do
        call "$photo" "$NATIVE_URL/function/$function" "$WORK/answers/native"
        call "$photo" "$URL/function/$function" "$WORK/answers/ppc64le"
        cmp "$WORK/answers/native" "$WORK/answers/ppc64le" || fail "$function makes another picture of $photo on ppc64le."
        compared=$((compared + 1))
    done
done
lap "$compared answers are the same, byte for byte"
echo "All in all: $SECONDS s"
