# The same articles from a file, standard input in two spellings, gzip and zstd, told by content.
command -v zstd >/dev/null && command -v gzip >/dev/null || exit 77
N=$CASES/data/news.jsonl
flong cluster -q "$N" >wanted
flong cluster -q <"$N" | cmp - wanted
flong cluster -q - <"$N" | cmp - wanted
cat "$N" | flong cluster -q | cmp - wanted
gzip -c "$N" >a.jsonl && flong cluster -q a.jsonl | cmp - wanted
zstd -q -c "$N" >b.jsonl && flong cluster -q b.jsonl | cmp - wanted
flong cluster -q <a.jsonl | cmp - wanted
cat b.jsonl | flong cluster -q | cmp - wanted
head -n 1 "$N" | gzip >c && sed -n 2p "$N" | gzip >>c && sed -n 3p "$N" | zstd -q >d
flong cluster -q c d | cmp - wanted
