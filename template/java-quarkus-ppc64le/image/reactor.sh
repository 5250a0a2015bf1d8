#!/bin/sh
# Prints the POM of a reactor: the function, and every module that configuration.copy has put below it.
set -eu
cat <<'XML'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>build</groupId>
  <artifactId>reactor</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <modules>
XML
find function -name pom.xml -not -path '*/src/*' -not -path '*/target/*' -exec dirname {} \; | sort |
    sed 's|.*|    <module>&</module>|'
cat <<'XML'
  </modules>
</project>
XML
