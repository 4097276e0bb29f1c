#!/bin/sh
# Programs load the SQLite extension: the sqlite3 shell, and Python where it may.
#
#   sh tests/extension.sh BIN_DIR EXTENSION
#
# BIN_DIR holds flong, EXTENSION is flong_sqlite with its ending.
set -u

bin=$(cd "$1" && pwd) extension=$2
cases=$(cd "$(dirname "$0")/cli/data" && pwd)
command -v sqlite3 >/dev/null || { echo 'there is no sqlite3'; exit 77; }
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
"$bin/flong" index -q archive.flong "$cases/news.jsonl" "$cases/stories.jsonl" || exit 2
failed=0
fail() { echo "FAIL $*"; failed=1; }

query="SELECT m.id || ' ' || m.relation FROM article a JOIN flong_match('In short: ' ||
    'the harbour authority of Varnes said on Monday that the old stone pier will stay closed until the end of the summer,
    after divers found a crack of almost four metres below the waterline. The pier, built in 1887 for the herring fleet,
    carries the only crane that can lift the island''s supply boats.', a.title, a.published_unix) m WHERE a.id = 'courier-1'
    AND m.relation = 'reprint' ORDER BY m.id"
wanted='courier-1 reprint
herald-1 reprint'

# By its name alone, as where it is installed.
got=$(LD_LIBRARY_PATH=$(dirname "$extension") sqlite3 archive.flong '.load flong_sqlite' "$query") || fail 'the shell'
[ "$got" = "$wanted" ] || fail "the shell says: $got"
got=$(sqlite3 :memory: ".load ${extension%.*}" "SELECT flong_relation('a', 'b')" 'SELECT flong_signature(1)' 'SELECT flong_relation(1)' 2>&1)
case $got in *'wrong number of arguments'*none*) ;; *) fail "the shell says: $got" ;; esac

for python in /usr/bin/python3 python3; do
    command -v $python >/dev/null || continue
    got=$($python - "$extension" "$query" <<'END'
import sqlite3, sys
try:
    db = sqlite3.connect("archive.flong")
    db.enable_load_extension(True)
except AttributeError:
    print("may not")
    sys.exit()
db.load_extension(sys.argv[1])
print("\n".join(row[0] for row in db.execute(sys.argv[2])))
END
    ) || fail "$python"
    case $got in
    'may not') echo "skip $python, which loads no extensions" ;;
    "$wanted") echo "ok   $python" ;;
    *) fail "$python says: $got" ;;
    esac
done
exit $failed
