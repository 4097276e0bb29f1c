# Tables and a graph of an index: whatever articles say, they stay tables and a graph; all of it is there, or nothing.
N=$CASES/data/news.jsonl M=$CASES/data/more.jsonl
flong index -q db "$N" "$M" "$CASES/data/stories.jsonl"
cat >hostile.jsonl <<'END'
{"id": "=1+1", "site": "a.example", "title": "=HYPERLINK(\"http://x.example\",\"win\"), he said", "text": "The bakers of Hornsund begin at two in the morning, says the oldest of them, because the ferry leaves at five and takes the bread along."}
{"id": "-2", "site": "b.example", "title": "two\nlines\tand </data> & \\ \u0001\"", "text": "The bakers of Hornsund begin at two in the morning, says the oldest of them, because the ferry leaves at five and takes the bread along."}
{"id": " 3", "site": "c.example", "title": "@cmd", "published": 1714867200, "text": "The bakers of Hornsund begin at two in the morning, says the oldest of them, because the ferry leaves at five and takes the bread along!"}
END
flong index -q hostile.db hostile.jsonl

flong report db --csv tables && ls tables
tr -d '\r' <tables/sites.csv
cut -d, -f1-6 tables/articles.csv | tr -d '\r'
flong report hostile.db --csv tables --graph graph.graphml && flong report hostile.db --graph graph.gv
cut -d, -f1-5 tables/articles.csv | tail -n +2 | od -c | head -n 4
sed 's/\r$/ CRLF/' tables/articles.csv | cut -d, -f19- | tail -n +2
cat graph.graphml graph.gv

echo nothing is half written
cksum tables/* >before
mkdir in-the-way.gv
flong report db --csv tables --graph in-the-way.gv; echo $?
flong report db --csv fresh --graph in-the-way.gv; echo $?
cksum tables/* | cmp - before && ls
flong report db --csv hostile.jsonl; echo $?
flong report db --graph graph.png; echo $?
flong report db --graph db; echo $?
flong report db --graph same.gv -o same.gv; echo $?
flong cluster -q "$N" -o result.jsonl && flong report result.jsonl --csv tables; echo $?
flong report nowhere --csv new-folder; echo $?
ls
