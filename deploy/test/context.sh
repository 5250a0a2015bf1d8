#!/usr/bin/env bash
# context.sh FUNCTION...: assembles target/images/context/FUNCTION as "faas-cli build --shrinkwrap" does, from stack.yml or
# the receiver's stack file: the template, the handler's folder over its function/, and below that what
# configuration.copy names.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# Prints the value of a function's key in stack.yml.
of_function() {
    awk -v name="  $1:" -v key="    $2:" '
        $0 == name { inside = 1; next }
        inside && /^  ?[^ ]/ { exit }
        inside && index($0, key) == 1 { print $2; exit }' "$stack"
}

copied() {
    sed -n '/^  copy:/,$ s/^    - //p' "$stack"
}

for name in "$@"; do
    stack=stack.yml
    [[ $name != callback-receiver ]] || stack=deploy/callback-receiver.yml
    out=target/images/context/$name
    handler=$(of_function "$name" handler)
    [[ -n "$handler" ]] || {
        echo "$stack has no function $name" >&2
        exit 1
    }
    rm -rf "$out"
    mkdir -p "$out"
    cp -R "template/$(of_function "$name" lang)/." "$out/"
    cp -R "$handler/." "$out/function/"
    while read -r path; do
        mkdir -p "$out/function/$(dirname "$path")"
        cp -R "$path" "$out/function/$path"
    done < <(copied)
    # Both make the same context of the same files; faas-cli, too, takes along what was built.
    echo "$out"
done
