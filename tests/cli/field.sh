# Fields under other names.
sed 's/"text"/"body_of_it"/; s/"id"/"nr"/' "$CASES/data/news.jsonl" >in
flong cluster -q in --field text=body_of_it --field=id=nr >out
flong cluster -q "$CASES/data/news.jsonl" | cmp - out
