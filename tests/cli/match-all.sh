# --all tells of articles without a match too; --fail-if-none makes "nothing" a status of 1.
flong index -q db "$CASES/data/news.jsonl"
printf '%s\n' '{"id":"x","text":"A short text about nothing that anybody wrote of, today or ever, in any paper."}' >new
flong match db new && echo none is fine
flong match -q --all db new
flong match -q --fail-if-none db "$CASES/data/more.jsonl" | wc -l | tr -d ' '
flong match -q --fail-if-none db new
