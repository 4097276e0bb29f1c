# Which of a group is kept. post-1 is published first and comes last; letter-1 is no copy.
ids() { sed 's/.*"id": "\([^"]*\)".*/\1/' | tr '\n' ' '; echo; }
for rule in earliest longest first; do
    echo $rule: $(cat "$CASES"/data/news.jsonl "$CASES"/data/more.jsonl | flong dedup -q --keep $rule | ids)
done
echo default: $(flong dedup -q "$CASES"/data/news.jsonl "$CASES"/data/more.jsonl | ids)
