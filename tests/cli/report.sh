# A page of an index, of what cluster wrote, and of both in one run.
N=$CASES/data/stories.jsonl
flong index -q db "$N"
flong report -q db -o db.html
flong cluster -q "$N" -o groups --pairs pairs --report cluster.html
flong report -q groups --pairs pairs "$N" -o groups.html
flong report -q db >out.html && cmp out.html db.html && echo to standard output as well
ids() { grep -o '^<script type="application/flong" id="[^"]*"' "$1" | sed 's/.*id=//' | tr '\n' ' '; echo; }
for page in db cluster groups; do
    ids $page.html
    grep -o '<title>.*</title>' $page.html
done
# But for their names they say the same of articles.
block() { sed -n "s/^<script type=\"application\/flong\" id=\"$1\"[^>]*>//p" "$2"; }
for id in sites stories members-0; do
    for page in cluster groups; do
        [ "$(block $id db.html)" = "$(block $id $page.html)" ] || echo "$id differs in $page.html"
    done
done
# With texts and without.
flong report -q --no-text db -o none.html && ids none.html
flong report -q groups -o none.html && ids none.html
flong report -q --max-size 1K db -o none.html && ids none.html
# Nothing is asked of the network, and no script runs but the page's.
grep -c "default-src 'none'; script-src 'sha256-[A-Za-z0-9+/=]*'; style-src 'sha256-[A-Za-z0-9+/=]*'" db.html
grep -v '^<script type="application/flong"' db.html | grep 'src=\|href="[h/]\|@import\|url('
# Whatever the threads.
for j in 1 2 7; do flong report -q -j$j db -o j$j.html && cmp db.html j$j.html; done
