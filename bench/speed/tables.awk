# The tables of the README from the CSV files of flong-speed: of made-up news, and of real news.
#
#   awk -f tables.awk MADE-UP.csv NEWS.csv

BEGIN {
    FS = ","
    n_timed = split("json read sketch candidates verify story cluster-1 cluster-2 reprints-1 reprints-2 dedup-1 dedup-2 index-1 index-2", timed, " ")
    says["json"] = "lines parsed as JSON"
    says["read"] = "lines to tokens"
    says["sketch"] = "lines to signature and all keys"
    says["candidates"] = "keys sorted, found and stored"
    says["verify"] = "candidates compared"
    says["story"] = "story sketches made, met and compared"
    says["cluster"] = "`flong cluster --pairs`"
    says["reprints"] = "`flong cluster --stories 0`"
    says["dedup"] = "`flong dedup`"
    says["index"] = "`flong index`"
}

FNR == 1 { file++; next }

# The measure stands in quotes and has a comma where it has a unit.
{
    line = $0
    match(line, /"[^"]*"/)
    measure = substr(line, RSTART + 1, RLENGTH - 2)
    name = $1
    split(substr(line, RSTART + RLENGTH + 1), field, ",")
    articles = field[1]
    if (measure == "article, us" && name != "add") {
        there[name] = 1
        us[file, name] = field[2]; rate[file, name] = field[6]; words[file, name] = field[7]
        peak[file, name] = field[8]; recall[file, name] = field[9]; precision[file, name] = field[10]
        if (name ~ /-[12]$/) whole[file] = articles
        else sample[file] = articles
    } else {
        k = ++many[file, name, measure]
        size[file, name, measure, k] = articles
        value[file, name, measure, k] = field[2]
    }
}

function short(x) { return x == "" ? "" : x < 10 ? sprintf("%.2f", x) : x < 100 ? sprintf("%.1f", x) : sprintf("%.0f", x) }
function share(x) { return x == "" ? "" : sprintf("%.4f", x) }
function commas(n,    i, s) {
    for (i = length(n); i > 3; i -= 3) s = "," substr(n, i - 2, 3) s
    return n == "" ? "" : substr(n, 1, i) s
}
function label(name,    threads) {
    if (name !~ /-[12]$/) return says[name]
    threads = substr(name, length(name))
    return says[substr(name, 1, length(name) - 2)] (threads == 1 ? ", one thread" : ", two threads")
}
function cells(file, name) { return " " short(us[file, name]) " | " short(rate[file, name]) " | " short(words[file, name]) " |" }

END {
    print "| one thread, " commas(sample[1]) " articles | made-up: us an article | MB/s | times `wc -w` | real news: us an article | MB/s | times `wc -w` |"
    print "|---|--:|--:|--:|--:|--:|--:|"
    for (i = 1; i <= n_timed; i++)
        if (timed[i] in there && timed[i] !~ /-[12]$/) print "| " label(timed[i]) " |" cells(1, timed[i]) cells(2, timed[i])
    print ""
    print "| from file to result | made-up (" commas(whole[1]) "): us an article | MB/s | times `wc -w` | peak MB | recall | precision | real (" commas(whole[2]) "): us an article | MB/s | times `wc -w` | peak MB | recall |"
    print "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|"
    for (i = 1; i <= n_timed; i++) {
        name = timed[i]
        if (name in there && name ~ /-[12]$/)
            print "| " label(name) " |" cells(1, name) " " short(peak[1, name]) " | " share(recall[1, name]) " | " share(precision[1, name]) " |" cells(2, name) " " short(peak[2, name]) " | " share(recall[2, name]) " |"
    }
    print ""
    print "| an index | made-up: of articles | | real: of articles | |"
    print "|---|--:|--:|--:|--:|"
    other("add", "articles/s", "articles added a second")
    other("match", "p50, us", "one article matched, median, us")
    other("match", "p95, us", "the same, 95 of 100 take no longer, us")
    other("match", "p99, us", "the same, 99 of 100, us")
    other("open", "open, ms", "opened, ms")
    other("open", "+ match, ms", "opened and one article matched, ms")
    other("size", "all, bytes", "bytes an article")
    other("size", "no text, bytes", "the same without texts")
}

# A row for each size that either archive was measured with.
function other(name, measure, text,    k) {
    for (k = 1; k <= many[1, name, measure] || k <= many[2, name, measure]; k++)
        print "| " text " |" place(1, name, measure, k) place(2, name, measure, k)
}
function place(file, name, measure, k) {
    return " " commas(size[file, name, measure, k]) " | " short(value[file, name, measure, k]) " |"
}
