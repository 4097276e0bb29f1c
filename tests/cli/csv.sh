# Tables: what separates fields is told from the names, rows keep all their columns, what is no row is told with its line.
cat >news.csv <<'END'
"id",Headline,Body,Published,Section
1,"Fire, again","He said ""go"",
and they went to see the mill, the bridge and the two locks of the canal before it was dark.",2024-05-02,home

2,Band,"The band, which has played at every spring fair, will march without a tuba this year, it says.",3 May 2024,
3,too few
4,x,y,2024-05-04,home,too many
5,"Never closed,The towpath stays closed.,2024-05-05,home
END
flong dedup -q news.csv
tr ',' '\t' <<'END' >news.tsv
url,title,text
https://a.example/1,A,Some text
END
sed 's/,/;/g; s/$/\r/' <<'END' >semicolons.txt.csv
sep=,
title,text
B,Other text
END
flong dedup -q news.tsv semicolons.txt.csv
echo '-- standard input, windows-1252, another name for the text'
printf 'title,text\ncaf\351,Le caf\351 a ferm\351 ses portes mardi a dit la mairie \340 ses habitants.\n' | flong dedup -q
printf 'a|b\n1|The text of it\n' >bars.csv
flong dedup -q --field text=b bars.csv
flong dedup -q bars.csv || echo "status $?"
flong dedup -q --strict news.csv
printf '\377\376t\0e\0x\0t\0\n\0' >utf16.csv
flong dedup -q utf16.csv news.tsv
