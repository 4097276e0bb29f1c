#!/bin/sh
# What `flong plan` says of a generated archive of 20,000 articles against what `flong cluster` and `flong index` take:
# articles within 5 %, the index within 25 %, pairs within their range, time within a factor of 2. A machine that is
# busy with other things changes its speed from one second to the next, so time has three tries.
#
#   sh tests/plan.sh BIN_DIR
set -u

bin=$1
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
TMPDIR=$scratch
export TMPDIR
"$bin/flong-generate" -n 20000 --seed 21 -o archive.jsonl || exit 2

# The closing line says "TIME s, peak SIZE".
seconds_of() { sed -n 's/^flong .*; \([0-9.]*\) s, peak .*/\1/p' "$1"; }

# value NAME WHICH: of the plan.
value() { grep -o "\"$1\":{[^}]*}" plan | sed "s/.*\"$2\":\([0-9.]*\).*/\1/"; }

# near NAME WANTED FACTOR: whether the plan's value is so near to what was wanted.
near() {
    awk -v is="$(value "$1" expected)" -v wanted="$2" -v factor="$3" -v name="$1" 'BEGIN {
        good = is <= wanted * factor && is >= wanted / factor
        printf "%s  %s: %s expected, %s found\n", good ? "ok  " : "far ", name, is, wanted
        exit !good }'
}

"$bin/flong" index archive.flong archive.jsonl 2>told || exit 2
"$bin/flong" info --json archive.flong >info
found() { grep -o "\"$1\":[0-9]*" info | head -n 1 | sed 's/.*://'; }

failed=0
for try in 1 2 3; do
    "$bin/flong" cluster archive.jsonl -o out 2>told && "$bin/flong" plan --json archive.jsonl >plan || exit 2
    near cluster_seconds "$(seconds_of told)" 2 && break
    [ $try -eq 3 ] && failed=1
done
near articles 20000 1.05 || failed=1
near index_bytes "$(found bytes)" 1.25 || failed=1
awk -v low="$(value pairs low)" -v high="$(value pairs high)" -v is="$(found pairs)" 'BEGIN {
    printf "pairs: %s to %s expected, %s found\n", low, high, is
    exit !(low <= is && is <= high) }' || failed=1
exit $failed
