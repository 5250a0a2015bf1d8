#!/usr/bin/env bash
# Lists the libraries that others wrote and we ship: target/sbom/bom.json and bom.xml (CycloneDX), and
# target/sbom/THIRD-PARTY.md, by licence. Fails if a library has no licence that we may ship.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh

use_jdk
quiet_maven compile org.cyclonedx:cyclonedx-maven-plugin:makeAggregateBom -DskipChecks \
    --projects '!tools/benchmarks,!tools/fuzz,!tools/checks,!deploy'
"$JAVA_HOME/bin/java" tools/checks/src/main/java/imagefunctions/checks/ThirdParty.java target/sbom
