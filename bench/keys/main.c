/* flong-keys: which overlapping pairs of articles the keys bring together, and what the keys cost. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "chart.h"
#include "report.h"

static const char usage[] =
    "usage: flong-keys [OPTION...] ARCHIVE...\n"
    "\n"
    "Finds all overlapping pairs of an archive through all their shingles (not through keys), and prints "
    "for\n"
    "each setting of keys what it takes and how many of the pairs it finds. Always measured are the default\n"
    "bands, the default passage keys, and both. An archive is a file that `flong cluster` reads.\n"
    "\n"
    "  --keys SETTING     beside them this one, and not 20x5, 42x3, 10 and 42; may be given several times:\n"
    "                     32x4 is 32 bands of 4 slots, 21 is passage keys of window 21, 32x4+21 is both\n"
    "  --within           count pairs within a site, too\n"
    "  --csv FILE         recall by Jaccard similarity and by containment, in steps of .05\n"
    "  --svg FILE         the same as a picture, for the settings that are always measured\n";

enum { ARCHIVES_MOST = 8 };

typedef struct arguments {
    setting settings[SETTINGS_MOST];
    size_t n_settings;
    const char *paths[ARCHIVES_MOST];
    size_t n_paths;
    const char *csv, *svg;
    bool within;
} arguments;

static _Noreturn void fail(const char *what, const char *which) {
    fprintf(stderr, "flong-keys: %s: %s\n", which, what);
    exit(2);
}

static void default_settings(arguments *a) {
    flong_params params;
    flong_params_default(&params);
    setting both = setting_of(&params);
    a->settings[CHART_BANDS] = (setting){both.bands, both.rows, 0};
    a->settings[CHART_PASSAGES] = (setting){0, 0, both.window};
    a->settings[CHART_BOTH] = both;
    a->n_settings = CHART_SETTINGS;
}

/* What stands beside the defaults when nothing else is asked for: fewer and more keys of either kind. */
static void other_settings(arguments *a) {
    a->settings[a->n_settings++] = (setting){20, 5, 0};
    a->settings[a->n_settings++] = (setting){42, 3, 0};
    a->settings[a->n_settings++] = (setting){0, 0, 10};
    a->settings[a->n_settings++] = (setting){0, 0, 42};
}

static void add_setting(arguments *a, const char *text) {
    setting s;
    if (a->n_settings == SETTINGS_MOST) fail("too many settings", text);
    if (!setting_parse(&s, text)) fail("no setting; --help shows some", text);
    setting_params(s); /* ends the program here when it is out of range, and not after all the work */
    a->settings[a->n_settings++] = s;
}

static void set_option(arguments *a, const char *option, const char *value) {
    if (!value) fail("needs a value, or there is no such option; --help lists them", option);
    if (!strcmp(option, "--keys"))
        add_setting(a, value);
    else if (!strcmp(option, "--csv"))
        a->csv = value;
    else if (!strcmp(option, "--svg"))
        a->svg = value;
    else
        fail("no such option; --help lists them", option);
}

static void parse_arguments(arguments *a, int argc, char **argv) {
    *a = (arguments){0};
    default_settings(a);
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            fputs(usage, stdout);
            exit(0);
        }
        if (!strcmp(argv[i], "--within"))
            a->within = true;
        else if (!strncmp(argv[i], "--", 2))
            set_option(a, argv[i], argv[i + 1]), i++;
        else if (a->n_paths == ARCHIVES_MOST)
            fail("too many archives", argv[i]);
        else
            a->paths[a->n_paths++] = argv[i];
    }
    if (a->n_settings == CHART_SETTINGS) other_settings(a);
    if (a->n_paths == 0) fail("say which; --help shows how", "archive");
}

static FILE *file_create(const char *path) {
    FILE *file = fopen(path, "wb");
    if (!file) fail(strerror(errno), path);
    return file;
}

static void file_end(FILE *file, const char *path) {
    bool failed = ferror(file);
    if (fclose(file) || failed) fail("cannot be written", path);
}

/* "dir/news.jsonl.zst" is called news; what means something in a table or a picture is left out. */
static char *name_of(const char *path) {
    const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
    char *name = needed(strndup(file, strcspn(file, ".")));
    for (char *at; (at = strpbrk(name, "|,<>&\"\n"));) *at = '-';
    return name;
}

static void write_csv(const char *path, const measured *all, size_t n) {
    FILE *csv = file_create(path);
    report_csv_heading(csv);
    for (size_t i = 0; i < n; i++) report_csv(csv, &all[i]);
    file_end(csv, path);
}

static void write_svg(const char *path, const measured *all, size_t n) {
    FILE *svg = file_create(path);
    chart_write(svg, all, n);
    file_end(svg, path);
}

int main(int argc, char **argv) {
    static measured all[ARCHIVES_MOST];
    arguments a;
    parse_arguments(&a, argc, argv);
    for (size_t i = 0; i < a.n_paths; i++) {
        measure(&all[i], a.paths[i], a.settings, a.n_settings, a.within);
        all[i].name = name_of(a.paths[i]);
        if (i > 0) printf("\n");
        report_table(&all[i]);
        fflush(stdout);
    }
    if (a.csv) write_csv(a.csv, all, a.n_paths);
    if (a.svg) write_svg(a.svg, all, a.n_paths);
    for (size_t i = 0; i < a.n_paths; i++) free(all[i].name);
    return 0;
}
