/* Why two articles are paired, or are not, in words. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "flow/relate.h"
#include "flow/view.h"

enum {
    PASSAGES_SHOWN = 5,
    CONTEXT_TOKENS = 8,  /* before and behind a passage */
    PASSAGE_TOKENS = 40, /* of a passage; its middle is left out when it is longer */
    IGNORED_SHOWN = 8,   /* lines left out */
    LINE_SHOWN = 160,    /* bytes of a title or line */
};

/* One of the two articles. */
typedef struct side {
    const char *name; /* "A" or "B" */
    uint64_t no;
    article_view view;
    uint64_t *keys;
    size_t n_keys;
    text_body *body;
    bool sketched; /* it has words of its own */
    sketch sketch;
} side;

typedef struct explaining {
    flong_index *index;
    const flong_params *params;
    side a, b;
    verifier verifier;
    flong_score score;
    buffer out;
    bool failed; /* no memory */
} explaining;

/* ---- writing ----------------------------------------------------------------------------- */

static void say(explaining *e, const char *format, ...) __attribute__((format(printf, 2, 3)));

static void say(explaining *e, const char *format, ...) {
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t length = n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1;
    if (!buffer_append(&e->out, text, length)) e->failed = true;
}

/* Text of articles, on one line: line ends and control characters become spaces. Whoever shows it minds the rest that
 * a terminal obeys. */
static void say_text(explaining *e, const char *p, size_t n) {
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)p[i];
        char shown = c < 0x20 || c == 0x7F ? ' ' : (char)c;
        if (!buffer_append(&e->out, &shown, 1)) e->failed = true;
    }
}

/* The same, cut at a character when it is longer than LINE_SHOWN. */
static void say_line(explaining *e, flong_str text) {
    size_t n = text.n;
    if (n > LINE_SHOWN)
        for (n = LINE_SHOWN; n > 0 && ((unsigned char)text.p[n] & 0xC0) == 0x80;) n--;
    say_text(e, text.p, n);
    if (n < text.n) say(e, "...");
}

/* ---- reading ----------------------------------------------------------------------------- */

static flong_status side_read(explaining *e, side *s, flong_str id, flong_error *error) {
    article_row row;
    bool found;
    shingled counts;
    TRY(index_lookup_needed(e->index, &s->no, id, error));
    TRY(view_load(&s->view, e->index, s->no, error));
    TRY(article_get(e->index->store, &row, &found, s->no, error));
    worker *w = &s->view.worker;
    const article *a = &s->view.article;
    row.record.title = s->view.title;
    row.record.text = s->view.text;
    bool done = worker_shingle(w, &counts, a) && (s->body = worker_body(w, a, counts, &row.record)) &&
                worker_keys(w, &s->keys, &s->n_keys, a, s->body, counts);
    s->sketched = relate_wanted(a, e->params);
    if (done && s->sketched && (done = terms_read(&w->terms, a)))
        relate_sketch(&s->sketch, w->terms.terms, w->terms.n, s->body, row.record.published, e->index->rates);
    return done ? FLONG_OK : error_nomem(error);
}

static void side_free(side *s) {
    view_free(&s->view);
    mem_free(s->body);
}

/* ---- the parts of the explanation -------------------------------------------------------- */

/* What the article says of where it comes from. */
static void explain_credit(explaining *e, const wire_credit *credit) {
    if (credit->kind != WIRE_NONE) {
        say(e, "   credit: %s (%s) ", credit->agency ? credit->agency->name : "agencies, not named",
            wire_credit_kind_name(credit->kind));
        say_line(e, credit->credit);
        say(e, "\n");
    }
    if (credit->place.n) {
        say(e, "   dateline: ");
        say_line(e, credit->place);
        say(e, "\n");
    }
}

static flong_status explain_article(explaining *e, const side *s, flong_error *error) {
    article_row row;
    bool found;
    TRY(article_get(e->index->store, &row, &found, s->no, error));
    if (!found) return error_set(error, FLONG_DAMAGED, "article %" PRIu64 " is not there", s->no);
    say(e, "%s  ", s->name);
    say_line(e, row.record.id);
    say(e, "\n   ");
    say_line(e, row.record.title.n ? row.record.title : (flong_str){"(no title)", 10});
    say(e, "\n   ");
    say_line(e, row.record.site.n ? row.record.site : (flong_str){"(no site)", 9});
    say(e, ", %u tokens, %u of them furniture, %u distinct shingles\n", row.all_tokens, row.furniture,
        s->body->n_distinct);
    explain_credit(e, &s->view.credit);
    return FLONG_OK;
}

/* The terms that carry the similarity, as they stand in A. */
static void explain_terms(explaining *e) {
    worker *w = &e->a.view.worker;
    flong_str terms;
    if (!relate_terms(&terms, &w->memory, &e->a.sketch, &e->b.sketch, &e->a.view.article, w->terms.terms,
                      w->terms.n, e->a.view.title, e->a.view.text)) {
        e->failed = true;
        return;
    }
    if (terms.n) say(e, "    carried by: ");
    for (size_t i = 0; i < terms.n; i++)
        if (terms.p[i] == '\n')
            say(e, ", ");
        else
            say_text(e, terms.p + i, 1);
    if (terms.n) say(e, "\n");
}

/* How alike the two tell. */
static void explain_similarity(explaining *e) {
    const sketch *a = &e->a.sketch, *b = &e->b.sketch;
    if (!e->a.sketched || !e->b.sketched) return;
    double similarity = relate_similarity(a, b);
    flong_relation relation = relate_verdict(a, b, similarity, e->params);
    bool apart = series_apart(&a->mark, &b->mark);
    if (relation == FLONG_RELATION_REWRITE)
        say(e, "  similarity     %.4f  a rewrite, from %.2f (--rewrite-similarity)\n", similarity,
            e->params->rewrite_similarity);
    else if (relation == FLONG_RELATION_RELATED)
        say(e, "  similarity     %.4f  related, from %.2f (--related-similarity)\n", similarity,
            e->params->related_similarity);
    else
        say(e, "  similarity     %.4f  %s\n", similarity,
            apart ? "not of one event: two of one series"
            : similarity >= e->params->related_similarity
                ? "not of one event: too far apart in time (--window)"
                : "not of one event by their terms");
    explain_terms(e);
}

static void explain_verdict(explaining *e) {
    const flong_score *s = &e->score;
    const flong_params *p = e->params;
    double contained = score_contained(s);
    flong_relation told =
        e->a.sketched && e->b.sketched
            ? relate_verdict(&e->a.sketch, &e->b.sketch, relate_similarity(&e->a.sketch, &e->b.sketch), p)
            : FLONG_RELATION_NONE;
    flong_relation relation = s->relation == FLONG_RELATION_NONE ? told : s->relation;
    say(e, "\nverdict: %s\n", relation == FLONG_RELATION_NONE ? "not paired" : flong_relation_name(relation));
    if (s->relation == FLONG_RELATION_IDENTICAL) {
        say(e, "  the texts have the same tokens in the same order\n");
        return;
    }
    if (e->a.body->stub && e->b.body->stub && e->a.body->site_hash == e->b.body->site_hash) {
        say(e, "  both are stubs of one site: nothing but furniture\n");
        return;
    }
    if (e->a.body->n_tokens < p->min_tokens || e->b.body->n_tokens < p->min_tokens) {
        say(e, "  one has fewer than %u tokens and could only be identical (--min-tokens)\n", p->min_tokens);
        return;
    }
    say(e, "  Jaccard        %.4f  %s %.2f (--reprint-jaccard)\n", s->jaccard,
        s->jaccard >= p->reprint_jaccard ? "a reprint, from" : "for a reprint it would take",
        p->reprint_jaccard);
    say(e, "  A in B         %.4f\n  B in A         %.4f  %s %.2f in either (--reprint-contained)\n",
        s->a_in_b, s->b_in_a,
        contained >= p->reprint_contained ? "a reprint, from" : "for a reprint it would take",
        p->reprint_contained);
    uint32_t longest = e->verifier.n_spans ? e->verifier.spans[0].matched : 0;
    say(e, "  passage        %u tokens, %s %u (--excerpt-run)\n", longest,
        longest >= p->excerpt_run ? "an excerpt, from" : "for an excerpt it would take", p->excerpt_run);
    if (longest >= p->excerpt_run && s->relation == FLONG_RELATION_NONE)
        say(e, "                 but it is mostly quotation, notice or caption, or stood in another text of "
               "its site, or "
               "both are "
               "of one site (whose articles are paired only as versions)\n");
}

/* Keys of one kind that both have. */
static size_t keys_shared(const explaining *e, key_kind kind) {
    size_t i = 0, j = 0, n = 0;
    while (i < e->a.n_keys && j < e->b.n_keys) {
        uint64_t x = e->a.keys[i], y = e->b.keys[j];
        n += x == y && key_kind_of(x) == kind;
        i += x <= y;
        j += y <= x;
    }
    return n;
}

static flong_status explain_index(explaining *e, flong_error *error) {
    pair_row row;
    bool found;
    uint64_t earlier = e->a.no < e->b.no ? e->a.no : e->b.no, later = e->a.no < e->b.no ? e->b.no : e->a.no;
    uint64_t group_a, group_b, story_a, story_b;
    TRY(pair_get(e->index->store, &row, &found, earlier, later, error));
    TRY(grouping_of(e->index->grouping, &group_a, e->a.no, error));
    TRY(grouping_of(e->index->grouping, &group_b, e->b.no, error));
    say(e, "\nin the index: keys in common: %zu of %u bands, %zu passages%s\n", keys_shared(e, KEY_BAND),
        e->params->slots / e->params->band_rows, keys_shared(e, KEY_PASSAGE),
        keys_shared(e, KEY_IDENTITY) ? ", the whole text" : "");
    say(e, "  the pair is %s; ", found ? "kept" : "not kept");
    TRY(storying_of(e->index->storying, &story_a, group_a, error));
    TRY(storying_of(e->index->storying, &story_b, group_b, error));
    say(e, "%s\n",
        group_a == group_b   ? "both are in one text group"
        : story_a == story_b ? "they are in different text groups of one story"
                             : "they are in different text groups and stories");
    if (!found && e->score.relation != FLONG_RELATION_NONE)
        say(e,
            "  it was not met: keys in many articles lead only to the first and last %u (--bucket-links)\n",
            e->params->bucket_links);
    if (group_a != group_b &&
        (e->score.relation == FLONG_RELATION_REPRINT || e->score.relation == FLONG_RELATION_IDENTICAL))
        say(e, "  one holds too little, on the mean, against the representatives of the other's group "
               "(--group-hold)\n");
    return FLONG_OK;
}

static void say_tokens(explaining *e, const side *s, size_t begin, size_t end) {
    flong_str bytes = view_bytes(&s->view, begin, end);
    say_text(e, bytes.p, bytes.n);
}

static void explain_passage(explaining *e, const side *s, size_t begin, size_t end) {
    size_t before = begin < CONTEXT_TOKENS ? 0 : begin - CONTEXT_TOKENS;
    say(e, "  %s  ", s->name);
    say_tokens(e, s, before, begin);
    say(e, " [[");
    if (end - begin <= PASSAGE_TOKENS) {
        say_tokens(e, s, begin, end);
    } else {
        say_tokens(e, s, begin, begin + PASSAGE_TOKENS / 2);
        say(e, " ... ");
        say_tokens(e, s, end - PASSAGE_TOKENS / 2, end);
    }
    say(e, "]] ");
    say_tokens(e, s, end, end + CONTEXT_TOKENS);
    say(e, "\n");
}

static void explain_passages(explaining *e) {
    const verifier *v = &e->verifier;
    size_t n = v->n_spans < PASSAGES_SHOWN ? v->n_spans : PASSAGES_SHOWN;
    if (n > 0) say(e, "\nshared passages, longest first\n");
    for (size_t i = 0; i < n; i++) {
        const span *s = &v->spans[i];
        say(e, "%u tokens\n", s->matched);
        explain_passage(e, &e->a, s->a_begin, s->a_end);
        explain_passage(e, &e->b, s->b_begin, s->b_end);
    }
    if (n < v->n_spans) say(e, "and %zu more\n", v->n_spans - n);
}

/* The units left out for one reason, each on a line. */
static void explain_ignored(explaining *e, const side *s, bool credits, const char *why) {
    const article *a = &s->view.article;
    size_t ignored = 0;
    for (size_t i = 0; i < a->n_units; i++) {
        const unit *u = &a->units[i];
        if (!(credits ? u->credit && !u->furniture : u->furniture) || ignored++ >= IGNORED_SHOWN) continue;
        if (ignored == 1) say(e, "\nignored in %s %s\n", s->name, why);
        say(e, "  ");
        say_line(e, view_unit(&s->view, u));
        say(e, "\n");
    }
    if (ignored > IGNORED_SHOWN) say(e, "  and %zu more\n", ignored - IGNORED_SHOWN);
}

static void explain_left_out(explaining *e, const side *s) {
    explain_ignored(e, s, false, "as furniture of its site");
    explain_ignored(e, s, true, "as credit");
}

static flong_status explain_all(explaining *e, flong_str id_a, flong_str id_b, flong_error *error) {
    TRY(side_read(e, &e->a, id_a, error));
    TRY(side_read(e, &e->b, id_b, error));
    if (!verify_against(&e->verifier, e->a.body) ||
        !verify_pair(&e->verifier, &e->score, e->b.body, e->params))
        return error_nomem(error);
    TRY(explain_article(e, &e->a, error));
    TRY(explain_article(e, &e->b, error));
    explain_verdict(e);
    explain_similarity(e);
    TRY(explain_index(e, error));
    explain_passages(e);
    explain_left_out(e, &e->a);
    explain_left_out(e, &e->b);
    return e->failed ? error_nomem(error) : FLONG_OK;
}

flong_status flong_report_explain(flong_index *index, flong_str id_a, flong_str id_b, flong_write_fn write,
                                  void *context, flong_error *error) {
    explaining e = {
        .index = index, .params = store_params(index->store), .a = {.name = "A"}, .b = {.name = "B"}};
    TRY(index_read_begin(index, error));
    flong_status status = explain_all(&e, id_a, id_b, error);
    index_read_end(index);
    if (status == FLONG_OK && write(context, e.out.p, e.out.n) != 0)
        status = error_set(error, FLONG_STOPPED, "stopped");
    side_free(&e.a);
    side_free(&e.b);
    verifier_free(&e.verifier);
    buffer_free(&e.out);
    return status;
}
