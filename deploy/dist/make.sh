#!/usr/bin/env bash
# Makes target/dist/image-functions-VERSION.tar.gz: everything that runs, for a machine that has a Java 25 runtime.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source tools/run/java.sh

build
deploy/dist/sbom.sh
version=$(sed -n 's:^  <version>\(.*\)</version>:\1:p' pom.xml)
name=image-functions-$version
out=target/dist/$name
rm -rf target/dist
mkdir -p "$out"/{bin,data,lib/run,lib/convert,samples}
echo "$version" >"$out/VERSION"
cp LICENSE NOTICE CHANGELOG.md SECURITY.md "$out/"
cp target/sbom/{THIRD-PARTY.md,bom.json} "$out/"
cp deploy/dist/README.md "$out/"
cp deploy/dist/image-functions "$out/bin/"
cp tools/run/*.sh "$out/lib/run/"
cp -R services/local-gateway/target/quarkus-app "$out/lib/gateway"
cp -R services/callback-receiver/target/quarkus-app "$out/lib/receiver"
cp tools/convert/target/lib/*.jar tools/convert/target/convert-"$version".jar "$out/lib/convert/"
cp samples/{seeding,map}.jpg samples/README.md "$out/samples/"
# The same files make the same archive.
tar --create --gzip --file "target/dist/$name.tar.gz" --directory target/dist \
    --sort=name --owner=0 --group=0 --numeric-owner --mtime='2026-01-01 00:00:00Z' "$name"
echo "Made $out.tar.gz, $(($(wc -c <"$out.tar.gz") / 1000000)) MB. To try it: $out/bin/image-functions up"
