#include "index/places.h"

#include "index/sqlite.h"

static const char *const meta_placed = "placed"; /* 1: the places are those of the articles */

flong_status places_current(store *s, bool *current, flong_error *error) {
    uint64_t placed;
    TRY(store_number(s, &placed, meta_placed, 0, error));
    *current = placed == 1;
    return FLONG_OK;
}

flong_status places_note(store *s, bool current, flong_error *error) {
    return store_set_number(s, meta_placed, current, error);
}

enum { NO = 1, RELATION, OF, SHARES, SIMILARITY = SHARES + 3, CREDITED };

static void bind_or_null(sqlite3_stmt *set, int place, bool known, sqlite3_int64 value) {
    if (known)
        sqlite3_bind_int64(set, place, value);
    else
        sqlite3_bind_null(set, place);
}

flong_status place_set(store *s, const place_row *row, flong_error *error) {
    sqlite3_stmt *set = store_statement(s, STATEMENT_PLACE_SET, error);
    if (!set) return FLONG_IO;
    sqlite3_bind_int64(set, NO, (sqlite3_int64)row->no);
    sqlite3_bind_int64(set, RELATION, row->relation);
    bind_or_null(set, OF, row->of != PLACE_NONE, (sqlite3_int64)row->of);
    for (int i = 0; i < 3; i++)
        bind_or_null(set, SHARES + i, row->shares[i] != PLACE_UNKNOWN, row->shares[i]);
    bind_or_null(set, SIMILARITY, row->similarity != PLACE_UNKNOWN, row->similarity);
    bind_or_null(set, CREDITED, row->credited >= 0, row->credited);
    return store_run(s, set, error);
}

flong_status place_unset(store *s, uint64_t no, flong_error *error) {
    return store_run_numbers(s, STATEMENT_PLACE_DELETE, &no, 1, error);
}

flong_status places_unset_gone(store *s, flong_error *error) {
    return store_run_numbers(s, STATEMENT_PLACE_DELETE_GONE, NULL, 0, error);
}
