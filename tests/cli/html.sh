# Pages of HTML: an article in the character set that it names, its copy on another site with other things around it,
# a front page and an error page, which are no articles.
body='<p>A fire that began in a drying shed destroyed the old paper mill of the Mühlbach early on Thursday, and forty
families who live along the canal were told to leave their homes until the smoke had cleared.</p><p>Nobody was hurt. The
fire chief, Ines Oduya, said that the roof fell in before the first engines arrived.</p>'
mkdir pages
printf '<meta charset=iso-8859-1><title>Mill burns | Courier</title><link rel=canonical href="https://courier.example/mill-burns-down-at-last">
<meta property="article:published_time" content="2024-05-02T07:10:00Z"><nav><a href=/>Home</a></nav><article><h1>Mill burns</h1>%s</article>' "$body" |
    iconv -f utf-8 -t latin1 >pages/courier.html
printf '<!DOCTYPE html><script type="application/ld+json">{"@type": "NewsArticle", "headline": "Old mill destroyed", "datePublished": "2024-05-02T16:30:00Z",
"url": "https://post.example/4411"}</script><div class=sidebar><p>Get our letter each morning, free of charge.</p></div><main>%s</main>' "$body" >pages/post.htm
for n in 1 2 3 4 5 6 7 8 9; do
    echo "<h2><a href=/$n>A headline of some length, number $n</a></h2><p>What this article tells its readers, in a sentence.</p>"
done >pages/front.html
echo '<h1>404: page not found</h1>' >pages/gone.html
flong cluster pages/courier.html pages/post.htm pages/front.html pages/gone.html |
    sed 's/, "jaccard".*"url"/, ... "url"/'
