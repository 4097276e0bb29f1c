# An index given where articles are wanted is told apart, however it is named, packed or said to be.
try() { flong "$@"; [ $? -eq 2 ] || echo "status of: $*"; }
flong index -q x.db "$CASES/data/news.jsonl"
cp x.db x.csv && cp x.db x.txt && gzip -c x.db >x.gz
try cluster x.db
try dedup x.csv
try cluster --format jsonl x.db
try cluster --format txt x.txt
try text - <x.db
try cluster x.gz
try index new x.db
echo --- beside articles
flong cluster -q x.db "$CASES/data/news.jsonl" | grep -c '"id"'
try cluster --strict x.db "$CASES/data/news.jsonl"
