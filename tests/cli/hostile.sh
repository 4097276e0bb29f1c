# What articles and names hold never reaches the terminal as more than letters: not in explain, not in the list of
# furniture, not in messages.
line='More \u009b2J from \u001b[31m the \u202eweir'
while read -r n text; do
    printf '{"id":"w%s\\u0085","url":"https://weir.example/%s","text":"%s\\n%s"}\n' "$n" "$n" "$text" "$line"
done >in <<'END'
1 The lower orchard stood under a metre of water on Monday after the mill dam gave way.
2 Voters in Lindau will decide in March whether the old tram line is to be built again.
3 For the first time in ninety years the bells of Lowmoor were silent on a Sunday.
4 Hens were saved by boat, and the ringers want new ropes, said the council on Friday.
5 Nobody was hurt when a crane fell over at the harbour early in the morning.
END
text='The night ferry ran aground \u001b[2J on a sandbank \u009b31m early on Thursday \u202e and its ninety passengers were taken off by fishing boats \u2066 before dawn, the harbour \u200f master said on the quay.'
printf '{"id":"a","url":"https://one.example/1","title":"T\\u009dx\\u202b\\nI\\u0007","text":"%s"}\n' "$text" >>in
printf '{"id":"b\\u202d","url":"https://two.example/2","title":"\\u061cT","text":"%s"}\n' "$text" >>in
flong index -q db in
echo --- furniture
flong info db --furniture weir.example
echo --- explain
flong explain db a "$(printf 'b\342\200\255')" | sed -n '1,6p; /\[\[/p'
flong explain db "$(printf 'w1\302\205')" a | sed -n '1p; /^ignored/,$p'
echo --- messages
flong "$(printf 'c\033[2Jl\302\233u')"; echo $?
flong explain db "$(printf 'no\342\200\256body\377\342\200\216')" a; echo $?
mkdir "$(printf 'd\302\233\342\201\246')" && cp db "$(printf 'd\302\233\342\201\246/db')"
flong check d*/db
printf '{"id":' >"$(printf 'bad\302\2332J\342\200\256.jsonl')"
flong cluster bad*; echo $?
