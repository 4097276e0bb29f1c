# --max-line: a line of so many bytes is read, one of a byte more is not.
text=$(awk 'BEGIN { for (i = 0; i < 300; i++) printf "word%d ", i }')
line=$(printf '{"id":"a","text":"%.1004s"}' "$text")
echo "${#line}"
printf '%s\n' "$line" | flong cluster -q --max-line 1K | wc -l | tr -d ' '
{ printf ' %s\n' "$line"; cat "$CASES/data/news.jsonl"; } | flong cluster -q --max-line=1k | wc -l | tr -d ' '
