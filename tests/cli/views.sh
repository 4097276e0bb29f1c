# The views of an index file, asked with SQL: the same articles give the same rows, in one call and in many.
command -v sqlite3 >/dev/null || exit 77
N=$CASES/data/news.jsonl M=$CASES/data/more.jsonl S=$CASES/data/stories.jsonl
flong index -q one.db "$N" "$M" "$S"
for file in "$N" "$M" "$S"; do flong index -q many.db "$file"; done
for view in article pair text_group story site event; do
    echo "$view"
    sqlite3 -header one.db "SELECT * FROM $view"
    sqlite3 many.db "SELECT * FROM $view" >many
    [ $view = event ] || sqlite3 one.db "SELECT * FROM $view" | cmp - many
done
