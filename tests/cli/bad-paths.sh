# What cannot be opened is named before anything is done.
try() { flong "$@"; [ $? -eq 2 ] || echo "status of: $*"; }
mkdir empty notes && echo no article >notes/readme.md
try cluster nowhere.jsonl -o out
try cluster "$CASES/data/news.jsonl" nowhere.jsonl -o out
try index db nowhere.jsonl
try cluster empty
try cluster notes
try dedup "$(printf 'a\033[31mb\nc')"
try dedup "$(printf 'a\302\23331mb\342\200\256c\342\200\217d\377')"
ls
