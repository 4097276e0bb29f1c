#!/bin/sh
# Builds flong, makes an archive of made-up news, and shows what flong finds in it, how well, and
# how fast. Takes a minute or two; everything it writes goes to build/.
#
#   sh bench/demo.sh          FLONG_DEMO_ARTICLES=100000 sh bench/demo.sh
set -u
LC_ALL=C.UTF-8
export LC_ALL

articles=${FLONG_DEMO_ARTICLES-20000}
case $articles in
'' | *[!0-9]* | 0*)
    echo "demo: FLONG_DEMO_ARTICLES is to be a number of articles, not \"$articles\"" >&2
    exit 2
    ;;
esac
root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/demo
index=$work/archive.flong

name=demo
. bench/steps.sh

# seconds COMMAND...: prints its wall time; its own output goes to $work/out and $work/err.
seconds() {
    began=$(date +%s.%N)
    "$@" >"$work/out" 2>"$work/err" || return
    ended=$(date +%s.%N)
    awk -v a="$began" -v b="$ended" 'BEGIN { printf "%.4f\n", b - a }'
}

median() { sort -n | sed -n 2p; }

# ---- build and make the archive
sh bench/setup.sh bench || exit 2
mkdir -p "$work" || die "cannot write to $root/$work"
echo "Building flong, and an archive of $articles made-up articles in $work/ ..."
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong flong-generate flong-score
run 'making the archive' build/flong-generate -n "$articles" -o $work/archive.jsonl --truth $work/truth.jsonl
bytes=$(wc -c <$work/archive.jsonl)

# ---- three runs of flong, and of wc in between
cluster() {
    rm -f "$index" "$index-wal" "$index-shm"
    seconds build/flong cluster $work/archive.jsonl -o $work/groups.jsonl --pairs $work/pairs.jsonl --index "$index"
}
: >$work/flong.times
: >$work/wc.times
for i in 1 2 3; do
    seconds wc -w $work/archive.jsonl >>$work/wc.times || die 'wc failed'
    cluster >>$work/flong.times || {
        cat $work/err >&2
        die 'flong cluster failed'
    }
done
said=$(grep ' articles, ' $work/err)
report_time=$(seconds build/flong report -q "$index" -o $work/report.html) || {
    cat $work/err >&2
    die 'flong report failed'
}
flong_time=$(median <$work/flong.times)
wc_time=$(median <$work/wc.times)

# ---- what stands in it
echo
echo '1. One text on five sites (the group whose copies differ most)'
sqlite3 -batch :memory: >$work/table <<SQL || die "sqlite3 cannot read $work/groups.jsonl"
CREATE TABLE line (j TEXT);
.mode ascii
.separator "\037" "\n"
.import $work/groups.jsonl line
CREATE TABLE article AS SELECT rowid AS n, json_extract(j, '$.text_id') AS text, json_extract(j, '$.site') AS site,
    json_extract(j, '$.published') AS published, json_extract(j, '$.relation') AS relation,
    json_extract(j, '$.jaccard') AS jaccard, json_extract(j, '$.contained') AS contained,
    json_extract(j, '$.title') AS title FROM line;
CREATE TABLE chosen AS SELECT text FROM article GROUP BY text HAVING count(*) = 5
    ORDER BY count(DISTINCT relation) DESC, count(DISTINCT round(jaccard, 1)) DESC, min(n) LIMIT 1;
.mode list
.separator "\n"
SELECT printf('   %-32.32s %-16.16s %-9s %7s %9s  %s', 'site', 'published', 'relation', 'jaccard', 'contained', 'title');
SELECT printf('   %-32.32s %-16.16s %-9s %7s %9s  %.38s', site, replace(published, 'T', ' '), relation,
    CASE WHEN relation = 'original' THEN '' ELSE printf('%.2f', jaccard) END,
    CASE WHEN relation = 'original' THEN '' ELSE printf('%.2f', contained) END, title)
    FROM article WHERE text IN chosen ORDER BY n;
SELECT '   (no group of five among so few articles)' WHERE NOT EXISTS (SELECT * FROM chosen);
SQL
cat $work/table
echo '   jaccard: 5-word runs in common, of all; contained: share of the article that stands in the original'

echo
echo '2. Accuracy, against what the generator knows about its articles'
build/flong-score $work/truth.jsonl $work/groups.jsonl --pairs $work/pairs.jsonl >$work/score || die 'flong-score failed'
sed 's/^/   /' $work/score

echo
echo '3. Speed (medians of three runs, taken in turn)'
awk -v f="$flong_time" -v w="$wc_time" -v n="$articles" -v b="$bytes" -v i="$(wc -c <"$index")" 'BEGIN {
    printf "   flong cluster  %8.2f s   %.0f articles/s, %.0f MB/s\n", f, n / f, b / f / 1e6
    printf "   wc -w          %8.2f s   on the same %.0f MB; flong takes %.1f times as long\n", w, b / 1e6, f / w
    printf "   index          %8.0f bytes an article, of %.0f in the archive\n", i / n, b / n
}'
echo "   flong said:    $said"
awk -v r="$report_time" -v f="$flong_time" -v b="$(wc -c <$work/report.html)" 'BEGIN {
    printf "   flong report   %8.2f s   %.0f %% of the time of flong cluster; a page of %.0f MB\n", r, 100 * r / f, b / 1e6
}'

echo
echo "4. Where it lies: $root/$work"
echo '   report.html: open it in a browser: stories, sites, any two articles side by side'
echo '   archive.jsonl (articles)  groups.jsonl (a line for each)  pairs.jsonl  archive.flong (the index)'
echo '   Try next:'
pair=$(sqlite3 -batch "$index" "SELECT a || ' ' || b FROM pair WHERE relation = 'reprint' LIMIT 1") || die 'the index cannot be read'
[ -z "$pair" ] || echo "     build/flong explain $index $pair"
echo "     sqlite3 -box $index 'SELECT * FROM text_group ORDER BY sites DESC LIMIT 10'"
echo "     build/flong info $index"
