/* `flong plan`: a sample is worked on, and what the whole would take is reckoned from that. */
#include "run.h"

#include "measure.h"
#include "output.h"
#include "sample.h"
#include "say.h"
#include "work.h"

#include <math.h>
#include <unistd.h>

/* A first sample says how fast it goes; the second is as large as SECONDS allow, up to three batches, and is worked on
 * twice: in a temporary index, as flong cluster does, and in a file, which is compressed better. */
enum { FIRST_LINES = 1024, MOST_LINES = 12288, FIRST_BYTES = 8 << 20, MOST_BYTES = 64 << 20 };
static const double SECONDS = 1.2;

/* An input that is so little larger than the sample is read as a whole. */
static const double WHOLE = 1.3;

/* In bytes: of the results of an article while they are written; of a pair in the index. */
static const double RESULT_BYTES = 2000, PAIR_BYTES = 120;

/* What one byte of text takes in memory while the article is kept for comparison. */
static const double KEPT_BYTES = 3;

/* Articles of a full batch, which is what takes most of the memory that --memory does not bound. */
static const double BATCH = 4096;

typedef struct range {
    double low, expected, high;
} range;

typedef struct plan {
    bool whole; /* the sample is the input */
    double sampled, sampled_bytes, places;
    range articles, text_bytes, cluster_seconds, index_seconds, memory, index_bytes, pairs;
} plan;

/* X(member, kind, name for people, remark) */
#define PLAN_MAP(X)                                                                                          \
    X(articles, NUMBER, "articles", "")                                                                      \
    X(text_bytes, BYTES, "input", "uncompressed")                                                            \
    X(cluster_seconds, SECONDS_OF, "flong cluster", "time, on this machine as busy as it is")                \
    X(index_seconds, SECONDS_OF, "flong index", "time")                                                      \
    X(memory, BYTES, "memory", "at the peak; --memory bounds a part of it")                                  \
    X(index_bytes, BYTES, "index", "size of the file")                                                       \
    X(pairs, NUMBER, "pairs", "a guess: it depends on how far apart copies lie")

static range around(double expected, double low, double high) {
    return (range){expected * low, expected, expected * high};
}

static double within(double value, double least, double most) {
    return value < least ? least : value > most ? most : value;
}

/* ---- reckoning --------------------------------------------------------------------------- */

/* Pairs of an article grow with the archive by a power that two samples show: 0 where copies lie next to one another, 1
 * where they lie anywhere. */
static range pairs_reckon(const measure *small, const measure *large, double articles) {
    double rate = large->pairs / large->articles, before = small->pairs / small->articles;
    double scale = articles / large->articles, power = .5;
    if (small->pairs >= 10) power = log(rate / before) / log(fmax(large->articles / small->articles, 2));
    power = within(power, 0, 1);
    double most = (large->pairs > 0 ? large->pairs : 1) / large->articles;
    return (range){articles * rate, articles * rate * pow(scale, .75 * power),
                   articles * most * pow(scale, within(power + .35, 0, 1))};
}

/* Seconds: so many to begin with and so many for each article, which grow as there is more to compare with. */
static range seconds_reckon(double small, double small_n, double large, double large_n, double articles) {
    double mean = large / large_n;
    double each = within((large - small) / fmax(large_n - small_n, 1), .6 * mean, 1.1 * mean);
    double doubled = log2(articles / large_n);
    double base = within(large - each * large_n, 0, large);
    double least = base + each * articles;
    return (range){.7 * least, least * (1 + .04 * doubled), 1.4 * least * (1 + .1 * doubled)};
}

/* The first batch takes most; what is kept of the index grows up to its bound, and results with the archive. */
static range memory_reckon(const plan *p, const measure *large, const options *asked) {
    double bound = .875 * (double)(asked->memory ? asked->memory : flong_memory_default());
    double more = p->articles.expected - large->articles;
    double kept = KEPT_BYTES * p->sampled_bytes / p->sampled + large->index_bytes / large->articles;
    if (large->first > 0 && large->articles - large->first >= BATCH / 2)
        kept = (large->memory - large->memory_first) / (large->articles - large->first);
    double batch = 0; /* what is still to come of a batch that is not full */
    if (large->first == 0 && large->articles < BATCH)
        batch = large->memory / large->articles * (within(p->articles.expected, 0, BATCH) - large->articles);
    double now = large->memory + batch;
    double expected = now + fmin(kept * more, bound) + RESULT_BYTES * more;
    return (range){fmin(now, .8 * expected), expected, expected * 1.3 + RESULT_BYTES * more};
}

/* The samples: a small one, and a large one in a temporary index and in a file. */
typedef struct measures {
    measure small, large, filed;
} measures;

static void plan_reckon(plan *p, const sample *taken, const measures *m, const options *asked) {
    const measure *small = &m->small, *large = &m->large;
    double good = large->articles / (double)taken->lines; /* of the lines, those that are articles */
    double all = within(taken->all_lines * good, large->articles, INFINITY);
    double off = fmax(2 * taken->all_lines_off / taken->all_lines, .01);
    p->articles = around(all, fmax(1 - off, large->articles / all), 1 + off);
    p->text_bytes = around(taken->all_bytes, fmax(1 - off, .01), 1 + off);
    p->pairs = pairs_reckon(small, large, all);
    p->cluster_seconds = seconds_reckon(small->add_seconds + small->report_seconds, small->articles,
                                        large->add_seconds + large->report_seconds, large->articles, all);
    range adding =
        seconds_reckon(small->add_seconds, small->articles, large->add_seconds, large->articles, all);
    double filed = within(m->filed.add_seconds / large->add_seconds, .7, 1.5);
    p->index_seconds = (range){adding.low * filed, adding.expected * filed, adding.high * filed};
    double each = (m->filed.index_bytes - PAIR_BYTES * large->pairs) / large->articles;
    p->index_bytes = around(each * all + PAIR_BYTES * p->pairs.expected, .8, 1.25);
    p->memory = memory_reckon(p, large, asked);
}

/* The sample is the whole: what was measured is the answer, and only the clock may be off. */
static void plan_exact(plan *p, const measures *m) {
    const measure *all = &m->large;
    p->whole = true;
    p->articles = around(all->articles, 1, 1);
    p->text_bytes = around(all->text_bytes, 1, 1);
    p->pairs = around(all->pairs, 1, 1);
    p->cluster_seconds = around(all->add_seconds + all->report_seconds, .7, 1.5);
    p->index_seconds = around(m->filed.add_seconds, .7, 1.5);
    p->index_bytes = around(m->filed.index_bytes, 1, 1.05);
    p->memory = around(all->memory, .8, 1.2);
}

/* ---- measuring --------------------------------------------------------------------------- */

static bool any_articles(const measure *made) {
    if (made->articles > 0) return true;
    say("no article in the sample of the input; `flong cluster` says why");
    return false;
}

/* In a file beside the sample, which is removed. */
static bool filed_measure(measures *m, const sample *taken, const options *asked, const char *const *paths,
                          size_t n) {
    static const char *const ends[] = {"-wal", "-shm", "-journal", ""};
    char index[sizeof taken->folder + 16], side[sizeof index + 16];
    snprintf(index, sizeof index, "%s/index", taken->folder);
    bool good = measure_take(&m->filed, asked, paths, n, index);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        snprintf(side, sizeof side, "%s%s", index, ends[i]);
        unlink(side);
    }
    return good;
}

static bool twice_measure(measures *m, const sample *taken, const options *asked, const char *const *paths,
                          size_t n) {
    return measure_take(&m->large, asked, paths, n, NULL) && any_articles(&m->large) &&
           filed_measure(m, taken, asked, paths, n);
}

static bool small_measure(measures *m, sample *first, const options *asked) {
    const char *path = first->path;
    options lines = *asked; /* what a sample holds, whatever it is of */
    lines.format = NULL;
    return sample_take(first, asked, FIRST_LINES, FIRST_BYTES) &&
           measure_take(&m->small, &lines, &path, 1, NULL) && any_articles(&m->small);
}

static bool large_measure(plan *p, measures *m, double lines, const options *asked) {
    sample second;
    const char *path = second.path;
    options plain = *asked;
    plain.format = NULL;
    bool good = sample_take(&second, asked, (uint64_t)lines, MOST_BYTES) &&
                twice_measure(m, &second, &plain, &path, 1);
    sample_close(&second);
    if (!good) return false;
    p->sampled = m->large.articles;
    p->sampled_bytes = (double)second.bytes;
    p->places = second.places;
    plan_reckon(p, &second, m, asked);
    return true;
}

static bool plan_make(plan *p, const options *asked) {
    sample first;
    measures m;
    bool good = small_measure(&m, &first, asked);
    double fits =
        good ? SECONDS / (m.small.add_seconds + m.small.report_seconds + 1e-6) * m.small.articles : 0;
    double lines = within(fits, 2 * m.small.articles, MOST_LINES);
    if (good && first.all_lines <= WHOLE * lines && first.all_bytes <= WHOLE * MOST_BYTES) {
        good = twice_measure(&m, &first, asked, asked->operands, asked->n_operands);
        if (good) plan_exact(p, &m);
    } else if (good) {
        good = large_measure(p, &m, lines, asked);
    }
    sample_close(&first);
    return good;
}

/* ---- telling ----------------------------------------------------------------------------- */

typedef enum kind { NUMBER, BYTES, SECONDS_OF } kind;

/* To three digits that count, or two where not even these are sure: more would say more than is known. */
static uint64_t rounded(double value, int digits) {
    double unit = value < 100 ? 1 : pow(10, floor(log10(value)) + 1 - digits);
    return (uint64_t)(round(value / unit) * unit);
}

/* digits 0: all. */
static spelling spell_value(kind of, double value, int digits) {
    switch (of) {
    case BYTES:
        return spell_bytes((uint64_t)value);
    case SECONDS_OF:
        return spell_seconds(value);
    default:
        return spell_number(digits ? rounded(value, digits) : (uint64_t)value);
    }
}

static void print_row(FILE *file, const char *name, kind of, range value, const char *remark) {
    bool exact = value.low == value.high;
    int digits = exact ? 0 : value.high - value.low < .25 * value.expected ? 3 : 2;
    spelling span = {""};
    if (!exact)
        snprintf(span.text, sizeof span.text, "%.40s to %.40s", spell_value(of, value.low, digits).text,
                 spell_value(of, value.high, digits).text);
    int n = fprintf(file, "%-14s  %12s", name, spell_value(of, value.expected, digits).text);
    if (!exact) n += fprintf(file, "  %s", span.text);
    if (*remark && !(exact && of == NUMBER)) fprintf(file, "%*s  %s", n < 56 ? 56 - n : 0, "", remark);
    fputc('\n', file);
}

static unsigned threads_used(const options *asked) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return asked->threads ? asked->threads : cores > 0 ? (unsigned)cores : 1;
}

static void print_text(FILE *file, const plan *p, const options *asked) {
    if (p->whole)
        fprintf(file, "measured: all of the input, with %s\n",
                spell_count(threads_used(asked), "thread").text);
    else
        fprintf(file, "measured: %s, %s, from %s of the input, with %s\n",
                spell_count((uint64_t)p->sampled, "article").text,
                spell_bytes((uint64_t)p->sampled_bytes).text, spell_count((uint64_t)p->places, "place").text,
                spell_count(threads_used(asked), "thread").text);
#define PLAN_ROW(member, of, name, remark) print_row(file, name, of, p->member, remark);
    PLAN_MAP(PLAN_ROW)
#undef PLAN_ROW
}

static void print_json(FILE *file, const plan *p, const options *asked) {
    fprintf(file, "{\"whole\":%s,\"sampled_articles\":%.0f,\"sampled_bytes\":%.0f,\"threads\":%u",
            p->whole ? "true" : "false", p->whole ? p->articles.expected : p->sampled,
            p->whole ? p->text_bytes.expected : p->sampled_bytes, threads_used(asked));
#define PLAN_MEMBER(member, of, name, remark)                                                                \
    fprintf(file, ",\"" #member "\":{\"low\":%.*f,\"expected\":%.*f,\"high\":%.*f}",                         \
            of == SECONDS_OF ? 3 : 0, p->member.low, of == SECONDS_OF ? 3 : 0, p->member.expected,           \
            of == SECONDS_OF ? 3 : 0, p->member.high);
    PLAN_MAP(PLAN_MEMBER)
#undef PLAN_MEMBER
    fputs("}\n", file);
}

int run_plan(const options *asked) {
    plan made = {0};
    output out = {0};
    bool good = output_open(&out, NULL) && plan_make(&made, asked);
    if (good) (asked->json ? print_json : print_text)(out.file, &made, asked);
    good = good && output_finish(&out, NULL);
    return good ? EXIT_DONE : EXIT_ERROR;
}
