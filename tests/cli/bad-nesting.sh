# A million brackets are a bad line and no stack overflow.
nest() { head -c 1000000 /dev/zero | tr '\0' "$1"; }
{
    head -n 1 "$CASES/data/news.jsonl"
    nest '['; echo
    printf '{"text":'; nest '['; nest ']'; echo '}'
    awk 'BEGIN { for (i = 0; i < 200000; i++) printf "{\"a\":"; print "1" }'
    tail -n +2 "$CASES/data/news.jsonl"
} >in
flong cluster -q in | wc -l | tr -d ' '
