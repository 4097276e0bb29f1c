/* What the files of the SQLite extension share. It sees the library through flong.h only, and SQLite through sqlite3ext.h,
 * whose calls go to the SQLite of the program that loads it. */
#ifndef FLONG_SQLITE_EXTENSION_H
#define FLONG_SQLITE_EXTENSION_H

#include <stdbool.h>

#include <sqlite3ext.h>

#include "flong.h"

/* Register themselves with a connection; give an SQLite code. */
int functions_register(sqlite3 *db);
int match_register(sqlite3 *db);

/* The SQLite that libflong opens files with: the address of its sqlite3_libversion, by which it is told from that of the
 * program, and its version. */
const void *library_sqlite(void);
const char *library_sqlite_version(void);

/* An argument that has to be text: UTF-8, and no blob. Borrowed from the value; n == 0 for NULL. On failure *why says what
 * is wrong; static. */
bool text_argument(flong_str *out, sqlite3_value *value, const char **why);

#endif
