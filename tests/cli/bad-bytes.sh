# NUL bytes, escaped NULs and lone surrogates: a bad line or a harmless article, never a crash.
{
    printf '{"id":"nul","text":"before\000after"}\n'
    printf '%s\n' '{"id":"escaped","text":"before\u0000after, and then some more words to make it long enough for a look"}'
    printf '%s\n' '{"id":"surrogate","text":"lone \ud800 surrogate"}'
    head -c 5000 /dev/zero; echo
    cat "$CASES/data/news.jsonl"
} >in
flong cluster -q in >out
flong dedup -q in >clean
grep -c . out
grep -o '"id": *"[a-z]*-1"' out | tr -d ' '
