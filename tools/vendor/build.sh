#!/bin/sh
# Build assets/00-vendor from the npm packages pinned in package.json and package-lock.json:
# `make vendor`. The result is committed; running this again must change nothing.
set -eu
cd "$(dirname "$0")"
target=$(cd ../.. && pwd)/assets/00-vendor
modules=node_modules

npm ci --no-audit --no-fund --ignore-scripts --silent

"$modules/.bin/esbuild" plotly-atlas.js --bundle --minify --format=iife --global-name=Plotly \
  --target=es2019 --define:global=window --define:define.amd=false --loader:.css=empty \
  --legal-comments=none --log-level=warning --outfile="$target/plotly-atlas.min.js"
# The addresses that remain as defaults are taken out of the file altogether.
sed -i -e 's#https://cloud\.plotly\.com/newchart##g' -e 's#https://cdn\.plot\.ly/un/#/#g' \
  "$target/plotly-atlas.min.js"
node plotly-style.cjs "$modules/plotly.js/build/plotcss.js" >"$target/plotly-atlas.css"
cp "$modules/plotly.js/LICENSE" "$target/plotly-atlas.LICENSE"

sed '/sourceMappingURL/d' "$modules/bootstrap/dist/css/bootstrap.min.css" \
  >"$target/bootstrap.min.css"
cp "$modules/bootstrap/LICENSE" "$target/bootstrap.LICENSE"

font=$modules/@fontsource-variable/source-sans-3
cp "$font/files/source-sans-3-latin-wght-normal.woff2" "$target/source-sans-3.woff2"
cp "$font/files/source-sans-3-latin-ext-wght-normal.woff2" "$target/source-sans-3-ext.woff2"
cp "$font/LICENSE" "$target/source-sans-3.LICENSE"

cd "$target"
# The one large file is stored with the best compression, which takes too long for a first visit.
node -e 'const { readFileSync, writeFileSync } = require("node:fs");
  const { brotliCompressSync, constants } = require("node:zlib");
  const body = readFileSync(process.argv[1]);
  writeFileSync(process.argv[1] + ".br", brotliCompressSync(body, { params: {
    [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }));' \
  plotly-atlas.min.js
sha256sum plotly-atlas.min.js >plotly-atlas.min.js.sha256
sha256sum 00-topojson-stub.js 01-plotly-style-stub.js bootstrap.min.css fonts.css \
  plotly-atlas.css plotly-atlas.min.js source-sans-3.woff2 source-sans-3-ext.woff2 >SHA256SUMS
