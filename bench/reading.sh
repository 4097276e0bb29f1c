#!/bin/sh
# How fast flong reads web archives, beside `zcat FILE | wc -c` on the same file:
#
#   sh bench/reading.sh [--articles N] [FILE...]
#
# Without a FILE, a .warc.gz of N made-up pages (20,000) is made once, in build/reading/. "cut" is unpacking and finding
# records, on one thread; "read" makes articles of them, on one thread and on two. Any format that flong reads will do.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/reading
name=reading
. bench/steps.sh

articles=20000
if [ "${1-}" = --articles ]; then
    articles=${2-}
    case $articles in '' | *[!0-9]*) die '--articles needs a number' ;; esac
    shift 2
fi

sh bench/setup.sh bench || exit 2
mkdir -p "$work" || die "cannot write to $root/$work"
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong-generate flong-reading
if [ $# -eq 0 ]; then
    made=$work/$articles.warc.gz
    if [ ! -f "$made" ]; then
        build/flong-generate -n "$articles" -o "$work/articles.jsonl" || die 'flong-generate failed'
        run 'making pages' build/flong-reading --make "$made.new" "$work/articles.jsonl"
        rm "$work/articles.jsonl" && mv "$made.new" "$made" || exit 2
    fi
    set -- "$made"
fi

for file in "$@"; do
    case $file in *.gz) ;; *) build/flong-reading "$file" || exit 2; continue ;; esac
    begin=$(date +%s.%N)
    bytes=$(zcat "$file" | wc -c) || die "$file: zcat failed"
    echo "$begin $(date +%s.%N) $bytes $(wc -c <"$file")" |
        awk '{ s = $2 - $1; printf "zcat | wc -c%35.1f MB packed %8.1f MB unpacked %7.2f s %28.1f MB/s packed %7.1f MB/s unpacked\n", $4 / 1e6, $3 / 1e6, s, $4 / 1e6 / s, $3 / 1e6 / s }'
    build/flong-reading "$file" || exit 2
done
