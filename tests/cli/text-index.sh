# What an index knows: of its own articles, and of others.
site=$CASES/data/site.jsonl
flong index -q db "$site"
flong text "$site" >files
flong text --index db | cmp - files && echo the same as from the files
flong text --index db --id o1 --id w2 | grep '^id'
flong text --index db "$site" | cmp - files && echo the same of files that the index holds
printf '%s\n' '{"id":"new","url":"https://weir.example/9","text":"A new one says something else.\nGet our letter every Friday"}' >new
echo --- by itself
flong text new
echo --- by the index
flong text --index db new
flong text --index db --id new - <new | grep -c '^id'
echo --- mistakes
flong text db; echo $?
flong text --index none; echo $?
flong text --index db --id nobody; echo $?
flong text --index db --id nobody new; echo $?
flong text --index db --min-tokens 3 new; echo $?
flong text --index db -o db; echo $?
flong text new -o new; echo $?
flong text --color blue new; echo $?
flong text none; echo $?
