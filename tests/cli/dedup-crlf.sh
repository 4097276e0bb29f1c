# Line ends of Windows, and a last line without an end, which gets one.
awk '{ printf "%s%s", (NR > 1 ? "\r\n" : ""), $0 }' "$CASES/data/news.jsonl" >in
flong dedup -q in -o clean --removed removed
{ sed -n 1p in; sed -n 3p in; echo; } >wanted
cmp wanted clean
sed -n 2p in | cmp - removed
flong dedup -q <in | cmp wanted -
