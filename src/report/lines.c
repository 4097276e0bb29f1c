/* The reports that are JSON lines: articles, pairs, stories, matches, texts. */
#include <stdbool.h>

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

/* The measures of a pair: of overlap, which rewrites have none of, and of similarity, which not every pair has. */
static void score_put(json_line *line, const flong_score *score, const char *const names[3], bool paired) {
    const double shares[] = {score->jaccard, score->a_in_b, score->b_in_a};
    bool overlap = score->relation != FLONG_RELATION_REWRITE && score->relation != FLONG_RELATION_RELATED;
    for (int i = 0; i < 3; i++)
        if (paired && overlap)
            json_share(line, names[i], shares[i]);
        else
            json_null(line, names[i]);
}

static void similarity_put(json_line *line, const flong_score *score) {
    if (score->similarity > 0)
        json_share(line, "similarity", score->similarity);
    else
        json_null(line, "similarity");
}

static const char *const article_shares[] = {"jaccard", "contained", "contains"}, *const pair_shares[] = {
                                                                                      "jaccard", "a_in_b",
                                                                                      "b_in_a"};

static int article_line(void *context, const flong_article *article) {
    reporting *r = context;
    json_line *line = &r->line;
    json_begin(line);
    json_text(line, "id", article->record.id);
    json_text(line, "text_id", article->text_id);
    json_text(line, "story_id", article->story_id);
    json_text(line, "relation", relation_text(&article->score));
    json_text(line, "of", article->of);
    score_put(line, &article->score, article_shares, article->of.n > 0);
    similarity_put(line, &article->score);
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
    score_put(&r->line, &pair->score, pair_shares, true);
    json_number(&r->line, "longest_run", pair->score.longest_run);
    similarity_put(&r->line, &pair->score);
    json_lines(&r->line, "terms", pair->terms);
    json_flag(&r->line, "version", pair->version);
    json_spans(&r->line, "spans", pair->spans, pair->n_spans);
    json_end(&r->line);
    return line_write(r);
}

flong_status flong_report_pairs(flong_index *index, flong_write_fn write, void *context, flong_error *error) {
    reporting r = {.write = write, .context = context};
    return reporting_end(&r, flong_index_pairs(index, pair_line, &r, error), error);
}

static int story_line(void *context, const flong_story *story) {
    reporting *r = context;
    json_line *line = &r->line;
    json_begin(line);
    json_text(line, "id", story->id);
    json_text(line, "title", story->title);
    json_time(line, "first_seen", story->first_seen);
    json_time(line, "last_seen", story->last_seen);
    json_number(line, "articles", story->articles);
    json_number(line, "texts", story->texts);
    json_number(line, "sites", story->sites);
    json_number(line, "independent", story->independent);
    json_texts(line, "agencies", story->agencies, story->n_agencies);
    json_share(line, "weakest", story->weakest);
    json_end(line);
    return line_write(r);
}

flong_status flong_report_stories(flong_index *index, const flong_story_options *options,
                                  flong_write_fn write, void *context, flong_error *error) {
    reporting r = {.write = write, .context = context};
    return reporting_end(&r, flong_index_stories(index, options, story_line, &r, error), error);
}

static int match_line(void *context, const flong_match *match) {
    reporting *r = context;
    r->matches++;
    json_begin(&r->line);
    json_text(&r->line, "id", r->id);
    json_text(&r->line, "match", match->record.id);
    json_text(&r->line, "relation", relation_text(&match->score));
    score_put(&r->line, &match->score, article_shares, true);
    json_number(&r->line, "longest_run", match->score.longest_run);
    similarity_put(&r->line, &match->score);
    json_lines(&r->line, "terms", match->terms);
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

flong_status flong_report_reading(const flong_reading *reading, flong_write_fn write, void *context,
                                  flong_error *error) {
    reporting r = {.write = write, .context = context};
    json_line *line = &r.line;
    double furniture = (double)reading->furniture, tokens = (double)reading->tokens;
    json_begin(line);
    json_text(line, "id", reading->record.id);
    json_text(line, "title", reading->record.title);
    json_time(line, "published", reading->record.published);
    json_text(line, "site", reading->record.site);
    json_text(line, "url", reading->record.url);
    json_text(line, "author", reading->record.author);
    json_text(line, "lang", reading->record.lang);
    json_wire(line, "wire", &reading->wire);
    json_number(line, "tokens", reading->tokens);
    json_number(line, "kept", reading->kept);
    json_share(line, "furniture", tokens > 0 ? furniture / tokens : 0);
    json_flag(line, "stub", reading->stub);
    json_text(line, "text", reading->record.text);
    json_marks(line, "marks", reading->marks, reading->n_marks);
    json_end(line);
    line_write(&r);
    return reporting_end(&r, FLONG_OK, error);
}
