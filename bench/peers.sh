#!/bin/sh
# flong beside public peers, on the same made-up archives, from the file to groups of copies, on one thread: articles a
# second, recall and precision of the pairs of one text, memory. The peers are installed by pip into build/peers/venv;
# what cannot be installed is named with the reason, and left out.
#
#   sh bench/peers.sh [--update] [--limit SECONDS] [--runs N] [--archives N,...] [PEER...]
#
# --archives: 10000,100000,100000-clean where nothing else is said; "clean" ones have no menus and teasers in their texts.
# --limit: a peer that takes longer (300) is stopped, and not run on larger archives.
# --update: puts the table into the README, and the picture in the place of that of the README.
set -u

root=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) && cd "$root" || exit 2
work=build/peers
picture=bench/peers/peers.svg
name=peers
. bench/steps.sh

update=0 limit=300 runs=1 archives=10000,100000,100000-clean
while [ $# -gt 0 ]; do
    case $1 in
    --update) update=1; shift ;;
    --limit | --runs | --archives)
        [ $# -gt 1 ] || die "$1 needs a value"
        case $1 in --limit) limit=$2 ;; --runs) runs=$2 ;; --archives) archives=$2 ;; esac
        shift 2
        ;;
    -*) die 'usage: sh bench/peers.sh [--update] [--limit SECONDS] [--runs N] [--archives N,...] [PEER...]' ;;
    *) break ;;
    esac
done

# ---- flong, and the archives
sh bench/setup.sh build || exit 2
mkdir -p "$work" || die "cannot write to $root/$work"
run 'configuring' cmake -S . -B build -DCMAKE_BUILD_TYPE=Release
run 'building' cmake --build build -j "$(nproc)" --target flong flong-generate flong-score
for archive in $(echo "$archives" | tr , ' '); do
    furniture=light
    case $archive in *-clean) furniture=none ;; esac
    run "making the archive $archive" build/flong-generate -n "${archive%-clean}" --furniture $furniture \
        -o "$work/made-up-$archive.jsonl" --truth "$work/made-up-$archive.truth"
done

# ---- the peers: what fails to be installed is told, and left out
python=${PYTHON-python3}
command -v "$python" >/dev/null || die "there is no $python; PYTHON names another one"
[ -x $work/venv/bin/python ] || run 'making a virtual environment' "$python" -m venv $work/venv

# install NAME PACKAGE...: status 1 where that fails, with the last line of the reason in $work/why
install() {
    package=$1
    shift
    timeout 600 $work/venv/bin/python -m pip install -q --disable-pip-version-check "$@" >"$work/$package.log" 2>&1 && return
    grep -i '^error' "$work/$package.log" | tail -n 1 >$work/why
    [ -s $work/why ] || tail -n 1 "$work/$package.log" >$work/why
    return 1
}

# A line for each: name, a tab, packages, a tab, packages that are installed without what they would bring along.
(cd bench/peers && PYTHONDONTWRITEBYTECODE=1 "$root/$work/venv/bin/python" -c '
from peers import PEERS
for name, peer in PEERS.items():
    print(name, " ".join(peer.packages), " ".join(peer.alone), sep="\t")') >$work/wanted || die 'the list of peers cannot be read'
: >$work/missing
while IFS='	' read -r peer packages alone; do
    # shellcheck disable=SC2086  # lists of words
    { install "$peer" $packages && { [ -z "$alone" ] || install "$peer" --no-deps $alone; }; } </dev/null ||
        { echo "peers: $peer cannot be installed: $(cat $work/why)" >&2; echo "--missing=$peer=it cannot be installed" >>$work/missing; }
done <$work/wanted

# ---- measured
set -- --bin build --work $work --python $work/venv/bin/python --limit "$limit" --runs "$runs" --csv $work/peers.csv \
    --table $work/table --svg $work/peers.svg "$archives" "$@"
while read -r missing; do set -- "$missing" "$@"; done <$work/missing
PYTHONDONTWRITEBYTECODE=1 "$work/venv/bin/python" bench/peers/measure.py "$@" || die 'nothing was measured'
cat $work/table
echo "peers: the figures are $work/peers.csv, the picture $work/peers.svg" >&2
[ $update -eq 0 ] && exit
cp $work/peers.svg $picture || die "cannot write $picture"
sh bench/replace.sh README.md peers $work/table
