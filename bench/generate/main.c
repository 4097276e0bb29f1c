/* flong-generate: an archive of made-up news, and the truth about it. */
#include "arguments/number.h"
#include "archive.h"

#include <errno.h>
#include <stdlib.h>

#define FLUSH_BYTES (1u << 20)

static const char usage[] =
    "usage: flong-generate -n ARTICLES [OPTION...] -o ARCHIVE.jsonl [--truth TRUTH.jsonl]\n"
    "\n"
    "Writes an archive of made-up news: reprints with graded edits, excerpts, rewrites, and what\n"
    "looks like them and is not. The same options give the same bytes on every machine.\n"
    "\n"
    "  -n N               articles (100000)\n"
    "  -o FILE            the archive, JSON lines; - is standard output\n"
    "  --truth FILE       what each article is, JSON lines in the same order\n"
    "  --seed N           another seed, another archive (1)\n"
    "  --sites N          sites (400)\n"
    "  --furniture KIND   menus, forms, teasers around the articles: none, light or heavy (light)\n"
    "  --max-group N      articles in a reprint group, at most (200)\n"
    "Shares of the archive, from 0 to 1; what is left are single articles:\n"
    "  --reprints X       originals and their copies (.45)\n"
    "  --excerpts X       articles with a passage of another (.05)\n"
    "  --rewrites X       a story again in other words (.05)\n"
    "  --updates X        later events of a running topic (.06)\n"
    "  --series X         regular reports from one template (.06)\n"
    "  --sisters X        articles that share a short quotation (.04)\n"
    "  --stubs X          paywall notices and empty pages (.03)\n"
    "  --unspaced X       of all kinds, in a script without spaces (0)\n";

static _Noreturn void fail(const char *what, const char *which) {
    fprintf(stderr, "flong-generate: %s: %s\n", which, what);
    exit(2);
}

/* A decimal fraction in [0, 1], to three places. */
static uint32_t parse_share(const char *option, const char *text) {
    char *end;
    const double x = strtod(text, &end);
    if (end == text || *end || !(x >= 0 && x <= 1)) fail("takes a share from 0 to 1", option);
    return (uint32_t)(x * 1000 + .5);
}

static furniture parse_furniture(const char *text) {
    static const char *const names[] = {"none", "light", "heavy"};
    for (int i = 0; i < 3; i++)
        if (!strcmp(text, names[i])) return (furniture)i;
    fail("takes none, light or heavy", "--furniture");
}

typedef struct arguments {
    archive_options archive;
    const char *output, *truth;
} arguments;

static uint32_t *share_of(shares *s, const char *option) {
    const struct {
        const char *name;
        uint32_t *to;
    } table[] = {{"--reprints", &s->reprints}, {"--excerpts", &s->excerpts}, {"--rewrites", &s->rewrites},
                 {"--updates", &s->updates},   {"--series", &s->series},     {"--sisters", &s->sisters},
                 {"--stubs", &s->stubs},       {"--unspaced", &s->unspaced}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (!strcmp(option, table[i].name)) return table[i].to;
    return NULL;
}

static void set_option(arguments *a, const char *option, const char *value) {
    uint32_t *const share = share_of(&a->archive.shares, option);
    if (share)
        *share = parse_share(option, value);
    else if (!strcmp(option, "-n"))
        a->archive.articles = argument_number("flong-generate", option, value, 1, 1000000000);
    else if (!strcmp(option, "-o"))
        a->output = value;
    else if (!strcmp(option, "--truth"))
        a->truth = value;
    else if (!strcmp(option, "--seed"))
        a->archive.seed = argument_number("flong-generate", option, value, 0, UINT64_MAX);
    else if (!strcmp(option, "--sites"))
        a->archive.sites = (uint32_t)argument_number("flong-generate", option, value, 2, 20000);
    else if (!strcmp(option, "--max-group"))
        a->archive.max_group = (uint32_t)argument_number("flong-generate", option, value, 2, 200);
    else if (!strcmp(option, "--furniture"))
        a->archive.furniture = parse_furniture(value);
    else
        fail("no such option; --help lists them", option);
}

static arguments parse_arguments(int argc, char **argv) {
    arguments a = {.archive = {.articles = 100000,
                               .seed = 1,
                               .sites = 400,
                               .max_group = 200,
                               .furniture = FURNITURE_LIGHT,
                               .shares = {450, 50, 50, 60, 60, 40, 30, 0}}};
    for (int i = 1; i < argc; i += 2) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            fputs(usage, stdout);
            exit(0);
        }
        if (i + 1 == argc) fail("needs a value; --help lists the options", argv[i]);
        set_option(&a, argv[i], argv[i + 1]);
    }
    const shares *s = &a.archive.shares;
    if (s->reprints + s->excerpts + s->rewrites + s->updates + s->series + s->sisters + s->stubs > 1000)
        fail("they add up to more than 1", "shares");
    if (!a.output) fail("say where the archive goes", "-o");
    return a;
}

static FILE *open_output(const char *path) {
    FILE *f = !strcmp(path, "-") ? stdout : fopen(path, "wb");
    if (!f) fail(strerror(errno), path);
    return f;
}

static void flush(FILE *f, bytes *b, const char *path) {
    if (b->n && fwrite(b->p, 1, b->n, f) != b->n) fail(strerror(errno), path);
    b->n = 0;
}

static void close_output(FILE *f, bytes *b, const char *path) {
    flush(f, b, path);
    if (fclose(f)) fail(strerror(errno), path);
    bytes_free(b);
}

int main(int argc, char **argv) {
    const arguments args = parse_arguments(argc, argv);
    FILE *const output = open_output(args.output), *const truth_file =
                                                       args.truth ? open_output(args.truth) : NULL;
    bytes articles = {0}, truths = {0};
    archive *a = array_resize(NULL, sizeof *a);
    archive_init(a, &args.archive);
    while (archive_next(a, &articles, truth_file ? &truths : NULL)) {
        if (articles.n >= FLUSH_BYTES) flush(output, &articles, args.output);
        if (truths.n >= FLUSH_BYTES) flush(truth_file, &truths, args.truth);
    }
    archive_free(a);
    free(a);
    close_output(output, &articles, args.output);
    if (truth_file) close_output(truth_file, &truths, args.truth);
    return 0;
}
