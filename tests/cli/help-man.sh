# The man page has every command and every flag, and nothing that the formatter complains of.
flong help --man >page
head -n 1 page | cut -c 1-9
flong help --markdown | grep -o -e '--[a-z-]*[a-z]' | sort -u | sed 's/-/\\\\-/g' |
    while read -r flag; do grep -q -e "fB$flag" page || echo "no $flag"; done
grep -c '^\.SS flong ' page
if command -v mandoc >/dev/null; then mandoc -T lint -W warning page; fi
if command -v groff >/dev/null; then groff -ww -man -T utf8 page 2>&1 >/dev/null; fi
exit 0
