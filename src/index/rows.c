#include "index/rows.h"

#include <string.h>

#include "base/varint.h"
#include "index/sqlite.h"

/* A statement ready to be bound, or return. */
#define STATEMENT(variable, name)                                                                            \
    sqlite3_stmt *variable = store_statement(s, STATEMENT_##name, error);                                    \
    if (!variable) return FLONG_IO

static void bind_number(sqlite3_stmt *statement, int place, uint64_t value) {
    sqlite3_bind_int64(statement, place, (sqlite3_int64)value);
}

static uint64_t column_number(sqlite3_stmt *statement, int column) {
    return (uint64_t)sqlite3_column_int64(statement, column);
}

static void bind_date(sqlite3_stmt *statement, int place, int64_t seconds) {
    if (seconds == FLONG_NO_DATE)
        sqlite3_bind_null(statement, place);
    else
        sqlite3_bind_int64(statement, place, seconds);
}

static int64_t column_date(sqlite3_stmt *statement, int column) {
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? FLONG_NO_DATE
                                                                 : sqlite3_column_int64(statement, column);
}

/* What a step that is neither a row nor the end means; resets the statement. */
static flong_status step_end(store *s, sqlite3_stmt *statement, int code, flong_error *error) {
    flong_status status =
        code == SQLITE_ROW || code == SQLITE_DONE ? FLONG_OK : store_failure(s, "reading rows", error);
    sqlite3_reset(statement);
    return status;
}

/* ---- articles ---------------------------------------------------------------------------- */

flong_status article_add(store *s, const article_row *row, flong_error *error) {
    if (s->bulk) return bulk_article_add(s->bulk, row, error);
    STATEMENT(add, ARTICLE_ADD);
    bind_number(add, 1, row->no);
    bind_text(add, 2, row->record.id);
    bind_text(add, 3, row->record.url);
    bind_text(add, 4, row->record.site);
    bind_text(add, 5, row->record.title);
    bind_date(add, 6, row->record.published);
    bind_number(add, 7, row->text_no);
    bind_number(add, 8, row->tokens);
    bind_number(add, 9, row->all_tokens);
    bind_number(add, 10, row->furniture);
    bind_number(add, 11, row->stub);
    bind_text(add, 12, row->wire.agency);
    bind_text(add, 13, row->wire.credit);
    bind_text(add, 14, row->wire.place);
    bind_text(add, 15, row->record.author);
    bind_text(add, 16, row->record.lang);
    return store_run(s, add, error);
}

static article_row article_read_row(sqlite3_stmt *row) {
    return (article_row){.no = column_number(row, 0),
                         .record = {.id = column_text(row, 1),
                                    .url = column_text(row, 2),
                                    .site = column_text(row, 3),
                                    .title = column_text(row, 4),
                                    .published = column_date(row, 5),
                                    .author = column_text(row, 14),
                                    .lang = column_text(row, 15)},
                         .text_no = column_number(row, 6),
                         .tokens = (uint32_t)column_number(row, 7),
                         .all_tokens = (uint32_t)column_number(row, 8),
                         .furniture = (uint32_t)column_number(row, 9),
                         .stub = column_number(row, 10) != 0,
                         .wire = {column_text(row, 11), column_text(row, 12), column_text(row, 13)}};
}

/* Binds a number and reads the row that the statement gives, if it gives one. */
static flong_status article_find(store *s, sqlite3_stmt *find, article_row *out, bool *found, uint64_t no,
                                 flong_error *error) {
    bind_number(find, 1, no);
    int code = sqlite3_step(find);
    *found = code == SQLITE_ROW;
    if (*found) *out = article_read_row(find);
    return *found ? FLONG_OK : step_end(s, find, code, error);
}

flong_status article_get(store *s, article_row *out, bool *found, uint64_t no, flong_error *error) {
    if (s->bulk) return bulk_article_get(s->bulk, out, found, no, error);
    STATEMENT(get, ARTICLE_GET);
    return article_find(s, get, out, found, no, error);
}

flong_status article_next(store *s, article_row *out, bool *found, uint64_t from, flong_error *error) {
    if (s->bulk) return bulk_article_next(s->bulk, out, found, from, error);
    STATEMENT(next, ARTICLE_NEXT);
    return article_find(s, next, out, found, from, error);
}

flong_status article_each(store *s, uint64_t from, article_row_fn fn, void *context, flong_error *error) {
    if (s->bulk) return bulk_article_each(s->bulk, from, fn, context, error);
    STATEMENT(all, ARTICLE_ALL);
    bind_number(all, 1, from);
    int code;
    while ((code = sqlite3_step(all)) == SQLITE_ROW) {
        article_row row = article_read_row(all);
        flong_status status = fn(context, &row, error);
        if (status != FLONG_OK) {
            sqlite3_reset(all);
            return status;
        }
    }
    return step_end(s, all, code, error);
}

flong_status stub_sites_each(store *s, stub_site_fn fn, void *context, flong_error *error) {
    if (s->bulk) return bulk_stub_sites_each(s->bulk, fn, context, error);
    STATEMENT(sites, STUB_SITES);
    int code;
    while ((code = sqlite3_step(sites)) == SQLITE_ROW) {
        flong_status status = fn(context, column_text(sites, 0), column_number(sites, 1), error);
        if (status != FLONG_OK) {
            sqlite3_reset(sites);
            return status;
        }
    }
    return step_end(s, sites, code, error);
}

flong_status article_text_no(store *s, uint64_t *text_no, bool *found, uint64_t no, flong_error *error) {
    if (s->bulk) return bulk_article_text_no(s->bulk, text_no, found, no), FLONG_OK;
    STATEMENT(get, ARTICLE_TEXT);
    bind_number(get, 1, no);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    if (*found) *text_no = column_number(get, 0);
    return step_end(s, get, code, error);
}

flong_status article_regroup(store *s, uint64_t text_no, uint64_t into, flong_error *error) {
    if (s->bulk) return bulk_article_regroup(s->bulk, text_no, into, error);
    return store_run_numbers(s, STATEMENT_ARTICLE_REGROUP, (const uint64_t[]){text_no, into}, 2, error);
}

flong_status article_place(store *s, uint64_t no, uint64_t text_no, flong_error *error) {
    if (s->bulk) return bulk_article_place(s->bulk, no, text_no, error);
    return store_run_numbers(s, STATEMENT_ARTICLE_PLACE, (const uint64_t[]){no, text_no}, 2, error);
}

/* Appends the first column of all rows. */
static flong_status numbers_append(store *s, sqlite3_stmt *statement, buffer *out, flong_error *error) {
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        uint64_t number = column_number(statement, 0);
        if (!buffer_append(out, &number, sizeof number)) {
            sqlite3_reset(statement);
            return error_nomem(error);
        }
    }
    return step_end(s, statement, code, error);
}

flong_status article_members(store *s, buffer *out, uint64_t text_no, flong_error *error) {
    if (s->bulk) return bulk_article_members(s->bulk, out, text_no, error);
    STATEMENT(members, ARTICLE_MEMBERS);
    bind_number(members, 1, text_no);
    return numbers_append(s, members, out, error);
}

flong_status article_removed(store *s, buffer *out, flong_error *error) {
    STATEMENT(removed, REMOVED_ALL);
    return numbers_append(s, removed, out, error);
}

flong_status article_delete(store *s, uint64_t no, flong_error *error) {
    static const statement_name statements[] = {STATEMENT_ARTICLE_DELETE, STATEMENT_BODY_DELETE,
                                                STATEMENT_SKETCH_DELETE,  STATEMENT_PAIR_DELETE_A,
                                                STATEMENT_PAIR_DELETE_B,  STATEMENT_REMOVED_ADD};
    size_t n = sizeof statements / sizeof *statements;
    if (s->bulk) TRY(bulk_article_delete(s->bulk, no, error));
    for (size_t i = s->bulk ? n - 1 : 0; i < n; i++) TRY(store_run_numbers(s, statements[i], &no, 1, error));
    return FLONG_OK;
}

/* ---- pairs ------------------------------------------------------------------------------- */

flong_status pair_add(store *s, const pair_row *row, flong_error *error) {
    if (s->bulk) return bulk_pair_add(s->bulk, row, error);
    STATEMENT(add, PAIR_ADD);
    bind_number(add, 1, row->b);
    bind_number(add, 2, row->a);
    bind_number(add, 3, row->score.relation);
    sqlite3_bind_double(add, 4, row->score.jaccard);
    sqlite3_bind_double(add, 5, row->score.a_in_b);
    sqlite3_bind_double(add, 6, row->score.b_in_a);
    bind_number(add, 7, row->score.longest_run);
    if (row->n_spans_bytes)
        sqlite3_bind_blob64(add, 8, row->spans, row->n_spans_bytes, SQLITE_STATIC);
    else
        sqlite3_bind_null(add, 8);
    sqlite3_bind_double(add, 9, row->score.similarity);
    bind_text(add, 10, row->terms);
    return store_run(s, add, error);
}

static bool is_share(double value) { return value >= 0 && value <= 1; }

static flong_status pair_read_row(store *s, pair_row *out, sqlite3_stmt *row, flong_error *error) {
    *out = (pair_row){.a = column_number(row, 0),
                      .b = column_number(row, 1),
                      .score = {.relation = (flong_relation)sqlite3_column_int(row, 2),
                                .jaccard = sqlite3_column_double(row, 3),
                                .a_in_b = sqlite3_column_double(row, 4),
                                .b_in_a = sqlite3_column_double(row, 5),
                                .longest_run = (uint32_t)column_number(row, 6),
                                .similarity = sqlite3_column_double(row, 8)},
                      .spans = sqlite3_column_blob(row, 7),
                      .n_spans_bytes = (size_t)sqlite3_column_bytes(row, 7),
                      .terms = column_text(row, 9)};
    const flong_score *score = &out->score;
    if (score->relation >= FLONG_RELATION_IDENTICAL && score->relation <= FLONG_RELATION_RELATED &&
        is_share(score->similarity) && is_share(score->jaccard) && is_share(score->a_in_b) &&
        is_share(score->b_in_a))
        return FLONG_OK;
    return error_set(error, FLONG_DAMAGED,
                     "%s: a pair has an impossible relation or score; make the index anew", s->path);
}

flong_status pair_similarity_set(store *s, const pair_row *row, flong_error *error) {
    if (s->bulk) return bulk_pair_similarity_set(s->bulk, row, error);
    STATEMENT(set, PAIR_SIMILARITY);
    bind_number(set, 1, row->b);
    bind_number(set, 2, row->a);
    sqlite3_bind_double(set, 3, row->score.similarity);
    bind_text(set, 4, row->terms);
    return store_run(s, set, error);
}

flong_status pair_get(store *s, pair_row *out, bool *found, uint64_t a, uint64_t b, flong_error *error) {
    if (s->bulk) return bulk_pair_get(s->bulk, out, found, a, b, error);
    STATEMENT(get, PAIR_GET);
    bind_number(get, 1, b);
    bind_number(get, 2, a);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    flong_status status = *found ? pair_read_row(s, out, get, error) : FLONG_OK;
    flong_status end = step_end(s, get, code, error);
    return status != FLONG_OK ? status : end;
}

flong_status pair_count_from(store *s, uint64_t *n, uint64_t from, flong_error *error) {
    if (s->bulk) return bulk_pair_count_from(s->bulk, n, from, error);
    STATEMENT(count, PAIR_COUNT_FROM);
    bind_number(count, 1, from);
    int code = sqlite3_step(count);
    if (code == SQLITE_ROW) *n = column_number(count, 0);
    return step_end(s, count, code, error);
}

static flong_status pairs_each(store *s, sqlite3_stmt *statement, pair_row_fn fn, void *context,
                               flong_error *error) {
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        pair_row row;
        flong_status status = pair_read_row(s, &row, statement, error);
        if (status == FLONG_OK) status = fn(context, &row, error);
        if (status != FLONG_OK) {
            sqlite3_reset(statement);
            return status;
        }
    }
    return step_end(s, statement, code, error);
}

flong_status pair_each(store *s, pair_row_fn fn, void *context, flong_error *error) {
    if (s->bulk) return bulk_pair_each(s->bulk, fn, context, error);
    STATEMENT(all, PAIR_ALL);
    return pairs_each(s, all, fn, context, error);
}

flong_status pair_each_earlier(store *s, uint64_t b, pair_row_fn fn, void *context, flong_error *error) {
    if (s->bulk) return bulk_pair_each_earlier(s->bulk, b, fn, context, error);
    STATEMENT(earlier, PAIR_EARLIER);
    bind_number(earlier, 1, b);
    return pairs_each(s, earlier, fn, context, error);
}

flong_status pair_each_of(store *s, uint64_t no, pair_row_fn fn, void *context, flong_error *error) {
    TRY(pair_each_earlier(s, no, fn, context, error));
    if (s->bulk) return bulk_pair_each_later(s->bulk, no, fn, context, error);
    STATEMENT(later, PAIR_LATER);
    bind_number(later, 1, no);
    return pairs_each(s, later, fn, context, error);
}

/* ---- story sketches ---------------------------------------------------------------------- */

flong_status sketch_add(store *s, const sketch_row *row, flong_error *error) {
    if (s->bulk) return bulk_sketch_add(s->bulk, row, error);
    STATEMENT(add, SKETCH_ADD);
    bind_number(add, 1, row->no);
    bind_date(add, 2, row->published);
    sqlite3_bind_blob64(add, 3, row->terms, row->n_terms_bytes, SQLITE_STATIC);
    return store_run(s, add, error);
}

flong_status sketch_get(store *s, sketch_row *out, bool *found, uint64_t no, flong_error *error) {
    if (s->bulk) return bulk_sketch_get(s->bulk, out, found, no, error);
    STATEMENT(get, SKETCH_GET);
    bind_number(get, 1, no);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    if (!*found) return step_end(s, get, code, error);
    *out = (sketch_row){.no = no,
                        .published = column_date(get, 0),
                        .terms = sqlite3_column_blob(get, 1),
                        .n_terms_bytes = (size_t)sqlite3_column_bytes(get, 1)};
    return FLONG_OK;
}

/* ---- text groups ------------------------------------------------------------------------- */

/* From the columns size, weakest, representatives. */
static flong_status group_read_row(store *s, group_row *out, uint64_t no, sqlite3_stmt *row,
                                   flong_error *error) {
    *out = (group_row){.no = no, .size = column_number(row, 0), .weakest = sqlite3_column_double(row, 1)};
    byte_reader in = byte_reader_of(sqlite3_column_blob(row, 2), (size_t)sqlite3_column_bytes(row, 2));
    while (in.p < in.end && out->n_representatives < GROUP_ROW_MOST)
        out->representatives[out->n_representatives++] = varint_get(&in);
    if (in.failed || in.p < in.end || out->n_representatives == 0)
        return error_set(error, FLONG_DAMAGED, "%s: text group %llu is damaged; make the index anew", s->path,
                         (unsigned long long)no);
    return FLONG_OK;
}

flong_status group_get(store *s, group_row *out, bool *found, uint64_t no, flong_error *error) {
    STATEMENT(get, GROUP_GET);
    bind_number(get, 1, no);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    flong_status status = *found ? group_read_row(s, out, no, get, error) : FLONG_OK;
    flong_status end = step_end(s, get, code, error);
    return status != FLONG_OK ? status : end;
}

flong_status group_each(store *s, group_row_fn fn, void *context, flong_error *error) {
    STATEMENT(all, GROUP_ALL);
    int code;
    flong_status status = FLONG_OK;
    while (status == FLONG_OK && (code = sqlite3_step(all)) == SQLITE_ROW) {
        group_row row;
        status = group_read_row(s, &row, column_number(all, 3), all, error);
        if (status == FLONG_OK) status = fn(context, &row, error);
    }
    if (status == FLONG_OK) return step_end(s, all, code, error);
    sqlite3_reset(all);
    return status;
}

flong_status group_set(store *s, const group_row *group, flong_error *error) {
    unsigned char bytes[GROUP_ROW_MOST * VARINT_MAX];
    size_t n = 0;
    for (uint32_t i = 0; i < group->n_representatives; i++)
        n += varint_put(bytes + n, group->representatives[i]);
    STATEMENT(set, GROUP_SET);
    bind_number(set, 1, group->no);
    bind_number(set, 2, group->size);
    sqlite3_bind_double(set, 3, group->weakest);
    sqlite3_bind_blob64(set, 4, bytes, n, SQLITE_STATIC);
    return store_run(s, set, error);
}

flong_status group_delete(store *s, uint64_t no, flong_error *error) {
    return store_run_numbers(s, STATEMENT_GROUP_DELETE, &no, 1, error);
}

/* ---- stories ----------------------------------------------------------------------------- */

flong_status story_get(store *s, story_row *out, bool *found, uint64_t no, flong_error *error) {
    STATEMENT(get, STORY_GET);
    bind_number(get, 1, no);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    if (*found) *out = (story_row){no, column_number(get, 0), sqlite3_column_double(get, 1)};
    bool sound = !*found || (out->size >= 2 && is_share(out->weakest));
    TRY(step_end(s, get, code, error));
    return sound ? FLONG_OK
                 : error_set(error, FLONG_DAMAGED, "%s: story %llu is damaged; make the index anew", s->path,
                             (unsigned long long)no);
}

flong_status story_set(store *s, const story_row *row, flong_error *error) {
    STATEMENT(set, STORY_SET);
    bind_number(set, 1, row->no);
    bind_number(set, 2, row->size);
    sqlite3_bind_double(set, 3, row->weakest);
    return store_run(s, set, error);
}

flong_status story_delete(store *s, uint64_t no, flong_error *error) {
    return store_run_numbers(s, STATEMENT_STORY_DELETE, &no, 1, error);
}

flong_status telling_get(store *s, uint64_t *story_no, bool *found, uint64_t text_no, flong_error *error) {
    STATEMENT(get, TELLING_GET);
    bind_number(get, 1, text_no);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    if (*found) *story_no = column_number(get, 0);
    TRY(step_end(s, get, code, error));
    if (!*found || *story_no <= text_no) return FLONG_OK;
    return error_set(error, FLONG_DAMAGED, "%s: text group %llu has an impossible story; make the index anew",
                     s->path, (unsigned long long)text_no);
}

flong_status telling_members(store *s, buffer *out, uint64_t story_no, flong_error *error) {
    STATEMENT(members, TELLING_MEMBERS);
    bind_number(members, 1, story_no);
    return numbers_append(s, members, out, error);
}

flong_status telling_each(store *s, telling_fn fn, void *context, flong_error *error) {
    STATEMENT(all, TELLING_ALL);
    int code;
    while ((code = sqlite3_step(all)) == SQLITE_ROW) {
        flong_status status = fn(context, column_number(all, 0), column_number(all, 1), error);
        if (status != FLONG_OK) {
            sqlite3_reset(all);
            return status;
        }
    }
    return step_end(s, all, code, error);
}

flong_status telling_set(store *s, uint64_t text_no, uint64_t story_no, flong_error *error) {
    return store_run_numbers(s, STATEMENT_TELLING_SET, (const uint64_t[]){text_no, story_no}, 2, error);
}

flong_status telling_delete(store *s, uint64_t text_no, flong_error *error) {
    return store_run_numbers(s, STATEMENT_TELLING_DELETE, &text_no, 1, error);
}

/* ---- events ------------------------------------------------------------------------------ */

flong_status event_add(store *s, const char *kind, uint64_t text_no, uint64_t into_no, uint64_t at_no,
                       flong_error *error) {
    STATEMENT(add, EVENT_ADD);
    sqlite3_bind_text(add, 1, kind, -1, SQLITE_STATIC);
    bind_number(add, 2, text_no);
    bind_number(add, 3, into_no);
    bind_number(add, 4, at_no);
    return store_run(s, add, error);
}

/* ---- furniture --------------------------------------------------------------------------- */

flong_status furniture_row_get(store *s, buffer *out, bool *found, flong_str site, flong_error *error) {
    STATEMENT(get, FURNITURE_GET);
    bind_text(get, 1, site);
    int code = sqlite3_step(get);
    *found = code == SQLITE_ROW;
    bool kept =
        !*found || buffer_append(out, sqlite3_column_blob(get, 0), (size_t)sqlite3_column_bytes(get, 0));
    flong_status status = step_end(s, get, code, error);
    return kept ? status : error_nomem(error);
}

flong_status furniture_row_set(store *s, flong_str site, uint64_t lines, const buffer *learned,
                               flong_error *error) {
    STATEMENT(set, FURNITURE_SET);
    bind_text(set, 1, site);
    bind_number(set, 2, lines);
    sqlite3_bind_blob64(set, 3, learned->p, learned->n, SQLITE_STATIC);
    return store_run(s, set, error);
}
