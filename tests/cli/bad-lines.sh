# Lines that are no articles are told of with file and line, and skipped.
{
    sed -n 1p "$CASES/data/news.jsonl"
    printf '%s\n' 'no json' '[1, 2]' '"text"' '{"id":"x","url":"http://a.example/"}' '{"id":"y","text":"cut off' '{"id":"z","text":7}'
    printf '{"id":"u","text":"\377\376 not UTF-8"}\n'
    sed -n '2,3p' "$CASES/data/news.jsonl"
} >in
flong cluster -q in | tr -d ' ' | grep -o '"id": *"[^"]*"'
