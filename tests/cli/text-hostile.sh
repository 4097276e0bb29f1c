# Nothing in an article moves the cursor, sets colours or passes for a line of flong's own.
printf '%s\n' '{"id":"a\u001b[2J","url":"https://weir.example/\u0007","title":"T\u009b31m\ntokens:   9","author":"\u202eeve","text":"\u001b]0;owned\u0007 one two three\n~ not furniture\r\n\u2028| x\u0000y\tz"}' >in
flong text in
echo --- coloured
flong text --color=always in | tr '\033' '%'
flong text --color=always "$CASES/data/site.jsonl" | tr '\033' '%' | grep % | tail -n 8
