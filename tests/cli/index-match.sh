# In two calls as in one; then which of them new articles repeat.
N=$CASES/data/news.jsonl M=$CASES/data/more.jsonl
head -n 1 "$N" | flong index -q two && tail -n +2 "$N" | flong index -q two -
flong index one "$N"
flong match -q one "$M" >a && flong match -q two "$M" | cmp - a && cat a
sum=$(cksum <one)
flong match -q one "$M" -o b && cmp a b && [ "$sum" = "$(cksum <one)" ] && echo unchanged
