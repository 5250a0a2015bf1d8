#!/usr/bin/env bash
# Makes the pictures of the docs again, with the functions themselves.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh
source tools/run/services.sh

build
start_gateway target/pictures
small=docs/pictures/seeding.jpg
call samples/seeding.jpg "thumbnail?width=320" "$small"
call samples/seeding.jpg draft docs/pictures/seeding.draft.jpg
call "$small" bw docs/pictures/seeding.bw.jpg
call samples/seeding.jpg thumbnail docs/pictures/seeding.thumbnail.jpg
call "$small" transpose docs/pictures/seeding.transpose.jpg
call "$small" "transpose?method=flip_left_right" docs/pictures/seeding.flip_left_right.jpg
"$JAVA_HOME/bin/java" tools/checks/src/main/java/imagefunctions/checks/ModuleMap.java . docs/pictures/modules.svg
python3 docs/pictures/jpeg-engine.py
python3 docs/pictures/benchmark.py

# The console's views, as its test in a real browser leaves them; ConsoleIT is skipped where there is no Chromium.
quiet_maven verify --projects services/local-gateway,services/callback-receiver --also-make -DskipChecks \
    -Dtest=none -Dit.test=ConsoleIT -Dsurefire.failIfNoSpecifiedTests=false -Dfailsafe.failIfNoSpecifiedTests=false
cp services/local-gateway/target/console-*.png docs/pictures/
