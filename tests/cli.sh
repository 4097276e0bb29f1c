#!/bin/sh
# Command tests as files: what is typed, what must come out.
#
#   sh tests/cli.sh [--update] BIN_DIR [NAME...]
#
# BIN_DIR holds the flong to test. Without names all cases run. A case is
#
#   tests/cli/NAME.sh      a POSIX sh script, run in an empty folder, with flong in PATH, CASES=tests/cli
#                          and TMPDIR a folder of its own; exit status 77 skips the case
#   tests/cli/NAME.stdout  what it prints, byte for byte (no file: nothing)
#   tests/cli/NAME.stderr  an extended regular expression for each line of stderr, that matches it from
#                          end to end (no file: stderr is empty)
#   tests/cli/NAME.exit    the exit status (no file: 0)
#
# --update rewrites NAME.stdout with what came out; read the difference before you keep it.
set -u

update=0
if [ "${1-}" = --update ]; then update=1; shift; fi
if [ $# -lt 1 ] || ! [ -x "$1/flong" ]; then
    echo "usage: sh tests/cli.sh [--update] BIN_DIR [NAME...]; no flong in ${1-BIN_DIR}" >&2
    exit 2
fi
PATH=$(cd "$1" && pwd):$PATH
CASES=$(cd "$(dirname "$0")/cli" && pwd)
export PATH CASES
shift
if [ $# -eq 0 ]; then
    for path in "$CASES"/*.sh; do set -- "$@" "$(basename "$path" .sh)"; done
fi

scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
if command -v timeout >/dev/null; then limit='timeout 300'; else limit=; fi

# The lines of stderr ($2) against the patterns ($1); prints where they part.
match_stderr() {
    differ=0
    exec 3<"$1" 4<"$2"
    while IFS= read -r pattern <&3; do
        if ! IFS= read -r line <&4; then
            echo "stderr: missing: $pattern"
            differ=1
        elif ! printf '%s\n' "$line" | grep -E -q -x -e "$pattern"; then
            printf 'stderr: %s\n  does not match: %s\n' "$line" "$pattern"
            differ=1
        fi
    done
    while IFS= read -r line <&4; do
        printf 'stderr: one line too many: %s\n' "$line"
        differ=1
    done
    exec 3<&- 4<&-
    return $differ
}

run_case() {
    rm -rf "$scratch"/*
    mkdir "$scratch/in" "$scratch/tmp"
    (cd "$scratch/in" && TMPDIR=$scratch/tmp $limit sh "$CASES/$1.sh" >"$scratch/out" 2>"$scratch/err" </dev/null)
    status=$?
    [ $status -eq 77 ] && return 77
    for file in stdout stderr; do
        if [ -f "$CASES/$1.$file" ]; then cp "$CASES/$1.$file" "$scratch/$file"; else : >"$scratch/$file"; fi
    done
    if [ $update -eq 1 ]; then
        cp "$scratch/out" "$scratch/stdout"
        if [ -s "$scratch/out" ]; then cp "$scratch/out" "$CASES/$1.stdout"; else rm -f "$CASES/$1.stdout"; fi
    fi
    wanted=0
    [ -f "$CASES/$1.exit" ] && wanted=$(cat "$CASES/$1.exit")
    failed=0
    diff -u "$scratch/stdout" "$scratch/out" || failed=1
    match_stderr "$scratch/stderr" "$scratch/err" || failed=1
    [ $status -eq "$wanted" ] || { echo "exit status $status, not $wanted"; failed=1; }
    # Whatever happens, no temporary file stays behind.
    left=$(cd "$scratch" && find tmp in -name 'flong-*' -o -name '*.tmp.[0-9]*')
    [ -z "$left" ] || { echo "left behind: $left"; failed=1; }
    return $failed
}

n_failed=0
for name in "$@"; do
    if [ ! -f "$CASES/$name.sh" ]; then echo "no case $name in $CASES"; n_failed=$((n_failed + 1)); continue; fi
    run_case "$name"
    case $? in
    0) echo "ok   $name" ;;
    77) echo "skip $name" ; [ $# -eq 1 ] && exit 77 ;;
    *) echo "FAIL $name"; n_failed=$((n_failed + 1)) ;;
    esac
done
[ $n_failed -eq 0 ] || { echo "$n_failed of $# failed" >&2; exit 1; }
