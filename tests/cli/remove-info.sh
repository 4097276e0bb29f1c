# The group is gone with its member.
count() { flong info --json db | sed 's/.*"articles":\([0-9]*\),.*"text_groups":\([0-9]*\),.*/\1 articles, \2 groups/'; }
flong index -q db "$CASES/data/news.jsonl" && count
flong remove db herald-1 nobody && count
flong remove -q db nobody && count
flong check db
flong match -q db "$CASES/data/more.jsonl" | grep -c '"match": *"courier-1"'
