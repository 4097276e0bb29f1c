# One value, six spellings; -- ends the flags.
N=$CASES/data/news.jsonl
flong cluster -q "$N" --output=a && flong cluster -q --output b "$N" && flong cluster -qo c "$N" &&
    flong cluster "$N" -q -od && flong cluster -q -j2 -o e -- "$N" && flong cluster -qj 2 -o - "$N" >f
for file in b c d e f; do cmp a $file || exit 1; done
cp "$N" ./--strict
flong cluster -q -- --strict | cmp - a
