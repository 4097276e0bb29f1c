# What looks wrong is said, and nothing of an article does more than be read.
COLUMNS=100
export COLUMNS
awk 'BEGIN {
    for (i = 1; i <= 24; i++) {
        split("bridge weir ferry orchard mill tower bell canal garden station harbour market school library theatre museum forest quarry meadow brewery bakery foundry chapel lighthouse", w, " ")
        text = "The old " w[i] " of Tarnbridge is to be mended before the winter, the council said on Monday, and the " w[i] " will be closed for " i " weeks while the work on its " w[25 - i] " goes on near the " w[(i * 7) % 24 + 1] "."
        printf "{\"id\":\"o%d\",\"site\":\"origin.example\",\"date\":\"2024-05-%02d\",\"title\":\"A \\u001b[31m%s\\u202e \xe5\xb8\x82\xe8\xae\xae\xe4\xbc\x9a\",\"text\":\"%s\"}\n", i, i, w[i], text
        printf "{\"id\":\"c%d\",\"site\":\"copies.example\",\"date\":\"2024-05-%02dT12:00:00\",\"title\":\"%s again\",\"text\":\"%s\"}\n", i, i, w[i], text
    }
    for (i = 1; i <= 12; i++) {
        printf "{\"id\":\"s%d\",\"site\":\"same.example\",\"text\":\"All that this site gives is the same sentence on every page that it has, whatever the headline of the page says about it.\"}\n", i
        printf "{\"id\":\"p%d\",\"site\":\"pay.example\",\"date\":\"sometime\",\"title\":\"Subscribe to read\",\"text\":\"Sign in to read number %d. Get unlimited access.\"}\n", i, i
        printf "{\"id\":\"n%d\",\"text\":\"An article of no site, number %d.\"}\n", i, i
    }
}' >in
flong cluster --summary in 2>err >out
grep -v '^flong' err
grep -c . err | awk '{ print ($1 <= 40) ? "short enough" : "too long" }'
LC_ALL=C grep -c "$(printf '[\001-\010\013-\037\177]')" err
exit 0
