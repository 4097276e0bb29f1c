# Of what one article is kept: each level lets go of more.
ids() { sed 's/{"id":"\([^"]*\)".*/\1/' | tr '\n' ' '; }
for level in identical reprint rewrite story; do
    echo "$level: $(flong dedup -q --level $level "$CASES/data/stories.jsonl" --removed removed | ids)- $(ids <removed)"
done
echo "default: $(flong dedup -q "$CASES/data/stories.jsonl" | ids)"
echo "nothing is a rewrite: $(flong dedup -q --level rewrite --rewrite-similarity 1 "$CASES/data/stories.jsonl" | ids)"
echo "longest: $(flong dedup -q --level story --keep longest "$CASES/data/stories.jsonl" | ids)"
