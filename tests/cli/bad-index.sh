# Files that are no index: left as they are, and said so.
command -v sqlite3 >/dev/null || exit 77
N=$CASES/data/news.jsonl
sqlite3 other.db 'CREATE TABLE t (a); INSERT INTO t VALUES (1)'
echo text >text.db
flong index -q new.db "$N" && sqlite3 new.db 'PRAGMA user_version = 9999'
for db in other.db text.db new.db; do
    sum=$(cksum <$db)
    flong index $db "$N"; echo $?
    flong info $db; echo $?
    flong match $db "$N"; echo $?
    [ "$sum" = "$(cksum <$db)" ] || echo "$db was changed"
done
mkdir folder.db
flong index folder.db "$N"
