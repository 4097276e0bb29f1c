# Seven calls, and one call, and cluster: the same matches.
awk -v n=420 -f "$CASES/data/generate.awk" >in
flong index -q one in
for part in 0 1 2 3 4 5 6; do awk -v p=$part 'int((NR - 1) / 60) == p' in | flong index -q seven || exit 1; done
sed 's/"id":"/"id":"again-/' in >new
flong match -q one new >a && flong match -q seven new >b && cmp a b && wc -l <a | tr -d ' '
flong info --json one | sed 's/,"keys".*//' >c && flong info --json seven | sed 's/,"keys".*//' | cmp - c
