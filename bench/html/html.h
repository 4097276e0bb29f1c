/* What flong makes of pages of HTML: read them, and score them against bodies made by hand. */
#ifndef BENCH_HTML_H
#define BENCH_HTML_H

#include <stddef.h>

/* Reads the .html files of a folder, prints them as JSON lines, and says on standard error how fast one thread was,
 * the best of so many rounds. Whatever goes wrong ends the program with status 2. */
void pages_read(const char *folder, size_t rounds);

/* Prints how much of the bodies of GOLD is in PAGES (JSON lines of pages_read), and how much of PAGES is in them,
 * before and after what is learned as furniture is left out; with `each`, of each page. */
void pages_score(const char *gold, const char *pages, int each);

#endif
