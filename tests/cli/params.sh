# Parameters are those of the index; others are refused, with both named.
flong index -q --shingle 3 --passage-window 11 db "$CASES/data/news.jsonl"
flong info --json db | grep -o '"shingle":3,\|"passage_window":11,'
flong index -q db "$CASES/data/more.jsonl" && flong index -q --shingle 3 db "$CASES/data/more.jsonl" && echo same
flong index -q --shingle 4 db "$CASES/data/more.jsonl"
