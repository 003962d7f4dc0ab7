#!/bin/sh
# Run a command whose tests share what is dear to make: `sh tools/with_made.sh make …`.
# The folder is named by KECK_TEST_MADE; one that this script makes is removed at the end.
set -eu

if [ -n "${KECK_TEST_MADE:-}" ]; then
  exec "$@"
fi
KECK_TEST_MADE=$(mktemp -d)
export KECK_TEST_MADE
trap 'rm -rf "$KECK_TEST_MADE"' EXIT
trap 'exit 130' INT TERM
"$@"
