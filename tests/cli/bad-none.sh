# No article at all is an error.
try() { flong "$@"; [ $? -eq 2 ] || echo "status of: $*"; }
: >empty && printf '\n\n' >blank && echo junk >junk
flong index -q db "$CASES/data/news.jsonl"
try cluster empty </dev/null
try cluster </dev/null
try dedup blank -o out
try cluster junk
try index db empty
try match db empty
ls | grep -v "^db-"
