/* Articles, texts and sketches of a temporary index. */
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "base/str.h"
#include "index/bulk_parts.h"

/* Bytes that are read at once of rows that are asked for one by one, and in order. */
enum { ROW_AHEAD = 512, ROWS_AHEAD = 1 << 20 };

enum { ROW_STRINGS = 9 };

/* A row; its strings stand behind it. */
typedef struct stored_row {
    uint64_t no;
    int64_t published;
    uint32_t tokens, all_tokens, furniture, stub;
    uint32_t lengths[ROW_STRINGS];
} stored_row;

/* A text; it stands behind this, and then what is dropped of it. */
typedef struct stored_text {
    uint64_t n_text, size, dictionary, n_dropped;
} stored_text;

typedef struct stored_sketch {
    int64_t published;
    uint64_t n;
} stored_sketch;

static flong_status status_of(const flong_error *error) { return error ? error->status : FLONG_IO; }

/* The text group that an article of group `text_no` is in now: groups become part of others, older ones. */
static uint64_t text_no_now(const bulk *k, uint64_t text_no) {
    for (;;) {
        const bulk_article *first = bulk_find(k, text_no);
        if (!first || first->text_no >= text_no) return text_no;
        text_no = first->text_no;
    }
}

/* ---- rows -------------------------------------------------------------------------------- */

static void strings_of(const article_row *row, flong_str strings[ROW_STRINGS]) {
    const flong_record *r = &row->record;
    const flong_str all[ROW_STRINGS] = {r->id,           r->url,           r->site,
                                        r->title,        row->wire.agency, row->wire.credit,
                                        row->wire.place, r->author,        r->lang};
    memcpy(strings, all, sizeof all);
}

flong_status bulk_article_add(bulk *k, const article_row *row, flong_error *error) {
    flong_str strings[ROW_STRINGS];
    stored_row head = {.no = row->no,
                       .published = row->record.published,
                       .tokens = row->tokens,
                       .all_tokens = row->all_tokens,
                       .furniture = row->furniture,
                       .stub = row->stub};
    size_t n = sizeof head;
    strings_of(row, strings);
    for (int i = 0; i < ROW_STRINGS; i++) {
        if (strings[i].n > UINT32_MAX) return error_nomem(error);
        head.lengths[i] = (uint32_t)strings[i].n;
        n += strings[i].n;
    }
    bulk_article *a = bulk_change_article(k, row->no, error);
    char *room = a ? scratch_room(k->rows, n, error) : NULL;
    if (!room) return status_of(error);
    memcpy(room, &head, sizeof head);
    room += sizeof head;
    for (int i = 0; i < ROW_STRINGS; i++) {
        if (strings[i].n) memcpy(room, strings[i].p, strings[i].n);
        room += strings[i].n;
    }
    a->row = scratch_put(k->rows, n) + 1;
    a->text_no = (uint32_t)row->text_no;
    k->members_known = false;
    return FLONG_OK;
}

/* Reads the row of an article that has one. */
static flong_status row_read(bulk *k, scratch_window *w, size_t ahead, article_row *out, uint64_t no,
                             flong_error *error) {
    const bulk_article *a = bulk_find(k, no);
    uint64_t place = a->row - 1, n = sizeof(stored_row);
    const char *at = scratch_get(k->rows, w, place, sizeof(stored_row), ahead, error);
    stored_row head;
    flong_str strings[ROW_STRINGS];
    if (!at) return status_of(error);
    memcpy(&head, at, sizeof head);
    for (int i = 0; i < ROW_STRINGS; i++) n += head.lengths[i];
    at = scratch_get(k->rows, w, place, (size_t)n, ahead, error);
    if (!at) return status_of(error);
    if (head.no != no) return error_set(error, FLONG_DAMAGED, "a row of the temporary index is damaged");
    at += sizeof head;
    for (int i = 0; i < ROW_STRINGS; i++) {
        strings[i] = (flong_str){head.lengths[i] ? at : NULL, head.lengths[i]};
        at += head.lengths[i];
    }
    *out = (article_row){.no = no,
                         .record = {.id = strings[0],
                                    .url = strings[1],
                                    .site = strings[2],
                                    .title = strings[3],
                                    .published = head.published,
                                    .author = strings[7],
                                    .lang = strings[8]},
                         .text_no = text_no_now(k, a->text_no),
                         .tokens = head.tokens,
                         .all_tokens = head.all_tokens,
                         .furniture = head.furniture,
                         .stub = head.stub != 0,
                         .wire = {strings[4], strings[5], strings[6]}};
    return FLONG_OK;
}

flong_status bulk_article_get(bulk *k, article_row *out, bool *found, uint64_t no, flong_error *error) {
    *found = bulk_is_there(k, no);
    return *found ? row_read(k, &k->row_windows.get, ROW_AHEAD, out, no, error) : FLONG_OK;
}

flong_status bulk_article_next(bulk *k, article_row *out, bool *found, uint64_t from, flong_error *error) {
    while (from < k->n && !bulk_is_there(k, from)) from++;
    *found = from < k->n;
    return *found ? row_read(k, &k->row_windows.next, ROWS_AHEAD, out, from, error) : FLONG_OK;
}

flong_status bulk_article_each(bulk *k, uint64_t from, article_row_fn fn, void *context, flong_error *error) {
    for (uint64_t no = from; no < k->n; no++) {
        article_row row;
        if (!bulk_is_there(k, no)) continue;
        TRY(row_read(k, &k->row_windows.each, ROWS_AHEAD, &row, no, error));
        TRY(fn(context, &row, error));
    }
    return FLONG_OK;
}

void bulk_article_text_no(bulk *k, uint64_t *text_no, bool *found, uint64_t no) {
    *found = bulk_is_there(k, no);
    if (*found) *text_no = text_no_now(k, bulk_find(k, no)->text_no);
}

/* ---- text groups ------------------------------------------------------------------------- */

/* The members' first article leads to the other group, and so do they. */
flong_status bulk_article_regroup(bulk *k, uint64_t text_no, uint64_t into, flong_error *error) {
    if (!bulk_is_there(k, text_no)) return FLONG_OK;
    k->members_known = false;
    return bulk_article_place(k, text_no, into, error);
}

flong_status bulk_article_place(bulk *k, uint64_t no, uint64_t text_no, flong_error *error) {
    bulk_article *a = bulk_change_article(k, no, error);
    if (!a) return status_of(error);
    if (k->members_known && !buffer_append(&k->placed, &no, sizeof no)) return error_nomem(error);
    a->text_no = (uint32_t)text_no;
    return FLONG_OK;
}

static bool is_member(const bulk *k, uint64_t no, uint64_t text_no) {
    return bulk_is_there(k, no) && text_no_now(k, bulk_find(k, no)->text_no) == text_no;
}

/* Lists all articles by text group. */
static flong_status members_list(bulk *k, flong_error *error) {
    if (k->members_known && k->placed.n / sizeof(uint64_t) <= k->n_members / 16) return FLONG_OK;
    mem_free(k->members);
    k->members_known = false;
    k->n_members = k->placed.n = 0;
    uint64_t *list = k->members = mem_new((size_t)k->n, sizeof *list), *scratch = mem_new((size_t)k->n, 8);
    for (uint64_t no = 0; list && scratch && no < k->n; no++)
        if (bulk_is_there(k, no)) list[k->n_members++] = text_no_now(k, bulk_find(k, no)->text_no) << 32 | no;
    if (list && scratch) sort_u64(list, scratch, k->n_members, 0, 8);
    mem_free(scratch);
    if (!list || !scratch) return error_nomem(error);
    k->members_known = true;
    return FLONG_OK;
}

static int number_compare(const void *a, const void *b) {
    const uint64_t *x = a, *y = b;
    return *x < *y ? -1 : *x > *y;
}

/* Those that were in the group when all were listed, and those that were placed since, if they are in it now. */
static flong_status members_find(bulk *k, buffer *out, uint64_t text_no, flong_error *error) {
    size_t low = 0, high = k->n_members;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        bool before = k->members[middle] >> 32 < text_no;
        *(before ? &low : &high) = middle + before;
    }
    for (; low < k->n_members && k->members[low] >> 32 == text_no; low++) {
        uint64_t no = k->members[low] & UINT32_MAX;
        if (is_member(k, no, text_no) && !buffer_append(out, &no, sizeof no)) return error_nomem(error);
    }
    const uint64_t *placed = (const uint64_t *)(const void *)k->placed.p;
    for (size_t i = 0; i < k->placed.n / sizeof *placed; i++)
        if (is_member(k, placed[i], text_no) && !buffer_append(out, &placed[i], sizeof *placed))
            return error_nomem(error);
    return FLONG_OK;
}

flong_status bulk_article_members(bulk *k, buffer *out, uint64_t text_no, flong_error *error) {
    buffer found = {0};
    TRY(members_list(k, error));
    flong_status status = members_find(k, &found, text_no, error);
    uint64_t *numbers = (uint64_t *)(void *)found.p;
    size_t n = found.n / sizeof *numbers;
    if (n) qsort(numbers, n, sizeof *numbers, number_compare);
    for (size_t i = 0; i < n && status == FLONG_OK; i++)
        if ((i == 0 || numbers[i] != numbers[i - 1]) && !buffer_append(out, &numbers[i], sizeof *numbers))
            status = error_nomem(error);
    buffer_free(&found);
    return status;
}

/* Members of its text group may find their way through it. */
flong_status bulk_article_delete(bulk *k, uint64_t no, flong_error *error) {
    TRY(bulk_pairs_settle(k, error));
    bulk_article *a = bulk_change_article(k, no, error);
    if (!a) return status_of(error);
    *a = (bulk_article){.text_no = a->text_no};
    return FLONG_OK;
}

/* ---- stubs ------------------------------------------------------------------------------- */

/* The sites of stubs, one for each stub. */
typedef struct stub_sites {
    flong_str *sites;
    size_t n, capacity;
    arena memory;
} stub_sites;

typedef struct stub_site {
    flong_str site;
    uint64_t stubs;
} stub_site;

static flong_status stub_take(void *context, const article_row *row, flong_error *error) {
    stub_sites *all = context;
    if (!row->stub) return FLONG_OK;
    bool taken = ARRAY_GROW(all->sites, all->n, all->capacity) &&
                 str_copy(&all->memory, &all->sites[all->n], row->record.site);
    all->n += taken;
    return taken ? FLONG_OK : error_nomem(error);
}

static int site_compare(const void *a, const void *b) {
    const flong_str *x = a, *y = b;
    int order = memcmp(x->p, y->p, x->n < y->n ? x->n : y->n); /* copies are never NULL */
    return order ? order : x->n < y->n ? -1 : x->n > y->n;
}

static int most_stubs_first(const void *a, const void *b) {
    const stub_site *x = a, *y = b;
    if (x->stubs != y->stubs) return x->stubs > y->stubs ? -1 : 1;
    return site_compare(&x->site, &y->site);
}

/* Counts each site once. */
static size_t stubs_count(stub_site *out, stub_sites *all) {
    size_t n = 0;
    if (all->n) qsort(all->sites, all->n, sizeof *all->sites, site_compare);
    for (size_t i = 0; i < all->n; i++) {
        if (n == 0 || !str_equal(out[n - 1].site, all->sites[i])) out[n++] = (stub_site){all->sites[i], 0};
        out[n - 1].stubs++;
    }
    if (n) qsort(out, n, sizeof *out, most_stubs_first);
    return n;
}

flong_status bulk_stub_sites_each(bulk *k, stub_site_fn fn, void *context, flong_error *error) {
    stub_sites all = {0};
    flong_status status = bulk_article_each(k, 0, stub_take, &all, error);
    stub_site *counted = mem_new(all.n, sizeof *counted);
    if (status == FLONG_OK && !counted) status = error_nomem(error);
    size_t n = status == FLONG_OK ? stubs_count(counted, &all) : 0;
    for (size_t i = 0; i < n && status == FLONG_OK; i++)
        status = fn(context, counted[i].site, counted[i].stubs, error);
    mem_free(counted);
    mem_free(all.sites);
    arena_free(&all.memory);
    return status;
}

/* ---- texts ------------------------------------------------------------------------------- */

flong_status bulk_body_add(bulk *k, uint64_t no, const packed_body *packed, flong_error *error) {
    stored_text head = {packed->n_text, packed->size, packed->dictionary, packed->n_dropped};
    size_t n = sizeof head + packed->n_text + packed->n_dropped;
    bulk_article *a = bulk_change_article(k, no, error);
    char *room = a ? scratch_room(k->texts, n, error) : NULL;
    if (!room) return status_of(error);
    memcpy(room, &head, sizeof head);
    if (packed->n_text) memcpy(room + sizeof head, packed->text, packed->n_text);
    if (packed->n_dropped) memcpy(room + sizeof head + packed->n_text, packed->dropped, packed->n_dropped);
    a->text = scratch_put(k->texts, n) + 1;
    return FLONG_OK;
}

flong_status bulk_body_get(bulk *k, packed_body *out, bool *found, uint64_t no, flong_error *error) {
    enum { TEXT_AHEAD = 8192 };
    const bulk_article *a = bulk_find(k, no);
    *found = a && a->text;
    if (!*found) return FLONG_OK;
    stored_text head;
    const char *at = scratch_get(k->texts, &k->text_window, a->text - 1, sizeof head, TEXT_AHEAD, error);
    if (!at) return status_of(error);
    memcpy(&head, at, sizeof head);
    uint64_t most = scratch_size(k->texts);
    if (head.n_text > most || head.n_dropped > most)
        return error_set(error, FLONG_DAMAGED, "a text of the temporary index is damaged");
    size_t n = (size_t)(sizeof head + head.n_text + head.n_dropped);
    at = scratch_get(k->texts, &k->text_window, a->text - 1, n, TEXT_AHEAD, error);
    if (!at) return status_of(error);
    at += sizeof head;
    *out = (packed_body){.text = at,
                         .n_text = (size_t)head.n_text,
                         .size = head.size,
                         .dropped = at + head.n_text,
                         .n_dropped = (size_t)head.n_dropped,
                         .dictionary = head.dictionary};
    return FLONG_OK;
}

/* ---- sketches ---------------------------------------------------------------------------- */

flong_status bulk_sketch_add(bulk *k, const sketch_row *row, flong_error *error) {
    stored_sketch head = {row->published, row->n_terms_bytes};
    size_t n = sizeof head + row->n_terms_bytes;
    bulk_article *a = bulk_change_article(k, row->no, error);
    char *room = a ? scratch_room(k->sketches, n, error) : NULL;
    if (!room) return status_of(error);
    memcpy(room, &head, sizeof head);
    if (row->n_terms_bytes) memcpy(room + sizeof head, row->terms, row->n_terms_bytes);
    a->sketch = scratch_put(k->sketches, n) + 1;
    return FLONG_OK;
}

flong_status bulk_sketch_get(bulk *k, sketch_row *out, bool *found, uint64_t no, flong_error *error) {
    enum { SKETCH_AHEAD = 1024 };
    const bulk_article *a = bulk_find(k, no);
    *found = a && a->sketch;
    if (!*found) return FLONG_OK;
    stored_sketch head;
    const char *at =
        scratch_get(k->sketches, &k->sketch_window, a->sketch - 1, sizeof head, SKETCH_AHEAD, error);
    if (!at) return status_of(error);
    memcpy(&head, at, sizeof head);
    if (head.n > scratch_size(k->sketches))
        return error_set(error, FLONG_DAMAGED, "a sketch of the temporary index is damaged");
    at = scratch_get(k->sketches, &k->sketch_window, a->sketch - 1, (size_t)(sizeof head + head.n),
                     SKETCH_AHEAD, error);
    if (!at) return status_of(error);
    *out = (sketch_row){
        .no = no, .published = head.published, .terms = at + sizeof head, .n_terms_bytes = (size_t)head.n};
    return FLONG_OK;
}
