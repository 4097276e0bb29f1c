# Only the first ten are told of, all are counted.
{ cat "$CASES/data/news.jsonl"; i=0; while [ $i -lt 1234 ]; do echo junk; i=$((i + 1)); done; } | flong cluster | wc -l | tr -d ' '
