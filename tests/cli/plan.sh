# A small input is measured as a whole: what is counted is what cluster and index find.
awk -v n=300 -f "$CASES/data/generate.awk" >in
flong plan --json in >plan
grep -o -e '"whole":true' -e '"\(articles\|pairs\)":{[^}]*}' plan
flong cluster -q in | wc -l | tr -d ' '
flong plan --json in -j 1 --shingle 4 --memory 32M | grep -c '"threads":1,'
flong plan in | sed 's/  .*//'
# Folders, compressed files, articles that are files: named several times they are several.
mkdir pages && for i in 1 2 3; do sed -n "${i}s/.*\"text\":\"\(.*\)\".*/\1/p" in >pages/$i.txt; done
gzip <in >in.gz
flong plan --json in.gz pages in pages/2.txt | grep -o '"articles":{[^}]*}'
# What is no input is told; nothing is left behind.
flong plan - <in; echo $?
flong plan <in; echo $?
flong plan missing; echo $?
: >empty && flong plan empty; echo $?
head -c 100000 /dev/zero >zeros && flong plan zeros; echo $?
mkfifo pipe && flong plan in pipe; echo $?
flong plan in --index db; echo $?
ls "$TMPDIR"
