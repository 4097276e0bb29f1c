/* The sites of an index, against what its articles say one by one. */
#include "support.h"

#include <inttypes.h>

static flong_error error;

/* ---- the slow twin: from what is told of each article ------------------------------------- */

/* Sites and ids of invented archives are short, and each site is its own domain. */
typedef struct twin_article {
    char id[32], site[32], text_id[32], of[32];
    flong_relation relation;
    int credited;
    bool dated;
} twin_article;

typedef struct twin {
    twin_article list[1024];
    size_t n, sites;
    uint64_t last; /* articles of the site that was told last */
} twin;

static void name_copy(char *out, flong_str name) {
    assert_true(name.n < 32);
    if (name.n) memcpy(out, name.p, name.n);
    out[name.n] = 0;
}

static int twin_take(void *context, const flong_article *article) {
    twin *t = context;
    assert_true(t->n < sizeof t->list / sizeof *t->list);
    twin_article *a = &t->list[t->n++];
    name_copy(a->id, article->record.id), name_copy(a->site, article->record.site);
    name_copy(a->text_id, article->text_id), name_copy(a->of, article->of);
    a->relation = article->score.relation;
    a->credited = article->credited;
    a->dated = article->record.published != FLONG_NO_DATE;
    return 0;
}

static const twin_article *twin_find(const twin *t, const char *id) {
    for (size_t i = 0; i < t->n; i++)
        if (strcmp(t->list[i].id, id) == 0) return &t->list[i];
    fail_msg("no article %s", id);
    return NULL;
}

/* Whether the article is the first of its site and text. */
static bool first_of_text(const twin *t, size_t i) {
    for (size_t k = 0; k < i; k++)
        if (strcmp(t->list[k].site, t->list[i].site) == 0 &&
            strcmp(t->list[k].text_id, t->list[i].text_id) == 0)
            return false;
    return true;
}

static flong_site twin_site(const twin *t, const char *name) {
    flong_site s = {.name = str_of(name)};
    for (size_t i = 0; i < t->n; i++) {
        const twin_article *a = &t->list[i];
        bool own = strcmp(a->site, name) == 0;
        if (a->credited >= 0 && strcmp(twin_find(t, a->of)->site, name) == 0) {
            s.copied++;
            s.credited += a->credited > 0;
        }
        if (!own) continue;
        s.articles++;
        s.undated += !a->dated;
        s.texts += first_of_text(t, i);
        s.copies += a->credited >= 0;
        s.relations[a->relation]++;
    }
    return s;
}

static int site_compare(void *context, const flong_site *site) {
    twin *t = context;
    char name[32];
    name_copy(name, site->name);
    flong_site want = twin_site(t, name);
    assert_true(site->articles > 0);
    assert_int_equal(site->articles, want.articles);
    assert_int_equal(site->undated, want.undated);
    assert_int_equal(site->texts, want.texts);
    assert_int_equal(site->copies, want.copies);
    assert_int_equal(site->copied, want.copied);
    assert_int_equal(site->credited, want.credited);
    assert_memory_equal(site->relations, want.relations, sizeof want.relations);
    if (t->sites++ > 0 && site->name.n) assert_true(site->articles <= t->last);
    t->last = site->articles;
    return 0;
}

static void compare_all(flong_index *index, size_t least) {
    twin *t = calloc(1, sizeof *t);
    uint64_t articles = 0;
    assert_non_null(t);
    assert_ok(flong_index_articles(index, twin_take, t, &error), &error);
    assert_ok(flong_index_sites(index, site_compare, t, &error), &error);
    for (size_t i = 0; i < t->n; i++) {
        size_t k = 0;
        while (strcmp(t->list[k].site, t->list[i].site) != 0) k++;
        articles += k == i;
    }
    assert_int_equal(t->sites, articles); /* each site once */
    assert_true(t->sites >= least);
    free(t);
}

static void sites_are_what_their_articles_say(void **state) {
    (void)state;
    for (uint64_t seed = 1; seed <= rounds(6); seed++) {
        records all = {0};
        records_archive(&all, seed, 0, 300, true);
        records_news(&all, seed, 150);
        records_add(&all, "nowhere-1", NULL, "No site", "A text of no site that anybody would know of.", 0);
        records_add(&all, "nowhere-2", NULL, "No site", "Another text that has none either, and no date.",
                    FLONG_NO_DATE);
        flong_index *index = index_open(seed % 2 ? NULL : index_file("sites"), FLONG_OPEN_WRITE);
        index_add(index, &all, 0, all.n, 0);
        compare_all(index, 13);
        flong_str gone[20];
        for (size_t i = 0; i < 20; i++) gone[i] = all.list[i * 3].id;
        assert_ok(flong_index_remove(index, NULL, gone, 20, &error), &error);
        compare_all(index, 13);
        flong_index_close(index);
        records_free(&all);
    }
}

/* ---- by hand ------------------------------------------------------------------------------- */

static int site_print(void *context, const flong_site *s) {
    text_print(context,
               "%.*s %" PRIu64 " %" PRIu64 " undated %" PRIu64 " copies %" PRIu64 " copied %" PRIu64
               " %" PRIu64 "\n",
               (int)s->name.n, s->name.n ? s->name.p : "", s->articles, s->texts, s->undated, s->copies,
               s->copied, s->credited);
    return 0;
}

static int story_site_print(void *context, const flong_story *s) {
    text_print(context, "%.*s\n", (int)s->first_site.n, s->first_site.p);
    return 0;
}

static int site_stop(void *context, const flong_site *s) {
    (void)s;
    return ++*(size_t *)context == 2;
}

static void copies_count_for_both_sites(void **state) {
    (void)state;
    records all = {0};
    text body = {0}, credited = {0}, is = {0};
    size_t n = 0;
    text_sentences(&body, 5, 12);
    text_print(&credited, "%s\nThis story first appeared on Tarn Courier.", body.p);
    records_add(&all, "copy", "news.post.example", "One", credited.p, 200); /* it came before its source */
    records_add(&all, "source", "tarncourier.example", "One", body.p, 100);
    records_add(&all, "silent", "mail.example", "One", body.p, 300);
    records_add(&all, "version", "www2.tarncourier.example", "One", body.p, FLONG_NO_DATE);
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, &all, 0, all.n, 0);
    assert_ok(flong_index_sites(index, site_print, &is, &error), &error);
    assert_ok(flong_index_stories(index, NULL, story_site_print, &is, &error), &error);
    text_add(&is, "", 1);
    assert_string_equal(is.p, "tarncourier.example 2 1 undated 1 copies 0 copied 2 1\n"
                              "mail.example 1 1 undated 0 copies 1 copied 0 0\n"
                              "post.example 1 1 undated 0 copies 1 copied 0 0\n"
                              "tarncourier.example\n");
    assert_status(flong_index_sites(index, site_stop, &n, &error), FLONG_STOPPED, &error);
    assert_int_equal(n, 2);
    text_free(&body), text_free(&credited), text_free(&is);
    flong_index_close(index);
    index = index_open(NULL, FLONG_OPEN_WRITE);
    assert_ok(flong_index_sites(index, site_stop, &n, &error), &error); /* nothing is told of */
    assert_int_equal(n, 2);
    flong_index_close(index);
    records_free(&all);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sites_are_what_their_articles_say),
        cmocka_unit_test(copies_count_for_both_sites),
    };
    return cmocka_run_group_tests(tests, folder_make, folder_remove);
}
