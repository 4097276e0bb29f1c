# Articles as flong reads them: furniture and credits are marked, each line has a sign.
site=$CASES/data/site.jsonl
flong text "$site"
echo --- some
flong text --limit 1 -o out "$site" && sed -n 1p out
flong text --id w2 --id o1 "$site" | grep '^id'
cat "$site" | flong text -q --limit 2 | grep '^title'
echo --- parameters
flong text --furniture-texts 6 --id w2 "$site" | grep -e '^~' -e '^tokens'
flong text --id w1 --id nobody "$site" | grep -c '^id'
echo --- threads
flong text -j1 "$site" >one && flong text -j2 "$site" | cmp - one && echo same
