# Sourced: names the machine's load in a page of results.
# shellcheck shell=bash

# Prints the load averages of the last 1, 5 and 15 minutes.
load() {
    cut -d ' ' -f 1-3 /proc/loadavg 2>/dev/null || uptime | sed 's/.*: //'
}

# load_line BEFORE: prints the line with which a page of results ends; BEFORE is the load at its start.
load_line() {
    printf '\nLoad average at the start: %s; at the end: %s.\n' "$1" "$(load)"
}
