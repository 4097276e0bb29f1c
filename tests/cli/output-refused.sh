# No output may be an input, the index or the other output.
cp "$CASES/data/news.jsonl" in && ln -s in link && ln in hard && flong index -q db in
try() { flong "$@" </dev/null; [ $? -eq 2 ] || echo "status of: $*"; }
try cluster in -o in
try cluster in -o ./in
try cluster in -o link
try cluster in -o hard
try cluster in --pairs in
try cluster in -o new --pairs ./new
try cluster in --pairs -
try cluster in -o new --index new
try cluster in --index in
try dedup in --removed in
try match db in -o db
try index in in
flong dedup in >>in; echo $?
cmp in "$CASES/data/news.jsonl" && flong check -q db && ls | grep -v "^db-"
