#!/bin/sh
# The shared library exports what flong.h declares, and nothing else.
#
#   sh tests/exports.sh LIBRARY HEADER
set -u

library=$1 header=$2
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
nm -D --defined-only "$library" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort -u >"$scratch/exported"
# FLONG_API, a type, a name and its parenthesis, perhaps on two lines.
tr '\n' ' ' <"$header" | grep -o 'FLONG_API [^;(]*(' | grep -o 'flong_[a-z_]*($' | tr -d '(' | sort -u >"$scratch/declared"
[ -s "$scratch/declared" ] || { echo "no declarations found in $header" >&2; exit 2; }
diff -u "$scratch/declared" "$scratch/exported"
