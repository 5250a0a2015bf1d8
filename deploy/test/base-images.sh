#!/usr/bin/env bash
# base-images.sh ARCH|build...: makes stand-ins for the base images of the template's Dockerfile, from Debian's archive,
# where no registry can be reached: the runtime image for each architecture, and the build image for this machine's.
# They have the real images' names and the paths that the Dockerfile uses; packages are unpacked and nothing of them is run,
# so that foreign architectures need no emulation. Where Debian's mirror lacks packages, it says so, and the status is 3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/test/containers.sh

BASE=base-files,base-passwd,libc-bin,dash,coreutils
# What the real runtime image has besides, as far as it is used.
SHELL_TOOLS=bash,sed

# image NAME ARCH TAR: an image of one layer.
image() {
    local container
    container=$(builder from --arch "$2" scratch)
    builder add --quiet "$container" "$3" / >/dev/null
    builder config --arch "$2" --os linux --env JAVA_HOME=/opt/java/openjdk \
        --env PATH=/opt/java/openjdk/bin:/usr/share/maven/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
    builder commit --quiet --rm "$container" "$1" >/dev/null
    rm "$3"
}

# made OUT ARCH PACKAGES
made() {
    userland "$@" || {
        echo "Skipped, no image is built for $2, since Debian's mirror lacks packages: $MISSING"
        exit 3
    }
}

build_image() {
    local arch
    builder inspect --type image "$BUILD_IMAGE" >/dev/null 2>&1 && return
    arch=$(dpkg --print-architecture)
    made "$IMAGES/build.tar" "$arch" "$BASE,findutils,sed,openjdk-25-jdk-headless,maven"
    image "$BUILD_IMAGE" "$arch" "$IMAGES/build.tar"
    lap "Stand-in for $BUILD_IMAGE, $arch"
}

need mmdebstrap buildah
mkdir -p "$IMAGES"
for arch in "$@"; do
    if [[ $arch == build ]]; then
        build_image
    elif ! builder inspect --type image "$RUNTIME_IMAGE-$arch" >/dev/null 2>&1; then
        made "$IMAGES/runtime.tar" "$arch" "$BASE,$SHELL_TOOLS,openjdk-25-jre-headless"
        image "$RUNTIME_IMAGE-$arch" "$arch" "$IMAGES/runtime.tar"
        builder manifest exists "$RUNTIME_IMAGE" 2>/dev/null || builder manifest create "$RUNTIME_IMAGE" >/dev/null
        builder manifest add "$RUNTIME_IMAGE" "containers-storage:$RUNTIME_IMAGE-$arch" >/dev/null
        lap "Stand-in for $RUNTIME_IMAGE, $arch"
    fi
done
