# Standard output is closed: an error, and no file gets its number.
flong cluster -q "$CASES/data/news.jsonl" --index db >&-
echo $?
flong check -q db
