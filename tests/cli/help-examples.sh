# The example of every command is what happens. Its lines: "$ cat FILE" shows a file, "$ COMMAND" is
# run, what follows is the output.
command -v sqlite3 >/dev/null || exit 77
run_example() {
    awk '
        /^Example:/ { inside = 1; next }
        /^$/        { inside = 0 }
        !inside     { next }
                    { line = substr($0, 3) }
        line ~ /^\$ cat [^ ]*$/ { file = substr(line, 7); print "" >file; close(file); printf "" >file; next }
        line ~ /^\$ /           { file = ""; print substr(line, 3) >"commands"; next }
        file != ""              { print line >file; next }
                                { print line >"wanted" }' "$1"
    : >>wanted
    sh commands >got 2>&1 || echo "status $?" >>got
    diff -u wanted got
}
for command in cluster dedup index match explain info check stories report remove plan help; do
    mkdir "$command" && cd "$command" || exit 1
    flong "$command" --help >page
    if run_example page >difference; then echo "$command: as shown"; else cat difference; exit 1; fi
    cd ..
done
