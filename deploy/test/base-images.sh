#!/usr/bin/env bash
# base-images.sh ARCH...: makes stand-ins for the base images of the template's Dockerfile, from Debian's archive, where no
# registry can be reached: the runtime image for each architecture, and the build image for this machine's.
# They have the real images' names and the paths that the Dockerfile uses; packages are unpacked and nothing of them is run,
# so that foreign architectures need no emulation.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source deploy/test/containers.sh

SUITE=trixie
ARCHIVE=$(apt-get indextargets --format "\$(SITE)" "Created-By: Packages" 2>/dev/null | head -1)
ARCHIVE=${ARCHIVE:-http://deb.debian.org/debian}
BASE=base-files,base-passwd,libc-bin,dash,coreutils

# unpack OUT ARCH PACKAGES: a root file system as a tar file, with Java at /opt/java/openjdk.
unpack() {
    # shellcheck disable=SC2016 # $1 is the hook's
    mmdebstrap --quiet --variant=extract --architectures="$(debian_name "$2")" --include="$3" \
        --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
        --extract-hook='cd "$1"
            ln -sf dash usr/bin/sh
            cp usr/share/base-passwd/passwd.master etc/passwd
            cp usr/share/base-passwd/group.master etc/group
            mkdir -p opt/java tmp root
            chmod 1777 tmp
            mv usr/lib/jvm/java-25-openjdk-* opt/java/packaged
            find opt/java/packaged -type l -lname "/etc/*" | while read -r link; do
                cp --remove-destination "$1$(readlink "$link")" "$link" 2>/dev/null || rm "$link"
            done
            mv opt/java/packaged opt/java/openjdk
            rm -rf usr/share/doc usr/share/man usr/share/locale var/lib/apt var/cache/apt' \
        "$SUITE" "$1" "deb $ARCHIVE $SUITE main" >"$IMAGES/mmdebstrap.log" 2>&1 ||
        fail "mmdebstrap failed: $(tail -20 "$IMAGES/mmdebstrap.log")"
}

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

need mmdebstrap buildah
mkdir -p "$IMAGES"
for arch in "$@"; do
    if ! builder inspect --type image "$RUNTIME_IMAGE-$arch" >/dev/null 2>&1; then
        unpack "$IMAGES/runtime.tar" "$arch" "$BASE,openjdk-25-jre-headless"
        image "$RUNTIME_IMAGE-$arch" "$arch" "$IMAGES/runtime.tar"
        builder manifest exists "$RUNTIME_IMAGE" 2>/dev/null || builder manifest create "$RUNTIME_IMAGE" >/dev/null
        builder manifest add "$RUNTIME_IMAGE" "containers-storage:$RUNTIME_IMAGE-$arch" >/dev/null
        lap "Stand-in for $RUNTIME_IMAGE, $arch"
    fi
done
if ! builder inspect --type image "$BUILD_IMAGE" >/dev/null 2>&1; then
    arch=$(dpkg --print-architecture)
    unpack "$IMAGES/build.tar" "$arch" "$BASE,findutils,sed,openjdk-25-jdk-headless,maven"
    image "$BUILD_IMAGE" "$arch" "$IMAGES/build.tar"
    lap "Stand-in for $BUILD_IMAGE, $arch"
fi
