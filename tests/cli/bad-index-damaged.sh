# A damaged index is found by check; nothing crashes on it.
awk -v n=300 -f "$CASES/data/generate.awk" | flong index -q db
flong check db
size=$(wc -c <db)
for part in 3 5 8 13; do
    { head -c $((size / part)) db; head -c 3000 /dev/urandom; tail -c +$((size / part + 3001)) db; } >damaged
    flong check damaged >out 2>err
    status=$?
    [ $status -eq 2 ] && [ "$(wc -l <err)" -eq 1 ] || [ $status -eq 0 ] || cat out err
    head -n 5 "$CASES/data/news.jsonl" | flong match -q damaged >out 2>err
    [ $? -le 2 ] || echo "match died: $(cat err)"
done
head -c $((size / 2)) db >cut
flong check cut
