# Truncated files: the articles before the fault count, the rest is told of once. Corrupt ones may give
# junk before the fault is seen: it is told of, in a dozen lines at most.
command -v zstd >/dev/null && command -v gzip >/dev/null || exit 77
awk -v n=600 -f "$CASES/data/generate.awk" >in
gzip -c in | head -c 60000 >cut.gz
zstd -q -c in | head -c 60000 >cut.zst
{ gzip -c in | head -c 60000; printf 'garbage in the middle of it'; gzip -c in | tail -c +60028; } >bad.gz
{ zstd -q -c in | head -c 60000; printf 'garbage in the middle of it'; zstd -q -c in | tail -c +60028; } >bad.zst
for file in cut.gz cut.zst; do
    flong cluster -q $file >out 2>err
    echo "$file: status $?, $(wc -l <err | tr -d ' ') lines on stderr, some articles: $([ "$(wc -l <out)" -gt 0 ] && echo yes)"
    grep -c "^flong: $file.*; skipped" err
done
for file in bad.gz bad.zst; do
    flong cluster -q $file >out 2>err
    status=$?
    [ $status -eq 0 ] || [ $status -eq 2 ] || echo "$file: status $status"
    [ "$(wc -l <err)" -le 12 ] && grep -q "^flong: $file.*; skipped" err && echo "$file: told"
done
for file in cut.gz cut.zst bad.gz bad.zst; do
    flong cluster -q --strict $file >out 2>err
    echo "$file: strict: status $?, $(wc -l <err | tr -d ' ') line, $(wc -l <out | tr -d ' ') articles"
done
