# The list of commands; the same from three spellings.
flong help >a && flong --help >b && flong -h >c && cmp a b && cmp a c && cat a
