#!/bin/sh
# The README against the program: what it says is run, and must come out as it stands there.
#
#   sh tests/readme.sh [--update] BIN_DIR
#
# BIN_DIR holds flong and libflong.so. A block marked sh or c that is followed by a block marked text or json,
# with nothing between them, is run, and has to print just that. The sh blocks run one after the other in one
# folder, without the lines that build flong. The c block is compiled with $CC $CFLAGS as C11 and linked with
# libflong.so. The tables between <!-- flags --> and <!-- /flags --> are those of `flong help --markdown`, and
# every `flong COMMAND ... --flag` has to be one; every field that comes out has to be named. Exit status 77: all
# is well, but there is no sqlite3, and what needs it was passed over.
#
# --update writes what came out into README.md; read the difference before you keep it.
set -u
LC_ALL=C
export LC_ALL

update=0
if [ "${1-}" = --update ]; then update=1; shift; fi
if [ $# -ne 1 ] || ! [ -x "$1/flong" ]; then
    echo "usage: sh tests/readme.sh [--update] BIN_DIR; no flong in ${1-BIN_DIR}" >&2
    exit 2
fi
bin=$(cd "$1" && pwd)
root=$(cd "$(dirname "$0")/.." && pwd)
readme=$root/README.md
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
mkdir -p "$scratch/run/build" "$scratch/tmp"
for made in flong flong-generate flong_sqlite.so; do
    [ -e "$bin/$made" ] && ln -s "$bin/$made" "$scratch/run/build/$made"
done
TMPDIR=$scratch/tmp
export TMPDIR
n_failed=0
skipped=0

fail() {
    echo "FAIL $*"
    n_failed=$((n_failed + 1))
}

# fence() at each fence: `file` is then where the block that begins belongs, NN.sh, NN.c or NN.out, or empty.
walk='
function fence() {
    if (inside) {
        inside = 0
        pending = language == "sh" || language == "c"
        file = ""
        return 1
    }
    inside = 1
    language = substr($0, 4)
    if (language == "sh" || language == "c") file = sprintf("%s/%02d.%s", dir, ++n, language)
    else if ((language == "text" || language == "json") && pending) file = sprintf("%s/%02d.out", dir, n)
    return 1
}
!inside && NF && !/^```/ { pending = 0 }'

split_blocks() {
    awk -v dir="$scratch" "$walk"'
    /^```/ { fence(); if (file) printf "" >file; next }
    inside && file { print >file }' "$readme"
}

run_c() {
    # shellcheck disable=SC2086  # flags are words
    "${CC-cc}" -std=c11 -Wall -Wextra -Werror ${CFLAGS-} -I"$root/include" "$1" "$bin/libflong.so" \
        -Wl,-rpath,"$bin" -o "$scratch/example" && "$scratch/example"
}

# Runs block $1 and compares.
run_block() {
    block=$scratch/$1
    if [ -f "$block.c" ]; then
        run_c "$block.c" >"$block.got" 2>"$block.err"
    else
        grep -v -e '^cmake ' -e '^sh bench/' "$block.sh" >"$block.run"
        (cd "$scratch/run" && sh "$block.run") >"$block.got" 2>"$block.err" </dev/null
    fi
    status=$?
    [ $status -eq 0 ] || { cat "$block.err"; fail "block $1: exit status $status"; return; }
    [ $update -eq 1 ] && return
    if diff -u "$block.out" "$block.got"; then echo "ok   block $1"; else fail "block $1"; fi
}

# Whether a block asks what is not built here: the generated archive, the extension.
needs_other() {
    [ -f "$1" ] || return 1
    grep -q build/press "$1" && ! [ -e "$bin/flong-generate" ] && return 0
    grep -q flong_sqlite "$1" && ! [ -e "$bin/flong_sqlite.so" ]
}

check_blocks() {
    for out in "$scratch"/*.out; do
        [ -f "$out" ] || continue
        name=$(basename "$out" .out)
        if [ -f "$scratch/$name.sh" ] && grep -q sqlite3 "$scratch/$name.sh" && ! command -v sqlite3 >/dev/null; then
            echo "skip block $name"
            skipped=1
            continue
        fi
        if needs_other "$scratch/$name.sh"; then
            echo "skip block $name, for which not all is built"
            skipped=1
            continue
        fi
        run_block "$name"
    done
}

check_tables() {
    "$bin/flong" help --markdown >"$scratch/tables" || fail 'flong help --markdown'
    [ $update -eq 1 ] && return
    sed -n '/^<!-- flags -->$/,/^<!-- \/flags -->$/p' "$readme" | sed '1d;$d' >"$scratch/tables.readme"
    if diff -u "$scratch/tables.readme" "$scratch/tables"; then echo 'ok   tables of flags'; else fail 'tables of flags'; fi
}

# Every column of every view is described, and nothing else.
check_views() {
    command -v sqlite3 >/dev/null || return
    sed -n '/^<!-- views -->$/,/^<!-- \/views -->$/p' "$readme" | sed -n 's/^| \(`[a-z_]*\.[^|]*\) |.*/\1/p' | tr -d '` ' |
        tr ',' '\n' >"$scratch/views.readme"
    echo '{"text": "One article."}' | "$bin/flong" index -q "$scratch/views.flong" - || fail 'flong index'
    sqlite3 "$scratch/views.flong" "SELECT v.name || '.' || c.name FROM sqlite_schema v, pragma_table_info(v.name) c
        WHERE v.type = 'view'" | sort >"$scratch/views"
    if sort "$scratch/views.readme" | diff -u - "$scratch/views"; then
        echo "ok   $(wc -l <"$scratch/views") columns of views"
    else
        fail 'columns of views'
    fi
}

# Every flag of every `flong COMMAND ...`, up to the end of the command, as "COMMAND FLAG".
flags_used() {
    sed '/^<!-- flags -->$/,/^<!-- \/flags -->$/d' "$readme" | grep -oE 'flong [a-z]+[^`|;&>]*' |
        awk '{ for (i = 3; i <= NF; i++) if ($i ~ /^--?[a-z]/) { sub(/=.*/, "", $i); gsub(/[^-a-z].*/, "", $i); print $2, $i } }' | sort -u
}

# Flags that stand alone between backticks.
flags_named() {
    sed '/^<!-- flags -->$/,/^<!-- \/flags -->$/d' "$readme" | grep -oE '`--?[a-z][-a-z]*[` =]' | tr -d '`=' | sort -u
}

check_flags() {
    before=$n_failed
    flags_used >"$scratch/used"
    while read -r command flag; do
        "$bin/flong" help "$command" 2>/dev/null | grep -qE -e "(^|[ ,])$flag([ ,=]|$)" || fail "flong $command has no $flag"
    done <"$scratch/used"
    flags_named >"$scratch/named"
    while read -r flag; do
        case $flag in --version | --help) continue ;; esac
        grep -q -e "\`$flag[\` ]" "$scratch/tables" || fail "there is no flag $flag"
    done <"$scratch/named"
    [ "$n_failed" -eq "$before" ] && echo "ok   $(wc -l <"$scratch/used") flags of commands, $(wc -l <"$scratch/named") by name"
}

# Every field that is printed is described.
check_fields() {
    before=$n_failed
    cat "$scratch"/*.got 2>/dev/null | grep -oE '(^\{|, )"[a-z_]+": ' | tr -cd 'a-z_\n' | sort -u >"$scratch/fields"
    while read -r field; do
        grep -q "\`$field\`" "$readme" || fail "the field $field is not described"
    done <"$scratch/fields"
    [ "$n_failed" -eq "$before" ] && echo "ok   $(wc -l <"$scratch/fields") fields"
}

write_readme() {
    awk -v dir="$scratch" "$walk"'
    function copy(from) { while ((getline line <from) > 0) print line; close(from) }
    /^<!-- flags -->$/ { print; copy(dir "/tables"); dropping = 1; next }
    /^<!-- \/flags -->$/ { dropping = 0 }
    /^```/ {
        fence()
        print
        dropping = sub(/out$/, "got", file) && (getline line <file) >= 0
        if (dropping) { close(file); copy(file) }
        next
    }
    !dropping' "$readme" >"$scratch/README.md" && cat "$scratch/README.md" >"$readme"
}

split_blocks
check_blocks
check_tables
[ $update -eq 1 ] && { [ $n_failed -eq 0 ] && write_readme; }
check_views
check_flags
check_fields
[ $n_failed -eq 0 ] || { echo "$n_failed failed" >&2; exit 1; }
[ $skipped -eq 0 ] || exit 77
