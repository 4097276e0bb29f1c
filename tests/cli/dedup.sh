# The kept lines are those of the input byte for byte, and so are the removed ones.
{
    sed -n 1p "$CASES/data/news.jsonl"
    sed -n 2p "$CASES/data/news.jsonl" | sed 's/^{/{  "extra" : [1.50, {"b":null}] ,\t/; s/}$/ }  /'
    printf '\n   \n'
    sed -n 3p "$CASES/data/news.jsonl" | sed 's/"id": "gazette-1", \(.*\)}$/\1,"id":"gazette-1"}/; s/a/\\u0061/3'
} >in
sed -n '1p;5p' in >kept
sed -n 2p in >gone
flong dedup in -o clean --removed removed && cmp kept clean && cmp gone removed && echo files
flong dedup -q --removed removed <in | cmp - kept && cmp gone removed && echo standard input
cat in | flong dedup -q - --removed removed | cmp - kept && cmp gone removed && echo pipe
