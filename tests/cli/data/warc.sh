# Web archives in the making, for cases that read them: . "$CASES/data/warc.sh"

# record TYPE URI CONTENT_TYPE FILE [LENGTH]: a WARC record with the file as its block; LENGTH is what it says of that.
record() {
    printf 'WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-05-03T00:00:00Z\r\n' "$1" "$2"
    printf 'WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n'
    printf 'Content-Type: %s\r\nContent-Length: %d\r\n\r\n' "$3" "${5-$(wc -c <"$4")}"
    cat "$4"
    printf '\r\n\r\n'
}

# response URI STATUS HEADER BODY_FILE: a record with the answer of a server; HEADER is its lines, as for printf.
response() {
    { printf 'HTTP/1.1 %s\r\n' "$2"; printf "$3\r\n"; cat "$4"; } >message
    record response "$1" 'application/http;msgtype=response' message
}

# chunked SIZE <BODY: the body in chunks of SIZE bytes.
chunked() {
    cat >body
    n=$(wc -c <body) at=0
    while [ $at -lt $n ]; do
        left=$((n - at))
        size=$((left < $1 ? left : $1))
        printf '%x\r\n' $size
        tail -c +$((at + 1)) body | head -c $size
        printf '\r\n'
        at=$((at + size))
    done
    printf '0\r\n\r\n'
}

# article TITLE: a page with a news story, the same but for its title.
article() {
    cat <<END
<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>$1</title>
<meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-02T07:10:00+01:00">
</head><body><nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
<article><h1>$1</h1>
<p>A fire that began in a drying shed destroyed the old paper mill at Tarnbridge early on Thursday, and forty families who
live along the canal were told to leave their homes until the smoke had cleared. Nobody was hurt.</p>
<p>The fire chief, Ines Oduya, said that the roof fell in before the first engines arrived, and that the cause would not be
known for some days. The mill, built in 1874, had stood empty since its last owner moved the machines abroad.</p>
<p>Engineers of the canal trust will look at the wall below the mill on Friday, and the towpath between the two locks stays
closed until they have done so. Trains on the valley line ran again from noon, at walking pace past the ruin.</p>
</article><footer>About us | Contact</footer></body></html>
END
}

# front: a page that leads to others.
front() {
    echo '<!DOCTYPE html><html><head><title>The Courier</title></head><body><h1>The Courier</h1><ul>'
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        echo "<li><a href=\"/news/$i\">Headline number $i of a story that stands elsewhere</a></li>"
    done
    echo '</ul></body></html>'
}
