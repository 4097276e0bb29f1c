#!/bin/sh
# What flong reads of pages of HTML, against bodies made by hand: how much of them, how much beside, whether page and
# body become one text group, and how fast. The pages are in $FLONG_DATA, or ../shared/data beside the checkout:
# html/pages.tar.zst (ID.html) and html/gold.jsonl (id, text).
#
#   sh bench/html.sh [--each]     --each: a line for each page, too
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/html
data=${FLONG_DATA-$root/../shared/data}/html

name=html
. bench/steps.sh

each=
case ${1-} in
'') ;;
--each) each=--each ;;
*) echo 'usage: sh bench/html.sh [--each]' >&2; exit 2 ;;
esac
[ -f "$data/pages.tar.zst" ] && [ -f "$data/gold.jsonl" ] || die "no pages.tar.zst and gold.jsonl in $data"
sh bench/setup.sh bench || exit 2
mkdir -p "$work/pages" || die "cannot write to $root/$work"
zstd -dcq "$data/pages.tar.zst" | tar -xf - -C "$work/pages" || die "cannot unpack $data/pages.tar.zst"
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong flong-html
sh bench/html/table.sh build "$work/pages" "$data/gold.jsonl" "$work" $each
