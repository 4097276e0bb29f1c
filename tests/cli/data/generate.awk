# N invented articles as JSON lines: every third is a reprint, with an edit, of the one before it.
#   awk -v n=600 -f generate.awk
function noise() { seed = (seed * 16807) % 2147483647; return seed }
function word(    i, n, w) {
    w = ""
    n = 2 + noise() % 3
    for (i = 0; i < n; i++) w = w substr("bdfgklmnprstvz", 1 + noise() % 14, 1) substr("aeiou", 1 + noise() % 5, 1)
    return w
}
BEGIN {
    seed = 42
    for (i = 0; i < n; i++) {
        if (i % 3 != 2) {
            text = ""
            for (j = 0; j < 120; j++) text = text word() (j % 12 == 11 ? ". " : " ")
        } else
            text = "Reprinted. " substr(text, 1, length(text) - 60)
        printf "{\"id\":\"n%d\",\"site\":\"site%d.example\",\"published\":\"2024-05-%02d\",\"text\":\"%s\"}\n", i, i % 7, 1 + i % 28, text
    }
}
