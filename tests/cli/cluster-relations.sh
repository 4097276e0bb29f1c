# All of reprint, identical, excerpt and single; the original of a group is the earliest published.
flong cluster -q "$CASES/data/news.jsonl" "$CASES/data/more.jsonl" --pairs pairs -o out && cat out pairs
