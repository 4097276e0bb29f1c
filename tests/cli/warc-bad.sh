# Archives that lie or are damaged: one line for each fault, and all that can be read is read.
. "$CASES/data/warc.sh"
article 'Fire guts old paper mill' >page
html='Content-Type: text/html\r\n'
good() { response "https://$1.example/mill" '200 OK' "$html" page; }
ids() { sed 's/^{"id": "\([^"]*\)".*/\1/'; }
{
    good a
    record response https://long.example/mill application/http message 90000000000
    good b
    record response https://longer.example/mill application/http message 3000
    good c
    record response https://short.example/mill application/http message 700
    printf 'rubbish\nbetween records\n'
    good d
    printf 'WARC/1.0\r\nWARC-Type: response\r\n\r\nno length\r\n\r\n'
    printf '5\r\n<html\r\nzz\r\n>more\r\n0\r\n\r\n' >chunks
    response https://chunks.example/mill '200 OK' "${html}Transfer-Encoding: chunked\r\n" chunks
    { gzip -c page | head -c 60; printf 'damage that is not to be inflated'; gzip -c page | tail -c +90; } >damaged
    response https://damaged.example/mill '200 OK' "${html}Content-Encoding: gzip\r\n" damaged
    good e
    good cut | head -c 800
} >bad.warc
good f >next.warc
flong cluster bad.warc next.warc | ids
echo '-- a gzip member cut short'
{ good g | gzip -c; good h | gzip -c | head -c 500; } >cut.warc.gz
flong cluster -q cut.warc.gz next.warc | ids
echo '-- a bomb within a page, and one around it'
head -c 100000000 /dev/zero | gzip -9 -c >bomb
{ response https://bomb.example/ '200 OK' "${html}Content-Encoding: gzip\r\n" bomb; good i; } >bomb.warc
{ good j; head -c 100000000 /dev/zero; echo; good k; } | gzip -c >zeros.warc.gz
flong cluster -q bomb.warc zeros.warc.gz | ids
echo '-- strict'
flong cluster -q --strict bad.warc | ids
echo '-- nothing in it'
good l | head -c 100 >empty.warc
flong cluster empty.warc || echo "status $?"
