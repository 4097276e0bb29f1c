#!/bin/sh
# What flong-keys says, against what has to be so, against the search through all pairs (recall.c), and against the
# table in the README.
#
#   sh tests/keys.sh BIN_DIR RECALL
set -u
LC_ALL=C
export LC_ALL

bin=$(cd "$1" && pwd)
recall=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
failed=0

miss() { echo "FAILED: $*"; failed=1; }

# Of the pairs in each bin both kinds of keys find what either finds, and every passage that makes an excerpt
# gives a passage key. There are pairs of all sorts, and bands alone do not find all of them.
check_curve() {
    awk -F, '
        NR == 1 { next }
        { kind = $2 ~ /[+]/ ? "both" : $2 ~ /x/ ? "bands" : "passages"; bin = $3 " " $4
          pairs[bin, kind] = $6; found[bin, kind] = $7; bins[bin]; total[$3] += $6 }
        $8 > $7 || $7 > $6 { print "more found than there is: " $0; bad = 1 }
        $3 == "passage" && kind != "bands" && $7 != $6 { print "a passage without a key: " $0; bad = 1 }
        $3 == "passage" && kind == "bands" && $7 == $6 { print "bands find all passages: " $0; bad = 1 }
        END {
            for (bin in bins) {
                if (pairs[bin, "both"] != pairs[bin, "bands"] || pairs[bin, "both"] != pairs[bin, "passages"]) { print bin ": other pairs"; bad = 1 }
                if (found[bin, "both"] < found[bin, "bands"] || found[bin, "both"] < found[bin, "passages"]) { print bin ": both find less than one"; bad = 1 }
            }
            if (!total["jaccard"] || !total["contained"] || !total["passage"]) { print "no pairs of a sort"; bad = 1 }
            exit bad
        }' keys.csv
}

# The four bands of recall.c, from the bins of the default keys: pairs, and share of them that are candidates.
bands_of_keys() {
    awk -F, '$2 ~ /[+]/ && $3 == "jaccard" && $4 >= .15 {
            b = $4 >= .8 ? 1 : $4 >= .5 ? 2 : $4 >= .3 ? 3 : 4; pairs[b] += $6; met[b] += $8 }
        END { for (b = 1; b <= 4; b++) printf "%d %.4f\n", pairs[b], met[b] / pairs[b] }' keys.csv
}
bands_of_recall() { sed -n 's/^  J .* \([0-9]*\) pairs, candidates \([0-9.]*\) .*/\1 \2/p' recall.out; }

# Candidates of an article, on the mean, as either says it.
candidates_of_keys() { sed -n 's/^| [0-9]*x[0-9]*+[0-9]* | *[0-9]* | *[0-9]* | \([0-9.]*\) .*/\1/p' keys.out; }
candidates_of_recall() { sed -n 's/.* and \([0-9.]*\) candidates an article.*/\1/p' recall.out; }

check_recall() {
    bands_of_keys >by-keys && candidates_of_keys >>by-keys
    bands_of_recall >by-recall && candidates_of_recall >>by-recall
    [ "$(wc -l <by-recall)" -eq 5 ] && diff -u by-recall by-keys
}

# Four lines in either panel, and a sample of each.
check_picture() {
    [ "$(grep -c '<polyline' keys.svg)" -eq 12 ] && [ "$(tail -n 1 keys.svg)" = '</svg>' ] && ! grep -q nan keys.svg
}

# The table in the README, made anew.
check_readme() {
    "$bin/flong-generate" -n 20000 -o made-up.jsonl && "$bin/flong-keys" made-up.jsonl | grep '^|' >table || return 1
    sed -n '/^| made-up,/,/^$/p' "$root/README.md" | grep '^|' | diff -u - table
}

"$bin/flong-generate" -n 1500 --sites 15 --seed 14 -o archive.jsonl &&
    "$bin/flong-keys" --keys 1x16 --within --csv keys.all --svg keys.svg archive.jsonl >keys.out &&
    grep -v ',1x16,' keys.all >keys.csv || exit 1
"$recall" archive.jsonl 0 0 0 0 0 >recall.out || { cat recall.out; miss 'recall.c'; }
check_curve || miss 'the curve'
check_recall || miss 'not what recall.c finds'
check_picture || miss 'the picture'
check_readme || miss 'the table in the README'
for wrong in 0 0x4 4x 32x4+ 32x17 4x1 1025 1x1+5x; do
    "$bin/flong-keys" --keys $wrong archive.jsonl >out 2>err
    [ $? -eq 2 ] && [ -s err ] && [ ! -s out ] || miss "--keys $wrong is taken"
done
exit $failed
