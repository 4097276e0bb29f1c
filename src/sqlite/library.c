/* Which SQLite the library uses: this file alone calls it as the library does, past the program's. */
#include <sqlite3.h>

const void *library_sqlite(void);
const char *library_sqlite_version(void);

const void *library_sqlite(void) {
    const char *(*version)(void) = sqlite3_libversion;
    return *(const void *const *)(const void *)&version;
}

const char *library_sqlite_version(void) { return sqlite3_libversion(); }
