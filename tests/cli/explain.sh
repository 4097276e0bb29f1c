# Two that are paired, two that are not, and one that is not there.
flong index -q db "$CASES/data/news.jsonl"
flong explain db courier-1 herald-1 >a && grep -q reprint a && echo reprint
flong explain db courier-1 gazette-1 >b && [ -s b ] && echo told
flong explain db courier-1 nobody
