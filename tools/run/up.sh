# Sourced behind services.sh: the gateway and the callback receiver for a trial, with hints what to try.
# COMMAND is what the user calls this by, such as ./run; SAMPLES is the folder of the sample pictures.
# shellcheck shell=bash

up() {
    local port=${QUARKUS_HTTP_PORT:-8080} receiver_port=${RECEIVER_PORT:-5000} s3_port=${IMAGE_FUNCTIONS_S3_PORT:-9000} pids=()
    local ssl_port=${QUARKUS_HTTP_SSL_PORT:-8443} receiver_ssl_port=${RECEIVER_SSL_PORT:-5443}
    local receiver_host=${RECEIVER_HOST:-127.0.0.1} password='' host gateway receiver gateway_inside receiver_inside
    host=$(reachable "${QUARKUS_HTTP_HOST:-127.0.0.1}")
    gateway=http://$host:$port
    receiver=http://$(reachable "$receiver_host"):$receiver_port
    gateway_inside=$gateway receiver_inside=$receiver
    free_port "$host" "$port" QUARKUS_HTTP_PORT
    free_port "$(reachable "$receiver_host")" "$receiver_port" RECEIVER_PORT
    [[ -n "${S3_ENDPOINT:-}${minio_hostname:-}" || ${IMAGE_FUNCTIONS_BUCKETS:-true} == false ]] ||
        free_port "$host" "$s3_port" IMAGE_FUNCTIONS_S3_PORT
    if speaks_https; then
        command -v curl >/dev/null || fail "With https, this needs curl to see when all is up: install it."
        free_port "$host" "$ssl_port" QUARKUS_HTTP_SSL_PORT
        free_port "$(reachable "$receiver_host")" "$receiver_ssl_port" RECEIVER_SSL_PORT
        gateway=https://$host:$ssl_port
        receiver=https://$(reachable "$receiver_host"):$receiver_ssl_port
        [[ ${QUARKUS_HTTP_INSECURE_REQUESTS:-enabled} == enabled ]] || gateway_inside=$gateway receiver_inside=$receiver
    fi
    # Where workflows and buckets find the functions.
    gateway_url=${gateway_url:-$gateway_inside} IMAGE_FUNCTIONS_RECEIVER=$receiver_inside \
        QUARKUS_HTTP_SSL_PORT=$ssl_port java_in_background -jar "$GATEWAY_JAR"
    pids+=("$!")
    QUARKUS_HTTP_PORT=$receiver_port QUARKUS_HTTP_SSL_PORT=$receiver_ssl_port QUARKUS_HTTP_HOST=$receiver_host \
        IMAGE_FUNCTIONS_MESSAGES_FOLDER=${IMAGE_FUNCTIONS_MESSAGES_FOLDER:-data/messages} java_in_background -jar "$RECEIVER_JAR"
    pids+=("$!")
    # shellcheck disable=SC2064 # the ids of now are meant
    trap "kill -TERM ${pids[*]} 2>/dev/null || true" INT TERM
    [[ ${basic_auth:-} != true ]] || password="-u USER:PASSWORD "
    if await_url "$gateway/_/ready" "${pids[0]}" && await_url "$receiver/_/ready" "${pids[1]}" &&
        await_buckets "$gateway" "${pids[0]}"; then
        cat <<TEXT

image-functions is up: $gateway; callbacks arrive at $receiver
The console is at $gateway/ui/
Try:
  curl --data-binary @$SAMPLES/seeding.jpg $gateway/function/draft -o draft.jpg
  curl --data-binary @$SAMPLES/seeding.jpg $gateway/function/bw -o bw.jpg
  curl --data-binary @$SAMPLES/seeding.jpg $gateway/function/thumbnail -o thumbnail.jpg
  curl --data-binary @$SAMPLES/map.jpg $gateway/function/transpose -o transpose.jpg
  curl --data-binary @$SAMPLES/seeding.jpg -i -H "X-Callback-Url: $receiver_inside/messages/draft.jpg" $gateway/async-function/draft
  curl $gateway/function/thumbnail        (how to use it)
  curl ${password}$gateway/system/functions          (which there are)
$(describe_buckets "$gateway_inside")
Ctrl-C stops it.
TEXT
    else
        kill -TERM "${pids[@]}" 2>/dev/null || true
    fi
    # What ends first takes the other with it.
    local pid ended status=0
    while kill -0 "${pids[0]}" 2>/dev/null && kill -0 "${pids[1]}" 2>/dev/null; do
        sleep 0.5 &
        wait $! || true
    done
    kill -TERM "${pids[@]}" 2>/dev/null || true
    for pid in "${pids[@]}"; do
        ended=0
        wait "$pid" || ended=$?
        [[ $status -ne 0 ]] || status=$ended
    done
    [[ $status -eq 143 || $status -eq 130 ]] && status=0
    return "$status"
}

# Whether the services have a certificate, by Quarkus' settings.
speaks_https() {
    [[ -n "${QUARKUS_HTTP_SSL_CERTIFICATE_FILES:-}${QUARKUS_HTTP_SSL_CERTIFICATE_KEY_STORE_FILE:-}" ]]
}

# Prints how a URL names the host that a server listens on.
reachable() {
    case $1 in
        0.0.0.0) echo 127.0.0.1 ;;
        :: | "[::]") echo "[::1]" ;;
        *:*) echo "[${1//[][]/}]" ;;
        *) echo "$1" ;;
    esac
}

# Says where uploads are converted by themselves, and with which key.
describe_buckets() {
    local settings='' way='pictures in "incoming" appear in "processed"'
    [[ -z "${IMAGE_FUNCTIONS_RULES:-}" ]] || way="pictures go by the rules of $IMAGE_FUNCTIONS_RULES"
    if [[ -z $BUCKETS_URL ]]; then
        echo "Buckets are off, because $BUCKETS_OFF"
        return
    fi
    if [[ -n "${S3_ENDPOINT:-}${minio_hostname:-}" ]]; then
        echo "Buckets: S3 at $BUCKETS_URL, $way"
        return
    fi
    echo "Buckets: S3 at $BUCKETS_URL, $way"
    if [[ -n "${minio_access_key:-}" && -n "${minio_secret_key:-}" ]]; then
        echo "  access key $minio_access_key, secret key as set"
    else
        sed -n 's/^minio_access_key=/  access key /p; s/^minio_secret_key=/  secret key /p' \
            "${IMAGE_FUNCTIONS_S3_FOLDER:-data/s3}/access-key"
    fi
    [[ -z "${IMAGE_FUNCTIONS_RULES:-}" ]] || return 0
    [[ $BUCKETS_URL == http://127.0.0.1:9000 ]] || settings="S3_ENDPOINT=$BUCKETS_URL "
    [[ -z "${IMAGE_FUNCTIONS_S3_FOLDER:-}" ]] || settings+="IMAGE_FUNCTIONS_S3_FOLDER=$IMAGE_FUNCTIONS_S3_FOLDER "
    echo "  $settings$COMMAND convert --gateway $1 --from incoming --to ./thumbnails --function thumbnail"
}

# free_port HOST PORT VARIABLE
free_port() {
    [[ $2 != 0 ]] || fail "Give a port that a hint can name: $3=PORT $COMMAND up."
    if (exec 3<>"/dev/tcp/${1//[][]/}/$2") 2>/dev/null; then
        fail "Port $2 is in use: end what uses it, or choose another one with $3=PORT $COMMAND up."
    fi
}
