#!/usr/bin/env bash
# images.sh [FUNCTION...]: builds images of functions as faas-cli would, without a registry, and calls draft in a container;
# then builds the others that are named; "gateway" is the image in which everything runs. As root, with buildah, podman, runc and mmdebstrap.
#
# Proves: the Dockerfile's stages, paths and commands, for this machine's architecture and for ppc64le without emulation;
# what user, root file system and capabilities it needs; that it needs no shell; how large it is; its answers, and its end; a
# cache that a node makes for itself.
# Cannot prove: the content of the real base images, whose places stand-ins from Debian take (base-images.sh). Where
# Debian's mirror lacks packages for them, it says what is skipped and ends well.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/test/containers.sh

NATIVE=$(dpkg --print-architecture)
FOREIGN=(ppc64le)
PORT=18130
URL=http://127.0.0.1:$PORT
CONTAINER=image-functions-test
# What an image may add to its base image: the real one has some 15 MB, its stand-in what Debian's Java needs besides.
MOST_MEGABYTES=130
# More than 150 with the base: the store's client and what it needs.
MOST_MEGABYTES_WITH_STORE=155

# Makes base images, as base-images.sh takes them, unless Debian's mirror lacks packages for them.
base_images() {
    local status=0
    deploy/test/base-images.sh "$@" || status=$?
    [[ $status -eq 0 || $status -eq 3 ]] || exit "$status"
    return "$status"
}

# Everything here needs the Maven repository of this machine, for want of a network; what a build adds to it is its own.
mount_repository() {
    rm -rf "$IMAGES/repository"
    mkdir -p "$IMAGES"/repository/{added,work,all} "$HOME/.m2"
    mount -t overlay overlay "$IMAGES/repository/all" \
        -o "lowerdir=$HOME/.m2,upperdir=$IMAGES/repository/added,workdir=$IMAGES/repository/work"
}

clean_up() {
    engine rm --force --time 1 "$CONTAINER" >/dev/null 2>&1 || true
    umount "$IMAGES/repository/all" 2>/dev/null || true
}

# build FUNCTION ARCH [BUILD_ARCH [TAG]]
build() {
    local name=$1 arch=$2 from=${3:-$NATIVE} tag=${4:-$2} trust=() training=
    local cacerts=/etc/ssl/certs/java/cacerts
    [[ ! -f $cacerts ]] || trust=(--volume "$cacerts:/opt/java/openjdk/lib/security/cacerts:ro")
    [[ ! -f $IMAGES/context/$name/function/samples/seeding.jpg ]] || training=samples/seeding.jpg
    # buildah 1.28 does not know BUILDPLATFORM by itself.
    builder bud --layers --pull-never --platform "linux/$arch" \
        --build-arg "BUILDPLATFORM=linux/$from" --build-arg "TARGETPLATFORM=linux/$arch" \
        --isolation chroot --network host "${LIMITS[@]}" \
        --volume "$IMAGES/repository/all:/root/.m2" "${trust[@]}" --build-arg "TRAINING=$training" \
        --tag "localhost/$name:$tag" "$IMAGES/context/$name" >"$IMAGES/build-$name-$tag.log" 2>&1 ||
        fail "The build of $name:$tag failed: $(tail -30 "$IMAGES/build-$name-$tag.log")"
    lap "Build of $name:$tag"
}

# Asserts what an image is made of.
inspect() {
    local name=$1 arch=$2 container root machine size most=$MOST_MEGABYTES
    container=$(builder from --pull-never --platform "linux/$arch" "localhost/$name:$arch")
    root=$(builder mount "$container")
    machine=$(elf_machine "$root/opt/java/bin/java")
    [[ $machine == "$arch" ]] || fail "The Java in $name:$arch is for $machine."
    [[ $(builder inspect --type image --format '{{.OCIv1.Architecture}}' "localhost/$name:$arch") == "$arch" ]] ||
        fail "$name:$arch does not say that it is for $arch."
    if [[ $arch == "$NATIVE" ]]; then
        [[ -s $root/home/app/function.aot ]] || fail "$name:$arch has no AOT cache."
    else
        [[ ! -e $root/home/app/function.aot ]] || fail "$name:$arch has an AOT cache of another architecture."
    fi
    [[ $arch != amd64 ]] || grep -q MaxVectorSize "$root/home/app/options" || fail "$name:$arch has vectors of any length."
    ! compgen -G "$root/usr/bin/*sh" >/dev/null || fail "$name:$arch has a shell."
    size=$(du -scm "$root/opt/java" "$root/home/app" | tail -1 | cut -f 1)
    ! compgen -G "$root/home/app/lib/main/io.minio*" >/dev/null || most=$MOST_MEGABYTES_WITH_STORE
    [[ $size -lt $most ]] || fail "$name:$arch adds $size MB to its base, not less than $most."
    builder rm "$container" >/dev/null
    echo "$name:$arch: $size MB and its base, an ELF file for $machine, user $(builder inspect --type image --format '{{.OCIv1.Config.User}}' "localhost/$name:$arch")"
}

layers() {
    engine image inspect --format '{{range .RootFS.Layers}}{{println .}}{{end}}' "localhost/$1"
}

# The layers of Java and of libraries are the same in the images of two functions over pictures.
compare_layers() {
    local shared
    shared=$(comm -12 <(layers "$1" | sed '/^$/d' | sort) <(layers "$2" | sed '/^$/d' | sort) | wc -l)
    # The base image's, Java, the runtime's libraries, and the libraries of functions over pictures.
    [[ $shared -ge 4 ]] || fail "$1 and $2 share $shared layers, not 4."
    echo "$1 and $2 share $shared layers."
}

call() {
    curl --silent --show-error --fail-with-body "$@"
}

start() {
    engine run --detach --name "$CONTAINER" --pull never --network host "${LIMITS[@]}" \
        --read-only --read-only-tmpfs=false --tmpfs /tmp:mode=1777,size=64m --memory 512m \
        --cap-drop ALL --security-opt no-new-privileges \
        --env QUARKUS_HTTP_HOST=127.0.0.1 --env QUARKUS_HTTP_PORT=$PORT "$@" >/dev/null
    for _ in {1..600}; do
        call --output /dev/null $URL/_/ready 2>/dev/null && return
        sleep 0.1
    done
    fail "The container did not become ready: $(engine logs "$CONTAINER" 2>&1)"
}

try_container() {
    local pid status
    start "localhost/draft:$NATIVE"
    lap "Start of draft in a container"
    call --data-binary @samples/seeding.jpg --output "$IMAGES/draft.jpg" $URL/ \
        --write-out 'draft: HTTP %{http_code}, %{content_type}, %{size_download} bytes in %{time_total} s\n'
    [[ $(head -c 3 "$IMAGES/draft.jpg" | od -An -tx1 | tr -d ' ') == ffd8ff ]] || fail "The answer is no JPEG."
    status=$(curl --silent --output /dev/null --write-out '%{http_code}' --data-binary 'no picture' $URL/)
    [[ $status == 415 || $status == 422 ]] || fail "Garbage was answered with $status."
    pid=$(engine inspect --format '{{.State.Pid}}' "$CONTAINER")
    grep -q $'^Uid:\t10001\t10001' "/proc/$pid/status" || fail "It does not run as user 10001."
    grep -q $'^CapEff:\t0000000000000000' "/proc/$pid/status" || fail "It has capabilities."
    grep -q ' / .* ro,' "/proc/$pid/mountinfo" || fail "Its root is not read-only."
    [[ -f /proc/$pid/root/tmp/.lock ]] || fail "There is no /tmp/.lock."
    grep -q function.aot "/proc/$pid/maps" || fail "The AOT cache is not in use."
    echo "It runs as user 10001, with no capability, on a read-only root, without a shell, from the AOT cache;" \
        "resident: $(awk '/^VmRSS/ { print int($2 / 1024) " MB" }' "/proc/$pid/status")"
    engine stop --time 30 "$CONTAINER" >/dev/null
    status=$(engine inspect --format '{{.State.ExitCode}}' "$CONTAINER")
    [[ $status == 143 ]] || fail "It ended with $status upon SIGTERM, not with 143."
    engine logs "$CONTAINER" 2>&1 | grep -q 'draft stopped in' || fail "It was not stopped in order."
    lap "Calls and stop"
}

# An image without a cache, as one for another architecture is: what its first start makes on the node, the second uses.
try_training() {
    local pid cache=image-functions-test
    # Under its long name this architecture is, to the Dockerfile, another than the image's.
    build draft "$NATIVE" "$NATIVE/v1" untrained
    engine volume rm --force "$cache" >/dev/null 2>&1 || true
    for again in "" already; do
        engine run --rm --pull never --network host "${LIMITS[@]}" --read-only --cap-drop ALL --volume "$cache:/cache:U" \
            localhost/draft:untrained java -cp /home/app/training Train \
            /home/app/quarkus-run.jar /cache/function.aot /home/app/training/files >"$IMAGES/training.log" 2>&1
        grep -q "AOT cache $again" "$IMAGES/training.log" || fail "No cache was made: $(tail -30 "$IMAGES/training.log")"
    done
    lap "Training of draft in a container"
    engine rm --force --time 1 "$CONTAINER" >/dev/null 2>&1 || true
    start --volume "$cache:/cache" localhost/draft:untrained java -XX:AOTCache=/cache/function.aot -jar /home/app/quarkus-run.jar
    call --data-binary @samples/seeding.jpg --output "$IMAGES/draft.jpg" $URL/
    pid=$(engine inspect --format '{{.State.Pid}}' "$CONTAINER")
    grep -q /cache/function.aot "/proc/$pid/maps" || fail "The cache of the node is not in use."
    echo "draft:untrained runs from the cache that its node made"
    engine rm --force --time 30 "$CONTAINER" >/dev/null
    engine volume rm --force "$cache" >/dev/null
    lap "Start of draft from the node's cache"
}

# The image in which everything runs, called once at each of its ports.
try_gateway() {
    local receiver=http://127.0.0.1:$((PORT + 1)) s3=http://127.0.0.1:$((PORT + 2)) secret status
    deploy/dist/make.sh
    builder bud --pull-never --platform "linux/$NATIVE" --isolation chroot "${LIMITS[@]}" \
        --tag "localhost/gateway:$NATIVE" --tag localhost/gateway:latest --file deploy/gateway/Dockerfile target/dist/image-functions-*/ \
        >"$IMAGES/build-gateway-$NATIVE.log" 2>&1 ||
        fail "The build of gateway failed: $(tail -30 "$IMAGES/build-gateway-$NATIVE.log")"
    lap "Build of gateway for $NATIVE"
    echo "gateway:$NATIVE: $(du -scm target/dist/image-functions-*/ | tail -1 | cut -f 1) MB and its base, which has Java"
    engine rm --force --time 1 "$CONTAINER" >/dev/null 2>&1 || true
    start --env RECEIVER_HOST=127.0.0.1 --env RECEIVER_PORT=${receiver##*:} --env IMAGE_FUNCTIONS_S3_PORT=${s3##*:} \
        --memory 1g "localhost/gateway:$NATIVE"
    for _ in {1..600}; do
        engine logs "$CONTAINER" 2>&1 | grep -q 'Ctrl-C stops it' && break
        sleep 0.1
    done
    call --data-binary @samples/seeding.jpg --output "$IMAGES/draft.jpg" $URL/function/draft \
        --write-out 'gateway: HTTP %{http_code}, %{content_type}, %{size_download} bytes in %{time_total} s\n'
    call --data-binary @samples/seeding.jpg --header "X-Callback-Url: $receiver/messages/draft.jpg" $URL/async-function/draft
    for _ in {1..600}; do
        call --output "$IMAGES/delivered.jpg" "$receiver/messages/draft.jpg" 2>/dev/null && break
        sleep 0.1
    done
    cmp "$IMAGES/draft.jpg" "$IMAGES/delivered.jpg" || fail "What was delivered is another picture."
    secret=$(engine logs "$CONTAINER" 2>&1 | sed -n 's/.*secret key //p')
    call --aws-sigv4 aws:amz:us-east-1:s3 --user "imagefunctions:$secret" --header x-amz-content-sha256:UNSIGNED-PAYLOAD \
        --upload-file samples/seeding.jpg "$s3/incoming/seeding.jpg"
    for _ in {1..600}; do
        call --aws-sigv4 aws:amz:us-east-1:s3 --user "imagefunctions:$secret" --header x-amz-content-sha256:UNSIGNED-PAYLOAD \
            --output "$IMAGES/processed.jpg" "$s3/processed/seeding.jpg" 2>/dev/null && break
        sleep 0.1
    done
    [[ $(head -c 3 "$IMAGES/processed.jpg" | od -An -tx1 | tr -d ' ') == ffd8ff ]] || fail "The upload was not converted."
    echo "gateway: the same picture was delivered to the receiver, and an upload was converted"
    engine stop --time 60 "$CONTAINER" >/dev/null
    status=$(engine inspect --format '{{.State.ExitCode}}' "$CONTAINER")
    [[ $status == 0 ]] || fail "It ended with $status upon SIGTERM, not with 0."
    lap "Calls and stop of gateway"
}

need buildah podman runc mmdebstrap curl
mkdir -p "$IMAGES"
trap clean_up EXIT
base_images build "$NATIVE" || exit 0
base_images "${FOREIGN[0]}" || FOREIGN=()
LAPPED=$SECONDS
umount "$IMAGES/repository/all" 2>/dev/null || true
mount_repository
# What an earlier run left behind; its layers belong to its repository.
builder rm --all >/dev/null 2>&1 || true
builder rmi --prune >/dev/null 2>&1 || true
deploy/test/context.sh draft bw >/dev/null
for arch in "$NATIVE" "${FOREIGN[@]}"; do
    build draft "$arch"
    inspect draft "$arch"
done
build bw "$NATIVE"
compare_layers "draft:$NATIVE" "bw:$NATIVE"
try_container
try_training
for name in "$@"; do
    if [[ $name == gateway ]]; then
        try_gateway
        continue
    fi
    deploy/test/context.sh "$name" >/dev/null
    build "$name" "$NATIVE"
    inspect "$name" "$NATIVE"
done
echo "All in all: $SECONDS s"
