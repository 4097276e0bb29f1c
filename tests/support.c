#include "support.h"

#include <inttypes.h>
#include <unistd.h>

/* ---- random numbers ------------------------------------------------------------------------ */

uint64_t rng_next(rng *r) {
    uint64_t x = r->state += UINT64_C(0x9E3779B97F4A7C15);
    x = (x ^ (x >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    x = (x ^ (x >> 27)) * UINT64_C(0x94D049BB133111EB);
    return x ^ (x >> 31);
}

uint64_t rng_below(rng *r, uint64_t n) { return rng_next(r) % n; }

bool rng_chance(rng *r, unsigned percent) { return rng_below(r, 100) < percent; }

size_t rounds(size_t n) {
    const char *quick = getenv("FLONG_TEST_QUICK");
    return quick && *quick ? n / 8 + 1 : n;
}

/* ---- text ---------------------------------------------------------------------------------- */

static void *memory_or_abort(void *memory) {
    if (!memory) abort();
    return memory;
}

void text_add(text *t, const char *bytes, size_t n) {
    if (t->n + n + 1 > t->capacity) {
        t->capacity = 2 * (t->n + n + 1) + 64;
        t->p = memory_or_abort(realloc(t->p, t->capacity));
    }
    if (n) memcpy(t->p + t->n, bytes, n);
    t->n += n;
    t->p[t->n] = 0;
}

void text_print(text *t, const char *format, ...) {
    char line[8192];
    va_list arguments;
    va_start(arguments, format);
    int n = vsnprintf(line, sizeof line, format, arguments);
    va_end(arguments);
    if (n < 0 || (size_t)n >= sizeof line) abort();
    text_add(t, line, (size_t)n);
}

void text_free(text *t) {
    free(t->p);
    *t = (text){0};
}

flong_str text_str(const text *t) { return (flong_str){t->p, t->n}; }

flong_str str_of(const char *string) { return (flong_str){string, string ? strlen(string) : 0}; }

void text_word(text *t, uint64_t k) {
    static const char *const syllables[] = {"ba",  "del", "fo",  "gri", "hu",  "jan", "ke",
                                            "lor", "mi",  "nus", "pa",  "rek", "so",  "tul",
                                            "ve",  "zan", "bri", "cho", "dra", "fen"};
    do {
        text_print(t, "%s", syllables[k % 20]);
        k /= 20;
    } while (k > 0);
}

/* One of some 4,000 words, the first ones often, as in a language. */
static uint64_t word_draw(rng *r) {
    uint64_t a = rng_below(r, 64), b = rng_below(r, 64);
    return a * b;
}

void text_sentence(text *t, uint64_t seed, unsigned variant) {
    rng r = {seed}, other = {seed + variant * UINT64_C(0x10000)};
    uint64_t n = 8 + rng_below(&r, 9), changed = rng_below(&other, n);
    for (uint64_t i = 0; i < n; i++) {
        uint64_t word = word_draw(&r);
        if (i) text_add(t, " ", 1);
        text_word(t, variant && i == changed ? 4100 + rng_below(&other, 1000) : word);
    }
    text_add(t, ". ", 2);
}

void text_sentences(text *t, uint64_t seed, unsigned n) {
    for (unsigned i = 0; i < n; i++) text_sentence(t, seed + i * UINT64_C(7919), 0);
    text_add(t, "\n", 1);
}

void text_sentence_han(text *t, uint64_t seed) {
    rng r = {seed};
    for (uint64_t n = 12 + rng_below(&r, 10); n > 0; n--) {
        unsigned character = 0x4E00 + (unsigned)(rng_below(&r, 60) * rng_below(&r, 60));
        const char bytes[3] = {(char)(0xE0 | character >> 12), (char)(0x80 | (character >> 6 & 0x3F)),
                               (char)(0x80 | (character & 0x3F))};
        text_add(t, bytes, 3);
    }
    text_add(t, "\xE3\x80\x82", 3); /* an ideographic full stop */
}

/* ---- records ------------------------------------------------------------------------------- */

static flong_str str_own(flong_str s) {
    if (s.n == 0) return (flong_str){NULL, 0};
    char *copy = memory_or_abort(malloc(s.n));
    memcpy(copy, s.p, s.n);
    return (flong_str){copy, s.n};
}

void records_copy(records *all, const flong_record *record) {
    if (all->n == all->capacity) {
        all->capacity = all->capacity * 2 + 16;
        all->list = memory_or_abort(realloc(all->list, all->capacity * sizeof *all->list));
    }
    all->list[all->n++] = (flong_record){.id = str_own(record->id),
                                         .url = str_own(record->url),
                                         .site = str_own(record->site),
                                         .title = str_own(record->title),
                                         .text = str_own(record->text),
                                         .published = record->published,
                                         .author = str_own(record->author),
                                         .lang = str_own(record->lang)};
}

void records_add(records *all, const char *id, const char *site, const char *title, const char *body,
                 int64_t published) {
    const flong_record record = {.id = str_of(id),
                                 .site = str_of(site),
                                 .title = str_of(title),
                                 .text = str_of(body),
                                 .published = published};
    records_copy(all, &record);
}

static void str_disown(flong_str s) { free((char *)(uintptr_t)s.p); }

void records_free(records *all) {
    for (size_t i = 0; i < all->n; i++) {
        const flong_record *record = &all->list[i];
        str_disown(record->id), str_disown(record->url), str_disown(record->site);
        str_disown(record->title), str_disown(record->text);
        str_disown(record->author), str_disown(record->lang);
    }
    free(all->list);
    *all = (records){0};
}

/* What an invented article tells: sentences by seed, so that copies can be edited. */
enum { STORY_MOST = 32 };
typedef struct story {
    uint64_t headline;
    unsigned n;
    struct {
        uint64_t seed;
        unsigned variant;
    } sentences[STORY_MOST];
    bool han;
} story;

static story story_new(rng *r) {
    story s = {.headline = rng_next(r), .n = 6 + (unsigned)rng_below(r, 18), .han = rng_chance(r, 5)};
    for (unsigned i = 0; i < s.n; i++) s.sentences[i].seed = rng_next(r);
    return s;
}

/* A copy with sentences cut, changed and added, and perhaps another headline. */
static story story_edited(rng *r, const story *from) {
    story s = {.headline = rng_chance(r, 50) ? rng_next(r) : from->headline, .han = from->han};
    unsigned cut = (unsigned)rng_below(r, 30), change = (unsigned)rng_below(r, 30);
    for (unsigned i = 0; i < from->n && s.n < STORY_MOST - 1; i++) {
        if (rng_chance(r, cut)) continue;
        s.sentences[s.n] = from->sentences[i];
        if (rng_chance(r, change)) s.sentences[s.n].variant = 1 + (unsigned)rng_below(r, 5);
        s.n++;
        if (rng_chance(r, 3)) s.sentences[s.n++].seed = rng_next(r);
    }
    return s;
}

static void story_quote(rng *r, story *into, const story *from) {
    unsigned first = (unsigned)rng_below(r, from->n ? from->n : 1);
    for (unsigned i = first; i < from->n && i < first + 4 && into->n < STORY_MOST; i++)
        into->sentences[into->n++] = from->sentences[i];
}

enum { SITES = 12, RECENT = 128 };

static void site_lines(text *t, unsigned site, unsigned first, unsigned n) {
    for (unsigned i = first; i < first + n; i++) {
        text_sentence(t, UINT64_C(1000003) * (site + 1) + i, 0);
        text_add(t, "\n", 1);
    }
}

static void story_write(text *t, const story *s, unsigned site) {
    site_lines(t, site, 0, 3);
    for (unsigned i = 0; i < s->n; i++) {
        if (s->han)
            text_sentence_han(t, s->sentences[i].seed + s->sentences[i].variant);
        else
            text_sentence(t, s->sentences[i].seed, s->sentences[i].variant);
        if (i % 3 == 2) text_add(t, "\n", 1);
    }
    text_add(t, "\n", 1);
    site_lines(t, site, 3, 2);
}

void records_archive(records *all, uint64_t seed, size_t first, size_t n, bool updates) {
    rng r = {seed};
    story *recent = memory_or_abort(calloc(RECENT, sizeof *recent));
    text body = {0}, title = {0};
    for (size_t i = 0; i < n; i++) {
        unsigned site = (unsigned)rng_below(&r, SITES), kind = (unsigned)rng_below(&r, 100);
        const story *old = &recent[rng_below(&r, i < RECENT ? i + 1 : RECENT)];
        story s = story_new(&r);
        if (kind < 40 && old->n) s = story_edited(&r, old);
        if (kind >= 40 && kind < 48) story_quote(&r, &s, old);
        if (kind >= 48 && kind < 54 && old->n) s = *old;
        if (kind == 54 || kind == 55) s.n = (unsigned)rng_below(&r, 2);
        body.n = title.n = 0;
        if (kind == 56)
            text_print(&body, "short notice %u.", (unsigned)rng_below(&r, 5));
        else if (kind != 57)
            story_write(&body, &s, site);
        text_sentence(&title, s.headline, 0);
        size_t named = updates && i > 10 && rng_chance(&r, 4) ? i - rng_below(&r, i) : i;
        char id[32], url[64], host[32];
        snprintf(id, sizeof id, "a%05zu", first + named);
        snprintf(host, sizeof host, "site%u.example", site);
        snprintf(url, sizeof url, "https://%s/%zu", host, first + named);
        const flong_record record = {.id = str_of(id),
                                     .url = str_of(url),
                                     .site = str_of(host),
                                     .title = kind == 57 ? (flong_str){0} : text_str(&title),
                                     .text = text_str(&body),
                                     .published =
                                         rng_chance(&r, 90) ? (int64_t)(1700000000 + i * 60) : FLONG_NO_DATE};
        records_copy(all, &record);
        recent[i % RECENT] = s;
    }
    text_free(&body);
    text_free(&title);
    free(recent);
}

/* A name of an event: a word that hardly another event has, with a capital. */
static void name_write(text *t, uint64_t event, uint64_t k) {
    size_t at = t->n;
    rng r = {event * 64 + k};
    text_word(t, 1000000 + rng_below(&r, 100000000));
    t->p[at] = (char)(t->p[at] - 'a' + 'A');
}

enum { EVENT_NAMES = 8, TELLING_SENTENCES = 14 };

/* A sentence of common words, two names and perhaps a number of the event. */
static void telling_sentence(text *t, rng *r, uint64_t event) {
    uint64_t n = 8 + rng_below(r, 6), first = rng_below(r, n - 1) + 1, second = rng_below(r, n - 1) + 1;
    text_print(t, "The");
    for (uint64_t i = 1; i <= n; i++) {
        text_add(t, " ", 1);
        if (i == first || i == second)
            name_write(t, event, rng_below(r, EVENT_NAMES));
        else
            text_word(t, word_draw(r));
    }
    if (rng_chance(r, 30)) text_print(t, " %u", 1000 + (unsigned)(event * 7919 + rng_below(r, 3)) % 9000);
    text_add(t, ". ", 2);
}

void text_telling(text *title, text *body, uint64_t event, uint64_t teller) {
    rng r = {event * UINT64_C(1000003) + teller};
    if (title) {
        text_print(title, "The ");
        for (uint64_t i = 0; i < 4; i++) {
            if (i == 0 || i == 2)
                name_write(title, event, i);
            else
                text_word(title, 4000 + rng_below(&r, 4000));
            text_add(title, " ", i < 3);
        }
    }
    for (unsigned i = 0; i < TELLING_SENTENCES; i++) telling_sentence(body, &r, event);
    text_add(body, "\n", 1);
}

void records_tell(records *all, const char *id, uint64_t event, uint64_t teller, int64_t published) {
    text title = {0}, body = {0};
    char site[32];
    text_telling(&title, &body, event, teller);
    snprintf(site, sizeof site, "paper%u.example", (unsigned)teller);
    records_add(all, id, site, title.p, body.p, published);
    text_free(&title), text_free(&body);
}

void records_news(records *all, uint64_t seed, size_t n) {
    rng r = {seed};
    text title = {0}, body = {0};
    for (size_t i = 0; i < n; i++) {
        uint64_t event = seed * 1000 + i / 8 + rng_below(&r, 4), teller = rng_below(&r, 6);
        char id[32], site[32];
        title.n = body.n = 0;
        text_telling(&title, &body, event, rng_chance(&r, 30) ? 99 : teller); /* 99: an agency's text */
        snprintf(id, sizeof id, "e%" PRIu64 "-%zu", event, i);
        snprintf(site, sizeof site, "paper%u.example", (unsigned)teller);
        records_add(all, id, site, title.p, body.p,
                    rng_chance(&r, 90) ? (int64_t)(1700000000 + i * 600) : FLONG_NO_DATE);
    }
    text_free(&title), text_free(&body);
}

int record_source_next(void *context, flong_record *out, flong_error *error) {
    record_source *source = context;
    if (source->fail_at && source->at == source->fail_at) {
        if (error) {
            error->status = FLONG_INPUT;
            snprintf(error->text, sizeof error->text, "the source fails, as it was told");
        }
        return -1;
    }
    if (source->at == source->end) return 0;
    *out = source->all->list[source->at++];
    return 1;
}

/* ---- indexes ------------------------------------------------------------------------------- */

void index_add(flong_index *index, const records *all, size_t first, size_t end, unsigned threads) {
    flong_error error;
    record_source source = {.all = all, .at = first, .end = end};
    const flong_add_options options = {.size = sizeof options, .threads = threads};
    assert_ok(flong_index_add(index, record_source_next, &source, &options, &error), &error);
}

flong_index *index_open(const char *path, unsigned flags) {
    flong_error error;
    flong_index *index = NULL;
    assert_ok(flong_index_open(&index, path, flags, NULL, &error), &error);
    return index;
}

static void score_print(text *out, const flong_score *s) {
    text_print(out, " %s %.17g %.17g %.17g %" PRIu32, flong_relation_name(s->relation), s->jaccard, s->a_in_b,
               s->b_in_a, s->longest_run);
}

#define STR(s) (int)(s).n, (s).p ? (s).p : ""

/* Where the articles and pairs of an index are printed, and whether what is told of stories is, too. */
typedef struct printing {
    text *out;
    bool stories;
} printing;

static int article_print(void *context, const flong_article *a) {
    const printing *p = context;
    const flong_score *s = &a->score;
    text_print(p->out, "%.*s in %.*s furniture %.4f at %" PRId64 " on %.*s:", STR(a->record.id),
               STR(a->text_id), a->furniture, a->record.published, STR(a->record.site));
    if (p->stories || s->relation < FLONG_RELATION_REWRITE) {
        text_print(p->out, " of %.*s", STR(a->of));
        score_print(p->out, s);
    }
    if (p->stories) text_print(p->out, " told %.*s %.17g", STR(a->story_id), s->similarity);
    text_add(p->out, "\n", 1);
    return 0;
}

static int pair_print(void *context, const flong_pair *pair) {
    const printing *p = context;
    if (!p->stories && pair->score.relation >= FLONG_RELATION_REWRITE) return 0;
    text_print(p->out, "%.*s + %.*s:", STR(pair->a), STR(pair->b));
    score_print(p->out, &pair->score);
    if (p->stories) text_print(p->out, " %.17g ", pair->score.similarity);
    for (size_t i = 0; p->stories && i < pair->terms.n; i++)
        text_add(p->out, pair->terms.p[i] == '\n' ? ";" : &pair->terms.p[i], 1);
    text_add(p->out, "\n", 1);
    return 0;
}

static int story_print(void *context, const flong_story *s) {
    const printing *p = context;
    text_print(p->out,
               "story %.*s \"%.*s\" %" PRId64 " to %" PRId64 ": %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64
               " %.17g\n",
               STR(s->id), STR(s->title), s->first_seen, s->last_seen, s->articles, s->texts, s->sites,
               s->independent, s->weakest);
    return 0;
}

void index_print_texts(text *out, flong_index *index) {
    flong_error error;
    printing p = {.out = out};
    assert_ok(flong_index_articles(index, article_print, &p, &error), &error);
    assert_ok(flong_index_pairs(index, pair_print, &p, &error), &error);
}

void index_print(text *out, flong_index *index) {
    flong_error error;
    printing p = {.out = out, .stories = true};
    assert_ok(flong_index_articles(index, article_print, &p, &error), &error);
    assert_ok(flong_index_pairs(index, pair_print, &p, &error), &error);
    assert_ok(flong_index_stories(index, NULL, story_print, &p, &error), &error);
}

void index_print_whole(text *out, const records *all, unsigned threads) {
    flong_index *index = index_open(NULL, FLONG_OPEN_WRITE);
    index_add(index, all, 0, all->n, threads);
    index_print(out, index);
    flong_index_close(index);
}

typedef struct wanted_article {
    flong_str id;
    char *out;
    bool story;
} wanted_article;

static int wanted_take(void *context, const flong_article *a) {
    const wanted_article *wanted = context;
    flong_str found = wanted->story ? a->story_id : a->text_id;
    if (a->record.id.n == wanted->id.n && memcmp(a->record.id.p, wanted->id.p, wanted->id.n) == 0)
        snprintf(wanted->out, 64, "%.*s", STR(found));
    return 0;
}

static void wanted_find(const wanted_article *wanted, flong_index *index) {
    flong_error error;
    wanted->out[0] = 0;
    assert_ok(flong_index_articles(index, wanted_take, (void *)(uintptr_t)wanted, &error), &error);
}

void index_text_id(char *out, flong_index *index, const char *id) {
    wanted_find(&(wanted_article){str_of(id), out, false}, index);
}

void index_story_id(char *out, flong_index *index, const char *id) {
    wanted_find(&(wanted_article){str_of(id), out, true}, index);
}

void assert_same_text(const text *a, const text *b) {
    if (a->n == b->n && (a->n == 0 || memcmp(a->p, b->p, a->n) == 0)) return;
    const char *x = a->n ? a->p : "", *y = b->n ? b->p : "";
    while (*x) {
        size_t n = strcspn(x, "\n") + 1;
        if (strncmp(x, y, n) != 0) break;
        x += n, y += n;
    }
    fail_msg("these differ:\n  %.*s\n  %.*s", (int)strcspn(x, "\n"), x, (int)strcspn(y, "\n"), y);
}

/* ---- folders ------------------------------------------------------------------------------- */

static char folder[128];

int folder_make(void **state) {
    (void)state;
    const char *root = getenv("TMPDIR");
    snprintf(folder, sizeof folder, "%.100s/flong.XXXXXX", root && *root ? root : "/tmp");
    return mkdtemp(folder) ? 0 : -1;
}

int folder_remove(void **state) {
    (void)state;
    char command[192];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

const char *folder_file(const char *name) {
    static char paths[8][256];
    static unsigned next;
    char *path = paths[next++ % 8];
    snprintf(path, sizeof paths[0], "%s/%s", folder, name);
    return path;
}

const char *index_file(const char *name) {
    const char *path = folder_file(name);
    char side[300];
    unlink(path);
    snprintf(side, sizeof side, "%s-wal", path);
    unlink(side);
    return path;
}

flong_info info_of(flong_index *index) {
    flong_error error;
    flong_info info;
    assert_ok(flong_index_info(index, &info, &error), &error);
    return info;
}

void assert_whole(flong_index *index) {
    flong_error error;
    assert_ok(flong_index_check(index, &error), &error);
}
