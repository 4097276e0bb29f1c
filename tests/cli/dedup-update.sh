# Two articles with one id: the later is an update of the first, which is removed.
{ cat "$CASES/data/news.jsonl"; sed -n 3p "$CASES/data/news.jsonl" | sed 's/nine stops/ten stops/'; } >in
flong dedup -q in -o clean --removed removed
sed -n '1p;4p' in | cmp - clean
sed -n '2p;3p' in | cmp - removed
