/* The page of flong report against what the index says by its other calls: counts, stories, articles, scores, pairs and
 * texts; and the same from the JSON lines of an earlier run. */
#include "page_reader.h"

#include <math.h>

static flong_error error;

static void assert_number(const value *v, double wanted) {
    assert_int_equal(v->kind, VALUE_NUMBER);
    if (fabs(v->number - wanted) > 5.1e-5) fail_msg("%g, not %g", v->number, wanted);
}

static void assert_share(const value *v, bool known, double wanted) {
    if (known)
        assert_number(v, wanted);
    else
        assert_int_equal(v->kind, VALUE_NULL);
}

static void assert_date(const value *v, int64_t wanted) {
    if (wanted == FLONG_NO_DATE)
        assert_int_equal(v->kind, VALUE_NULL);
    else
        assert_true(v->kind == VALUE_NUMBER && (int64_t)v->number == wanted);
}

/* ---- what the page says -------------------------------------------------------------------- */

/* An article as it stands in a story, its guests left out. */
typedef struct shown {
    const value *article, *text_id, *weakest, *text;
    size_t story, place;
} shown;

typedef struct view {
    page page;
    shown *list;
    size_t n;
} view;

static void article_show(view *v, const value *article, const value *group, size_t story, size_t place,
                         const value *words) {
    v->list = realloc(v->list, (v->n + 1) * sizeof *v->list);
    assert_non_null(v->list);
    v->list[v->n++] = (shown){article,
                              member_of(group, "id"),
                              member_of(group, "weakest"),
                              words ? element_of(words, place) : NULL,
                              story,
                              place};
}

static void view_take(view *v, flong_index *index, const flong_html_options *options) {
    *v = (view){0};
    page_take(&v->page, index, options);
    const value *from = member_of(page_block(&v->page, "stories"), "members_from");
    size_t story = 0;
    for (size_t k = 0; k < from->n; k++) {
        const value *told = member_of(page_numbered(&v->page, "members", k), "stories");
        const value *texts = page_numbered(&v->page, "texts", k);
        const value *words = texts ? member_of(texts, "stories")->first : NULL;
        assert_int_equal(element_of(from, k)->number, story);
        for (const value *s = told->first; s; s = s->next, story++) {
            size_t place = 0;
            for (const value *t = member_of(s, "texts")->first; t; t = t->next)
                for (const value *a = member_of(t, "articles")->first; a; a = a->next)
                    article_show(v, a, t, story, place++, words);
            if (words) {
                assert_int_equal(words->n, place + member_of(s, "guests")->n);
                words = words->next;
            }
        }
    }
    assert_int_equal(story, member_of(page_block(&v->page, "stories"), "title")->n);
}

static void view_free(view *v) {
    page_free(&v->page);
    free(v->list);
}

static const shown *shown_of(const view *v, flong_str id) {
    for (size_t i = 0; i < v->n; i++)
        if (value_is(member_of(v->list[i].article, "id"), id)) return &v->list[i];
    return NULL;
}

/* The article at a place of a story, guests behind its own. */
static const value *at_place(const view *v, size_t story, size_t place) {
    const value *from = member_of(page_block(&v->page, "stories"), "members_from");
    size_t k = from->n;
    while (element_of(from, --k)->number > (double)story) {
    }
    const value *s = element_of(member_of(page_numbered(&v->page, "members", k), "stories"),
                                story - (size_t)element_of(from, k)->number);
    for (const value *t = member_of(s, "texts")->first; t; t = t->next) {
        const value *articles = member_of(t, "articles");
        if (place < articles->n) return element_of(articles, place);
        place -= articles->n;
    }
    return element_of(member_of(s, "guests"), place);
}

/* ---- against the index --------------------------------------------------------------------- */

typedef struct check {
    const view *view;
    const records *all;
    flong_index *index;
    size_t articles, listed, stories, pairs, pairs_shown, relations[9], credited[2];
} check;

static void site_check(const view *v, const value *site, flong_str name) {
    const value *names = member_of(page_block(&v->page, "sites"), "name");
    if (name.n == 0)
        assert_int_equal(site->kind, VALUE_NULL);
    else
        assert_true(
            value_is(element_of(names, (size_t)site->number), name)); /* its domain: it has no other host */
}

static void scores_check(const value *a, const flong_article *article) {
    const flong_score *score = &article->score;
    bool overlap = article->of.n && score->relation != FLONG_RELATION_REWRITE &&
                   score->relation != FLONG_RELATION_RELATED;
    assert_share(member_of(a, "jaccard"), overlap, score->jaccard);
    assert_share(member_of(a, "contained"), overlap, score->a_in_b);
    assert_share(member_of(a, "contains"), overlap, score->b_in_a);
    assert_share(member_of(a, "similarity"), score->similarity > 5e-5, score->similarity);
    assert_number(member_of(a, "furniture"), article->furniture);
    const value *credited = member_of(a, "credited");
    assert_int_equal(credited->kind, article->credited < 0 ? VALUE_NULL : VALUE_TRUTH);
    assert_int_equal(credited->number, article->credited > 0);
}

static void wire_check(const value *wire, const flong_wire *wanted) {
    if (wanted->credit.n + wanted->place.n == 0) {
        assert_int_equal(wire->kind, VALUE_NULL);
        return;
    }
    assert_true(value_is(member_of(wire, "agency"), wanted->agency));
    assert_true(value_is(member_of(wire, "credit"), wanted->credit));
    assert_true(value_is(member_of(wire, "place"), wanted->place));
}

static int article_check(void *context, const flong_article *article) {
    check *c = context;
    const shown *s = shown_of(c->view, article->record.id);
    c->articles++;
    c->relations[article->score.relation]++;
    if (article->credited >= 0) c->credited[article->credited]++;
    if (!s) return 0;
    const value *a = s->article, *of = member_of(a, "of");
    c->listed++;
    assert_true(value_is(member_of(a, "url"), article->record.url));
    assert_true(value_is(member_of(a, "title"), article->record.title));
    assert_true(value_is(s->text_id, article->text_id));
    assert_share(s->weakest, article->members > 1, article->weakest);
    assert_date(member_of(a, "published"), article->record.published);
    assert_number(member_of(a, "relation"), article->score.relation);
    site_check(c->view, member_of(a, "site"), article->record.site);
    wire_check(member_of(a, "wire"), &article->wire);
    scores_check(a, article);
    assert_int_equal(of->kind == VALUE_NULL, article->of.n == 0);
    if (article->of.n)
        assert_true(value_is(member_of(at_place(c->view, s->story, (size_t)of->number), "id"), article->of));
    return 0;
}

static double column(const page *p, const char *name, size_t i) {
    return element_of(member_of(page_block(p, "stories"), name), i)->number;
}

static int story_check(void *context, const flong_story *story) {
    check *c = context;
    const page *p = &c->view->page;
    const value *stories = page_block(p, "stories"),
                *agencies = member_of(page_block(p, "overview"), "agencies");
    size_t i = c->stories++;
    assert_true(value_is(element_of(member_of(stories, "title"), i), story->title));
    assert_int_equal(column(p, "articles", i), story->articles);
    assert_int_equal(column(p, "texts", i), story->texts);
    assert_int_equal(column(p, "sites", i), story->sites);
    assert_int_equal(column(p, "independent", i), story->independent);
    assert_date(element_of(member_of(stories, "first"), i), story->first_seen);
    assert_date(element_of(member_of(stories, "last"), i), story->last_seen);
    const value *named = element_of(member_of(stories, "agency"), i);
    assert_int_equal(named->n, story->n_agencies);
    for (size_t k = 0; k < named->n; k++) {
        const value *agency = element_of(agencies, (size_t)element_of(named, k)->number);
        bool found = false;
        for (size_t m = 0; m < story->n_agencies; m++) found |= value_is(agency->first, story->agencies[m]);
        assert_true(found);
    }
    return 0;
}

/* The row of a pair in the page, NULL where its articles stand in no story together. */
static const value *pair_row(const view *v, const flong_pair *pair, size_t *story) {
    const shown *a = shown_of(v, pair->a), *b = shown_of(v, pair->b);
    if (!a || !b || a->story != b->story) return NULL;
    const value *from = member_of(page_block(&v->page, "stories"), "members_from");
    size_t k = from->n;
    while (element_of(from, --k)->number > (double)a->story) {
    }
    const value *s = element_of(member_of(page_numbered(&v->page, "members", k), "stories"),
                                a->story - (size_t)element_of(from, k)->number);
    *story = a->story;
    for (const value *row = member_of(s, "pairs")->first; row; row = row->next)
        if (row->first->number == (double)a->place && row->first->next->number == (double)b->place)
            return row;
    fail_msg("a pair of one story is not there");
    return NULL;
}

static void text_check(const check *c, flong_str id);

static int pair_check(void *context, const flong_pair *pair) {
    check *c = context;
    size_t story;
    const value *row = pair_row(c->view, pair, &story);
    c->pairs++;
    if (!row) return 0;
    c->pairs_shown++;
    const flong_score *score = &pair->score;
    bool overlap = score->relation < FLONG_RELATION_REWRITE;
    assert_int_equal(row->n, 11);
    assert_number(element_of(row, 2), score->relation);
    assert_share(element_of(row, 3), overlap, score->jaccard);
    assert_share(element_of(row, 4), overlap, score->a_in_b);
    assert_share(element_of(row, 5), overlap, score->b_in_a);
    assert_number(element_of(row, 6), score->longest_run);
    assert_share(element_of(row, 7), score->similarity > 5e-5, score->similarity);
    size_t n = 0, at = 0;
    for (const value *term = element_of(row, 8)->first; term; term = term->next, n++) {
        assert_memory_equal(pair->terms.p + at, term->string.p, term->string.n);
        at += term->string.n + 1;
    }
    assert_int_equal(at, pair->terms.n ? pair->terms.n + 1 : 0);
    const value *spans = element_of(row, 9);
    assert_int_equal(spans->n, pair->n_spans);
    for (size_t i = 0; i < spans->n; i++) {
        const value *span = element_of(spans, i);
        assert_number(element_of(span, 0), (double)pair->spans[i].a_begin);
        assert_number(element_of(span, 1), (double)pair->spans[i].a_end);
        assert_number(element_of(span, 2), (double)pair->spans[i].b_begin);
        assert_number(element_of(span, 3), (double)pair->spans[i].b_end);
    }
    assert_int_equal(element_of(row, 10)->number, pair->version);
    text_check(c, pair->a);
    text_check(c, pair->b);
    return 0;
}

/* The text of an article stands beside it, as it was given, with marks inside of it. */
static void text_check(const check *c, flong_str id) {
    const shown *s = shown_of(c->view, id);
    size_t i = 0;
    while (i < c->all->n && !(c->all->list[i].id.n == id.n && memcmp(c->all->list[i].id.p, id.p, id.n) == 0))
        i++;
    assert_true(i < c->all->n);
    if (!s->text) return;
    assert_true(value_is(member_of(s->text, "text"), c->all->list[i].text));
    double last = 0;
    for (const value *mark = member_of(s->text, "marks")->first; mark; mark = mark->next) {
        double begin = element_of(mark, 0)->number, end = element_of(mark, 1)->number;
        assert_true(begin >= last && end > begin && end <= (double)c->all->list[i].text.n);
        assert_in_range(element_of(mark, 2)->number, 0, 2);
        last = end;
    }
}

static void view_check(const view *v, flong_index *index, const records *all) {
    check c = {.view = v, .all = all, .index = index};
    const page *p = &v->page;
    flong_info info = info_of(index);
    assert_ok(flong_index_articles(index, article_check, &c, &error), &error);
    assert_ok(flong_index_stories(index, NULL, story_check, &c, &error), &error);
    assert_ok(flong_index_pairs(index, pair_check, &c, &error), &error);
    assert_int_equal(c.listed, v->n);
    assert_int_equal(count_of(p, "articles"), info.articles);
    assert_int_equal(count_of(p, "text_groups"), info.text_groups);
    assert_int_equal(count_of(p, "grouped"), info.grouped);
    assert_int_equal(count_of(p, "stubs"), info.stubs);
    assert_int_equal(count_of(p, "pairs"), info.pairs);
    assert_int_equal(count_of(p, "stories"), c.stories);
    assert_int_equal(count_of(p, "credited"), c.credited[1]);
    assert_int_equal(count_of(p, "uncredited"), c.credited[0]);
    for (int i = FLONG_RELATION_IDENTICAL; i <= FLONG_RELATION_SINGLE; i++)
        assert_int_equal(count_of(p, flong_relation_name((flong_relation)i)), c.relations[i]);
    assert_true(c.pairs_shown > 50 && c.stories > 20);
    for (size_t i = c.stories; i < member_of(page_block(p, "stories"), "title")->n; i++)
        assert_int_equal(column(p, "articles", i), 1); /* those with guests */
}

static void index_says(void **state) {
    (void)state;
    records all = {0};
    view v;
    some_news(&all);
    flong_index *index = index_of(&all);
    view_take(&v, index, NULL);
    view_check(&v, index, &all);
    const value *texts = page_block(&v.page, "texts");
    assert_int_equal(member_of(texts, "left_out")->number, 0);
    assert_int_equal(member_of(texts, "why")->kind, VALUE_NULL);
    view_free(&v);
    flong_index_close(index);
    records_free(&all);
}

/* Sums of the plots and of the sites are those of the articles. */
static double sum_of(const value *rows, size_t at) {
    double sum = 0;
    for (const value *row = rows->first; row; row = row->next) sum += element_of(row, at)->number;
    return sum;
}

static double column_sum(const value *rows) {
    double sum = 0;
    for (const value *row = rows->first; row; row = row->next) sum += row->number;
    return sum;
}

static void plots_sum_up(void **state) {
    (void)state;
    records all = {0};
    page p;
    some_news(&all);
    flong_index *index = index_of(&all);
    page_take(&p, index, NULL);
    const value *overview = page_block(&p, "overview"), *plots = member_of(overview, "plots"),
                *sites = page_block(&p, "sites");
    double groups = 0, grouped = 0;
    for (const value *row = member_of(plots, "sizes")->first; row; row = row->next) {
        groups += element_of(row, 1)->number;
        grouped += element_of(row, 0)->number * element_of(row, 1)->number;
    }
    assert_int_equal(groups, count_of(&p, "text_groups"));
    assert_int_equal(grouped, count_of(&p, "grouped"));
    double told = sum_of(member_of(plots, "days"), 1), copies = sum_of(member_of(plots, "days"), 2);
    assert_true(told + copies <= count_of(&p, "articles") - count_of(&p, "undated"));
    assert_int_equal(sum_of(member_of(plots, "lags"), 1), copies);
    const value *relations = member_of(overview, "pair_relations");
    double alike = 0;
    for (int i = FLONG_RELATION_IDENTICAL; i <= FLONG_RELATION_EXCERPT; i++)
        alike += member_of(relations, flong_relation_name((flong_relation)i))->number;
    assert_int_equal(sum_of(member_of(plots, "similarity"), 1), alike);
    assert_int_equal(sum_of(member_of(plots, "rewrites"), 1), member_of(relations, "rewrite")->number);
    assert_int_equal(sum_of(member_of(plots, "rewrites"), 2), member_of(relations, "related")->number);
    assert_int_equal(member_of(sites, "name")->n, count_of(&p, "sites"));
    assert_true(column_sum(member_of(sites, "articles")) <= count_of(&p, "articles"));
    assert_true(column_sum(member_of(sites, "copies")) >= column_sum(member_of(sites, "copied")));
    assert_true(column_sum(member_of(sites, "copies")) > 10);
    for (size_t i = 0; i < member_of(sites, "name")->n; i++)
        assert_true(sum_of(element_of(member_of(sites, "from"), i), 1) <=
                    element_of(member_of(sites, "copies"), i)->number);
    page_free(&p);
    flong_index_close(index);
    records_free(&all);
}

/* ---- the same whatever the threads, and from JSON lines ------------------------------------- */

static void threads_do_not_matter(void **state) {
    (void)state;
    records all = {0};
    some_news(&all);
    flong_index *index = index_of(&all);
    text one = {0}, more = {0};
    flong_html_options options = {.size = sizeof options, .threads = 1};
    assert_ok(flong_report_html(index, &options, bytes_take, &one, &error), &error);
    for (options.threads = 2; options.threads < 5; options.threads++) {
        more.n = 0;
        assert_ok(flong_report_html(index, &options, bytes_take, &more, &error), &error);
        assert_int_equal(one.n, more.n);
        assert_memory_equal(one.p, more.p, one.n);
    }
    text_free(&one), text_free(&more);
    flong_index_close(index);
    records_free(&all);
}

static void assert_same_block(const page *a, const page *b, const char *id, size_t number) {
    const value *x = page_numbered(a, id, number), *y = page_numbered(b, id, number);
    assert_non_null(x);
    assert_non_null(y);
    for (size_t i = 0; i < a->n; i++)
        for (size_t k = 0; k < b->n; k++)
            if (a->blocks[i].root == x && b->blocks[k].root == y) {
                assert_int_equal(a->blocks[i].json.n, b->blocks[k].json.n);
                assert_memory_equal(a->blocks[i].json.p, b->blocks[k].json.p, a->blocks[i].json.n);
            }
}

static void result_says_the_same(void **state) {
    (void)state;
    records all = {0};
    flong_html_options options;
    page whole;
    view v;
    some_news(&all);
    flong_index *index = index_of(&all);
    result_write(index, &options);
    record_source source = {.all = &all, .end = all.n};
    options.articles = record_source_next;
    options.articles_context = &source;
    page_take(&whole, index, NULL);
    view_take(&v, NULL, &options);
    view_check(&v, index, &all);
    for (size_t k = 0; page_numbered(&whole, "members", k); k++)
        assert_same_block(&whole, &v.page, "members", k);
    assert_int_equal(member_of(page_block(&v.page, "texts"), "left_out")->number, 0);
    view_free(&v);
    options.articles = NULL;
    view_take(&v, NULL, &options);
    assert_null(page_numbered(&v.page, "texts", 0));
    assert_true(value_is(member_of(page_block(&v.page, "texts"), "why"), str_of("source")));
    view_free(&v);
    options.pairs = NULL; /* an article still tells of what it repeats */
    page_free(&whole);
    page_take(&whole, NULL, &options);
    const value *counts = member_of(page_block(&whole, "overview"), "counts");
    assert_int_equal(member_of(counts, "pairs")->kind, VALUE_NULL);
    const value *first = element_of(member_of(page_numbered(&whole, "members", 0), "stories"), 0);
    assert_true(member_of(first, "pairs")->n > 0);
    page_free(&whole);
    flong_index_close(index);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(index_says), cmocka_unit_test(plots_sum_up),
                                       cmocka_unit_test(threads_do_not_matter),
                                       cmocka_unit_test(result_says_the_same)};
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
