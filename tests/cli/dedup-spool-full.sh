# Nowhere to put standard input: told before anything is read.
TMPDIR=/nowhere/at/all flong dedup <"$CASES/data/news.jsonl"
