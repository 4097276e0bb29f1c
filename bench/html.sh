#!/bin/sh
# What flong reads of pages of HTML, against bodies made by hand: how much of them, how much beside, whether page and
# body become one text group, and how fast. The pages are in $FLONG_DATA, or ../shared/data beside the checkout:
# html/pages.tar.zst (ID.html) and html/gold.jsonl (id, text).
#
#   sh bench/html.sh [--each | --peers]
#
# --each: a line for each page, too. --peers: the same of public extractors, installed by pip into build/html/venv.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/html
data=${FLONG_DATA-$root/../shared/data}/html

name=html
. bench/steps.sh

each='' peers=''
case ${1-} in
'') ;;
--each) each=--each ;;
--peers) peers='trafilatura readability-lxml' ;;
*) echo 'usage: sh bench/html.sh [--each | --peers]' >&2; exit 2 ;;
esac
[ -f "$data/pages.tar.zst" ] && [ -f "$data/gold.jsonl" ] || die "no pages.tar.zst and gold.jsonl in $data"
sh bench/setup.sh bench || exit 2
mkdir -p "$work/pages" || die "cannot write to $root/$work"
zstd -dcq "$data/pages.tar.zst" | tar -xf - -C "$work/pages" || die "cannot unpack $data/pages.tar.zst"
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong flong-html
sh bench/html/table.sh build "$work/pages" "$data/gold.jsonl" "$work" $each

[ -n "$peers" ] || exit 0
python=${PYTHON-python3}
[ -x $work/venv/bin/python ] || run 'making a virtual environment' "$python" -m venv $work/venv
run 'installing the peers' $work/venv/bin/python -m pip install -q --upgrade pip # older ones trip over readability's needs
run 'installing the peers' $work/venv/bin/python -m pip install -q --disable-pip-version-check $peers
for peer in $peers; do
    echo
    $work/venv/bin/python -m pip show "$peer" 2>/dev/null | sed -n 's/^Name: //p; s/^Version: //p' | paste -s -d ' ' -
    $work/venv/bin/python bench/html/peers.py "$peer" "$work/pages" >"$work/peer.jsonl" 2>"$work/peer.speed" || {
        tail -n 1 "$work/peer.speed" >&2
        die "$peer failed"
    }
    build/flong-html score "$data/gold.jsonl" "$work/peer.jsonl" | grep -v furniture || die 'flong-html failed'
    tail -n 1 "$work/peer.speed"
done
