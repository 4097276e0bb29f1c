# Commands that read an index do not create one.
for command in info check; do flong $command db; echo $?; done
flong match db "$CASES/data/news.jsonl"; echo $?
flong explain db a b; echo $?
flong remove db a; echo $?
ls
