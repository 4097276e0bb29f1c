# On a terminal the page comes by itself; not where little was added to a large index.
script -qec true /dev/null >/dev/null 2>&1 || exit 77
on_terminal() { script -qec "$1" /dev/null | tr -d '\r' | grep -v '^flong' | tr '\033' '%' | sed 's/.*%.K//' | grep -e '^%.1m' -e 'articles:' -e 'largest'; }
export CASES
TERM=xterm
export TERM
unset NO_COLOR
on_terminal 'flong cluster -o out $CASES/data/stories.jsonl'
echo --- no colours
NO_COLOR=1 on_terminal 'flong cluster -o out $CASES/data/stories.jsonl'
echo --- an index that grows
on_terminal 'flong index db $CASES/data/stories.jsonl' | grep -c largest
head -n 1 "$CASES/data/stories.jsonl" >one.jsonl
on_terminal 'flong index db one.jsonl' | grep -c largest
on_terminal 'flong index --summary db one.jsonl' | grep -c largest
on_terminal 'flong index -q db one.jsonl' | grep -c largest
exit 0
