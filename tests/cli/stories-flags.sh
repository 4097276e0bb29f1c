# Wrong values of the flags for stories are told of in one line each; the status is 2.
try() { flong "$@" </dev/null; [ $? -eq 2 ] || echo "status of: $*"; }
flong index -q db "$CASES/data/stories.jsonl"
try stories --sort name db
try stories --sort= db
try stories --since yesterday db
try stories --since 2024-13-01 db
try stories --min-size 0 db
try stories --min-size many db
try stories --site "" db
try stories
try stories db db
try stories nowhere
try stories -o db db
try dedup --level rewrites
try dedup --level
try cluster --level story
try stories --level story db
