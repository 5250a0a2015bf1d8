#!/usr/bin/env bash
# base-images.sh ARCH|build...: makes stand-ins for the base images of the template's Dockerfile, from Debian's archive,
# where no registry can be reached: the images with Java and without for each architecture, and the build image for this
# machine's.
# They have the real images' names and the paths that the Dockerfile uses; packages are unpacked and nothing of them is run,
# so that foreign architectures need no emulation. Where Debian's mirror lacks packages, it says so, and the status is 3.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/test/containers.sh

BASE=base-files,base-passwd,libc-bin,dash,coreutils
# What the real image with Java has besides, as far as it is used.
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

java_image() {
    made "$IMAGES/runtime.tar" "$1" "$BASE,$SHELL_TOOLS,openjdk-25-jre-headless"
    image "$JAVA_IMAGE-$1" "$1" "$IMAGES/runtime.tar"
    lap "Stand-in for $JAVA_IMAGE, $1"
}

# The other one without Java, and without programs: libraries are left, among them those that Debian's Java needs.
base_image() {
    local container root
    container=$(builder from --pull-never --arch "$1" "$JAVA_IMAGE-$1")
    root=$(builder mount "$container")
    rm -rf "$root"/opt/java "$root"/usr/bin/* "$root"/usr/sbin/*
    builder config --env JAVA_HOME- --env PATH=/usr/sbin:/usr/bin:/sbin:/bin "$container"
    builder commit --quiet --squash --rm "$container" "$BASE_IMAGE-$1" >/dev/null
}

# of_each_architecture NAME ARCH: has NAME stand for the image of this architecture, too.
of_each_architecture() {
    builder manifest exists "$1" 2>/dev/null || builder manifest create "$1" >/dev/null
    builder manifest add "$1" "containers-storage:$1-$2" >/dev/null
}

need mmdebstrap buildah
mkdir -p "$IMAGES"
for arch in "$@"; do
    if [[ $arch == build ]]; then
        build_image
        continue
    fi
    for kind in java base; do
        name=JAVA_IMAGE
        [[ $kind == java ]] || name=BASE_IMAGE
        builder inspect --type image "${!name}-$arch" >/dev/null 2>&1 && continue
        "${kind}_image" "$arch"
        of_each_architecture "${!name}" "$arch"
    done
done
