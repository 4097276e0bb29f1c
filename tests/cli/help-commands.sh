# Every command explains itself, in three ways alike, in lines of 80 columns but for its example, and
# with every flag that the table of the README gives it.
flong help --markdown >table
for command in cluster dedup index match explain info check remove plan help; do
    flong "$command" --help >page || exit 1
    flong "$command" -h | cmp - page || exit 1
    flong help "$command" | cmp - page || exit 1
    head -n 1 page
    sed '/^Example:/,/^$/d' page | awk 'length > 80 { print "too long: " $0 }'
    awk -F' [|] ' -v c="$command" '$2 ~ "(^|[ ,])" c "(,|$)" { print $1 }' table | grep -o -e '--[a-z-]*' |
        while read -r flag; do grep -q -e " $flag" page || echo "$command: no $flag"; done
done
