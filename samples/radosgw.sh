#!/usr/bin/env bash
# A real S3 server on this machine, Ceph's radosgw with one monitor and one disk in a file, for trials and tests.
#   apt-get install --no-install-recommends radosgw ceph-mon ceph-osd
#   samples/radosgw.sh start FOLDER PORT ACCESS_KEY SECRET_KEY [MONITOR_PORT]     (PORT + 1; returns when it answers)
#   samples/radosgw.sh stop FOLDER
set -euo pipefail

DAEMONS=(radosgw osd mon)

stop() {
    local folder=$1 daemon pid
    for daemon in "${DAEMONS[@]}"; do
        [[ -s "$folder/$daemon.pid" ]] || continue
        pid=$(<"$folder/$daemon.pid")
        kill "$pid" 2>/dev/null || continue
        for _ in {1..50}; do
            kill -0 "$pid" 2>/dev/null || break
            sleep 0.1
        done
        kill -KILL "$pid" 2>/dev/null || true
    done
}

# Says what went wrong, and leaves nothing running.
give_up() {
    local folder=$1
    {
        echo "It did not start; the last lines of $folder/start.log are:"
        tail -5 "$folder/start.log"
        # What a daemon says of its own end.
        grep -hE ' (-1|ERROR|\*\* ERROR)' "$folder"/{mon.a,osd.0,client.rgw}.log 2>/dev/null | tail -5 || true
    } >&2
    stop "$folder"
}

# The monitor and the disk, without which the others wait for ever.
check_daemons() {
    local folder=$1 daemon
    for daemon in "${@:2}"; do
        { [[ -s "$folder/$daemon.pid" ]] && kill -0 "$(<"$folder/$daemon.pid")" 2>/dev/null; } || {
            echo "$daemon has ended."
            return 1
        }
    done
}

# await FOLDER WHAT DAEMONS COMMAND...: until the command succeeds, at most a minute, as long as the daemons run.
await() {
    local folder=$1 what=$2 daemons=$3 tenth
    shift 3
    say "Waiting for $what"
    for tenth in {1..600}; do
        # shellcheck disable=SC2086 # names without blanks
        check_daemons "$folder" $daemons || return 1
        "$@" && return
        [[ $((tenth % 100)) -ne 0 ]] || say "Still waiting for $what, for $((tenth / 10)) s"
        sleep 0.1
    done
    echo "No sign of $what within a minute."
    return 1
}

# Says it to whoever started this, while the daemons' words go to a file.
say() {
    echo "$*" >&3
}

write_configuration() {
    local folder=$1 port=$2 monitor=$3 fsid=$4 classes
    # Ceph 18 demands a whole path, which depends on the machine.
    classes=$(find /usr/lib /usr/lib64 -maxdepth 2 -type d -name rados-classes -print -quit 2>/dev/null)
    cat >"$folder/ceph.conf" <<END
[global]
fsid = $fsid
mon_host = [v2:$monitor]
public_network = 127.0.0.0/8
keyring = $folder/keyring
run_dir = $folder
admin_socket = $folder/\$name.asok
log_file = $folder/\$name.log
mon_cluster_log_file = $folder/cluster.log
# Whoever owns the folder runs the daemons.
setuser_match_path = $folder
# One disk holds the only copy of everything.
osd_pool_default_size = 1
osd_pool_default_min_size = 1
osd_pool_default_pg_num = 1
osd_pool_default_pg_autoscale_mode = off
osd_crush_chooseleaf_type = 0
mon_allow_pool_size_one = true
mon_data_avail_crit = 1
mon_data_avail_warn = 2
[mon]
mon_data = $folder/mon
pid_file = $folder/mon.pid
[osd]
osd_data = $folder/osd
pid_file = $folder/osd.pid
bluestore_block_size = 8589934592
osd_memory_target = 939524096
osd_class_dir = $classes
[client.rgw]
rgw_data = $folder/rgw
rgw_frontends = beast endpoint=127.0.0.1:$port
# Requests may be signed for any region.
rgw_relaxed_region_enforcement = true
END
}

start() {
    local folder port=$2 access_key=$3 secret_key=$4 monitor=127.0.0.1:${5:-$(($2 + 1))} fsid disk
    mkdir -p "$1"
    folder=$(cd "$1" && pwd)
    fsid=$(</proc/sys/kernel/random/uuid)
    disk=$(</proc/sys/kernel/random/uuid)
    mkdir "$folder/mon" "$folder/osd"
    write_configuration "$folder" "$port" "$monitor" "$fsid"
    echo "Starting; what the daemons say is in $folder/start.log"
    # shellcheck disable=SC2064 # the folder of now is meant
    trap "give_up '$folder'" EXIT
    bring_up "$folder" "$port" "$monitor" "$fsid" "$disk" "$access_key" "$secret_key" \
        3>&1 >"$folder/start.log" 2>&1 </dev/null
    trap - EXIT
    echo "S3 is at http://127.0.0.1:$port"
}

bring_up() {
    local folder=$1 port=$2 monitor=$3 fsid=$4 disk=$5 access_key=$6 secret_key=$7 ceph=(--conf "$1/ceph.conf")
    ceph-authtool --create-keyring "$folder/keyring" --gen-key -n mon. --cap mon 'allow *'
    ceph-authtool "$folder/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    ceph-authtool "$folder/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
    ceph-authtool "$folder/keyring" --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx'
    monmaptool --create --fsid "$fsid" --addv a "[v2:$monitor]" "$folder/monmap"
    say "Starting the monitor"
    ceph-mon "${ceph[@]}" --mkfs -i a --monmap "$folder/monmap"
    ceph-mon "${ceph[@]}" -i a 3>&-
    timeout 60 ceph "${ceph[@]}" osd new "$disk"
    say "Starting the disk"
    ceph-osd "${ceph[@]}" -i 0 --mkfs --osd-uuid "$disk"
    ceph-osd "${ceph[@]}" -i 0 3>&-
    await "$folder" "the disk" "mon osd" disk_is_up "${ceph[@]}"
    say "Starting radosgw"
    # In the background from the first: as a daemon it has no pid file until it serves.
    setsid radosgw "${ceph[@]}" -n client.rgw -f 3>&- &
    echo "$!" >"$folder/radosgw.pid"
    await "$folder" "radosgw" "mon osd radosgw" curl --silent --output /dev/null "http://127.0.0.1:$port/"
    say "Making the user"
    timeout 60 radosgw-admin "${ceph[@]}" user create --uid=image-functions --display-name=image-functions \
        --access-key="$access_key" --secret-key="$secret_key"
}

disk_is_up() {
    timeout 20 ceph "$@" osd stat | grep -q ' 1 up'
}

case "${1:-} $#" in
    "start 5" | "start 6") start "${@:2}" ;;
    "stop 2") stop "$2" ;;
    *)
        sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,5p' >&2
        exit 2
        ;;
esac
