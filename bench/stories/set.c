#include "set.h"

#include <string.h>
#include <time.h>

#include "../corpus/corpus.h"
#include "base/hash.h"
#include "text/domain.h"

typedef struct reading {
    story_set *set;
    terms_reader terms;
    rates *rates;
    arena memory;
} reading;

double seconds_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void article_take(void *context, const article *a, const flong_record *record, size_t i) {
    (void)i;
    reading *r = context;
    story_set *set = r->set;
    corpus_need(ARRAY_GROW(set->p, set->n, set->capacity));
    story_article *one = &set->p[set->n++];
    flong_str domain = site_domain(record->site);
    *one = (story_article){.published = record->published,
                           .mark = {.site_hash = domain.n ? hash_bytes(domain.p, domain.n, 0) : 0,
                                    .published = record->published,
                                    .title = a->title}};
    double start = seconds_now();
    corpus_need(terms_read(&r->terms, a));
    double read = seconds_now();
    corpus_need(rates_learn(r->rates, r->terms.terms, r->terms.n));
    set->reading += read - start;
    set->learning += seconds_now() - read;
    one->terms = arena_copy(&r->memory, r->terms.terms, r->terms.n * sizeof *one->terms);
    one->n_terms = r->terms.n;
    corpus_need(one->terms);
}

static void sketches_make(story_set *set, const rates *own) {
    double start = seconds_now();
    for (size_t i = 0; i < set->n; i++)
        story_sketch_make(&set->p[i].sketch, set->p[i].terms, set->p[i].n_terms, own);
    set->sketching += seconds_now() - start;
}

/* Reads the file once more with its labels for ids. A label is the name of a topic, an underscore and more; or a name
 * alone. */
static void labels_read(story_set *set, const char *path) {
    static const flong_field label = {"id", "cluster"};
    const flong_input_options options = {.size = sizeof options, .fields = &label, .n_fields = 1};
    flong_input *input = corpus_open(path, &options);
    const flong_record *record;
    for (size_t i = 0; (record = corpus_next(input)) && i < set->n; i++) {
        const char *underscore = memchr(record->id.p, '_', record->id.n);
        size_t n_topic = underscore ? (size_t)(underscore - record->id.p) : record->id.n;
        set->p[i].event = hash_bytes(record->id.p, record->id.n, 0);
        set->p[i].half = hash_bytes(record->id.p, n_topic, 0) & 1;
    }
    flong_input_close(input);
}

void set_read(story_set *set, const char *path, bool labelled, const terms_factors *factors) {
    reading r = {.set = set, .terms.factors = factors, .rates = rates_new()};
    corpus_need(r.rates);
    corpus_read(path, article_take, &r);
    sketches_make(set, r.rates);
    if (labelled) labels_read(set, path);
    terms_reader_free(&r.terms);
    rates_free(r.rates);
    arena_free(&r.memory);
}

void set_free(story_set *set) {
    mem_free(set->p);
    *set = (story_set){0};
}
