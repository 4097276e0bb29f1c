#!/bin/sh
# Recall and precision on generated archives: all pairs on exact sets against the index (recall.c), and the
# generator's own truth.
#
#   sh tests/recall.sh BIN_DIR RECALL light|heavy|unspaced
#
# The floors stand just below what was measured when they were set; a change that falls below them loses pairs.
# The false pairs left are teasers of 25 words and more of a story that another site has, and, in the script
# without spaces, paywall notices of two sites; there must not be more of them.
set -u

bin=$1 recall=$2 kind=$3
case $kind in
light) options='--furniture light --seed 11' floors='1 1 .99 .98 .99' false=3 ;;
heavy) options='--furniture heavy --seed 12' floors='1 1 .99 .98 .99' false=6 ;;
unspaced) options='--furniture light --unspaced .5 --seed 13' floors='1 1 .99 .91 .965' false=32 ;;
*) echo "usage: sh tests/recall.sh BIN_DIR RECALL light|heavy|unspaced" >&2; exit 2 ;;
esac

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
# shellcheck disable=SC2086  # lists of words
"$bin/flong-generate" -n 1500 --sites 15 $options -o archive.jsonl --truth truth.jsonl &&
    "$recall" archive.jsonl $floors || status=1
"$bin/flong" cluster archive.jsonl -o result.jsonl --pairs pairs.jsonl &&
    "$bin/flong-score" truth.jsonl result.jsonl --pairs pairs.jsonl --max-false $false --max-missing 0 || status=1
exit ${status-0}
