# Feeds: items with their full texts, HTML taken out; a damaged one is read as far as it can be.
cat >news.rss <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Courier</title><link>https://courier.example/</link><language>en</language>
<item><title>Fire &amp;amp; smoke at Tarnbridge</title><link>https://courier.example/1</link><guid isPermaLink="false">c-1</guid>
<pubDate>Thu, 02 May 2024 07:10:00 +0100</pubDate><dc:creator>Ada Quill</dc:creator>
<description>&lt;p&gt;A fire destroyed ...&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>A fire destroyed the old paper mill.</p><script>x()</script><p>Nobody was hurt &amp; no one&nbsp;saw it.</p>]]></content:encoded></item>
<item><link>https://courier.example/empty</link></item>
</channel></rss>
END
cat >news.xml <<'END'
<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Blatt</title>
<entry><id>urn:1</id><title>Brand &amp; Rauch</title><link href="https://blatt.example/1"/><updated>2024-05-02T00:00:00Z</updated>
<author><name>Eva</name></author><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Eins</p><p>Zwei</p></div></content></entry>
</feed>
END
flong dedup -q news.rss news.xml
gzip -c news.xml | flong dedup -q
echo '-- damaged'
{ head -n 7 news.rss; echo '<item><title>A & B</title><description>The text of the second one</description></item><item><title>cut'; } >bad.rss
flong dedup -q bad.rss
flong dedup -q --strict bad.rss || echo "status $?"
echo '-- entities of its own are not expanded'
printf '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item><title>x&a;y</title></item></rss>' | flong dedup -q
