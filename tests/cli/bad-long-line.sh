# A line of 200 MB is passed over without being held in memory.
{
    sed -n 1p "$CASES/data/news.jsonl"
    printf '{"id":"long","text":"'
    head -c 200000000 /dev/zero | tr '\0' a
    printf '"}\n'
    sed -n '2,3p' "$CASES/data/news.jsonl"
} | flong cluster | wc -l | tr -d ' '
