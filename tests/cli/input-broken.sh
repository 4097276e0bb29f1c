# A folder of files that are all broken in another way: each gives one line, and the good ones are read.
command -v gzip >/dev/null || exit 77
mkdir in && cd in || exit 2
row() { printf '{"id":"%s","text":"%s is a text of its own"}\n' "$1" "$1"; }
row good >a-good.jsonl
row good-too >z-good.jsonl
echo '{"id": "x", "text": "not closed' >b-line.jsonl
printf '[{"id":"x","text":"y' >c-array.json
row x | gzip | head -c 20 >d-cut.jsonl.gz
printf '\037\213\010junk that is no gzip data at all' >e-junk.jsonl.gz
printf 'BZh91AY&SYjunk junk junk' >f-junk.jsonl.bz2
printf '\3757zXZ\0junk junk junk junk' >g-junk.jsonl.xz
printf 'PK\003\004junk junk junk junk junk junk junk' >h-junk.zip
printf 'PAR1junk' >i-parquet.jsonl
printf '%%PDF-1.4' >j-pdf.txt
printf 'SQLite format 3\0' >k-sqlite.json
printf '\211PNG\r\n' >l-image.json
printf '\377\376a\0b\0' >m-utf16.txt
printf 'caf\351' >n-latin1.txt
: >o-empty.txt
printf '{"id":1}' >p-no-text.json
printf '%0100000d' 7 | tr 0 '[' >q-deep.json
head -c 2000 /dev/zero >r-zeros.jsonl
printf '{"id":"x","text":"\377"}' >s-bytes.jsonl
printf '{"id":"x","text":"%02000d"}' 7 >t-long.jsonl
cd ..
flong cluster -j 1 --max-line 1500 in >out1 2>err1
echo "status $?"
flong cluster -q -j 4 --max-line 1500 in 2>/dev/null | cmp - out1
cut -d, -f1 out1
for file in in/*; do
    flong cluster -q --max-line 1500 $file >out 2>err
    echo "$? $(grep -c 'skipped$' err) $(head -n 1 err | cut -c 1-150)"
done
flong cluster -q --strict --max-line 1500 in; echo "status $?"
