#!/bin/sh
# How fast flong is: each stage alone, the commands from file to result with the accuracy of what they find, adding,
# matching, opening and the size of an index; beside them the time of `wc -w` on the same file.
#
#   sh bench/speed.sh [--articles N] [--file FILE] [OPTION...] [CASE...]
#
# Measures on N made-up articles (110,000), or on FILE, plain or .zst; "--file news" are the real news in $FLONG_DATA,
# or in ../shared/data beside the checkout. A FILE of fewer than N articles is repeated with edits until there are N.
# The options and cases are those of build/flong-speed; with --help and --list it tells them.
#
#   sh bench/speed.sh --update [--articles N] [OPTION...]     measures both, and puts the tables into the README
#
# Archives and their truth stay in build/speed/ and are made once.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/speed
data=${FLONG_DATA-$root/../shared/data}
name=speed
. bench/steps.sh

articles='' file='' update=0
while [ $# -gt 0 ]; do
    case $1 in
    --articles) articles=${2-} && [ -n "$articles" ] || die '--articles needs a number' ; shift 2 ;;
    --file) file=${2-} && [ -n "$file" ] || die '--file needs a file' ; shift 2 ;;
    --update) update=1; shift ;;
    *) break ;;
    esac
done

sh bench/setup.sh bench || exit 2
mkdir -p "$work" || die "cannot write to $root/$work"
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong flong-generate flong-repeat flong-score flong-speed
trap 'rm -rf $work/flong-speed-*' EXIT
trap 'exit 130' INT TERM

# made_up N: sets archive and known, what flong-speed is to be told of it
made_up() {
    archive=$work/made-up-$1.jsonl
    known="--truth $work/made-up-$1.truth"
    [ -f "$archive" ] && [ ! build/flong-generate -nt "$archive" ] && return
    run 'making the archive' build/flong-generate -n "$1" -o "$archive.part" --truth "$work/made-up-$1.truth"
    mv "$archive.part" "$archive" || die "cannot write $archive"
}

# plain FILE: unpacks it to $archive where it is compressed
plain() {
    case $1 in
    *.zst)
        archive=$work/$(basename "$1" .zst)
        [ -f "$archive" ] || run "unpacking $1" zstd -qdf "$1" -o "$archive"
        ;;
    *) archive=$1 ;;
    esac
}

# real FILE N: the same for a file; N may be empty
real() {
    known=
    if [ "$1" = news ]; then
        [ -f "$data/news2017-dev.jsonl.zst" ] || die "no real news in $data"
        plain "$data/news2017-dev.exact.tsv.zst"
        known="--exact $archive"
        plain "$data/news2017-dev.jsonl.zst"
    else
        plain "$1"
    fi
    [ -f "$archive" ] || die "there is no $archive"
    [ -n "$2" ] && [ "$(wc -l <"$archive")" -lt "$2" ] || return 0
    repeated=$work/$(basename "$archive" .jsonl)-$2.jsonl
    [ -f "$repeated" ] || run 'repeating the archive' build/flong-repeat -n "$2" "$archive" -o "$repeated"
    archive=$repeated
}

# measure CSV OPTION...: of $archive
measure() {
    csv=$1
    shift
    # shellcheck disable=SC2086  # an option and a path of this script
    build/flong-speed --work $work $known --csv "$csv" "$archive" "$@"
}

case ${1-} in --help | -h | --list) build/flong-speed "$1"; exit ;; esac
if [ $update -eq 0 ]; then
    if [ -n "$file" ]; then real "$file" "$articles"; else made_up "${articles:-110000}"; fi
    measure $work/speed.csv "$@" || exit
    echo "speed: the table is $work/speed.csv, too" >&2
    exit
fi
[ -z "$file" ] || die '--update measures made-up and real news; it takes no --file'
real news '' # the tables are made from both
measure $work/news.csv "$@" || exit
made_up "${articles:-110000}"
measure $work/made-up.csv "$@" || exit
awk -f bench/speed/tables.awk $work/made-up.csv $work/news.csv >$work/tables || die 'the tables cannot be made'
sh bench/replace.sh README.md speed $work/tables || exit
