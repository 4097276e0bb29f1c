/* What an index holds, and whether it is whole. */
#include <inttypes.h>

#include "flow/index.h"

/* X(field of flong_info, query) */
#define COUNT_MAP(X)                                                                                         \
    X(articles, "SELECT count(*) FROM article_row")                                                          \
    X(removed, "SELECT count(*) FROM removed")                                                               \
    X(pairs, "SELECT count(*) FROM pair_row")                                                                \
    X(text_groups, "SELECT count(*) FROM group_row WHERE size > 1")                                          \
    X(grouped, "SELECT coalesce(sum(size), 0) FROM group_row WHERE size > 1")                                \
    X(bridges, "SELECT count(*) FROM event_row WHERE kind = 'bridge'")                                       \
    X(stubs, "SELECT count(*) FROM article_row WHERE stub")                                                  \
    X(stories, "SELECT count(*) FROM story_row")                                                             \
    X(furniture_lines, "SELECT coalesce(sum(lines), 0) FROM furniture")                                      \
    X(bytes_text, "SELECT coalesce(sum(length(text)), 0) FROM body")                                         \
    X(bytes_keys, "SELECT coalesce(sum(length(body)), 0) FROM block")

/* Of a temporary index not all is in tables. */
static flong_status info_complete(flong_index *index, flong_info *info, flong_error *error) {
    store_counts counts;
    bool there;
    TRY(store_count(index->store, &counts, &there, error));
    if (!there) return FLONG_OK;
    info->articles = counts.articles;
    info->stubs = counts.stubs;
    info->pairs = counts.pairs;
    info->bytes_text = counts.bytes_text;
    info->bytes_keys = counts.bytes_keys;
    info->bytes += counts.bytes;
    return FLONG_OK;
}

static flong_status info_read(flong_index *index, flong_info *out, flong_error *error) {
    flong_info info = {.format = STORE_FORMAT, .params = *store_params(index->store), .hot_keys = index->hot};
    uint64_t pages, page_size;
#define COUNT(field, sql) TRY(store_query_number(index->store, &info.field, sql, error));
    COUNT_MAP(COUNT)
#undef COUNT
    TRY(store_query_number(index->store, &pages, "PRAGMA page_count", error));
    TRY(store_query_number(index->store, &page_size, "PRAGMA page_size", error));
    info.bytes = pages * page_size;
    runs_stats stats = runs_get_stats(index->runs);
    info.runs = stats.runs;
    info.keys = stats.entries;
    TRY(info_complete(index, &info, error));
    *out = info;
    return FLONG_OK;
}

flong_status flong_index_info(flong_index *index, flong_info *out, flong_error *error) {
    TRY(index_read_begin(index, error));
    flong_status status = info_read(index, out, error);
    index_read_end(index);
    return status;
}

/* ---- stubs -------------------------------------------------------------------------------- */

typedef struct stub_telling {
    flong_stubs_fn fn;
    void *context;
} stub_telling;

static flong_status stubs_tell(void *context, flong_str site, uint64_t stubs, flong_error *error) {
    const stub_telling *t = context;
    return t->fn(t->context, site, stubs) == 0 ? FLONG_OK : error_set(error, FLONG_STOPPED, "stopped");
}

flong_status flong_index_stubs(flong_index *index, flong_stubs_fn fn, void *context, flong_error *error) {
    stub_telling t = {fn, context};
    TRY(index_read_begin(index, error));
    flong_status status = stub_sites_each(index->store, stubs_tell, &t, error);
    index_read_end(index);
    return status;
}

/* ---- checking ---------------------------------------------------------------------------- */

static flong_status article_check(void *context, const article_row *row, flong_error *error) {
    flong_index *index = context;
    const text_body *body;
    texts_clear(index->texts); /* so that the body is made from what is stored */
    TRY(texts_get(index->texts, &body, index->bodies, &index->worker, row->no, error));
    uint32_t noted = row->stub ? row->all_tokens : row->tokens;
    if (body->n_tokens == noted) return FLONG_OK;
    return error_set(error, FLONG_DAMAGED,
                     "%s: article %" PRIu64 " has %u tokens, not %u as noted; make the index anew",
                     store_path(index->store), row->no, body->n_tokens, noted);
}

/* X(query that counts faults, what they are) */
#define FAULT_MAP(X)                                                                                         \
    X("SELECT count(*) FROM article_row a LEFT JOIN article_row t ON t.no = a.text_no WHERE t.text_no IS "   \
      "NOT "                                                                                                 \
      "a.text_no",                                                                                           \
      "articles whose text group is not there")                                                              \
    X("SELECT count(*) FROM group_row g WHERE g.size <> (SELECT count(*) FROM article_row a WHERE "          \
      "a.text_no = "                                                                                         \
      "g.no)",                                                                                               \
      "text groups with another number of members than noted")                                               \
    X("SELECT count(*) FROM story_row s WHERE s.size < 2 OR s.size <> (SELECT count(*) FROM telling t "      \
      "WHERE "                                                                                               \
      "t.story_no = s.no)",                                                                                  \
      "stories with another number of text groups than noted")                                               \
    X("SELECT count(*) FROM story_row s WHERE s.no > (SELECT min(t.text_no) FROM telling t WHERE "           \
      "t.story_no = "                                                                                        \
      "s.no) OR NOT EXISTS (SELECT 1 FROM telling t WHERE t.text_no = s.no AND t.story_no = s.no)",          \
      "stories that are not named after their first text group")                                             \
    X("SELECT count(*) FROM telling t WHERE NOT EXISTS (SELECT 1 FROM story_row s WHERE s.no = t.story_no)", \
      "text groups whose story is not there")                                                                \
    X("SELECT count(*) FROM telling t WHERE NOT EXISTS (SELECT 1 FROM article_row a WHERE a.no = t.text_no " \
      "AND "                                                                                                 \
      "a.text_no = a.no)",                                                                                   \
      "text groups of a story that are not there")                                                           \
    X("SELECT count(*) FROM pair_row p WHERE NOT EXISTS (SELECT 1 FROM article_row x WHERE x.no = p.a) OR "  \
      "NOT EXISTS (SELECT 1 FROM article_row y WHERE y.no = p.b)",                                           \
      "pairs of articles that are not there")                                                                \
    X("SELECT count(*) FROM place_row p WHERE NOT EXISTS (SELECT 1 FROM unplaced) AND"                       \
      " (NOT EXISTS (SELECT 1 FROM article_row a WHERE a.no = p.no) OR"                                      \
      " NOT EXISTS (SELECT 1 FROM article_row o WHERE o.no = coalesce(p.of_no, p.no)))",                     \
      "articles with a place that are not there, or repeat such a one")                                      \
    X("SELECT count(*) FROM removed r JOIN article_row a ON a.no = r.no",                                    \
      "articles that are noted as removed")

static flong_status faults_check(flong_index *index, flong_error *error) {
    static const struct {
        const char *sql, *what;
    } faults[] = {
#define FAULT(sql, what) {sql, what},
        FAULT_MAP(FAULT)
#undef FAULT
    };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        uint64_t n;
        TRY(store_query_number(index->store, &n, faults[i].sql, error));
        if (n)
            return error_set(error, FLONG_DAMAGED, "%s: %" PRIu64 " %s; make the index anew",
                             store_path(index->store), n, faults[i].what);
    }
    return FLONG_OK;
}

/* ---- of a temporary index ---------------------------------------------------------------- */

static flong_status fault(const flong_index *index, const char *what, flong_error *error) {
    return error_set(error, FLONG_DAMAGED, "%s: %s", store_path(index->store), what);
}

static flong_status group_check(void *context, const group_row *group, flong_error *error) {
    flong_index *index = context;
    buffer members = {0};
    flong_status status = article_members(index->store, &members, group->no, error);
    if (status == FLONG_OK && members.n / sizeof(uint64_t) != group->size)
        status = fault(index, "a text group has another number of members than noted", error);
    buffer_free(&members);
    return status;
}

static flong_status row_check(void *context, const article_row *row, flong_error *error) {
    uint64_t first;
    bool found;
    flong_index *index = context;
    TRY(article_text_no(index->store, &first, &found, row->text_no, error));
    return found && first == row->text_no ? FLONG_OK
                                          : fault(index, "the text group of an article is not there", error);
}

static flong_status telling_check(void *context, uint64_t text_no, uint64_t story_no, flong_error *error) {
    uint64_t first;
    bool found;
    flong_index *index = context;
    (void)story_no;
    TRY(article_text_no(index->store, &first, &found, text_no, error));
    return found && first == text_no ? FLONG_OK : fault(index, "a text group of a story is not there", error);
}

/* The same of what is not in tables. */
static flong_status bulk_check(flong_index *index, flong_error *error) {
    TRY(article_each(index->store, 0, row_check, index, error));
    TRY(group_each(index->store, group_check, index, error));
    return telling_each(index->store, telling_check, index, error);
}

static flong_status check_all(flong_index *index, flong_error *error) {
    TRY(store_check(index->store, error));
    TRY(store_is_temporary(index->store) ? bulk_check(index, error) : faults_check(index, error));
    TRY(runs_check(index->runs, error));
    TRY(article_each(index->store, 0, article_check, index, error));
    return FLONG_OK;
}

flong_status flong_index_check(flong_index *index, flong_error *error) {
    TRY(index_read_begin(index, error));
    flong_status status = check_all(index, error);
    index_read_end(index);
    return status;
}
