#!/bin/sh
# The table of bench/html.sh: BIN_DIR PAGES GOLD SCRATCH [--each]
set -u
bin=$1 pages=$2 gold=$3 scratch=$4

"$bin/flong-html" read "$pages" 5 >"$scratch/pages.jsonl" 2>"$scratch/speed" || exit
"$bin/flong-html" score "$gold" "$scratch/pages.jsonl" ${5-} || exit

# A page and its body are two articles: ID-page and ID-gold.
named() { sed "s/^{\"id\": *\"\([^\"]*\)\"/{\"id\": \"\1-$1\"/" "$2"; }
{ named page "$scratch/pages.jsonl"; named gold "$gold"; } >"$scratch/both.jsonl" || exit
"$bin/flong" cluster -q "$scratch/both.jsonl" -o "$scratch/groups.jsonl" || exit
awk -F'"' '
    { id = $4; group[id] = $8; sub(/-[a-z]*$/, "", id); pages[id]; stem[group[$4]] = stem[group[$4]] " " id }
    END {
        for (id in pages) { n++; same += group[id "-page"] == group[id "-gold"] }
        for (g in stem) {
            m = split(stem[g], ids, " ")
            for (i = 2; i <= m; i++) if (ids[i] != ids[1]) { joined++; break }
        }
        printf "page and body in one text group  %.4f\n", n ? same / n : 0
        printf "groups of different pages        %d\n", joined
    }' "$scratch/groups.jsonl"
cat "$scratch/speed"
