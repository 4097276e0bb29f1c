# Each of these is told of in one line and ends with status 2.
try() { flong "$@" </dev/null; [ $? -eq 2 ] || echo "status of: $*"; }
try cluster --pair x
try cluster --out x
try dedup --json
try dedup --nothing-like-it
try cluster -x
try --quiet
try clutser
try nothing-like-it
try cluster --pairs
try cluster --pairs=
try cluster --strict=yes
try cluster -j 0
try cluster -j 257
try cluster -j 2x
try cluster -j -1
try cluster -j 99999999999999999999
try cluster --max-line 64T
try cluster --max-line 9G
try cluster --max-line 10
try cluster --field body
try cluster --field date=x
try dedup --keep last
try cluster --shingle 1
try cluster --reprint-jaccard 1.5
try cluster --reprint-jaccard nan
try info
try info a b
try explain a b
try remove a
try index - x
