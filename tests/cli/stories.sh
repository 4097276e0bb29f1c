# Stories: how often, by whom and when they were told; sorted and chosen.
flong index -q db "$CASES/data/stories.jsonl"
flong stories db | sed 's/, "weakest".*//'
echo by date
flong stories --sort date db | cut -d, -f1
echo by sites
flong stories --sort sites db | cut -d, -f1
echo since
flong stories --since 2024-05-04 db | cut -d, -f1
flong stories --since 2025-01-01 db
echo site
flong stories --site www.north-star.example db | cut -d, -f1
echo size
flong stories --min-size 1 db | cut -d, -f1
flong stories --min-size 4 db | cut -d, -f1
flong stories -o out db && flong stories db | cmp - out && echo written
echo pairs
flong cluster -q --pairs pairs "$CASES/data/stories.jsonl" | sed 's/.*"id": "\([^"]*\)".*"story_id": "\([^"]*\)".*/\1 \2/'
sed 's/, "jaccard".*"terms"/, "terms"/; s/, "version".*//' pairs
