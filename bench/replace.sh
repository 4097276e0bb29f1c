#!/bin/sh
# Puts what stands in a file between the lines "<!-- NAME -->" and "<!-- /NAME -->" of another one.
#
#   sh bench/replace.sh README.md NAME FILE
set -u
[ $# -eq 3 ] || { echo 'usage: sh bench/replace.sh README.md NAME FILE' >&2; exit 2; }
grep -qxF "<!-- $2 -->" "$1" && grep -qxF "<!-- /$2 -->" "$1" || {
    echo "replace: $1 has no lines <!-- $2 --> and <!-- /$2 -->" >&2
    exit 2
}
awk -v begin="<!-- $2 -->" -v end="<!-- /$2 -->" -v from="$3" '
    $0 == end { inside = 0 }
    !inside { print }
    $0 == begin { inside = 1; while ((getline line < from) > 0) print line }' "$1" >"$1.new" && mv "$1.new" "$1"
