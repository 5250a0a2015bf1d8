# Sourced behind java.sh: starts the gateway and the callback receiver.
# shellcheck shell=bash

# Nobody else sends it calls, so upon SIGTERM it ends at once.
java_in_background() {
    QUARKUS_SHUTDOWN_DELAY=${QUARKUS_SHUTDOWN_DELAY:-0s} "$JAVA_HOME/bin/java" -XX:+UseSerialGC $(vectors) "$@" &
}

# Prints the header line with the password of a gateway that asks for one.
authorization() {
    local folder folders=${secret_mount_path:-/run/secrets,/var/openfaas/secrets}
    [[ ${basic_auth:-} == true ]] || return 0
    for folder in ${folders//,/ }; do
        [[ -f $folder/basic-auth-user && -f $folder/basic-auth-password ]] || continue
        printf 'Authorization: Basic %s' \
            "$(printf %s:%s "$(<"$folder/basic-auth-user")" "$(<"$folder/basic-auth-password")" | base64 -w 0)"
        return
    done
}

# Prints the body of what a URL answers, if all is well; http in bash alone, since an image with Java may have no curl.
fetch() (
    header=$(authorization)
    if [[ $1 == https://* ]]; then
        # It is asked whether it is up, not who it is.
        exec curl --silent --fail --insecure --header @- "$1" <<<"$header"
    fi
    address=${1#http://} path=/
    [[ $address != */* ]] || path=/${address#*/}
    address=${address%%/*}
    host=${address%:*}
    exec 3<>"/dev/tcp/${host//[][]/}/${address##*:}" || exit 1
    printf 'GET %s HTTP/1.0\r\nHost: %s\r\n%s\r\n' "$path" "$address" "${header:+$header$'\r\n'}" >&3
    read -r _ status _ <&3 && [[ $status == 2?? ]] && sed '1,/^\r*$/d' <&3
) 2>/dev/null

# Waits until a URL answers that all is well, as long as the process lives.
await_url() {
    local url=$1 pid=$2
    until fetch "$url" >/dev/null; do
        kill -0 "$pid" 2>/dev/null || return 1
        sleep 0.1
    done
}

# Waits until a gateway says whether its buckets are on, as long as its process lives: sets BUCKETS_URL, to nothing if they
# are off, and BUCKETS_OFF to the reason.
await_buckets() {
    local status=
    until [[ $status == *'"state":"on"'* || $status == *'"state":"off"'* ]]; do
        [[ -z $status ]] || sleep 0.1
        kill -0 "$2" 2>/dev/null || return 1
        status=$(fetch "$1/system/buckets") || return 1
    done
    # shellcheck disable=SC2034 # what others use
    BUCKETS_URL=$(sed -n 's/.*"endpoint":"\([^"]*\)".*/\1/p' <<<"$status")
    # shellcheck disable=SC2034
    BUCKETS_OFF=$(sed -n 's/.*"reason":"\(\([^"\\]\|\\.\)*\)".*/\1/p' <<<"$status")
}

STARTED=()

# start_gateway FOLDER: a gateway of its own on a free port, which ends with this script; its log, spool and buckets lie in
# FOLDER. Sets GATEWAY_URL.
start_gateway() {
    IMAGE_FUNCTIONS_S3_PORT=0 IMAGE_FUNCTIONS_S3_FOLDER=$1/s3 IMAGE_FUNCTIONS_SPOOL_FOLDER=$1/spool \
        start_service "$GATEWAY_JAR" "$1/gateway.log"
    GATEWAY_URL=$SERVICE_URL
}

# start_receiver FOLDER: the same for a callback receiver. Sets RECEIVER_URL.
start_receiver() {
    QUARKUS_HTTP_HOST=127.0.0.1 IMAGE_FUNCTIONS_MESSAGES_FOLDER=$1/messages \
        start_service "$RECEIVER_JAR" "$1/receiver.log"
    # shellcheck disable=SC2034 # what others use
    RECEIVER_URL=$SERVICE_URL
}

# start_service JAR LOG: sets SERVICE_URL.
start_service() {
    local jar=$1 log=$2 pid
    mkdir -p "$(dirname "$log")"
    QUARKUS_HTTP_PORT=0 java_in_background -jar "$jar" >"$log" 2>&1
    pid=$!
    STARTED+=("$pid")
    trap 'kill "${STARTED[@]}" 2>/dev/null; wait "${STARTED[@]}" 2>/dev/null || true' EXIT
    SERVICE_URL=
    while [[ -z "$SERVICE_URL" ]]; do
        kill -0 "$pid" 2>/dev/null || fail "$jar did not start: $(cat "$log")"
        sleep 0.1
        SERVICE_URL=$(sed -n 's/.*Listening on: \(http:[^ ]*\).*/\1/p' "$log")
    done
}

# Sends a file through a function and prints what came back.
call() {
    local file=$1 function=$2 out=$3
    curl -sS --fail-with-body --data-binary "@$file" "$GATEWAY_URL/function/$function" -o "$out" \
        -w "$(basename "$file") %{size_upload} byte(s) -> $function -> $(basename "$out") %{size_download} byte(s) HTTP: %{http_code} - %{time_total}s\n"
}
