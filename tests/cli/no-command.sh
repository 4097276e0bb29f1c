# Nothing asked: the list goes to stderr, and that is an error.
flong 2>list
status=$?
flong help | cmp - list
exit $status
