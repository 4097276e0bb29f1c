# An output is there whole or not at all: after a failure the old one stands, through a link too.
echo old >out && ln -s out link && chmod 640 out
flong cluster -q "$CASES/data/news.jsonl" --pairs /dev/full -o out; echo $?
cat out
flong cluster -q "$CASES/data/news.jsonl" -o link && wc -l <out | tr -d ' '
[ -h link ] && ls -l out | cut -c 1-10
flong cluster -q "$CASES/data/news.jsonl" -o nowhere/out
