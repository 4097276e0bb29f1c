#!/bin/sh
# Recall and precision on generated archives: all pairs on exact sets against the index (recall.c), and the
# generator's own truth.
#
#   sh tests/recall.sh BIN_DIR RECALL light|heavy|unspaced
#
# The floors stand just below what was measured when they were set; a change that falls below them loses pairs. No
# pair may be false by the generator's truth: one text, one story, an excerpt or a teaser of 25 words with its text,
# or two that have such a passage of one text (but for two teasers) are true pairs. "heavy" is furniture heavier than
# the bodies: it is three quarters of all words. In the script without spaces two pages of a site have one paywall
# notice, which stands on too few pages to be learned and in no language to be known.
set -u

bin=$1 recall=$2 kind=$3
case $kind in
light) options='--furniture light --seed 11' floors='1 1 .99 .98 .99' false=0 stubs=0 ;;
heavy) options='--furniture heavy --seed 12' floors='1 1 .99 .98 .99' false=0 stubs=0 ;;
unspaced) options='--furniture light --unspaced .5 --seed 13' floors='1 1 .99 .98 .99' false=1 stubs=2 ;;
*) echo "usage: sh tests/recall.sh BIN_DIR RECALL light|heavy|unspaced" >&2; exit 2 ;;
esac

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
# shellcheck disable=SC2086  # lists of words
"$bin/flong-generate" -n 1500 --sites 15 $options -o archive.jsonl --truth truth.jsonl &&
    "$recall" archive.jsonl $floors || status=1
"$bin/flong" cluster archive.jsonl -o result.jsonl --pairs pairs.jsonl &&
    "$bin/flong-score" truth.jsonl result.jsonl --pairs pairs.jsonl --max-false $false --max-stubs $stubs --max-missing 0 || status=1
exit ${status-0}
