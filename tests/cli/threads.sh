# The same bytes for any number of threads.
awk -v n=900 -f "$CASES/data/generate.awk" >in
for j in 1 2 4; do flong cluster -q -j $j in -o out.$j --pairs pairs.$j; done
cmp out.1 out.2 && cmp out.1 out.4 && cmp pairs.1 pairs.2 && cmp pairs.1 pairs.4 &&
    wc -l <out.1 | tr -d ' ' && wc -l <pairs.1 | tr -d ' '
