# Sourced: finds Java and Maven, or says how to install them, and builds.
# shellcheck shell=bash

# Java takes the encoding of files' names from the locale.
[[ $(locale charmap 2>/dev/null) == UTF-8 ]] || export LC_ALL=C.UTF-8

fail() {
    echo "$*" >&2
    exit 1
}

# find_java PROGRAM: prints the home of a Java 25 or newer that has bin/PROGRAM (javac: a JDK; java: a runtime is enough):
# JAVA_HOME, the one on the PATH, then the usual folders.
find_java() {
    local program=$1 home version
    for home in "${JAVA_HOME:-}" "$(dirname "$(dirname "$(readlink -f "$(command -v "$program" || echo /)")")")" \
        /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        /home/linuxbrew/.linuxbrew/opt/openjdk*/libexec; do
        [[ -x "$home/bin/$program" ]] || continue
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)
        [[ "${version:-0}" -ge 25 ]] && echo "$home" && return
    done
    return 1
}

# Makes sure of a JDK 25: sets and exports JAVA_HOME.
use_jdk() {
    find_java javac >/dev/null || offer "No JDK 25 found" jdk
    JAVA_HOME=$(find_java javac) || fail "Still no JDK 25 found: set JAVA_HOME to it."
    export JAVA_HOME
}

# vectors: prints the option by which Java's compiler uses vectors of 32 bytes where the processor has such of 64 (AVX-512).
# Elements of an array begin 16 bytes after it: nearly every vector of 64 bytes lies across two cache lines. What VECTORS
# has is printed instead, if it is set.
vectors() {
    ! grep -qsw avx512f /proc/cpuinfo || echo "${VECTORS--XX:MaxVectorSize=32}"
}

maven() {
    command -v mvn >/dev/null || offer "No Maven found" maven
    mvn --batch-mode --no-transfer-progress -Dstyle.color=never "$@"
}

quiet_maven() {
    maven --quiet "$@" 2>&1 | { grep -vE '^(.\[0m)*(WARNING:.*)?$' || true; }
}

# install_command WHAT: prints the command by which this machine's package manager installs a jdk, a jre, or maven.
install_command() {
    local manager packages sudo=
    [[ $EUID -eq 0 ]] || sudo="sudo "
    for manager in apt-get dnf zypper apk brew; do
        command -v $manager >/dev/null && break
    done
    case $manager:$1 in
        apt-get:jdk) packages=openjdk-25-jdk-headless ;;
        apt-get:jre) packages=openjdk-25-jre-headless ;;
        dnf:jdk | zypper:jdk) packages=java-25-openjdk-devel ;;
        dnf:jre | zypper:jre) packages=java-25-openjdk-headless ;;
        apk:jdk) packages=openjdk25-jdk ;;
        apk:jre) packages=openjdk25-jre-headless ;;
        brew:jdk | brew:jre) packages=openjdk@25 ;;
        *:maven) packages=maven ;;
    esac
    case $manager in
        apt-get) echo "${sudo}apt-get update && ${sudo}apt-get install --no-install-recommends -y $packages" ;;
        dnf) echo "${sudo}dnf install -y $packages" ;;
        zypper) echo "${sudo}zypper install -y $packages" ;;
        apk) echo "${sudo}apk add $packages" ;;
        brew) command -v brew >/dev/null && echo "brew install $packages" ;;
    esac
}

# offer PROBLEM WHAT: says how to install what is missing and, on a terminal, offers to do it; ends where it is not done.
offer() {
    local command answer=
    command=$(install_command "$2") || fail "$1: install it (Temurin 25 from adoptium.net, Maven from maven.apache.org)."
    echo "$1. This installs it:" >&2
    echo "  $command" >&2
    [[ -t 0 && -t 2 ]] || exit 1
    read -r -p "Run it now? [y/N] " answer
    [[ $answer == [yY]* ]] || exit 1
    eval "$command" >&2 || fail "That did not work. Java 25 for every system: Temurin 25 from adoptium.net; then set JAVA_HOME to it."
}

GATEWAY_JAR=services/local-gateway/target/quarkus-app/quarkus-run.jar
RECEIVER_JAR=services/callback-receiver/target/quarkus-app/quarkus-run.jar
CONVERT_LIBRARIES=tools/convert/target/lib

# Builds what is older than its sources.
build() {
    use_jdk
    if [[ -f $GATEWAY_JAR && -f $RECEIVER_JAR && -d $CONVERT_LIBRARIES ]] && [[ -z "$(find . -path '*/target' -prune -o -path ./samples -prune -o \
        \( -name pom.xml -o -path '*/src/main/*' \) -newer $GATEWAY_JAR -type f -print -quit)" ]]; then
        return
    fi
    echo "Building; the first time this downloads the libraries and takes a few minutes."
    quiet_maven package --projects services/local-gateway,services/callback-receiver,tools/convert --also-make \
        -Dmaven.test.skip=true -DskipChecks
    [[ -f $GATEWAY_JAR ]] || fail "The build did not make $GATEWAY_JAR: see above."
}

# build_module MODULE: packages one module and what it needs.
build_module() {
    use_jdk
    quiet_maven package --projects "$1" --also-make -Dmaven.test.skip=true -DskipChecks
}

# only_module NAME: prints Maven's options, one a line, that build a module and what it needs, and test that module alone.
only_module() {
    local folder
    folder=$(find . \( -name target -o -path ./build \) -prune -o -path "*/$1/pom.xml" -printf '%h\n')
    [[ -n $folder ]] || return 0
    printf '%s\n' --projects "$folder" --also-make \
        -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false \
        "-Dtest=$(test_classes "$folder" Test)" "-Dit.test=$(test_classes "$folder" IT)"
}

# test_classes FOLDER SUFFIX: prints a module's test classes whose names end so, with commas between; "none" if there are none.
test_classes() {
    local classes
    classes=$(find "$1/src/test/java" -name "*$2.java" -printf '%P\n' 2>/dev/null | sed 's/\.java$//' | sort | paste -sd,)
    echo "${classes:-none}"
}
