#!/bin/sh
# Make sure that a program the tests need is there: `sh tools/ensure.sh chromium|node|soffice|postgres`.
# Installs it from Debian's packages when run as root; otherwise says what to do.
set -eu

find_program() {
  case "$1" in
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    node) command -v node || command -v nodejs ;;
    # an office without its word processor opens no minutes
    soffice) office=$(command -v soffice) && [ -e "$(dirname "$(readlink -f "$office")")/libswlo.so" ] ;;
    postgres) ls /usr/lib/postgresql/*/bin/postgres ;;
    *) command -v "$1" ;;
  esac
}

program=$1
package=$program
[ "$program" = node ] && package=nodejs
[ "$program" = postgres ] && package=postgresql
[ "$program" = soffice ] && package="libreoffice-impress libreoffice-calc libreoffice-writer"

if find_program "$program" >/dev/null 2>&1; then
  exit 0
fi
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "Installing $package …"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends $package >/dev/null
fi
if ! find_program "$program" >/dev/null 2>&1; then
  echo "The tests need $program, which is not on this machine." >&2
  echo "Install it, on Debian or Ubuntu with: sudo apt-get install $package" >&2
  exit 1
fi
