# The reader is gone: one line, status 2.
{ sleep 1; flong cluster -q "$CASES/data/news.jsonl"; echo $? >status; } | true
cat status
{ sleep 1; flong dedup -q "$CASES/data/news.jsonl"; echo $? >status; } | true
cat status
