#!/bin/sh
# Throws damaged files at all that reads them, for a minute or as many seconds as are named; fails
# where anything panics, takes longer than 2 s or more than 300 MB. See examples/fuzz/main.rs.
set -eu
cd "$(dirname "$0")/.."
exec cargo run --quiet --release --example fuzz -- "${1:-60}" "${2:-$(date +%s)}"
