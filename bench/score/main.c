/* flong-score: the result of `flong cluster` against the truth. */
#include "report.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
    "usage: flong-score TRUTH RESULT [--pairs PAIRS] [THRESHOLD...]\n"
    "       flong-score --gold GOLD RESULT FIELD [THRESHOLD...]\n"
    "\n"
    "Compares the groups that `flong cluster -o RESULT --pairs PAIRS` found with the truth\n"
    "that flong-generate wrote; or RESULT's FIELD with the field \"cluster\" of labelled\n"
    "articles. All files are JSON lines. Thresholds, status 1 when one is not met:\n";

enum bound { MIN, MAX };

typedef struct threshold {
    const char *option;
    enum bound bound;
    const char *meaning;
    double (*figure)(const report *r);
    int needs_pairs;
    int is_set;
    double value;
} threshold;

static double part(uint64_t some, uint64_t all) { return all ? (double)some / (double)all : 1; }

static double precision(const report *r) { return r->text.precision; }
static double recall(const report *r) { return r->text.recall; }
static double f1(const report *r) { return r->text.f1; }
static double ari(const report *r) { return r->text.ari; }
static double story_f1(const report *r) { return r->story.f1; }
static double rewrites(const report *r) { return part(r->rewrites_found, r->rewrites); }
static double excerpts(const report *r) { return part(r->excerpts_found, r->excerpts); }
static double false_pairs(const report *r) { return (double)r->false_pairs; }
static double stubs(const report *r) { return (double)r->stubs_grouped; }
static double missing(const report *r) { return (double)r->missing; }

#define THRESHOLDS 10

static const threshold known[THRESHOLDS] = {
    {"--min-precision", MIN, "pair precision of text groups", precision, 0, 0, 0},
    {"--min-recall", MIN, "pair recall of text groups", recall, 0, 0, 0},
    {"--min-f1", MIN, "pair F1 of text groups", f1, 0, 0, 0},
    {"--min-ari", MIN, "adjusted Rand index of text groups", ari, 0, 0, 0},
    {"--min-story-f1", MIN, "pair F1 of stories", story_f1, 0, 0, 0},
    {"--min-rewrites", MIN, "share of rewrites in the story of their source", rewrites, 0, 0, 0},
    {"--min-excerpts", MIN, "share of excerpts paired with their source", excerpts, 1, 0, 0},
    {"--max-false", MAX, "false pairs", false_pairs, 1, 0, 0},
    {"--max-stubs", MAX, "stubs wrongly grouped", stubs, 0, 0, 0},
    {"--max-missing", MAX, "articles missing from the result", missing, 0, 0, 0},
};

typedef struct arguments {
    const char *files[3]; /* truth, result, field */
    int n_files;
    int gold;
    const char *pairs;
    threshold thresholds[THRESHOLDS];
} arguments;

static _Noreturn void fail(const char *what, const char *which) {
    fprintf(stderr, "flong-score: %s%s; --help says how it is used\n", which, what);
    exit(2);
}

static _Noreturn void help(void) {
    fputs(usage, stdout);
    for (int i = 0; i < THRESHOLDS; i++) printf("  %-16s X  %s\n", known[i].option, known[i].meaning);
    exit(0);
}

static void set_threshold(arguments *a, const char *option, const char *value) {
    int i = 0;
    while (i < THRESHOLDS && strcmp(known[i].option, option)) i++;
    if (i == THRESHOLDS) fail(": no such option", option);
    char *end;
    a->thresholds[i].value = strtod(value, &end);
    a->thresholds[i].is_set = 1;
    if (end == value || *end) fail(": takes a number", option);
}

static arguments parse_arguments(int argc, char **argv) {
    arguments a = {0};
    memcpy(a.thresholds, known, sizeof known);
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) help();
        if (!strcmp(argv[i], "--gold")) {
            a.gold = 1;
        } else if (strncmp(argv[i], "--", 2)) {
            if (a.n_files == 3) fail("too many files", "");
            a.files[a.n_files++] = argv[i];
        } else {
            if (i + 1 == argc) fail(": needs a value", argv[i]);
            if (!strcmp(argv[i], "--pairs"))
                a.pairs = argv[i + 1];
            else
                set_threshold(&a, argv[i], argv[i + 1]);
            i++;
        }
    }
    if (a.n_files != (a.gold ? 3 : 2))
        fail(a.gold ? "give GOLD, RESULT and FIELD" : "give TRUTH and RESULT", "");
    if (a.gold && a.pairs) fail(" goes with the truth of flong-generate only", "--pairs");
    return a;
}

static int check_thresholds(const arguments *a, const report *r) {
    int status = 0;
    for (int i = 0; i < THRESHOLDS; i++) {
        const threshold *t = &a->thresholds[i];
        if (!t->is_set) continue;
        if (t->needs_pairs && !a->pairs) fail(": needs --pairs", t->option);
        const double is = t->figure(r);
        if (t->bound == MIN ? is >= t->value : is <= t->value) continue;
        printf("NOT MET: %s %g, but it is %g\n", t->option, t->value, is);
        status = 1;
    }
    return status;
}

int main(int argc, char **argv) {
    const arguments args = parse_arguments(argc, argv);
    articles a = {0};
    report r = {0};
    if (args.gold) {
        articles_read_gold(&a, args.files[0]);
        articles_read_result(&a, args.files[1], args.files[2], NULL);
        report_gold(&r, &a);
    } else {
        articles_read_truth(&a, args.files[0]);
        articles_read_result(&a, args.files[1], "text_id", "story_id");
        report_groups(&r, &a);
        if (args.pairs) report_pairs(&r, &a, args.pairs);
    }
    const int status = check_thresholds(&args, &r);
    articles_free(&a);
    if (fflush(stdout)) fail("standard output cannot be written", "");
    return status;
}
