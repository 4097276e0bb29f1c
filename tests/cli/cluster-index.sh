# --index keeps the index; it must be a new one.
flong cluster -q "$CASES/data/news.jsonl" --index db >/dev/null && flong match -q db "$CASES/data/more.jsonl"
flong cluster -q "$CASES/data/more.jsonl" --index db
