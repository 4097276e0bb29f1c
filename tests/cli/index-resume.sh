# Files that an index has noted are not read again; a new one is, and one that has changed; after a kill, what is left.
command -v timeout >/dev/null && command -v sqlite3 >/dev/null || exit 77
awk -v n=900 -f "$CASES/data/generate.awk" >all
mkdir in && split -l 300 all in/part- && for f in in/part-*; do mv $f $f.jsonl; done
flong index -q whole 'in/*.jsonl'
flong index -q --resume db in/part-aa.jsonl
flong index --resume db in/part-aa.jsonl 2>&1 | sed 's/; .*//'
# What is noted is not opened as input again: were it read, ids would come again as updates.
flong index -q --resume db in
flong info db | grep '^articles'
sqlite3 whole 'SELECT id, text_id, story_id, relation FROM article' >wanted
sqlite3 db 'SELECT id, text_id, story_id, relation FROM article' | cmp - wanted
# A file that has changed is read again.
echo '{"id":"fresh","text":"a text that is new in this file and nowhere else in the archive"}' >>in/part-ab.jsonl
flong index --resume db in 2>&1 | sed 's/; .*//'
flong info db | grep -E '^(articles|removed)'
# Killed in the middle of a file, it goes on behind the last record that was committed.
awk -v n=9000 -f "$CASES/data/generate.awk" >in/part-ad.jsonl
(for i in 1 2 3; do timeout -s KILL 1 flong index -q -j 1 --resume killed in; done) 2>/dev/null
flong index -q --resume killed in && flong index -q plain in
sqlite3 plain 'SELECT id FROM article' | sort >wanted
sqlite3 killed 'SELECT id FROM article' | sort | cmp - wanted
flong check killed
flong index --resume db <all
echo "status $?"
