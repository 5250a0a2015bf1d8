# Sourced: builds and runs images with Debian's buildah and podman, in a store of their own below target/images.
# shellcheck shell=bash disable=SC2034 # what others use

IMAGES=$PWD/target/images
STORE=(--root "$IMAGES/store" --runroot "$IMAGES/run")

# The names that the template's Dockerfile gives to its base images.
BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
JAVA_IMAGE=docker.io/library/eclipse-temurin:25-jre
BASE_IMAGE=gcr.io/distroless/base-nossl-debian12

# The tools ask for more by default than every machine allows.
LIMITS=(--ulimit nofile=4096:4096 --ulimit nproc=4096:4096)

builder() {
    buildah "${STORE[@]}" "$@"
}

engine() {
    podman "${STORE[@]}" --runtime runc --cgroup-manager cgroupfs "$@"
}

need() {
    local tool missing=()
    for tool in "$@"; do
        command -v "$tool" >/dev/null || missing+=("$tool")
    done
    [[ ${#missing[@]} -eq 0 ]] ||
        fail "Not found: ${missing[*]}. On Debian: apt-get install --no-install-recommends buildah podman conmon runc catatonit iproute2 iptables mmdebstrap qemu-user-static"
}

fail() {
    echo "$*" >&2
    exit 1
}

# userland OUT ARCH PACKAGES: makes a userland; if the mirror lacks what it needs, sets MISSING to that and fails.
userland() {
    local status=0
    MISSING=$(deploy/test/userland.sh "$@") || status=$?
    [[ $status -eq 0 ]] && return
    [[ $status -eq 3 ]] || exit "$status"
    return 1
}

# Prints the machine that a file's ELF header names.
elf_machine() {
    case $(od -An -tx1 -j18 -N2 "$1" | tr -d ' \n') in
    3e00) echo amd64 ;;
    1500) echo ppc64le ;;
    b700) echo arm64 ;;
    *) echo unknown ;;
    esac
}

SECONDS=0

# Prints what took so long since the last lap.
lap() {
    printf '%-60s %4d s\n' "$*" $((SECONDS - ${LAPPED:-0}))
    LAPPED=$SECONDS
}
