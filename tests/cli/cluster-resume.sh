# A run with --index that is killed goes on when it is given again, and what comes out is the same.
awk -v n=9500 -f "$CASES/data/generate.awk" >in
head -n 5000 in | gzip >part.1.gz && tail -n +5001 in >part.2 && cp part.2 kept
flong cluster -q part.1.gz part.2 -o wanted --pairs wanted.pairs
set -- part.1.gz part.2 --index db -o out --pairs pairs
killed=0
{
    for pause in .1 .3 .5 .7 .9 1.2 1.6 2; do
        flong cluster -q "$@" & runner=$!
        sleep $pause
        kill -KILL $runner && killed=$((killed + 1))
        wait $runner
        rm -f out.tmp.$runner pairs.tmp.$runner
    done
} 2>/dev/null
[ $killed -gt 0 ] && flong check -q db && flong cluster -q "$@" && cmp out wanted && cmp pairs wanted.pairs && echo the same
# What is complete writes its output again.
rm out && flong cluster part.1.gz part.2 --index db -o out 2>told && cmp out wanted && grep -c 'db held 9,500 articles' told
# Another input, other parameters, a pipe: told, and nothing is changed.
flong info --json db >before
flong cluster -q part.2 part.1.gz --index db; echo $?
flong cluster -q --shingle 4 "$@"; echo $?
flong cluster -q --index db <in; echo $?
echo '{"id":"more","text":"x"}' >>part.2
flong cluster -q "$@"; echo $?
flong check -q db && flong info --json db | cmp - before && echo unchanged
# What others remove or add makes it another index.
cp kept part.2
flong cluster -q "$@" && flong remove -q db n17 && flong cluster -q "$@"; echo $?
rm db && head -n 100 kept >few
flong cluster -q few --index db >out && flong index -q db kept && flong cluster -q few --index db; echo $?
