#!/usr/bin/env bash
# pods.sh: has podman play the manifests of the receiver and of the plain Deployment of transpose, as they are: with the user,
# the read-only root, the capabilities and the memory that they say. As root, with the packages that it names if they are
# missing; nothing is pulled. The applications are those that ./run test builds, as the Dockerfile's last stage takes them.
# All runs in a network of its own, in which no port is taken.
#
# Proves: what the manifests say holds for a container; pictures of 24 megapixels fit into the memory; what was kept is
# there after a restart; no call is cut when it is stopped under load.
# Cannot prove: what a cluster does besides: services, autoscaling, budgets, policies, probes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/test/containers.sh

ARCH=$(dpkg --print-architecture)

need podman buildah runc conmon catatonit mmdebstrap curl ip iptables unshare
if [[ ${1:-} != inside ]]; then
    unshare --net true || {
        echo "Skipped, no manifest is played, since no network of its own can be made here: be root, outside of a container."
        exit 0
    }
    status=0
    deploy/test/base-images.sh "$ARCH" || status=$?
    [[ $status -ne 3 ]] || exit 0
    [[ $status -eq 0 ]] || exit "$status"
    exec unshare --net "$0" inside
fi

REGISTRY=registry.example.com/image-functions
WORK=$IMAGES/pods
CALLERS=4
# Podman's files of a pod have no place for limits that every machine allows.
export CONTAINERS_CONF=$WORK/containers.conf

# image NAME APPLICATION
image() {
    local container
    [[ -f $2/quarkus-run.jar ]] || fail "There is no $2: ./run test builds it."
    container=$(builder from --pull-never "$JAVA_IMAGE-$ARCH")
    builder copy --quiet "$container" "$2" /home/app/ >/dev/null
    builder config --user 10001:10001 --workingdir /tmp \
        --env JDK_JAVA_OPTIONS="$(sed -n 's/^ARG JVM_OPTIONS="\(.*\)"/\1/p' template/java-quarkus-ppc64le/Dockerfile)" \
        --cmd "java -jar /home/app/quarkus-run.jar" "$container"
    builder commit --quiet --rm "$container" "$REGISTRY/$1:1.0.0" >/dev/null
}

# Prints the documents of a file of manifests that are of one kind and have one name.
documents() {
    awk -v RS='---\n' -v kind="kind: $2\n" -v name="  name: $3\n" \
        'index($0, kind) && index($0, name) { printf "---\n%s", $0 }' "$1"
}

# play POD MANIFESTS CONTAINER PORT: sets CONTAINER, PID and URL.
play() {
    CONTAINER=$1-pod-0-$3 URL=http://127.0.0.1:$4
    engine kube play "$2" >/dev/null 2>"$WORK/play.log" || fail "podman does not play $2: $(cat "$WORK/play.log")"
    ready
    lap "$1: played until it was ready"
}

ready() {
    for _ in {1..600}; do
        curl --silent --fail --output /dev/null "$URL/_/ready" && break
        sleep 0.1
    done
    PID=$(engine inspect --format '{{.State.Pid}}' "$CONTAINER")
    [[ $PID -gt 0 ]] || fail "$CONTAINER does not run: $(engine logs "$CONTAINER" 2>&1)"
}

# photo WIDTH HEIGHT: makes WIDTHxHEIGHT.jpg, once.
photo() {
    [[ -s $WORK/$1x$2.jpg ]] || "${JAVA_HOME:+$JAVA_HOME/bin/}java" deploy/test/Photo.java "$1" "$2" "$WORK/$1x$2.jpg"
}

down() {
    engine kube down "$1" >/dev/null 2>&1
}

# limited NAME BYTES: what its manifest says holds for its process.
limited() {
    grep -q $'^Uid:\t10001\t10001' "/proc/$PID/status" || fail "$1 does not run as user 10001."
    grep -q $'^CapEff:\t0000000000000000' "/proc/$PID/status" || fail "$1 has capabilities."
    grep -q $'^CapBnd:\t0000000000000000' "/proc/$PID/status" || fail "$1 could get capabilities."
    grep -q $'^NoNewPrivs:\t1' "/proc/$PID/status" || fail "$1 may gain privileges."
    grep -q $'^Seccomp:\t2' "/proc/$PID/status" || fail "$1 runs without a seccomp profile."
    grep -q ' / / ro,' "/proc/$PID/mountinfo" || fail "$1 has a root that is not read-only."
    [[ $(engine inspect --format '{{.HostConfig.Memory}}' "$CONTAINER") == "$2" ]] || fail "$1 is not limited to $2 bytes."
    echo "$1: user 10001, no capability, no new privileges, seccomp, a read-only root, $(($2 / 1048576)) MiB"
}

# Calls until nobody listens any more; writes each call's status and curl's exit code.
call_on() {
    local log=$WORK/calls-$BASHPID said=0 status
    while [[ $said -ne 7 ]]; do
        said=0
        status=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 30 "$@") || said=$?
        echo "$status $said" >>"$log"
    done
}

# stopped_under_load NAME CURL-ARGUMENTS...: every call is answered until nobody listens any more, and the process ends.
stopped_under_load() {
    local name=$1 callers=() status
    shift
    rm -f "$WORK"/calls-*
    for ((i = 0; i < CALLERS; i++)); do
        call_on "$@" &
        callers+=("$!")
    done
    until [[ $(cat "$WORK"/calls-* 2>/dev/null | wc -l) -ge 100 ]]; do sleep 0.1; done
    engine stop --time 30 "$CONTAINER" >/dev/null 2>&1
    wait "${callers[@]}"
    status=$(engine inspect --format '{{.State.ExitCode}}' "$CONTAINER")
    [[ $status == 143 ]] || fail "$name ended with $status upon SIGTERM, not with 143."
    echo "$name, stopped under load: $(cat "$WORK"/calls-* | grep -cE '^20[01] 0$') calls were answered"
    ! grep -hvE '^(20[01] 0|000 7)$' "$WORK"/calls-* | sort | uniq -c >"$WORK/lost" ||
        fail "$name lost calls when it was stopped (how many, status, curl's exit code): $(cat "$WORK/lost")"
}

mkdir -p "$WORK"
ip link set lo up
printf '[containers]\ndefault_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]\n' >"$CONTAINERS_CONF"
engine run --rm "$JAVA_IMAGE-$ARCH" java -version >"$WORK/play.log" 2>&1 || {
    echo "Skipped, no manifest is played, since podman runs no container here: $(cat "$WORK/play.log")"
    exit 0
}
LAPPED=$SECONDS
image callback-receiver services/callback-receiver/target/quarkus-app
image transpose deploy/target/transpose/quarkus-app
lap "Images of the receiver and of transpose"

receiver=deploy/kubernetes/receiver/callback-receiver.yaml
transpose=$WORK/transpose.yaml
documents deploy/kubernetes/plain/functions.yaml Deployment transpose >"$transpose"
clean_up() {
    down "$receiver" || true
    down "$transpose" || true
    engine volume rm --force callback-receiver tmp >/dev/null 2>&1 || true
}
clean_up
trap clean_up EXIT

play callback-receiver "$receiver" callback-receiver 5000
limited callback-receiver $((256 << 20))
curl --silent --fail --data-binary @samples/seeding.jpg --output /dev/null $URL/messages/seeding.jpg
stopped_under_load callback-receiver --data-binary @docs/pictures/seeding.jpg $URL/messages/load.jpg
engine start "$CONTAINER" >/dev/null 2>&1
ready
curl --silent --fail $URL/messages/seeding.jpg | cmp - samples/seeding.jpg || fail "The receiver lost what it had."
lap "The receiver: limits, load, stop, and what it kept"

play transpose "$transpose" function 8080
limited transpose $((512 << 20))
photo 6000 4000
answer=$(curl --silent --data-binary "@$WORK/6000x4000.jpg" --output "$WORK/transposed.jpg" --write-out '%{http_code}, %{size_download} bytes in %{time_total} s' "$URL/?method=transpose")
[[ $answer == 200* ]] || fail "24 megapixels were answered with $answer: $(head -c 500 "$WORK/transposed.jpg")"
echo "transpose of 24 megapixels, progressive, $(stat --format %s "$WORK/6000x4000.jpg") bytes: $answer;" \
    "resident at most: $(awk '/^VmHWM/ { print int($2 / 1024) " MB" }' "/proc/$PID/status")"
photo 6000 4001
answer=$(curl --silent --data-binary "@$WORK/6000x4001.jpg" --output /dev/null --write-out '%{http_code}' "$URL/")
[[ $answer == 413 ]] || fail "More than 24 megapixels were answered with $answer, not with 413."
stopped_under_load transpose --data-binary @samples/seeding.jpg "$URL/"
lap "transpose: limits, 24 megapixels, load, stop"
echo "All in all: $SECONDS s"
