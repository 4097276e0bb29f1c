# One object for each article; places are characters, and lead to what is marked.
printf '%s\n' '{"id":"x","text":"Über allen Brücken ist Ruh, sagte der Müller am Dienstag, und ging nach Hause.\nBy Änne Example"}' >in
flong text --json in
flong text --json "$CASES/data/site.jsonl" | sed 's/, "text": .*//'
