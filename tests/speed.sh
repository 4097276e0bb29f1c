#!/bin/sh
# flong-speed goes through all its cases and writes what it says; flong-repeat makes an archive of another.
#
#   sh tests/speed.sh BIN_DIR
set -u
LC_ALL=C
export LC_ALL

bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
mkdir work
failed=0

miss() { echo "FAILED: $*"; failed=1; }

# Rows of twelve fields, the second in quotes; values in order; what has been timed beside wc.
check_rows() {
    awk '
        function bad(why) { print why ": " $0; wrong = 1 }
        NR == 1 { if ($0 != "case,measure,articles,median,least,most,cpu,mb_per_s,of_wc,peak_mb,recall,precision") bad("heading"); next }
        { if (!match($0, /,"[^"]*",/)) { bad("no measure"); next }
          measure = substr($0, RSTART + 2, RLENGTH - 4)
          n = split(substr($0, RSTART + RLENGTH), f, ","); name = substr($0, 1, RSTART - 1) }
        n != 10 { bad("fields") }
        { for (i = 1; i <= n; i++) if (f[i] != "" && f[i] !~ /^[0-9.e+-]+$/) bad("no number") }
        !(f[3] <= f[2] && f[2] <= f[4]) || f[2] == "" || f[2] < 0 { bad("no spread") }
        measure == "article, us" && name != "add" && !(f[5] > 0 && f[6] > 0 && f[7] > 0) { bad("no time") }
        name ~ /^(cluster|reprints)-/ && !(f[9] > .5 && f[9] <= 1 && f[10] > .9 && f[10] <= 1) { bad("no accuracy") }
        name ~ /-[12]$/ && !(f[8] > 1) { bad("no memory") }
        END { exit wrong }' speed.csv
}

# Every case has its row; a version of the command without --stories has none of texts alone.
check_cases() {
    missing=0
    for name in $("$bin/flong-speed" --list | sed 's/ .*//'); do
        case $name in reprints-*) "$bin/flong" help cluster | grep -q -e --stories || continue ;; esac
        grep -q "^$name," speed.csv || { echo "no row of $name"; missing=1; }
    done
    return $missing
}

# The accuracy is that of flong-score.
check_accuracy() {
    "$bin/flong" cluster -q archive.jsonl -o groups.jsonl || return 1
    "$bin/flong-score" truth.jsonl groups.jsonl |
        sed -n 's/^text groups: precision \([0-9.]*\)  recall \([0-9.]*\) .*/\2,\1/p' | tr , '\n' >by-score
    sed -n 's/^cluster-1,.*,\([0-9.]*\),\([0-9.]*\)$/\1,\2/p' speed.csv | tr , '\n' | awk '{ printf "%.4f\n", $1 }' >by-speed
    [ "$(wc -l <by-score)" -eq 2 ] && diff -u by-score by-speed
}

# With a list of pairs it is the share of those from .5 on: two of three here.
check_exact() {
    sed -n 's/^{"id": "\([^"]*\)", "text_id": "\([^"]*\)".*/\1 \2/p' groups.jsonl |
        awk '$1 != $2 && n < 2 { print $1 "\t" $2 "\t0.9\t1"; n++ } $1 == $2 { last = before; before = $1 }
             END { print last "\t" before "\t0.6\t1"; print last "\t" before "\t0.4\t1" }' >exact.tsv
    "$bin/flong-speed" --runs 1 --queries 10 --exact exact.tsv --csv exact.csv --work work archive.jsonl cluster-1 \
        >/dev/null && [ "$(sed -n 's/^cluster-1,.*,\([0-9.]*\),$/\1/p' exact.csv)" = 0.666666667 ]
}

check_table() { awk -f "$root/bench/speed/tables.awk" speed.csv speed.csv | awk -F'|' '
    /^\|/ { if (!columns) columns = NF; if (NF != columns) { print; wrong = 1 } rows++ } !/^\|/ { columns = 0 }
    END { exit wrong || rows < 20 }'; }

check_repeat() {
    head -n 300 archive.jsonl >some.jsonl
    "$bin/flong-repeat" -n 700 some.jsonl -o more.jsonl && "$bin/flong-repeat" -n 700 some.jsonl -o again.jsonl &&
        cmp more.jsonl again.jsonl && head -n 300 more.jsonl | cmp - some.jsonl || return 1
    [ "$(wc -l <more.jsonl)" -eq 700 ] || return 1
    [ "$(sed 's/^{"id":"\([^"]*\)".*/\1/' more.jsonl | sort -u | wc -l)" -eq 700 ] || return 1
    sed -n '1p;301p;601p' more.jsonl | sed 's/.*"published":"\(..........\).*/\1/' | tr '\n' ' ' >dates
    [ "$(cat dates)" = '2024-01-01 2024-02-01 2024-03-03 ' ] || { cat dates; return 1; }
    "$bin/flong" cluster -q --strict more.jsonl -o groups.more && [ "$(wc -l <groups.more)" -eq 700 ] || return 1
    # What repeats another article does so each time, and no article repeats one of another time.
    awk 'NR <= 300 { first += /"relation": "(identical|reprint)"/ }
         NR > 300 && NR <= 600 && /"relation": "(identical|reprint)"/ { second++; if ($0 !~ /"of": "[^"]*-1"/) crossed++ }
         END { exit !(first > 20 && second >= .9 * first && second <= 1.1 * first && crossed <= .05 * first) }' groups.more
}

check_wrong() {
    for wrong in '--runs 0' '--runs x' '--sizes ,' '--truth' 'no-such-case' '--queries 5000' '--no-such 1'; do
        # shellcheck disable=SC2086  # an option and its value
        "$bin/flong-speed" --work work archive.jsonl $wrong >out 2>err
        [ $? -eq 2 ] && [ -s err ] || { echo "$wrong is taken"; return 1; }
    done
}

"$bin/flong-generate" -n 2000 -o archive.jsonl --truth truth.jsonl || exit 1
"$bin/flong-speed" --runs 1 --sample 1000 --queries 50 --added 100 --sizes 0,500,1000000 --truth truth.jsonl --csv speed.csv \
    --work work archive.jsonl >table 2>notes || { cat table notes; miss 'the cases'; }
grep -q '1000000' notes || miss 'a size that is left out is told'
check_rows || miss 'the CSV file'
check_cases || miss 'a case without a row'
check_accuracy || miss 'the accuracy'
check_exact || miss 'the accuracy by a list of pairs'
check_table || miss 'the tables for the README'
check_repeat || miss 'flong-repeat'
check_wrong || miss 'what is wrong'
[ -z "$(ls work)" ] || miss 'files that are left behind'
exit $failed
