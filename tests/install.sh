#!/bin/sh
# Installs into a folder and builds two strangers against it: one by find_package(flong), one by pkg-config; then
# moves the folder and builds them again.
#
#   sh tests/install.sh BUILD_DIR CMAKE CC
set -eu

build=$1 cmake=$2 cc=$3
tests=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

write_project() {
    mkdir -p "$1"
    cat >"$1/CMakeLists.txt" <<END
cmake_minimum_required(VERSION 3.22)
project(stranger LANGUAGES C)
find_package(flong 0.1 REQUIRED COMPONENTS static)
add_executable(shared $tests/api_c.c)
target_link_libraries(shared PRIVATE flong::flong)
add_executable(static $tests/api_c.c)
target_link_libraries(static PRIVATE flong::static)
END
}

# Builds and runs against the prefix $1.
try_prefix() {
    echo "find_package in $1"
    rm -rf "$scratch/project"
    write_project "$scratch/project"
    "$cmake" -S "$scratch/project" -B "$scratch/project/build" -DCMAKE_C_COMPILER="$cc" -DCMAKE_PREFIX_PATH="$1" \
        >"$scratch/log" 2>&1 && "$cmake" --build "$scratch/project/build" >>"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
    "$scratch/project/build/shared"
    "$scratch/project/build/static"

    echo "pkg-config in $1"
    PKG_CONFIG_PATH=$(find "$1" -name pkgconfig -type d)
    export PKG_CONFIG_PATH
    library=$(dirname "$(find "$1" -name 'libflong.so' | head -n 1)")
    # shellcheck disable=SC2046  # flags are words
    "$cc" -std=c11 $(pkg-config --cflags flong) -o "$scratch/plain" "$tests/api_c.c" $(pkg-config --libs flong)
    LD_LIBRARY_PATH=$library "$scratch/plain"
    mkdir -p "$scratch/only-static"
    cp "$library/libflong.a" "$scratch/only-static/"
    # shellcheck disable=SC2046
    "$cc" -std=c11 $(pkg-config --cflags flong) -o "$scratch/static" "$tests/api_c.c" -L"$scratch/only-static" \
        $(pkg-config --static --libs flong | sed "s|-L[^ ]*flong[^ ]*||; s|-lflong|$scratch/only-static/libflong.a|")
    "$scratch/static"
}

"$cmake" --install "$build" --prefix "$scratch/prefix" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
for file in include/flong.h bin/flong share/man/man1/flong.1; do
    [ -s "$scratch/prefix/$file" ] || { echo "not installed: $file"; exit 1; }
done
[ -n "$(find "$scratch/prefix" -name 'flong_sqlite.*')" ] || { echo 'not installed: flong_sqlite'; exit 1; }
try_prefix "$scratch/prefix"
mv "$scratch/prefix" "$scratch/moved"
try_prefix "$scratch/moved"
"$scratch/moved/bin/flong" --version
