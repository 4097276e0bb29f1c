# Folders, patterns that no shell expanded, lists and archives: every file by name, whatever is wrong with another.
command -v tar >/dev/null && command -v gzip >/dev/null || exit 77
mkdir -p crawl/2024/05 crawl/.git
row() { printf '{"id":"%s","text":"%s is a text of its own that no other article here has got in it"}\n' "$1" "$1"; }
row a >crawl/a.jsonl
{ echo '['; row b; echo ','; row c; echo ']'; } >crawl/2024/list.json
row d | gzip >crawl/2024/05/d.jsonl.gz
echo 'A text in a file' >crawl/2024/05/e.txt
echo secret >crawl/.git/f.txt && echo none >crawl/notes.docx
ids() { flong cluster "$@" 2>err | sed 's/^{"id": "\([^"]*\)".*/\1/' | tr '\n' ' '; grep -v peak err; echo; }
ids crawl
ids -q 'crawl/**/*.json*'
ids -q 'crawl/20*'
find crawl -name '*.json*' | sort >list && ids -q --files-from list
find crawl -name '*.gz' -print0 | ids -q --files-from - crawl/a.jsonl
: >none && ids -q --files-from none
ids -q --files-from nowhere
ids -q 'crawl/*.gz'
tar cf crawl.tar crawl/a.jsonl crawl/2024/05/e.txt crawl/notes.docx && gzip crawl.tar
ids -j 3 crawl.tar.gz
ids -q - <crawl.tar.gz
ids -q --format txt crawl/notes.docx
ids -q --format tex crawl/notes.docx
