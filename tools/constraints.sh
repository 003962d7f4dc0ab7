#!/bin/sh
# Write constraints.txt: every package with the hashes of its files, for all platforms.
# Pins that stand are kept; to renew one, remove it from constraints.txt first.
set -eu

bin=$1
new=$(mktemp)
trap 'rm -f "$new"' EXIT

"$bin/pip" install --quiet uv
cp constraints.txt "$new"
"$bin/uv" pip compile requirements-dev.txt --output-file "$new" --quiet --no-config \
  --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
{
  echo "# Every package that KECK-Atlas installs, pinned with the hashes of its files;" \
    "written by 'make constraints'."
  cat "$new"
} | grep -v '^--' >constraints.txt
"$bin/pip" uninstall --quiet --yes uv
