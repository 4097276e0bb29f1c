#!/bin/sh
# What the keys find and what they cost: recall of overlapping pairs by bands, by passage keys and by both, on an
# archive of made-up news, and on real news where it is there: in $FLONG_DATA, or ../shared/data beside the
# checkout. Prints the tables of the README; the curves go to build/keys/.
#
#   sh bench/keys.sh [--update]     --update: put the picture in the place of that of the README
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/keys
data=${FLONG_DATA-$root/../shared/data}
real=$data/news2017-dev.jsonl.zst
picture=bench/keys/recall.svg

name=keys
. bench/steps.sh

update=0
case ${1-} in
'') ;;
--update) update=1 ;;
*) echo 'usage: sh bench/keys.sh [--update]' >&2; exit 2 ;;
esac
if [ ! -f "$real" ]; then
    [ $update -eq 0 ] || die "no real news in $data; the picture is made from both"
    echo "keys: no real news in $data; only made-up news is measured" >&2
    real=
fi
sh bench/setup.sh build || exit 2
mkdir -p "$work" || die "cannot write to $root/$work"
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong-generate flong-keys
run 'making the archive' build/flong-generate -n 20000 -o $work/made-up.jsonl
build/flong-keys --csv $work/recall.csv --svg $work/recall.svg $work/made-up.jsonl ${real:+"$real"} || exit
echo "keys: the curves are $work/recall.csv, the picture $work/recall.svg" >&2
[ $update -eq 0 ] || cp $work/recall.svg $picture || die "cannot write $picture"
