#include "archive.h"

#include <stdlib.h>

#define START_TIME   INT64_C(1704067200) /* 2024-01-01T00:00:00Z */
#define DAY          INT64_C(86400)
#define MEDIAN_WORDS 315 /* of a body; with the furniture an article then averages 3.3 KB */

/* ---- drawing ----------------------------------------------------------------------------- */

/* Half of the articles are spread evenly over the sites, half by Zipf's law. */
static uint32_t draw_site(archive *a, int unspaced) {
    const site_list *list = &a->lists[unspaced];
    uint32_t rank = rng_below(&a->rng, list->n);
    if (rng_chance(&a->rng, 500)) {
        do rank = rng_zipf(&a->rng, list->octaves);
        while (rank >= list->n);
    }
    return list->numbers[rank];
}

static int has_site(const uint32_t *sites, size_t n, uint32_t where) {
    for (size_t i = 0; i < n; i++)
        if (sites[i] == where) return 1;
    return 0;
}

/* A site that is not among the n; the last resort, when all are, is any. */
static uint32_t draw_other_site(archive *a, int unspaced, const uint32_t *sites, size_t n) {
    for (int i = 0; i < 8; i++) {
        const uint32_t where = draw_site(a, unspaced);
        if (!has_site(sites, n, where)) return where;
    }
    const site_list *list = &a->lists[unspaced];
    const uint32_t from = rng_below(&a->rng, list->n);
    for (uint32_t i = 0; i < list->n; i++)
        if (!has_site(sites, n, list->numbers[(from + i) % list->n]))
            return list->numbers[(from + i) % list->n];
    return list->numbers[from];
}

/* Between ten minutes and three and a half days, all orders of magnitude alike. */
static int64_t draw_delay(archive *a) {
    const int64_t least = 600 * ((int64_t)1 << rng_below(&a->rng, 9));
    return least + rng_below(&a->rng, (uint32_t)least);
}

static uint32_t draw_group_size(archive *a) {
    const uint32_t max = a->options.max_group;
    const uint64_t x = rng_next(&a->rng) % a->group_weights[max];
    uint32_t size = 2;
    while (x >= a->group_weights[size]) size++;
    return size;
}

static int draw_script(archive *a) { return rng_chance(&a->rng, a->options.shares.unspaced); }

static uint32_t draw_words(archive *a, uint32_t least) {
    const uint32_t words = rng_lognormal(&a->rng, MEDIAN_WORDS);
    return words < least ? least : words;
}

static void push(archive *a, kind k, story *s, uint32_t where) {
    const int64_t due = a->now + draw_delay(a);
    pending_push(&a->pending, (pending){due, rng_next(&a->rng), story_keep(s), where, k});
}

/* A story whose first article is the one in hand. */
static story *new_story(archive *a, int unspaced) {
    story *s = story_new();
    s->unspaced = unspaced;
    s->agency = rng_below(&a->rng, 6);
    s->dateline = rng_chance(&a->rng, 500);
    s->credit = rng_chance(&a->rng, 150);
    s->time = a->now;
    s->text = s->story = s->source = a->number;
    return s;
}

static item item_of(const story *s, kind k, uint32_t where) {
    return (item){.kind = k,
                  .story = s,
                  .title = &s->title,
                  .body = &s->body,
                  .site = where,
                  .text = s->text,
                  .story_label = s->story,
                  .thread = s->thread};
}

/* ---- what a free place is given to ------------------------------------------------------- */

static void push_offspring(archive *a, story *s, const uint32_t *sites, size_t n) {
    uint32_t excerpts = a->excerpt_chance / 1000 + (uint32_t)rng_chance(&a->rng, a->excerpt_chance % 1000);
    uint32_t rewrites = a->rewrite_chance / 1000 + (uint32_t)rng_chance(&a->rng, a->rewrite_chance % 1000);
    if (s->body.n < 200) excerpts = 0;
    for (; excerpts; excerpts--) push(a, KIND_EXCERPT, s, draw_site(a, s->unspaced));
    for (; rewrites; rewrites--) push(a, KIND_REWRITE, s, draw_other_site(a, s->unspaced, sites, n));
}

/* A text of its own: a single, or the first of a group whose copies are put on the heap. */
static void start_text(archive *a, kind k) {
    uint32_t sites[256];
    story *s = new_story(a, draw_script(a));
    uint32_t size = k == KIND_ORIGINAL ? draw_group_size(a) : 1;
    sites[0] = draw_site(a, s->unspaced);
    facts_draw(&s->facts, &a->grammar, rng_below(&a->rng, TOPICS), &a->rng);
    story_write(s, &a->grammar, draw_words(a, 60), &a->rng);
    for (uint32_t i = 1; i < size; i++) {
        const int same_site = rng_chance(&a->rng, 40);
        sites[i] = same_site ? sites[0] : draw_other_site(a, s->unspaced, sites, i);
        push(a, same_site ? KIND_IDENTICAL : KIND_REPRINT, s, sites[i]);
    }
    push_offspring(a, s, sites, size);
    const item it = item_of(s, k, sites[0]);
    archive_print(a, &it);
    story_release(s);
}

/* The next event of a running topic; a topic is dropped for a new one after a score of them. */
static void start_update(archive *a) {
    thread *t = &a->threads[rng_below(&a->rng, THREADS)];
    if (!t->label || rng_chance(&a->rng, 50)) {
        *t = (thread){.label = a->number + 1, .unspaced = draw_script(a)};
        facts_draw(&t->facts, &a->grammar, rng_below(&a->rng, TOPICS), &a->rng);
    }
    facts_move_on(&t->facts, &a->grammar, &a->rng);
    story *s = new_story(a, t->unspaced);
    s->facts = t->facts;
    s->thread = t->label;
    story_write(s, &a->grammar, draw_words(a, 60), &a->rng);
    const item it = item_of(s, KIND_UPDATE, draw_site(a, s->unspaced));
    archive_print(a, &it);
    story_release(s);
}

/* The first site from a drawn one on, in number order, that `wanted` likes; any when none does. */
static uint32_t draw_site_with(archive *a, int (*wanted)(const site *s)) {
    const uint32_t from = draw_site(a, draw_script(a)), n = a->options.sites;
    for (uint32_t i = 0; i < n; i++) {
        const site *s = &a->sites[(from + i) % n];
        if (s->style.unspaced == a->sites[from].style.unspaced && wanted(s)) return (from + i) % n;
    }
    return from;
}
static int wants_series(const site *s) { return s->has_series; }
static int wants_paywall(const site *s) { return s->paywall; }

static void start_series(archive *a) {
    const uint32_t number = draw_site_with(a, wants_series);
    series **of_site = &a->series[number];
    if (!*of_site) {
        *of_site = array_resize(NULL, sizeof **of_site);
        series_init(*of_site, &a->grammar, a->sites[number].seed);
    }
    story *s = new_story(a, a->sites[number].style.unspaced);
    s->dateline = s->credit = 0;
    facts_draw(&s->facts, &a->grammar, 0, &a->rng);
    series_issue(*of_site, &a->grammar, s, &a->rng);
    item it = item_of(s, KIND_SERIES, number);
    it.thread = (uint64_t)number + ((uint64_t)1 << 40); /* apart from those named for an article */
    archive_print(a, &it);
    story_release(s);
}

static void print_sister(archive *a, const story *quoted, uint32_t where) {
    story *s = new_story(a, quoted->unspaced);
    s->facts = quoted->facts;
    s->thread = quoted->thread;
    facts_move_on(&s->facts, &a->grammar, &a->rng);
    story_write(s, &a->grammar, draw_words(a, 100), &a->rng);
    body_insert(&s->body, &quoted->body, &a->rng);
    const item it = item_of(s, KIND_SISTER, where);
    archive_print(a, &it);
    story_release(s);
}

/* Articles about one occasion that share a quotation of 10 to 16 words and nothing else. */
static void start_sisters(archive *a) {
    uint32_t sites[8];
    story *quoted = new_story(a, draw_script(a));
    quoted->thread = a->number + 1;
    facts_draw(&quoted->facts, &a->grammar, rng_below(&a->rng, TOPICS), &a->rng);
    while (quoted->body.n < 10) grammar_clause(&a->grammar, &quoted->body, &quoted->facts, &a->rng);
    if (quoted->body.n > 16) quoted->body.n = 16;
    quoted->body.p[0] |= TOKEN_OPEN | TOKEN_CAPITAL;
    quoted->body.p[quoted->body.n - 1] |= TOKEN_CLOSE | TOKEN_SENTENCE | TOKEN_PARAGRAPH;
    const uint32_t size = rng_between(&a->rng, 2, 5);
    for (uint32_t i = 0; i < size; i++) {
        sites[i] = draw_other_site(a, quoted->unspaced, sites, i);
        if (i) push(a, KIND_SISTER, quoted, sites[i]);
    }
    print_sister(a, quoted, sites[0]);
    story_release(quoted);
}

static void start_stub(archive *a) {
    const int paywall = rng_chance(&a->rng, 600) || a->options.furniture == FURNITURE_NONE;
    const uint32_t where = paywall ? draw_site_with(a, wants_paywall) : draw_site(a, draw_script(a));
    story *s = new_story(a, a->sites[where].style.unspaced);
    facts_draw(&s->facts, &a->grammar, rng_below(&a->rng, TOPICS), &a->rng);
    grammar_title(&a->grammar, &s->title, &s->facts, &a->rng);
    item it = item_of(s, KIND_STUB, where);
    it.body = NULL;
    it.stub = paywall;
    archive_print(a, &it);
    story_release(s);
}

/* ---- what was waiting -------------------------------------------------------------------- */

static void print_copy(archive *a, const pending *p) {
    const story *s = p->source;
    edit_plan plan = {.keep = 1000};
    facts local;
    if (p->kind == KIND_REPRINT) edit_plan_draw(&plan, &a->rng);
    if (plan.local) facts_draw(&local, &a->grammar, rng_below(&a->rng, TOPICS), &a->rng);
    edit_apply(&a->body, &s->body, &plan, &local, &a->grammar, &a->rng);
    item it =
        item_of(s, plan.edits || plan.words || plan.keep < 1000 ? KIND_REPRINT : KIND_IDENTICAL, p->site);
    if (plan.keep < 1000) plan.edits |= EDIT_CUT;
    if (plan.drop) plan.edits |= EDIT_DROP;
    if (plan.words) plan.edits |= EDIT_WORDS;
    if (plan.local) plan.edits |= EDIT_LOCAL;
    it.edits = plan.edits;
    it.body = &a->body;
    it.has_of = 1;
    it.of = s->source;
    it.kept = edit_kept(&a->shingles, &s->body, &a->body);
    if (plan.edits & EDIT_HEADLINE) {
        a->title.n = 0;
        grammar_title(&a->grammar, &a->title, &s->facts, &a->rng);
        it.title = &a->title;
    }
    archive_print(a, &it);
}

/* An article of its own, of 260 words or more, with 30 to 120 words of the source. */
static void print_excerpt(archive *a, const pending *p) {
    story *s = new_story(a, p->source->unspaced);
    facts_draw(&s->facts, &a->grammar, rng_below(&a->rng, TOPICS), &a->rng);
    story_write(s, &a->grammar, draw_words(a, 260), &a->rng);
    body_passage(&a->passage, &p->source->body, 30, 120, &a->rng);
    body_insert(&s->body, &a->passage, &a->rng);
    item it = item_of(s, KIND_EXCERPT, p->site);
    it.has_of = 1;
    it.of = p->source->source;
    archive_print(a, &it);
    story_release(s);
}

static void print_rewrite(archive *a, const pending *p) {
    story *s = new_story(a, p->source->unspaced);
    s->facts = p->source->facts;
    s->story = p->source->story;
    story_write(s, &a->grammar, draw_words(a, 60), &a->rng);
    item it = item_of(s, KIND_REWRITE, p->site);
    it.has_of = 1;
    it.of = p->source->source;
    archive_print(a, &it);
    story_release(s);
}

static void print_pending(archive *a, const pending *p) {
    switch (p->kind) {
    case KIND_EXCERPT:
        print_excerpt(a, p);
        break;
    case KIND_REWRITE:
        print_rewrite(a, p);
        break;
    case KIND_SISTER:
        print_sister(a, p->source, p->site);
        break;
    default:
        print_copy(a, p);
        break;
    }
    story_release(p->source);
}

static void print_new(archive *a) {
    const uint32_t x = rng_below(&a->rng, a->start[KINDS - 1]);
    kind k = KIND_ORIGINAL;
    while (x >= a->start[k]) k++;
    switch (k) {
    case KIND_UPDATE:
        start_update(a);
        break;
    case KIND_SERIES:
        start_series(a);
        break;
    case KIND_SISTER:
        start_sisters(a);
        break;
    case KIND_STUB:
        start_stub(a);
        break;
    default:
        start_text(a, k);
        break;
    }
}

int archive_next(archive *a, bytes *articles, bytes *truths) {
    pending due;
    if (a->number == a->options.articles) return 0;
    a->now = START_TIME + (int64_t)a->number * a->span / (int64_t)a->options.articles;
    a->rng = rng_of(a->options.seed, a->number);
    a->articles = articles;
    a->truths = truths;
    if (pending_pop(&a->pending, &due, a->now))
        print_pending(a, &due);
    else
        print_new(a);
    a->number++;
    return 1;
}

/* ---- setting up -------------------------------------------------------------------------- */

/* A group of size s has a weight of 1/s^2. Returns the mean size, times 1000. */
static uint64_t init_group_sizes(archive *a) {
    uint64_t weight = 0, sum = 0;
    for (uint64_t s = 2; s <= a->options.max_group; s++) {
        const uint64_t w = ((uint64_t)1 << 40) / (s * s);
        a->group_weights[s] = weight += w;
        sum += w * s;
    }
    return sum / (weight / 1000);
}

/* Chances per free place from shares per article: a group takes one free place for all its copies;
 * excerpts and rewrites take none, they follow from texts. */
static void init_chances(archive *a) {
    const shares *s = &a->options.shares;
    const uint64_t mean = init_group_sizes(a);
    const uint32_t others =
        s->reprints + s->excerpts + s->rewrites + s->updates + s->series + s->sisters + s->stubs;
    uint32_t chance[KINDS] = {0};
    chance[KIND_ORIGINAL] = (uint32_t)(s->reprints * (uint64_t)1000000 / mean);
    chance[KIND_SINGLE] = (1000 - others) * 1000;
    chance[KIND_UPDATE] = s->updates * 1000;
    chance[KIND_SERIES] = s->series * 1000;
    chance[KIND_SISTER] = s->sisters * 2000 / 7; /* 3.5 of them on average */
    chance[KIND_STUB] = s->stubs * 1000;
    const uint32_t texts = chance[KIND_ORIGINAL] + chance[KIND_SINGLE];
    if (texts) {
        a->excerpt_chance = (uint32_t)(s->excerpts * (uint64_t)1000000 / texts);
        a->rewrite_chance = (uint32_t)(s->rewrites * (uint64_t)1000000 / texts);
    }
    uint32_t sum = 0;
    for (int k = 0; k < KINDS; k++) a->start[k] = sum += chance[k];
    if (!sum) a->start[KINDS - 1] = a->start[KIND_SINGLE] = 1;
}

static void list_add(site_list *list, uint32_t where) {
    list->numbers[list->n++] = where;
    while ((1u << list->octaves) - 1 < list->n) list->octaves++;
}

/* One site of each script at least, when both are asked for. */
static void init_sites(archive *a) {
    const archive_options *o = &a->options;
    const uint32_t n = o->sites, share = o->shares.unspaced;
    uint32_t unspaced = n * share / 1000;
    if (share && !unspaced) unspaced = 1;
    if (share < 1000 && unspaced == n) unspaced = n - 1;
    a->sites = array_resize(NULL, n * sizeof *a->sites);
    a->series = array_resize(NULL, n * sizeof(series *));
    for (int i = 0; i < 2; i++) a->lists[i].numbers = array_resize(NULL, n * sizeof(uint32_t));
    for (uint32_t i = 0; i < n; i++) {
        a->series[i] = NULL;
        site_init(&a->sites[i], &a->grammar, o->seed, i, i < unspaced, o->furniture);
        list_add(&a->lists[i < unspaced], i);
    }
}

void archive_init(archive *a, const archive_options *options) {
    memset(a, 0, sizeof *a);
    a->options = *options;
    if (a->options.max_group > options->sites) a->options.max_group = options->sites;
    /* 2,000 articles a day, but a month at least, so that copies that take days still come */
    a->span = (int64_t)options->articles * DAY / 2000;
    if (a->span < 30 * DAY) a->span = 30 * DAY;
    grammar_init(&a->grammar);
    init_chances(a);
    init_sites(a);
}

void archive_free(archive *a) {
    pending_free(&a->pending);
    for (uint32_t i = 0; i < a->options.sites; i++) {
        if (a->series[i]) series_free(a->series[i]);
        free(a->series[i]);
        site_free(&a->sites[i]);
    }
    free(a->series);
    free(a->sites);
    for (int i = 0; i < 2; i++) free(a->lists[i].numbers);
    tokens_free(&a->body);
    tokens_free(&a->title);
    tokens_free(&a->passage);
    bytes_free(&a->text);
    shingle_set_free(&a->shingles);
    grammar_free(&a->grammar);
}
