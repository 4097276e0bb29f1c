/* Input for flong-reading. */
#ifndef READING_MAKE_H
#define READING_MAKE_H

/* Writes a .warc.gz with a page for each record of `articles`. Ends the program when it cannot. */
void make_archive(const char *path, const char *articles);

#endif
