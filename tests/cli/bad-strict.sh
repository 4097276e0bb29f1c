# With --strict the first is the end; an output is not begun.
{ sed -n 1p "$CASES/data/news.jsonl"; echo junk; echo junk; } >in
flong cluster --strict in -o out; echo $?
flong dedup --strict in -o out; echo $?
flong index --strict db in; echo $?
flong check -q db; ls | grep -v "^db-"
