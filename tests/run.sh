#!/bin/sh
# Builds flong three times and runs its tests: Release, with warnings as errors, all tests; with ASan and UBSan
# what is not slow; with TSan what has threads. Installs what is missing first (bench/setup.sh).
#
#   sh tests/run.sh [--quick]     --quick: the Release build only
#
# Status 0: all passed.
set -u

quick=0
case ${1-} in
'') ;;
--quick) quick=1 ;;
*) echo 'usage: sh tests/run.sh [--quick]' >&2; exit 2 ;;
esac
root=$(cd "$(dirname "$0")/.." && pwd) || exit 2
cd "$root" || exit 2
sh bench/setup.sh test || exit 2

if command -v ninja >/dev/null; then generator=Ninja; else generator='Unix Makefiles'; fi
# Sanitizers' shadow memory does not fit every random layout of addresses.
fixed_addresses=
if setarch "$(uname -m)" -R true 2>/dev/null; then fixed_addresses="setarch $(uname -m) -R"; fi
ASAN_OPTIONS=${ASAN_OPTIONS-detect_stack_use_after_return=1}
UBSAN_OPTIONS=${UBSAN_OPTIONS-print_stacktrace=1}
TSAN_OPTIONS=${TSAN_OPTIONS-second_deadlock_stack=1}
LSAN_OPTIONS=${LSAN_OPTIONS-max_leaks=3} # a test that fails leaks all it holds
export ASAN_OPTIONS UBSAN_OPTIONS TSAN_OPTIONS LSAN_OPTIONS

failed=

# build NAME TARGET CMAKE_OPTION...: configures and builds build/test-NAME; its output only when that fails.
build() {
    name=$1 target=$2
    shift 2
    folder=build/test-$name
    mkdir -p "$folder"
    echo "== $name: build"
    if ! { cmake -S . -B "$folder" -G "$generator" "$@" && cmake --build "$folder" -j2 --target $target; } \
        >"$folder/build.log" 2>&1; then
        tail -n 40 "$folder/build.log"
        failed="$failed $name"
        return 1
    fi
}

# run NAME CTEST_OPTION...: runs tests of build/test-NAME; shows what failed and the closing lines.
run() {
    name=$1
    shift
    folder=build/test-$name
    echo "== $name: tests"
    (cd "$folder" && $fixed_addresses ctest -j2 --output-on-failure "$@") >"$folder/test.log" 2>&1
    status=$?
    if [ $status -eq 0 ]; then
        sed -n '/tests passed/,$p' "$folder/test.log"
        grep -h '^skipped: ' "$folder/Testing/Temporary/LastTest.log" 2>/dev/null | sort -u
    else
        grep -v -E ' (Passed|Start) |^ *Start +[0-9]' "$folder/test.log"
        failed="$failed $name"
    fi
}

build release all -DCMAKE_BUILD_TYPE=Release -DFLONG_WERROR=ON && run release
if [ $quick = 0 ]; then
    build asan all -DCMAKE_BUILD_TYPE=RelWithDebInfo -DFLONG_SANITIZE=address,undefined && run asan -LE slow
    build tsan 'flong unit_threads unit_input' -DCMAKE_BUILD_TYPE=RelWithDebInfo -DFLONG_SANITIZE=thread && run tsan -L threads
fi
[ -z "$failed" ] || { echo "FAILED:$failed" >&2; exit 1; }
echo 'all tests passed'
