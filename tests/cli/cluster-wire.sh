# Credits are left out of the text, told as `wire`, and a copy is credited when it names its source.
cat >news <<'END'
{"id":"wire","site":"wire.example","published":"2024-05-01","title":"Ferry aground","text":"SKARHOLM, May 1 (Reuters) - The night ferry to Skarholm ran aground on a sandbank early on Wednesday, and its ninety passengers were taken off by fishing boats before dawn. Nobody was hurt, the harbour master said, and the ship would be pulled free at the next high water."}
{"id":"named","site":"post.example","published":"2024-05-02","title":"Ninety saved","text":"By Ann Example\nThe night ferry to Skarholm ran aground on a sandbank early on Wednesday, and its ninety passengers were taken off by fishing boats before dawn. Nobody was hurt, the harbour master said, and the ship would be pulled free at the next high water.\nReuters"}
{"id":"silent","site":"courier.example","published":"2024-05-02","title":"Fishermen to the rescue","text":"The night ferry to Skarholm ran aground on a sandbank early on Wednesday, and its ninety passengers were taken off by fishing boats before dawn. Nobody was hurt, the harbour master said, and the ship would be pulled free at the next high water."}
{"id":"own","site":"kelpferrynews.example","published":"2024-05-03","title":"Band wants tuba","text":"The Lowmoor colliery band, which has played at every spring fair since the pit closed, will march without a tuba this year unless one can be borrowed by Sunday. The old one was left on a train."}
{"id":"taken","site":"gazette.example","published":"2024-05-04","title":"No tuba","text":"The Lowmoor colliery band, which has played at every spring fair since the pit closed, will march without a tuba this year unless one can be borrowed by Sunday. The old one was left on a train.\nThis story was originally published by Kelp Ferry News."}
{"id":"sister","site":"www2.gazette.example","published":"2024-05-05","title":"No tuba","text":"The Lowmoor colliery band, which has played at every spring fair since the pit closed, will march without a tuba this year unless one can be borrowed by Sunday. The old one was left on a train."}
END
flong cluster -q news --index db |
    sed 's/.*"id": "\([a-z]*\)".*"relation": \("[a-z]*"\).*"wire": \(.*\), "furniture".*/\1 \2 \3/'
echo '{"id":"x","site":"x.example","text":"The night ferry to Skarholm ran aground on a sandbank early on Wednesday, and its ninety passengers were taken off by fishing boats before dawn. (Reuters)"}' >query
flong match -q db query | sed 's/.*"match": "\([a-z]*\)".*"credited": \(.*\), "match_url".*/\1 \2/'
flong explain db wire named | sed -n '/credit/,/^$/p'
