#!/bin/sh
# The page of `flong report` in a real browser.
#
#   sh tests/page.sh BIN_DIR CHECK     CHECK: a file tests/page/check_CHECK.py
#
# Needs Chromium, its driver, and selenium for the system's Python (bench/setup.sh test installs them where it can). Exit
# status 77, with the reason: there is none of one of them. Reports, profiles and what else is made go to a temporary
# folder below BIN_DIR. FLONG_PAGE_INDEX names an index to use in place of made-up news, FLONG_PAGE_SHOTS a folder for
# pictures.
set -u
if [ $# -ne 2 ] || ! [ -x "$1/flong" ]; then
    echo "usage: sh tests/page.sh BIN_DIR CHECK; no flong in ${1-BIN_DIR}" >&2
    exit 2
fi
bin=$(cd "$1" && pwd)
here=$(cd "$(dirname "$0")" && pwd)

skip() {
    echo "skipped: $*"
    exit 77
}

# The first of these programs that runs: Ubuntu has one by the name of chromium that only says how to install it.
first_of() {
    for program in "$@"; do
        path=$(command -v "$program" 2>/dev/null) || continue
        "$path" --version >/dev/null 2>&1 && { echo "$path"; return; }
    done
}

browser=$(first_of chromium google-chrome-stable google-chrome chromium-browser)
[ -n "$browser" ] || skip 'there is no browser (Debian has it as chromium)'
driver=$(first_of chromedriver)
[ -n "$driver" ] || skip 'there is no chromedriver (Debian has it as chromium-driver)'
python=
for program in /usr/bin/python3 python3; do
    if "$program" -c 'import selenium' 2>/dev/null; then python=$program; break; fi
done
[ -n "$python" ] || skip "Python has no selenium (Debian has it as python3-selenium)"

scratch=$(mktemp -d "$bin/page-test.XXXXXX") || exit 2
trap 'rm -rf "$scratch"' EXIT
trap 'exit 130' INT TERM
TMPDIR=$scratch
PYTHONDONTWRITEBYTECODE=1
export TMPDIR PYTHONDONTWRITEBYTECODE
BROWSER=$browser DRIVER=$driver "$python" "$here/page/check_$2.py" "$bin" "$scratch"
