/* The reports that are JSON lines: articles, pairs, matches. */
#include "base/error.h"
#include "report/json.h"

typedef struct reporting {
    json_line line;
    flong_write_fn write;
    void *context;
    flong_str id;     /* of a query */
    uint64_t matches; /* of it */
    bool stopped;
} reporting;

static flong_str relation_text(const flong_score *score) {
    const char *name = flong_relation_name(score->relation);
    size_t n = 0;
    while (name[n]) n++;
    return (flong_str){name, n};
}

/* Hands the line over; a callback's return. */
static int line_write(reporting *r) {
    if (r->line.failed) return 1;
    r->stopped = r->write(r->context, r->line.bytes.p, r->line.bytes.n) != 0;
    return r->stopped;
}

/* What stopped a report, if anything did. */
static flong_status reporting_end(reporting *r, flong_status status, flong_error *error) {
    buffer_free(&r->line.bytes);
    if (r->line.failed) return error_nomem(error);
    return r->stopped ? error_set(error, FLONG_STOPPED, "stopped") : status;
}

static int article_line(void *context, const flong_article *article) {
    reporting *r = context;
    json_line *line = &r->line;
    json_begin(line);
    json_text(line, "id", article->record.id);
    json_text(line, "text_id", article->text_id);
    json_text(line, "story_id", article->story_id);
    json_text(line, "relation", relation_text(&article->score));
    json_text(line, "of", article->of);
    if (article->of.n) {
        json_share(line, "jaccard", article->score.jaccard);
        json_share(line, "contained", article->score.a_in_b);
        json_share(line, "contains", article->score.b_in_a);
    } else {
        json_null(line, "jaccard");
        json_null(line, "contained");
        json_null(line, "contains");
    }
    json_wire(line, "wire", &article->wire);
    json_flag(line, "credited", article->credited);
    json_share(line, "furniture", article->furniture);
    json_number(line, "members", article->members);
    if (article->members > 1)
        json_share(line, "weakest", article->weakest);
    else
        json_null(line, "weakest");
    json_text(line, "url", article->record.url);
    json_text(line, "site", article->record.site);
    json_text(line, "title", article->record.title);
    json_time(line, "published", article->record.published);
    json_end(line);
    return line_write(r);
}

flong_status flong_report_articles(flong_index *index, flong_write_fn write, void *context,
                                   flong_error *error) {
    reporting r = {.write = write, .context = context};
    return reporting_end(&r, flong_index_articles(index, article_line, &r, error), error);
}

static int pair_line(void *context, const flong_pair *pair) {
    reporting *r = context;
    json_begin(&r->line);
    json_text(&r->line, "a", pair->a);
    json_text(&r->line, "b", pair->b);
    json_text(&r->line, "relation", relation_text(&pair->score));
    json_share(&r->line, "jaccard", pair->score.jaccard);
    json_share(&r->line, "a_in_b", pair->score.a_in_b);
    json_share(&r->line, "b_in_a", pair->score.b_in_a);
    json_number(&r->line, "longest_run", pair->score.longest_run);
    json_flag(&r->line, "version", pair->version);
    json_spans(&r->line, "spans", pair->spans, pair->n_spans);
    json_end(&r->line);
    return line_write(r);
}

flong_status flong_report_pairs(flong_index *index, flong_write_fn write, void *context, flong_error *error) {
    reporting r = {.write = write, .context = context};
    return reporting_end(&r, flong_index_pairs(index, pair_line, &r, error), error);
}

static int match_line(void *context, const flong_match *match) {
    reporting *r = context;
    r->matches++;
    json_begin(&r->line);
    json_text(&r->line, "id", r->id);
    json_text(&r->line, "match", match->record.id);
    json_text(&r->line, "relation", relation_text(&match->score));
    json_share(&r->line, "jaccard", match->score.jaccard);
    json_share(&r->line, "contained", match->score.a_in_b);
    json_share(&r->line, "contains", match->score.b_in_a);
    json_number(&r->line, "longest_run", match->score.longest_run);
    json_flag(&r->line, "version", match->version);
    json_spans(&r->line, "spans", match->spans, match->n_spans);
    json_flag(&r->line, "credited", match->credited);
    json_wire(&r->line, "match_wire", &match->wire);
    json_text(&r->line, "match_url", match->record.url);
    json_text(&r->line, "match_site", match->record.site);
    json_time(&r->line, "match_published", match->record.published);
    json_end(&r->line);
    return line_write(r);
}

flong_status flong_report_match(flong_index *index, uint64_t *matches, const flong_record *record, int all,
                                flong_write_fn write, void *context, flong_error *error) {
    reporting r = {.write = write, .context = context, .id = record->id};
    flong_status status = flong_index_match(index, record, match_line, &r, error);
    if (status == FLONG_OK && all && r.matches == 0) {
        json_begin(&r.line);
        json_text(&r.line, "id", r.id);
        json_null(&r.line, "match");
        json_end(&r.line);
        line_write(&r);
    }
    if (matches) *matches = r.matches;
    return reporting_end(&r, status, error);
}
