# The same bytes whatever the memory; a size out of range is told.
awk -v n=6000 -f "$CASES/data/generate.awk" >in
flong cluster -q in -o out --pairs pairs --index db && flong cluster -q --memory 1M in -o out.1 --pairs pairs.1 &&
    cmp out out.1 && cmp pairs pairs.1
head -n 200 in >some
flong match -q db some >matches && flong match -q --memory 1M db some | cmp - matches
flong index -q --memory 32m db.1 in && flong regroup -q --memory 1M db.1 && flong check -q db.1
flong cluster --memory 1000 in
flong match --memory 2000G db in
flong info --memory 1G db
