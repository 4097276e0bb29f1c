/* flong-speed: how fast flong is, stage by stage and as a whole. */
#include <errno.h>
#include <ftw.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arguments/number.h"
#include "cases.h"

static const char usage[] =
    "usage: flong-speed [OPTION...] FILE [CASE...]\n"
    "\n"
    "Measures on a file of JSON lines, uncompressed. Prints a table: the median, least and greatest value of "
    "several\n"
    "runs; the processor's time; megabytes of the file a second; how many times as long it takes as `wc -w` "
    "(in a\n"
    "UTF-8 locale) on the same file, which runs before each run; the most memory held; and pair recall and "
    "precision\n"
    "of text groups. Without a CASE all are measured, each in a process of its own.\n"
    "\n"
    "  --truth FILE    what flong-generate says of the articles, for recall and precision\n"
    "  --exact FILE    rows of id, id and Jaccard, all of a file's overlapping pairs: recall of those from "
    ".5 on\n"
    "  --runs N        of each case (5)\n"
    "  --sample N      articles for the stages, the first ones of the file (20000)\n"
    "  --queries N     articles that are matched with an index of all others, the last ones of the file "
    "(1000)\n"
    "  --added N       articles that are added to indexes of some sizes (10000)\n"
    "  --sizes N,...   these sizes (0,100000,1000000); those that the file is too small for are left out\n"
    "  --csv FILE      the table once more\n"
    "  --work FOLDER   for files that are deleted again (TMPDIR, or /tmp)\n"
    "  --list          the cases\n";

static const speed_case cases[] = {
    {"json", "lines parsed by simdjson", measure_json, 1},
    {"read", "lines to records and tokens", measure_read, 1},
    {"sketch", "lines to signature and all keys, those of stories among them", measure_sketch, 1},
    {"candidates", "keys sorted, found and stored", measure_candidates, 1},
    {"verify", "candidates compared on their shingles", measure_verify, 1},
    {"story", "terms, sketches and keys of stories, whom they meet and how alike these are", measure_story,
     1},
    {"cluster-1", "flong cluster with the pairs, one thread", measure_cluster, 1},
    {"cluster-2", "the same, two threads", measure_cluster, 2},
    {"reprints-1", "flong cluster of texts only, without stories, one thread", measure_reprints, 1},
    {"reprints-2", "the same, two threads", measure_reprints, 2},
    {"dedup-1", "flong dedup, one thread", measure_dedup, 1},
    {"dedup-2", "the same, two threads", measure_dedup, 2},
    {"index-1", "flong index, into a new file that keeps the texts, one thread", measure_index, 1},
    {"index-2", "the same, two threads", measure_index, 2},
    {"report-1", "flong report of that index, a page with all texts, one thread", measure_report, 1},
    {"report-2", "the same, two threads", measure_report, 2},
    {"add", "articles added to an index, two threads", measure_add, 2},
    {"match", "one article against an index, in a process that has matched before", measure_match, 1},
    {"open", "an index opened, and opened for one article", measure_open, 1},
    {"size", "bytes of an index for each article", measure_size, 1},
};
enum { N_CASES = sizeof cases / sizeof *cases };

/* ---- arguments --------------------------------------------------------------------------- */

typedef struct arguments {
    setup setup;
    const char *csv, *work;
    bool wanted[N_CASES];
} arguments;

static void cases_list(void) {
    for (int i = 0; i < N_CASES; i++) printf("%-12s %s\n", cases[i].name, cases[i].what);
    exit(0);
}

static void sizes_parse(setup *s, const char *text) {
    char number[32];
    for (s->n_sizes = 0; *text; text += strspn(text, ",")) {
        size_t n = strcspn(text, ",");
        if (s->n_sizes == SIZES_MOST || n == 0 || n >= sizeof number)
            fail("--sizes", "takes 8 numbers at most");
        memcpy(number, text, n);
        number[n] = 0;
        s->sizes[s->n_sizes++] = argument_number("flong-speed", "--sizes", number, 0, UINT32_MAX);
        text += n;
    }
}

static void option_set(arguments *a, const char *option, const char *value) {
    setup *s = &a->setup;
    if (!value) fail(option, "needs a value, or is none; --help lists the options");
    if (!strcmp(option, "--truth"))
        s->truth = value;
    else if (!strcmp(option, "--exact"))
        s->exact = value;
    else if (!strcmp(option, "--csv"))
        a->csv = value;
    else if (!strcmp(option, "--work"))
        a->work = value;
    else if (!strcmp(option, "--sizes"))
        sizes_parse(s, value);
    else if (!strcmp(option, "--runs"))
        s->runs = (int)argument_number("flong-speed", option, value, 0, RUNS_MOST);
    else if (!strcmp(option, "--sample"))
        s->sample = argument_number("flong-speed", option, value, 0, UINT32_MAX);
    else if (!strcmp(option, "--queries"))
        s->queries = argument_number("flong-speed", option, value, 0, UINT32_MAX);
    else if (!strcmp(option, "--added"))
        s->added = argument_number("flong-speed", option, value, 0, UINT32_MAX);
    else
        fail(option, "no such option; --help lists them");
}

static void case_want(arguments *a, const char *name) {
    int i = 0;
    while (i < N_CASES && strcmp(cases[i].name, name)) i++;
    if (i == N_CASES) fail(name, "no such case; --list lists them");
    a->wanted[i] = true;
}

static void arguments_parse(arguments *a, int argc, char **argv) {
    const char *temporary = getenv("TMPDIR");
    bool some = false;
    *a = (arguments){.work = temporary && *temporary ? temporary : "/tmp",
                     .setup = {.runs = 5, .sample = 20000, .queries = 1000, .added = 10000}};
    sizes_parse(&a->setup, "0,100000,1000000");
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            fputs(usage, stdout);
            exit(0);
        }
        if (!strcmp(argv[i], "--list")) cases_list();
        if (!strncmp(argv[i], "--", 2))
            option_set(a, argv[i], argv[i + 1]), i++;
        else if (!a->setup.file)
            a->setup.file = argv[i];
        else
            case_want(a, argv[i]), some = true;
    }
    if (!a->setup.file) fail("FILE", "say which; --help shows how");
    if (a->setup.runs < 1 || a->setup.sample < 1 || a->setup.queries < 1 || a->setup.added < 1)
        fail("--runs, --sample, --queries, --added", "take 1 or more");
    for (int i = 0; i < N_CASES && !some; i++) a->wanted[i] = true;
}

/* ---- what is measured -------------------------------------------------------------------- */

static void file_count(setup *s) {
    static char bytes[1 << 18];
    FILE *file = fopen(s->file, "rbe");
    size_t n;
    if (!file) fail(s->file, strerror(errno));
    while ((n = fread(bytes, 1, sizeof bytes, file)) > 0) {
        s->bytes += n;
        for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(bytes + n - at))); at++) s->articles++;
    }
    fclose(file);
    if (s->articles <= s->queries) fail(s->file, "has too few lines for so many --queries");
}

static const char *programs_folder(void) {
    static char path[PATH_MOST];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
    if (n < 0) fail("/proc/self/exe", strerror(errno));
    path[n] = 0;
    *strrchr(path, '/') = 0;
    return path;
}

static int entry_delete(const char *path, const struct stat *status, int kind, struct FTW *at) {
    (void)status, (void)kind, (void)at;
    return remove(path);
}

/* Each case has a process of its own, so that what it holds is its own memory. True when it succeeds. */
static bool case_run(const setup *s, const speed_case *c) {
    int status;
    fflush(NULL);
    pid_t child = fork();
    if (child < 0) fail(c->name, strerror(errno));
    if (child == 0) {
        c->measure(s, c);
        exit(0);
    }
    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR) fail(c->name, strerror(errno));
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv) {
    static arguments a;
    static char work[PATH_MOST];
    bool failed = false;
    arguments_parse(&a, argc, argv);
    setup *s = &a.setup;
    file_count(s);
    s->folder = programs_folder();
    if (a.csv && !(s->csv = fopen(a.csv, "we"))) fail(a.csv, strerror(errno));
    snprintf(work, sizeof work, "%s/flong-speed-XXXXXX", a.work);
    if (!(s->work = mkdtemp(work))) fail(a.work, strerror(errno));
    printf("%s: %" PRIu64 " articles, %.1f MB; %d runs\n", s->file, s->articles, (double)s->bytes / 1e6,
           s->runs);
    figures_begin(s->csv);
    for (int i = 0; i < N_CASES; i++)
        if (a.wanted[i] && !case_run(s, &cases[i])) failed = true;
    nftw(work, entry_delete, 16, FTW_DEPTH | FTW_PHYS);
    if (s->csv && (ferror(s->csv) || fclose(s->csv))) fail(a.csv, "cannot be written");
    return failed ? 2 : 0;
}
