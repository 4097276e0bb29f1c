# regroup gives what one call over the articles that are left gives; with other parameters it takes these.
command -v sqlite3 >/dev/null || exit 77
flong index -q db "$CASES/data/news.jsonl" "$CASES/data/more.jsonl"
flong remove -q db herald-1
grep -v herald-1 "$CASES/data/news.jsonl" | flong index -q wanted - "$CASES/data/more.jsonl"
flong regroup db 2>&1 | sed 's/;.*//'
flong check db
for query in 'SELECT * FROM pair' 'SELECT * FROM article' 'SELECT * FROM text_group' 'SELECT * FROM story' 'SELECT * FROM site'; do
    sqlite3 db "$query" >got && sqlite3 wanted "$query" | cmp - got
done
flong regroup -q db --group-hold .9 && flong info db | grep -E 'group-hold|^articles'
# What fails changes nothing, and leaves nothing behind.
sqlite3 db .dump >before
flong regroup db --shingle 99
mkdir db.regroup && touch db.regroup/in-the-way
flong regroup -q db
rm -r db.regroup
sqlite3 db .dump | cmp - before && ls db*
flong regroup -q nowhere
ls | grep nowhere || echo nothing is made
