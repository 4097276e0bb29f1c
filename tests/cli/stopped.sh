# SIGTERM ends the input: what was read is kept, and a second run completes it.
awk -v n=300 -f "$CASES/data/generate.awk" >in
mkfifo pipe
{ head -n 200 in; printf '{"id":"cut'; exec sleep 60; } >pipe & feeder=$!
flong index -q db <pipe 2>told & reader=$!
sleep 2
kill -TERM $reader
wait $reader
echo $?
kill $feeder && wc -l <told | tr -d ' '
grep -c '^flong: stopped; db holds the first [0-9]* articles* of this input; ' told
flong check -q db && flong index -q db in && flong check -q db && flong info --json db | grep -o '"articles":[0-9]*'
