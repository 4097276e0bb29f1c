# The list for people: its names (the values are those of info --json).
flong index -q db "$CASES/data/news.jsonl"
flong info db | awk 'NF { print $1 }'
