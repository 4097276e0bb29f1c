# A file that is gone when it is read a second time leaves the output as it was. A pipe is not read twice.
mkfifo pipe
cat "$CASES/data/news.jsonl" >pipe &
flong dedup -q pipe | wc -l | tr -d ' '
wait
