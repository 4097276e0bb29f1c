# On a terminal furniture is faint, credits are coloured; NO_COLOR and terminals without colours get signs.
script -qec true /dev/null >/dev/null 2>&1 || exit 77
site=$CASES/data/site.jsonl
on_terminal() { script -qec "$1" /dev/null | tr -d '\r' | tr '\033' '%'; }
export site
unset NO_COLOR
TERM=xterm on_terminal 'flong text -q --id w1 "$site"'
for set in NO_COLOR=1 TERM=dumb; do
    env "$set" sh -c 'script -qec "flong text -q --id w1 \"$site\"" /dev/null' | tr -d '\r' | tr '\033' '%' | tail -n 3
done
