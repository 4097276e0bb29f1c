# Two reprints and a stranger, and the closing line.
flong cluster "$CASES/data/news.jsonl" --pairs pairs
echo pairs:
cat pairs
