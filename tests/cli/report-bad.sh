# What no page can be made of is told in one line; nothing is written, and what was there stands.
N=$CASES/data/news.jsonl
flong index -q db "$N"
flong cluster -q "$N" -o groups --pairs pairs
try() { flong "$@"; [ $? -eq 2 ] || echo "status of: $*"; }
echo old >out
try report nowhere -o out
try report - -o out
try report db "$N" -o out
try report db --pairs pairs -o out
try report "$N" -o out
try report groups --pairs "$N" -o out
try report groups nowhere -o out
try report db -o db
try report groups -o groups
try report groups --pairs pairs -o pairs
try report --max-size 5 db
gzip -c groups >packed && try report packed -o out
sed 's/"relation": "[a-z]*"/"relation": "cousin"/' groups >odd && try report odd -o out
cat groups groups >twice && try report twice -o out
try cluster "$N" -o new --report new
flong cluster -q "$N" --report /dev/full -o out; echo $?
flong report -q db >/dev/full; echo $?
cat out && ls | grep -v '^db-'
