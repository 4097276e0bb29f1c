/* `flong info`: what an index holds and by which parameters, for people or as JSON. */
#include "run.h"

#include "help.h"
#include "output.h"
#include "say.h"
#include "visible.h"
#include "work.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* X(member of flong_info, how it is spelled for people, meaning) */
#define COUNTS_MAP(X)                                                                                        \
    X(articles, spell_number, "articles")                                                                    \
    X(removed, spell_number, "articles removed or replaced")                                                 \
    X(pairs, spell_number, "accepted pairs")                                                                 \
    X(text_groups, spell_number, "text groups of two articles or more")                                      \
    X(grouped, spell_number, "articles in them")                                                             \
    X(stories, spell_number, "stories of two text groups or more")                                           \
    X(keys, spell_number, "keys in the index runs")                                                          \
    X(runs, spell_number, "index runs")                                                                      \
    X(hot_keys, spell_number, "look-ups cut short by --bucket-links")                                        \
    X(bridges, spell_number, "times that an article held on two groups that stayed apart")                   \
    X(stubs, spell_number, "articles of which nothing but furniture is left")                                \
    X(furniture_lines, spell_number, "lines known as furniture of their site")                               \
    X(bytes, spell_bytes, "size of the file")                                                                \
    X(bytes_text, spell_bytes, "of it: compressed article text")                                             \
    X(bytes_keys, spell_bytes, "of it: index runs")

static void print_text_row(FILE *file, const char *name, const char *value, const char *meaning) {
    fprintf(file, "%-20s  %12s  %s\n", name, value, meaning);
}

static double param_value(const flong_params *params, int param) {
    switch (param) {
#define PARAM_CASE(type, name, def, min, max, meaning)                                                       \
    case PARAM_##name:                                                                                       \
        return (double)params->name;
        FLONG_PARAMS_MAP(PARAM_CASE)
#undef PARAM_CASE
    default:
        return 0;
    }
}

/* The shortest decimal that reads back as the same number: 0.4, not 0.40000000000000002. */
static spelling spell_exact(double value) {
    spelling out;
    int digits = 1;
    do snprintf(out.text, sizeof out.text, "%.*g", digits, value);
    while (strtod(out.text, NULL) != value && digits++ < 17);
    return out;
}

static void print_text_params(FILE *file, const flong_params *params) {
    fputs("\nparameters, set when the index was created\n", file);
    for (size_t i = 0; i < flag_count; i++) {
        const flag *row = &flag_table[i];
        char name[48];
        if (row->param < 0) continue;
        snprintf(name, sizeof name, "--%s", flag_spell(row).text);
        print_text_row(file, name, spell_exact(param_value(params, row->param)).text, row->meaning);
    }
}

static void print_text(FILE *file, const flong_info *info) {
    char format[16];
    snprintf(format, sizeof format, "%" PRIu32, info->format);
    print_text_row(file, "format", format, "version of the file format");
#define COUNT_LINE(member, spell, meaning) print_text_row(file, #member, spell(info->member).text, meaning);
    COUNTS_MAP(COUNT_LINE)
#undef COUNT_LINE
    if (info->articles)
        print_text_row(file, "bytes_per_article", spell_bytes(info->bytes / info->articles).text,
                       "size of the file for each article");
    print_text_params(file, &info->params);
}

static void print_json(FILE *file, const flong_info *info) {
    fprintf(file, "{\"format\":%" PRIu32, info->format);
#define COUNT_MEMBER(member, spell, meaning) fprintf(file, ",\"" #member "\":%" PRIu64, info->member);
    COUNTS_MAP(COUNT_MEMBER)
#undef COUNT_MEMBER
    fputs(",\"params\":{", file);
    const char *comma = "";
    for (size_t i = 0; i < flag_count; i++) {
        const flag *row = &flag_table[i];
        if (row->param < 0) continue;
        fprintf(file, "%s\"%s\":%s", comma, row->name,
                spell_exact(param_value(&info->params, row->param)).text);
        comma = ",";
    }
    fputs("}}\n", file);
}

static bool info_get(work *job, flong_info *info) {
    flong_status status = flong_index_open(&job->index, job->path, FLONG_OPEN_READ, NULL, &job->error);
    if (status == FLONG_OK) status = flong_index_info(job->index, info, &job->error);
    return status == FLONG_OK || work_failed(job, status);
}

typedef struct listing {
    FILE *file;
    uint64_t lines;
} listing;

/* One line of furniture. */
static int on_furniture(void *context, const flong_furniture *line) {
    listing *list = context;
    FILE *file = list->file;
    list->lines++;
    fprintf(file, "%8" PRIu64 "  ", line->times);
    visible_print(file, line->line);
    fputc('\n', file);
    return 0;
}

static bool print_furniture(work *job, FILE *file) {
    flong_str site = {job->asked->furniture, strlen(job->asked->furniture)};
    listing list = {.file = file};
    flong_status status = flong_index_furniture(job->index, site, on_furniture, &list, &job->error);
    if (status == FLONG_OK && list.lines == 0)
        say("nothing is known as furniture of %s; sites are named as in the output of flong cluster",
            job->asked->furniture);
    return status == FLONG_OK || work_failed(job, status);
}

int run_info(const options *asked) {
    work job = {.asked = asked, .path = asked->operands[0]};
    flong_info info;
    output out = {0};
    bool good = info_get(&job, &info) && output_open(&out, NULL);
    if (good && asked->furniture)
        good = print_furniture(&job, out.file);
    else if (good)
        (asked->json ? print_json : print_text)(out.file, &info);
    good = good && output_finish(&out, NULL);
    work_close(&job);
    return good ? EXIT_DONE : EXIT_ERROR;
}
