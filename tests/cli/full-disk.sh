# Every output on a full disk: one line, status 2.
[ -c /dev/full ] || exit 77
N=$CASES/data/news.jsonl
flong index -q db "$N"
flong cluster -q "$N" >/dev/full; echo $?
flong cluster -q "$N" -o /dev/full; echo $?
flong dedup -q "$N" >/dev/full; echo $?
flong dedup -q "$N" --removed /dev/full >/dev/null; echo $?
flong match -q db "$N" >/dev/full; echo $?
flong explain db courier-1 herald-1 >/dev/full; echo $?
flong info db >/dev/full; echo $?
flong check db >/dev/full; echo $?
flong help >/dev/full; echo $?
flong --version >/dev/full; echo $?
