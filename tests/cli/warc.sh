# A web archive in all its wrappings gives the same: articles are read, and all else is counted and left out.
command -v zstd >/dev/null && command -v gzip >/dev/null || exit 77
. "$CASES/data/warc.sh"
: >empty
printf 'software: a crawler\r\n' >info
printf 'GET / HTTP/1.1\r\nHost: courier.example\r\n\r\n' >request
article 'Fire guts old paper mill' >page
front >front
printf 'User-agent: *\n' >robots
article 'Canal families sent from their homes' | gzip -c | chunked 300 >packed
html='Content-Type: text/html; charset=utf-8\r\n'
records() {
    record warcinfo '' application/warc-fields info
    record request https://courier.example/ 'application/http;msgtype=request' request
    response https://courier.example/ '200 OK' "$html" front
    response https://courier.example/news/1 '200 OK' "$html" page
    response https://courier.example/robots.txt '200 OK' 'Content-Type: text/plain\r\n' robots
    response https://courier.example/news/0 '404 Not Found' "$html" page
    response https://courier.example/old '301 Moved Permanently' 'Location: /news/1\r\nContent-Length: 0\r\n' empty
    response https://courier.example/logo.png '200 OK' 'Content-Type: image/png\r\n' robots
    response https://post.example/4411 '200 OK' "${html}Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n" packed
    record revisit https://post.example/4411 'application/http;msgtype=response' request
    record metadata https://post.example/4411 application/warc-fields info
    sed 's/<meta property="article:published_time"[^>]*>//' page >undated
    record resource '<https://blog.example/mill>' 'text/html; charset=utf-8' undated
    printf 'The mill burned in the night, and the whole of the valley came to look at it from the bridge.\n' >text
    record conversion https://wet.example/mill text/plain text
    record conversion https://wet.example/ text/plain text
}
records >plain.warc
gzip -c plain.warc >one.warc.gz
zstd -q -c plain.warc >one.warc.zst
# A member for each record, as crawlers write them: records do not know their ends here, so one for each 700 bytes.
split -b 700 plain.warc member.
for member in member.*; do gzip -c "$member"; done >many.warc.gz
flong cluster plain.warc >plain.out
sed 's/, "text_id.*"relation"/, ... "relation"/; s/, "of".*"url"/, ... "url"/' plain.out
for file in one.warc.gz one.warc.zst many.warc.gz; do flong cluster -q $file | cmp - plain.out && echo "$file: the same"; done
flong cluster -q - <many.warc.gz | cmp - plain.out && echo 'standard input: the same'
flong dedup -q plain.warc | wc -l | tr -d ' '
echo '-- all pages'
flong cluster -q --all-pages plain.warc | sed 's/^{"id": "\([^"]*\)".*/\1/'
