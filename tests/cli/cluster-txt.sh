# A folder of .txt files, in the order of their names, and one .txt file.
mkdir folder
for n in 3 1 2; do sed -n ${n}p "$CASES/data/news.jsonl" | sed 's/.*"text": "//; s/\\n/ /g; s/\\"/"/g; s/"}$//' >folder/$n.txt; done
echo no article >folder/notes.md
flong cluster -q folder
flong cluster -q folder/2.txt
