#!/bin/sh
# Makes sure that the packages are there which flong is built with, on Debian 12, Ubuntu 24.04 and
# later. When all are, it asks nobody and changes nothing.
#
#   sh bench/setup.sh [build|test|bench]     status 0: all there, 2: something is missing
set -u

packages='gcc g++ make cmake pkg-config libsqlite3-dev libxxhash-dev libzstd-dev zlib1g-dev libdeflate-dev liblzma-dev libbz2-dev libarchive-dev libbrotli-dev libcsv-dev libutf8proc-dev libpsl-dev libsimdjson-dev libxml2-dev libuchardet-dev'
modules='sqlite3 libxxhash libzstd zlib libdeflate liblzma libarchive libbrotlidec libutf8proc libpsl simdjson libxml-2.0 uchardet'
tools='cc c++ make cmake pkg-config'
wanted='' # used where it is there, and not missed
case ${1-build} in
build) ;;
test)
    packages="$packages libcmocka-dev zstd sqlite3"
    modules="$modules cmocka"
    tools="$tools zstd sqlite3"
    wanted='chromium chromium-driver python3-selenium' # the page of a report is tested in a browser
    ;;
bench)
    packages="$packages zstd sqlite3"
    tools="$tools zstd sqlite3"
    ;;
*)
    echo 'usage: sh bench/setup.sh [build|test|bench]' >&2
    exit 2
    ;;
esac

# Which of these packages dpkg does not know as installed.
missing_packages() {
    for package in "$@"; do
        case $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) in
        installed*) ;;
        *) printf ' %s' "$package" ;;
        esac
    done
}

# The same question where there is no dpkg.
missing_parts() {
    for tool in $tools; do
        command -v "$tool" >/dev/null 2>&1 || printf ' %s' "$tool"
    done
    for module in $modules; do
        pkg-config --exists "$module" 2>/dev/null || printf ' %s' "$module"
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# Quiet when it works; its output is shown when it does not.
install_packages() {
    log=$(mktemp) || return 1
    as_root apt-get update -qq >"$log" 2>&1 &&
        as_root apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1
    status=$?
    [ $status = 0 ] || tail -n 20 "$log" >&2
    rm -f "$log"
    return $status
}

# Tries to install what is merely wanted. Ubuntu has its browser as a snap, which is none of ours to install.
install_wanted() {
    # shellcheck disable=SC2086  # a list of words
    more=$(missing_packages $wanted)
    [ -n "$more" ] || return 0
    if grep -q '^ID=ubuntu' /etc/os-release 2>/dev/null || { [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; }; then
        echo "setup: without$more the tests that need a browser are skipped" >&2
        return 0
    fi
    echo "setup: installing$more, for the tests that need a browser" >&2
    # shellcheck disable=SC2086  # a list of words
    install_packages $more || echo 'setup: that did not work; these tests are skipped' >&2
}

if ! command -v dpkg-query >/dev/null 2>&1; then
    missing=$(missing_parts)
    [ -z "$missing" ] && exit 0
    echo "setup: this system has no dpkg, so please install by its own means:$missing" >&2
    exit 2
fi

# shellcheck disable=SC2086  # a list of words
missing=$(missing_packages $packages)
[ -z "$missing" ] && { install_wanted; exit 0; }
line="apt-get update && apt-get install -y --no-install-recommends$missing"
if [ "$(id -u)" != 0 ] && ! sudo -n true 2>/dev/null; then
    echo 'setup: packages are missing; run this line as root:' >&2
    echo "$line" >&2
    exit 2
fi
echo "setup: installing$missing" >&2
# shellcheck disable=SC2086  # a list of words
install_packages $missing || { sleep 3; install_packages $missing; } || {
    echo 'setup: that did not work; run this line as root and see why:' >&2
    echo "$line" >&2
    exit 2
}
install_wanted
exit 0
