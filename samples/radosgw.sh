#!/usr/bin/env bash
# A real S3 server on this machine, Ceph's radosgw with one monitor and one disk in a file, for trials and tests.
#   apt-get install --no-install-recommends radosgw ceph-mon ceph-osd
#   samples/radosgw.sh start FOLDER PORT ACCESS_KEY SECRET_KEY     (PORT + 1 is used too; returns when it answers)
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

write_configuration() {
    local folder=$1 port=$2 fsid=$3
    cat >"$folder/ceph.conf" <<END
[global]
fsid = $fsid
mon_host = [v2:127.0.0.1:$((port + 1))]
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
[client.rgw]
rgw_data = $folder/rgw
pid_file = $folder/radosgw.pid
rgw_frontends = beast endpoint=127.0.0.1:$port
# Requests may be signed for any region.
rgw_relaxed_region_enforcement = true
END
}

start() {
    local folder port=$2 access_key=$3 secret_key=$4 fsid disk
    mkdir -p "$1"
    folder=$(cd "$1" && pwd)
    fsid=$(</proc/sys/kernel/random/uuid)
    disk=$(</proc/sys/kernel/random/uuid)
    mkdir "$folder/mon" "$folder/osd"
    write_configuration "$folder" "$port" "$fsid"
    echo "Starting; what goes wrong is told in $folder/start.log"
    bring_up "$folder" "$port" "$fsid" "$disk" "$access_key" "$secret_key" >"$folder/start.log" 2>&1 </dev/null
    echo "S3 is at http://127.0.0.1:$port"
}

bring_up() {
    local folder=$1 port=$2 fsid=$3 disk=$4 access_key=$5 secret_key=$6 ceph=(--conf "$1/ceph.conf")
    ceph-authtool --create-keyring "$folder/keyring" --gen-key -n mon. --cap mon 'allow *'
    ceph-authtool "$folder/keyring" --gen-key -n client.admin --cap mon 'allow *' --cap osd 'allow *' --cap mgr 'allow *'
    ceph-authtool "$folder/keyring" --gen-key -n osd.0 --cap mon 'allow profile osd' --cap osd 'allow *'
    ceph-authtool "$folder/keyring" --gen-key -n client.rgw --cap mon 'allow rw' --cap osd 'allow rwx'
    monmaptool --create --fsid "$fsid" --addv a "[v2:127.0.0.1:$((port + 1))]" "$folder/monmap"
    ceph-mon "${ceph[@]}" --mkfs -i a --monmap "$folder/monmap"
    ceph-mon "${ceph[@]}" -i a
    timeout 60 ceph "${ceph[@]}" osd new "$disk"
    ceph-osd "${ceph[@]}" -i 0 --mkfs --osd-uuid "$disk"
    ceph-osd "${ceph[@]}" -i 0
    radosgw "${ceph[@]}" -n client.rgw
    for _ in {1..600}; do
        curl --silent --output /dev/null "http://127.0.0.1:$port/" && break
        sleep 0.1
    done
    timeout 60 radosgw-admin "${ceph[@]}" user create --uid=image-functions --display-name=image-functions \
        --access-key="$access_key" --secret-key="$secret_key"
}

case "${1:-} $#" in
    "start 5") start "${@:2}" ;;
    "stop 2") stop "$2" ;;
    *)
        sed -n 's/^# \{0,1\}//p' "$0" | sed -n '2,5p' >&2
        exit 2
        ;;
esac
