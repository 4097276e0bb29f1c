# The page at the end of a run: on stderr, when asked for or on a terminal, never with --quiet.
COLUMNS=80
export COLUMNS
shown() { "$@" 2>err >out; grep -v '^flong 0' err; } # without the closing line: it tells the time
shown flong cluster --summary "$CASES/data/stories.jsonl"
echo --- the output is the same
flong cluster -q "$CASES/data/stories.jsonl" | cmp - out && echo same
echo --- quiet, and no terminal
shown flong cluster -q --summary "$CASES/data/stories.jsonl"
shown flong cluster "$CASES/data/stories.jsonl"
echo --- an index
shown flong index --summary db "$CASES/data/news.jsonl"
shown flong index --summary db "$CASES/data/site.jsonl"
echo --- wide, narrow, nothing
COLUMNS=120 shown flong cluster --summary "$CASES/data/stories.jsonl" | sed -n '/largest/,/^$/p'
COLUMNS=1 shown flong cluster --summary "$CASES/data/stories.jsonl" | sed -n '/largest/,/^$/p'
echo --- colours
shown flong cluster --summary --color=always "$CASES/data/stories.jsonl" | tr '\033' '%' | grep %
