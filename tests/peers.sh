#!/bin/sh
# The contest of bench/peers.sh without the peers: stand-ins that answer, fail and take too long.
#
#   sh tests/peers.sh BIN_DIR
set -u
LC_ALL=C
export LC_ALL

bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
command -v python3 >/dev/null || { echo 'no python3'; exit 77; }
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
failed=0
PYTHONDONTWRITEBYTECODE=1
export PYTHONDONTWRITEBYTECODE

miss() { echo "FAILED: $*"; failed=1; }

# In the place of Python with the peers: run.py NAME ARCHIVE OUT WORK.
cat >python <<'END'
#!/bin/sh
case $2 in
gaoya) sed 's/^{"id":"\([^"]*\)".*/{"id": "\1", "text_id": "\1", "story_id": "\1"}/' "$3" >"$4" && echo '{"seconds": 2.5, "cpu": 2.25, "peak": 7000000}' ;;
simhash) echo 'Traceback' >&2; echo 'TypeError: no such thing' >&2; exit 1 ;;
rensa) exec sleep 60 ;;
esac
END
chmod +x python

for archive in 300 600-clean; do
    "$bin/flong-generate" -n ${archive%-clean} -o made-up-$archive.jsonl --truth made-up-$archive.truth || exit 1
done
python3 "$root/bench/peers/measure.py" --bin "$bin" --work . --python ./python --limit 3 --csv out.csv --table out.md --svg out.svg \
    --missing 'datasketch=it cannot be installed' 300,600-clean gaoya simhash rensa datasketch 2>said || { cat said; exit 1; }

# Who groups nothing has all precision and no recall; who failed on few articles is not run on more.
awk -F, '
    NR == 1 { if ($0 != "name,archive,articles,seconds,cpu,peak,recall,precision,failed\r") { print; wrong = 1 } next }
    { sub(/\r$/, ""); rows[$1]++ }
    $1 == "flong" && !($7 > .5 && $8 > .9 && $4 > 0 && $5 > 0 && $6 > 1e6) { print; wrong = 1 }
    $1 == "gaoya" && !($4 == 2.5 && $5 == 2.25 && $7 == 0 && $8 == 1) { print; wrong = 1 }
    $1 == "simhash" && $2 == 300 && $9 !~ /TypeError: no such thing/ { print; wrong = 1 }
    $1 == "rensa" && $2 == 300 && $9 != "more than 3 s" { print; wrong = 1 }
    ($1 == "rensa" || $1 == "simhash") && $2 != 300 && $9 != "not run" { print; wrong = 1 }
    $1 == "datasketch" { print; wrong = 1 }
    END { exit wrong || rows["flong"] != 2 || rows["gaoya"] != 2 || rows["simhash"] != 2 || rows["rensa"] != 2 }' out.csv ||
    miss 'the CSV file'
[ "$(grep -c '^|' out.md)" -ge 6 ] && [ "$(grep '^|' out.md | sed 's/[^|]//g' | sort -u | wc -l)" -eq 1 ] || miss 'the table'
grep -q 'datasketch (it cannot be installed)' out.md || miss 'a peer that is missing is named'
[ "$(grep -c '<circle' out.svg)" -ge 2 ] && [ "$(tail -n 1 out.svg)" = '</svg>' ] || miss 'the picture'

printf 'a\n<!-- peers -->\nold\n<!-- /peers -->\nz\n' >page
printf 'new\nlines\n' >lines
sh "$root/bench/replace.sh" page peers lines && [ "$(tr '\n' ' ' <page)" = 'a <!-- peers --> new lines <!-- /peers --> z ' ] ||
    miss 'lines are put in the place of others'
sh "$root/bench/replace.sh" page other lines 2>/dev/null && miss 'a page without the place'
exit $failed
