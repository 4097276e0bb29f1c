# The index cannot grow (a limit on file size stands for the full disk): what it holds stays whole.
awk -v n=3000 -f "$CASES/data/generate.awk" >in
head -n 10 in | flong index -q db
(ulimit -f 400; flong index -q db in); echo $?
flong check -q db && echo whole
