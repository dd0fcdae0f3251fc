#!/usr/bin/env bash
# Packs the binary with the engine library beside it: the tarball runs on a
# machine of the same kind without Go or Node.
set -euo pipefail
cd "$(dirname "$0")/.."
version=${1:?usage: deploy/dist.sh VERSION}
platform="$(go env GOOS)-$(go env GOARCH)"
name="claimwatch-$version-$platform"
library=$(find node_modules/@chdb -name 'libchdb.so' -o -name 'libchdb.dylib' | head -n 1)
if [ -z "$library" ]; then echo "the engine library is missing: run npm ci" >&2; exit 1; fi
rm -rf "dist/$name" && mkdir -p "dist/$name/examples"
cp bin/claimwatch README.md LICENSE NOTICE CHANGELOG.md "dist/$name/"
cp -r examples/. "dist/$name/examples/"
mkdir -p "dist/$name/deploy/grafana"
cp -r deploy/prometheus "dist/$name/deploy/"
cp -r deploy/grafana/*.json deploy/grafana/provisioning "dist/$name/deploy/grafana/"
rm -f "dist/$name/deploy/grafana/package.json" "dist/$name/deploy/grafana/package-lock.json" "dist/$name/deploy/grafana/tsconfig.json"
cp "$library" "dist/$name/"
tar -C dist -czf "dist/$name.tar.gz" "$name"
rm -rf "dist/${name:?}"
ls -lh "dist/$name.tar.gz"
