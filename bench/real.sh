#!/bin/sh
# Accuracy and time on real, labelled news, where it is there: ../shared/data or $FLONG_DATA, with its score.py
# beside it. Prints a table for the README; ends with status 77 when there is no such data.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
data=${FLONG_DATA:-$root/../shared/data}
score=$data/../score.py
[ -f "$score" ] && [ -d "$data" ] || { echo "no labelled news in $data; nothing is measured" >&2; exit 77; }
flong=$root/build/flong
[ -x "$flong" ] || { echo "build flong first: cmake -B build && cmake --build build" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

unpack() { # NAME: the set as plain JSON lines in $work
    if [ -f "$data/$1.zst" ]; then zstd -qdc "$data/$1.zst" >"$work/$1"; else cp "$data/$1" "$work/$1"; fi
}

median_seconds() { # of three runs of a command, from the closing line on its standard error
    for _ in 1 2 3; do
        start=$(date +%s.%N)
        "$@" 2>"$work/err" >/dev/null
        end=$(date +%s.%N)
        echo "$end $start" | awk '{ printf "%.2f\n", $1 - $2 }'
    done | sort -n | sed -n 2p
}

echo "| set | articles | figure |"
echo "|---|--:|---|"
for set in pages-dev pagebody-dev; do
    unpack $set.jsonl
    "$flong" cluster -q "$work/$set.jsonl" -o "$work/out"
    figures=$(python3 "$score" clusters "$work/$set.jsonl" "$work/out" text_id)
    echo "| $set | $(wc -l <"$work/$set.jsonl") | $(echo "$figures" | sed 's/.*pairP \([^ ]*\) pairR \([^ ]*\) pairF1 \([^ ]*\) ARI \([^ ]*\).*/pair precision \1, recall \2, F1 \3, ARI \4/') |"
done
for set in ecbplus-dev basil-dev giveme5w1h; do
    unpack $set.jsonl
    "$flong" cluster -q "$work/$set.jsonl" -o "$work/out" 2>"$work/err" || { cat "$work/err" >&2; exit 2; }
    figures=$(python3 "$score" clusters "$work/$set.jsonl" "$work/out" story_id)
    echo "| $set | $(wc -l <"$work/$set.jsonl") | stories: $(echo "$figures" | sed 's/.*pairP \([^ ]*\) pairR \([^ ]*\) pairF1 \([^ ]*\) ARI \([^ ]*\).*/pair precision \1, recall \2, F1 \3, ARI \4/') |"
done
unpack news2017-dev.jsonl
unpack news2017-dev.exact.tsv
seconds=$(median_seconds "$flong" cluster -j2 "$data/news2017-dev.jsonl.zst" -o "$work/out" --pairs "$work/pairs")
peak=$(sed -n 's/.*peak \(.*\)$/\1/p' "$work/err" | tail -n 1)
python3 "$score" recall "$work/news2017-dev.exact.tsv" "$work/news2017-dev.jsonl" "$work/out" >"$work/recall"
band() { sed -n "s/^$1: n \([0-9]*\) same_text \([0-9.]*\).*/\2 of \1/p" "$work/recall"; }
echo "| news2017-dev | $(wc -l <"$work/news2017-dev.jsonl") | cross-site pairs in one text group: Jaccard .8 and more $(band 'J>=.8'), .5 to .8 $(band 'J .5-.8'), .3 to .5 $(band 'J .3-.5') |"
told=$(python3 "$score" labels "$data/news2017-dev.same_title.tsv" "$work/out" | sed -n 's/^same_title_cross_site: n \([0-9]*\) .* same_story \([0-9.]*\)/\2 of \1/p')
echo "| news2017-dev | | cross-site pairs under one headline in one story: $told |"
words=$( { LC_ALL=C.UTF-8; export LC_ALL; median_seconds wc -w "$work/news2017-dev.jsonl" | tail -n 1; } )
echo "| news2017-dev | | \`flong cluster -j2\` from .zst, pairs written: $seconds s, peak $peak; \`wc -w\` on the plain file: $words s (medians of 3) |"
