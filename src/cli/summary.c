#include "summary.h"

#include "say.h"
#include "stop.h"
#include "terminal.h"
#include "visible.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
    STORIES_SHOWN = 10,
    SITES_SHOWN = 4,       /* in each of the two tables */
    WARNED_SITES = 3,      /* named in one warning */
    SUSPECT_ARTICLES = 10, /* a site of fewer articles is not suspect */
    NEVER_NAMED = 20,      /* copies, from which on it tells something that none names the site */
};

/* One site, its name owned. */
typedef struct site_note {
    flong_str name; /* n == 0: none is known */
    flong_site counts;
} site_note;

/* The page that is being written. */
typedef struct summary {
    work *job;
    flong_info info;
    FILE *file;
    int columns;
    bool coloured;
    size_t stories;
    site_note *sites;
    size_t n_sites, capacity;
} summary;

static const char *coded(const summary *s, style to) { return style_code(to, s->coloured); }

/* The line above a table. */
static void head_print(const summary *s, const char *head) {
    fprintf(s->file, "\n%s%s%s\n", coded(s, STYLE_STRONG), head, coded(s, STYLE_PLAIN));
}

/* ---- relations ----------------------------------------------------------------------------- */

/* What articles are to others, on as many lines as it takes. */
static void relations_print(const summary *s) {
    uint64_t counts[FLONG_RELATION_STUB + 1] = {0};
    for (size_t i = 0; i < s->n_sites; i++)
        for (int k = 0; k <= FLONG_RELATION_STUB; k++) counts[k] += s->sites[i].counts.relations[k];
    int column = fprintf(s->file, "%s:", spell_count(s->info.articles, "article").text);
    const char *between = " ";
    for (int k = 0; k <= FLONG_RELATION_STUB; k++) {
        char part[64];
        if (counts[k] == 0) continue;
        int n = snprintf(part, sizeof part, "%s %s", spell_number(counts[k]).text,
                         flong_relation_name((flong_relation)k));
        bool fits = column + n + 3 < s->columns;
        fprintf(s->file, "%s%s", fits ? between : ",\n  ", part);
        column = fits ? column + (int)strlen(between) + n : n + 2;
        between = ", ";
    }
    fputs("\n", s->file);
}

/* ---- stories ------------------------------------------------------------------------------- */

/* Columns of the parts of a line whose width is not fixed. */
static int site_width(const summary *s) {
    int width = s->columns / 4 - 2;
    return width < 10 ? 10 : width > 28 ? 28 : width;
}

static int title_width(const summary *s) {
    int left = s->columns - 40 - site_width(s) - 3;
    return left < 8 ? 8 : left;
}

/* "2017-02-01", and how many days from the first to the last. */
static void dates_print(FILE *file, int64_t from, int64_t to) {
    char day[16] = "-", days[24] = "-";
    struct tm utc;
    time_t at = (time_t)from;
    if (from != FLONG_NO_DATE && at == from && gmtime_r(&at, &utc) && utc.tm_year >= -1900 &&
        utc.tm_year <= 8099) {
        strftime(day, sizeof day, "%Y-%m-%d", &utc);
        snprintf(days, sizeof days, "%lld", (long long)(to / 86400 - from / 86400 + 1));
    }
    fprintf(file, "  %-10s  %5s  ", day, days);
}

static int story_print(void *context, const flong_story *story) {
    summary *s = context;
    if (s->stories++ == 0) {
        char head[160];
        snprintf(head, sizeof head, "%10s %6s %6s  %-10s  %5s  %-*s  largest stories", "articles", "texts",
                 "sites", "since", "days", site_width(s), "told first by");
        head_print(s, head);
    }
    fprintf(s->file, "%10s %6s %6s", spell_number(story->articles).text, spell_number(story->texts).text,
            spell_number(story->sites).text);
    dates_print(s->file, story->first_seen, story->last_seen);
    visible_cell(s->file, story->first_site.n ? story->first_site : (flong_str){"-", 1}, site_width(s));
    fputs("  ", s->file);
    visible_fit(s->file, story->title.n ? story->title : story->id, title_width(s));
    fputs("\n", s->file);
    return s->stories == STORIES_SHOWN || stop_asked();
}

/* ---- sites --------------------------------------------------------------------------------- */

static int site_note_take(void *context, const flong_site *site) {
    summary *s = context;
    if (s->n_sites == s->capacity) {
        size_t capacity = s->capacity ? 2 * s->capacity : 256;
        site_note *sites = realloc(s->sites, capacity * sizeof *sites);
        if (!sites) return 1;
        s->sites = sites;
        s->capacity = capacity;
    }
    char *name = malloc(site->name.n + 1);
    if (!name) return 1;
    if (site->name.n) memcpy(name, site->name.p, site->name.n);
    s->sites[s->n_sites++] = (site_note){{name, site->name.n}, *site};
    return stop_asked();
}

static flong_str name_of(const site_note *site) {
    return site->name.n ? site->name : (flong_str){"(no site)", 9};
}

static int by_copied(const void *a, const void *b) {
    const flong_site *x = &((const site_note *)a)->counts, *y = &((const site_note *)b)->counts;
    if (x->copied != y->copied) return x->copied > y->copied ? -1 : 1;
    return x->articles > y->articles ? -1 : x->articles < y->articles;
}

static int by_copies(const void *a, const void *b) {
    const flong_site *x = &((const site_note *)a)->counts, *y = &((const site_note *)b)->counts;
    if (x->copies != y->copies) return x->copies > y->copies ? -1 : 1;
    return x->articles > y->articles ? -1 : x->articles < y->articles;
}

static void share_print(FILE *file, uint64_t part, uint64_t whole) {
    fprintf(file, "  %6.0f %%", 100 * (double)part / (double)whole);
}

static void copied_print(summary *s) {
    qsort(s->sites, s->n_sites, sizeof *s->sites, by_copied);
    for (size_t i = 0; i < s->n_sites && i < SITES_SHOWN && s->sites[i].counts.copied; i++) {
        const flong_site *site = &s->sites[i].counts;
        if (i == 0) head_print(s, "    copies  credited   articles  sites most copied");
        fprintf(s->file, "%10s", spell_number(site->copied).text);
        share_print(s->file, site->credited, site->copied);
        fprintf(s->file, "  %9s  ", spell_number(site->articles).text);
        visible_fit(s->file, name_of(&s->sites[i]), s->columns - 34);
        fputs("\n", s->file);
    }
}

static void copies_print(summary *s) {
    qsort(s->sites, s->n_sites, sizeof *s->sites, by_copies);
    for (size_t i = 0; i < s->n_sites && i < SITES_SHOWN && s->sites[i].counts.copies; i++) {
        const flong_site *site = &s->sites[i].counts;
        if (i == 0) head_print(s, "    copies    of all   articles  sites that copy most");
        fprintf(s->file, "%10s", spell_number(site->copies).text);
        share_print(s->file, site->copies, site->articles);
        fprintf(s->file, "  %9s  ", spell_number(site->articles).text);
        visible_fit(s->file, name_of(&s->sites[i]), s->columns - 34);
        fputs("\n", s->file);
    }
}

/* ---- what looks wrong ---------------------------------------------------------------------- */

static bool is_stubs(const flong_site *site) {
    return site->articles >= SUSPECT_ARTICLES && site->relations[FLONG_RELATION_STUB] * 2 >= site->articles;
}
static uint64_t stubs_of(const flong_site *site) { return site->relations[FLONG_RELATION_STUB]; }

static bool is_one_text(const flong_site *site) {
    return !is_stubs(site) && site->articles >= SUSPECT_ARTICLES && site->texts * 10 <= site->articles;
}
static uint64_t articles_of(const flong_site *site) { return site->articles; }

static bool is_never_named(const flong_site *site) {
    return site->copied >= NEVER_NAMED && site->credited == 0 && site->name.n > 0;
}
static uint64_t copied_of(const flong_site *site) { return site->copied; }

/* X(which sites, of how many articles, what to say of them) */
#define SUSPICION_MAP(X)                                                                                     \
    X(is_stubs, stubs_of, "mostly stubs, little but furniture or notices")                                   \
    X(is_one_text, articles_of, "articles of a site that carry one text, or nearly so")                      \
    X(is_never_named, copied_of, "copies, and no credit")

static void warning_begin(const summary *s, bool *any) {
    fputs(*any ? "" : "\n", s->file);
    *any = true;
    fprintf(s->file, "%s!%s ", coded(s, STYLE_WARNING), coded(s, STYLE_PLAIN));
}

/* One line on the sites of a kind, those with most articles first: they are sorted. */
static void sites_warn(const summary *s, bool *any, bool (*is)(const flong_site *),
                       uint64_t (*count)(const flong_site *), const char *what) {
    int n = 0, width = (s->columns - (int)strlen(what) - 4 - WARNED_SITES * 8 - 12) / WARNED_SITES;
    if (width < 16) width = 16;
    for (size_t i = 0; i < s->n_sites; i++) {
        if (!is(&s->sites[i].counts) || n++ >= WARNED_SITES) continue;
        if (n == 1) {
            warning_begin(s, any);
            fprintf(s->file, "%s: ", what);
        }
        fputs(n > 1 ? ", " : "", s->file);
        visible_fit(s->file, name_of(&s->sites[i]), width);
        fprintf(s->file, " (%s)", spell_number(count(&s->sites[i].counts)).text);
    }
    if (n > WARNED_SITES)
        fprintf(s->file, " and %s", spell_count((uint64_t)(n - WARNED_SITES), "other").text);
    if (n) fputs("\n", s->file);
}

static int by_articles(const void *a, const void *b) {
    const flong_site *x = &((const site_note *)a)->counts, *y = &((const site_note *)b)->counts;
    return x->articles > y->articles ? -1 : x->articles < y->articles;
}

static void dates_warn(const summary *s, bool *any) {
    uint64_t undated = 0;
    flong_input_stats read = {0};
    for (size_t i = 0; i < s->n_sites; i++) undated += s->sites[i].counts.undated;
    if (undated == 0) return;
    flong_input_get_stats(s->job->in.input, &read);
    warning_begin(s, any);
    fprintf(s->file, "no date: %s", spell_count(undated, "article").text);
    if (read.bad_dates)
        fprintf(s->file, ", %s of them with one that was not understood", spell_number(read.bad_dates).text);
    fputs("\n", s->file);
}

static void warnings_print(summary *s) {
    bool any = false;
    qsort(s->sites, s->n_sites, sizeof *s->sites, by_articles);
#define SUSPICION(is, count, what) sites_warn(s, &any, is, count, what);
    SUSPICION_MAP(SUSPICION)
#undef SUSPICION
    for (size_t i = 0; i < s->n_sites; i++) {
        if (s->sites[i].name.n) continue;
        warning_begin(s, &any);
        fprintf(s->file, "no site, and so no furniture: %s\n",
                spell_count(s->sites[i].counts.articles, "article").text);
    }
    dates_warn(s, &any);
    if (s->info.hot_keys > s->info.articles) {
        warning_begin(s, &any);
        fprintf(s->file, "look-ups that met too many articles and were cut short (--bucket-links): %s\n",
                spell_number(s->info.hot_keys).text);
    }
}

/* ---- the page ------------------------------------------------------------------------------ */

/* Writes the page into s->file; false when something could not be read: then there is none. */
static bool page_write(summary *s) {
    flong_index *index = s->job->index;
    flong_status status = flong_index_sites(index, site_note_take, s, &s->job->error);
    if (status != FLONG_OK) return work_failed(s->job, status);
    relations_print(s);
    status = flong_index_stories(index, NULL, story_print, s, &s->job->error);
    if (status != FLONG_OK && (status != FLONG_STOPPED || stop_asked())) return work_failed(s->job, status);
    copied_print(s);
    copies_print(s);
    warnings_print(s);
    fputs("\n", s->file);
    return true;
}

static void page_show(work *job, const flong_info *info) {
    char *bytes = NULL;
    size_t n = 0;
    summary s = {.job = job,
                 .info = *info,
                 .file = open_memstream(&bytes, &n),
                 .columns = terminal_columns(stderr),
                 .coloured = terminal_coloured(job->asked, stderr)};
    bool good = s.file && page_write(&s);
    if (s.file) good = fclose(s.file) == 0 && good;
    if (good) fwrite(bytes, 1, n, stderr);
    free(bytes);
    for (size_t i = 0; i < s.n_sites; i++) free((char *)(uintptr_t)s.sites[i].name.p);
    free(s.sites);
}

static bool is_wanted(const work *job, const flong_info *info) {
    if (job->asked->quiet || info->articles == 0) return false;
    if (job->asked->summary) return true;
    bool most = job->asked->command == COMMAND_CLUSTER || job->in.counts.records >= info->articles / 4;
    return most && isatty(STDERR_FILENO);
}

void summary_conclude(work *job) {
    flong_info info;
    if (!job->asked->quiet && flong_index_info(job->index, &info, NULL) == FLONG_OK && is_wanted(job, &info))
        page_show(job, &info);
    work_conclude(job);
}
