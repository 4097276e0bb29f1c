#!/bin/sh
# The marks on labelled news, where it is: in $FLONG_DATA, or ../shared/data beside the checkout. Status 77
# when it is not there.
#
#   sh tests/data.sh BIN_DIR
set -u

bin=$(cd "$1" && pwd)
data=${FLONG_DATA-$(cd "$(dirname "$0")/../.." && pwd)/shared/data}
[ -d "$data" ] || { echo "no labelled news in $data"; exit 77; }
root=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d) || exit 2
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 2
failed=0

miss() { echo "MISSED: $*"; failed=1; }

cluster() { "$bin/flong" cluster -q "$@"; }

# A number from standard input against its least value; the status says whether it is reached. (In a pipeline
# this runs in a shell of its own: what it would set is lost.)
at_least() {
    value=$(cat)
    echo "$1: $value (mark $2)"
    echo "$value" | awk -v least="$2" '{ exit !($1 >= least) }'
}

# Reprints share a text group, what is apart is in no pair, excerpts are paired.
check_seed() {
    cluster "$data/seed/cases.jsonl" -o seed.jsonl --pairs seed.pairs || return 1
    awk -v expected="$data/seed/expected.json" '
        function field(line, name) {
            if (!match(line, "\"" name "\": *\"[^\"]*\"")) return ""
            line = substr(line, RSTART, RLENGTH)
            sub(/^"[^"]*": *"/, "", line)
            return substr(line, 1, length(line) - 1)
        }
        FILENAME ~ /seed.jsonl$/ { group[field($0, "id")] = field($0, "text_id"); next }
        { a = field($0, "a"); b = field($0, "b"); paired[a] = paired[b] = 1; pair[a, b] = pair[b, a] = field($0, "relation") }
        # "name": ["a", "b"] or "name": [["a", "b"], ...]: the lists under a name, one string of ids each
        function lists(text, name, out,    at, depth, n, c, i) {
            at = index(text, "\"" name "\"")
            if (!at) return 0
            text = substr(text, at + length(name) + 2)
            text = substr(text, index(text, "["))
            n = 1; out[1] = ""
            for (i = 1; i <= length(text); i++) {
                c = substr(text, i, 1)
                if (c == "[") { depth++; if (depth == 2) { if (out[n] != "") n++; out[n] = "" } }
                else if (c == "]") { depth--; if (depth == 0) break }
                else if (c == "\"") {
                    sub_text = substr(text, i + 1)
                    out[n] = out[n] substr(sub_text, 1, index(sub_text, "\"") - 1) " "
                    i += index(sub_text, "\"")
                }
            }
            return n
        }
        END {
            while ((getline line < expected) > 0) all = all line
            n = lists(all, "reprints", list)
            for (i = 1; i <= n; i++) {
                m = split(list[i], id, " ")
                for (k = 2; k <= m; k++) if (group[id[k]] != group[id[1]]) { print "not one text: " id[1] " " id[k]; bad = 1 }
                checked += m
            }
            n = lists(all, "apart", list)
            for (i = 1; i <= n; i++) {
                m = split(list[i], id, " ")
                for (k = 1; k <= m; k++) if (id[k] in paired) { print "in a pair: " id[k]; bad = 1 }
                checked += m
            }
            n = lists(all, "excerpts", list)
            for (i = 1; i <= n; i++) {
                m = split(list[i], id, " ")
                for (k = 2; k <= m; k++) if (!((id[1], id[k]) in pair)) { print "not paired: " id[1] " " id[k]; bad = 1 }
                checked += m
            }
            print "seed cases: " checked " ids checked"
            exit bad || checked < 5
        }' seed.jsonl seed.pairs
}

# Adjusted Rand index of text_id against the labels: GOLD, mark.
check_groups() {
    name=$(basename "$1" .zst)
    case $1 in *.zst) zstd -dcq "$1" >"$name" || return 1 ;; *) cp "$1" "$name" ;; esac
    cluster "$1" -o groups.jsonl || return 1
    "$bin/flong-score" --gold "$name" groups.jsonl text_id | sed -n 's/.*ARI \([0-9.]*\).*/\1/p' | at_least "$name ARI" "$2"
}

# Share of the overlapping pairs of different sites that share a text group, by Jaccard: DATA, EXACT, a mark for
# .8 and more, one for .5 to .8.
# check_recall SET EXACT FLOOR8 FLOOR5 cross|all: share of the pairs of EXACT in one text group, for J >= .8 and
# .5 to .8; of different domains only, or all. A set without such pairs is no pass.
check_recall() {
    name=$(basename "$1" .jsonl.zst)
    start=$(date +%s)
    rm -f recall.flong
    cluster "$1" -o recall.jsonl --index recall.flong || return 1
    echo "$name: $(($(date +%s) - start)) s"
    tab=$(printf '\t')
    sqlite3 -separator "$tab" recall.flong 'SELECT id, text_id, coalesce(site, "") FROM article' >places || return 1
    case $2 in *.zst) zstd -dcq "$2" ;; *) cat "$2" ;; esac | awk -F '\t' -v pairs="$5" '
        function domain(site,    part, n) {
            n = split(site, part, ".")
            if (site ~ /\.(uk|au|in|nz|za)$/ && n > 2) return part[n - 2] "." part[n - 1] "." part[n]
            return n > 1 ? part[n - 1] "." part[n] : site
        }
        FNR == NR { text[$1] = $2; site[$1] = $3; next }
        FNR == 1 || $1 == "" { next }
        pairs == "cross" && site[$1] != "" && domain(site[$1]) == domain(site[$2]) { next }
        !($1 in text) || !($2 in text) { print "unknown id: " $1 " or " $2 >"/dev/stderr"; next }
        { band = $3 >= .8 ? 8 : $3 >= .5 ? 5 : 0; n[band]++; same[band] += text[$1] == text[$2] }
        END { for (b = 5; b <= 8; b += 3) printf "%d %.4f %d\n", b, n[b] ? same[b] / n[b] : 0, n[b] }' places - >bands
    sed -n 's/^8 \([0-9.]*\) .*/\1/p' bands | at_least "$name J >= .8" "$3" || return 1
    sed -n 's/^5 \([0-9.]*\) .*/\1/p' bands | at_least "$name J .5-.8" "$4"
}

# The same of story_id, of the articles as they are, or `bare`: with no id, site or date to go by.
check_stories() {
    name=$(basename "$1" .jsonl)
    if [ "$3" = bare ]; then
        name="$name bare"
        sqlite3 :memory: '.mode ascii' '.separator "\037" "\n"' 'CREATE TABLE line (j TEXT)' ".import $1 line" \
            "SELECT json_object('id', 'n' || rowid, 'cluster', j ->> 'cluster', 'title', j ->> 'title', 'text', j ->> 'text') FROM line" \
            >"$scratch/stories.jsonl" || return 1
    else
        cp "$1" stories.jsonl
    fi
    cluster stories.jsonl -o told.jsonl 2>dates || { cat dates; return 1; }
    "$bin/flong-score" --gold stories.jsonl told.jsonl story_id | sed -n 's/.*ARI \([0-9.]*\).*/\1/p' | at_least "$name story ARI" "$2"
}

# Share of pairs under one title on two sites that are in one story; of the articles clustered last.
check_titles() {
    awk -F '\t' -v label=same_title_cross_site 'FNR == NR { story[$1] = $2; next }
        $3 == label && $1 in story && $2 in story { n++; same += story[$1] == story[$2] }
        END { printf "%.4f\n", n ? same / n : 0 }' places "$1" | at_least 'same title, one story' "$2"
}

# A page and its body are <id>-page and <id>-gold; a pair of different ids is false.
check_pairs() {
    cluster "$1" -o /dev/null --pairs pairs.jsonl 2>/dev/null || return 1
    grep -v '"relation": "re[wl]' pairs.jsonl | awk -F'"' '{ a = $4; b = $8; sub(/-[a-z]*$/, "", a); sub(/-[a-z]*$/, "", b); false_ones += a != b }
        END { print "pagebody-dev.jsonl false pairs: " false_ones + 0 " (mark 0)"; exit false_ones > 0 }'
}

# Pages of HTML against their bodies: recall and precision, one text group, no two pages joined.
check_html() {
    mkdir -p html/pages || return 1
    zstd -dcq "$1/pages.tar.zst" | tar -xf - -C html/pages || return 1
    sh "$root/bench/html/table.sh" "$bin" html/pages "$1/gold.jsonl" html >html/table || return 1
    sed -n 's/^as they are read *\([0-9.]*\) .*/\1/p' html/table | at_least 'html recall' .97 || return 1
    sed -n 's/^as they are read *[0-9.]* *//p' html/table | at_least 'html precision' .85 || return 1
    sed -n 's/^page and body in one text group *//p' html/table | at_least 'html, page and body one text' .97 || return 1
    grep -q '^groups of different pages *0$' html/table || return 1
    ! grep -v '"kind": *"article"' html/pages.jsonl
}

# A page saved as text: headline, byline and date are found.
check_page() {
    "$bin/flong" dedup -q "$1" -o page.jsonl || return 1
    grep -q '"title": *"Russia has recruited up to 180,000 convicts' page.jsonl &&
        grep -q '"author": *"Kateryna Denisova"' page.jsonl && grep -q '"published": *"2025-01-03T09:57:00Z"' page.jsonl &&
        ! grep -q 'Skip to content' page.jsonl
}

check_seed || miss 'seed cases'
check_page "$data/seed/page.txt" || miss 'seed page'
if [ -f "$data/html/pages.tar.zst" ]; then check_html "$data/html" || miss 'pages of HTML'; fi
check_stories "$data/ecbplus-dev.jsonl" .90 whole || miss ecbplus-dev
check_stories "$data/basil-dev.jsonl" .92 whole || miss basil-dev
check_stories "$data/giveme5w1h.jsonl" .85 whole || miss giveme5w1h
check_stories "$data/ecbplus-dev.jsonl" .90 bare || miss 'ecbplus-dev, bare'
check_stories "$data/basil-dev.jsonl" .90 bare || miss 'basil-dev, bare'
check_stories "$data/giveme5w1h.jsonl" .84 bare || miss 'giveme5w1h, bare'
check_groups "$data/pages-dev.jsonl.zst" .99 || miss pages-dev
check_groups "$data/pagebody-dev.jsonl" .98 || miss pagebody-dev
check_pairs "$data/pagebody-dev.jsonl" || miss 'pairs of pagebody-dev'
check_recall "$data/news2017-dev.jsonl.zst" "$data/news2017-dev.exact.tsv.zst" .995 .98 cross || miss news2017-dev
sqlite3 -separator "$(printf '\t')" recall.flong 'SELECT id, story_id FROM article' >places
check_titles "$data/news2017-dev.same_title.tsv" .80 || miss 'news2017-dev, same title'
check_recall "$data/zh-dev.jsonl.zst" "$data/zh-dev.exact.tsv" .98 .95 all || miss zh-dev
check_recall "$data/ar-dev.jsonl.zst" "$data/ar-dev.exact.tsv" .98 .6 all || miss ar-dev
exit $failed
