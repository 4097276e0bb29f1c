/* The value of a flag: text -> what the flag's row says it is, in its range. */
#include "options.h"

#include "say.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool unfit(const flag *row, const char *value, const char *wanted) {
    say("--%s: %s is not %s", flag_spell(row).text, value, wanted);
    return false;
}

static bool out_of_range(const flag *row, const char *value) {
    say("--%s: %s is out of range; it goes from %.10g to %.10g", flag_spell(row).text, value, row->min,
        row->max);
    return false;
}

/* Digits only: strtoull would take a sign, spaces and, with an 'x', another base. */
static bool read_digits(const char *value, uint64_t *out, const char **end) {
    if (*value < '0' || *value > '9') return false;
    char *stop;
    errno = 0;
    *out = strtoull(value, &stop, 10);
    if (errno == ERANGE) *out = UINT64_MAX;
    *end = stop;
    return true;
}

static bool set_count(uint32_t *out, const flag *row, const char *value) {
    uint64_t n;
    const char *end;
    if (!read_digits(value, &n, &end) || *end) return unfit(row, value, "a whole number");
    if ((double)n < row->min || (double)n > row->max) return out_of_range(row, value);
    *out = (uint32_t)n;
    return true;
}

static bool set_share(double *out, const flag *row, const char *value) {
    char *end;
    double share = strtod(value, &end);
    if (end == value || *end || !isfinite(share)) return unfit(row, value, "a number");
    if (share < row->min || share > row->max) return out_of_range(row, value);
    *out = share;
    return true;
}

/* As it is given on the command line: 64M. */
static spelling spell_size(double bytes) {
    static const char units[] = "KMG";
    const char *unit = units;
    spelling out;
    for (bytes /= 1024; bytes >= 1024 && unit[1]; unit++) bytes /= 1024;
    snprintf(out.text, sizeof out.text, "%.10g%c", bytes, *unit);
    return out;
}

static bool set_size(size_t *out, const flag *row, const char *value) {
    static const char units[] = "KMG";
    uint64_t n;
    const char *end;
    if (!read_digits(value, &n, &end)) return unfit(row, value, "a size such as 64M");
    char letter = (char)(*end >= 'a' ? *end - 'a' + 'A' : *end);
    const char *unit = letter ? strchr(units, letter) : NULL;
    if (*end && (!unit || end[1])) return unfit(row, value, "a size such as 64M");
    double bytes = (double)n;
    for (const char *u = units; unit && u <= unit; u++) bytes *= 1024;
    if (bytes < row->min || bytes > row->max) {
        say("--%s: %s is out of range; it goes from %s to %s", flag_spell(row).text, value,
            spell_size(row->min).text, spell_size(row->max).text);
        return false;
    }
    *out = bytes < (double)SIZE_MAX ? (size_t)bytes : SIZE_MAX;
    return true;
}

/* A word and what it stands for. */
typedef struct choice {
    const char *word;
    unsigned value;
} choice;

/* Sets *out to what the value stands for, among choices that end with an empty one. */
static bool set_choice(unsigned *out, const flag *row, const char *value, const choice *choices,
                       const char *wanted) {
    for (; choices->word; choices++) {
        if (strcmp(value, choices->word) != 0) continue;
        *out = choices->value;
        return true;
    }
    return unfit(row, value, wanted);
}

static bool set_keep(flong_keep *out, const flag *row, const char *value) {
    static const choice rules[] = {{"earliest", FLONG_KEEP_EARLIEST},
                                   {"longest", FLONG_KEEP_LONGEST},
                                   {"first", FLONG_KEEP_FIRST},
                                   {NULL, 0}};
    unsigned rule;
    if (!set_choice(&rule, row, value, rules, "earliest, longest or first")) return false;
    *out = (flong_keep)rule;
    return true;
}

static bool set_level(unsigned *out, const flag *row, const char *value) {
    static const choice levels[] = {{"identical", FLONG_LEVEL_IDENTICAL},
                                    {"reprint", FLONG_LEVEL_REPRINT},
                                    {"rewrite", FLONG_LEVEL_REWRITE},
                                    {"story", FLONG_LEVEL_STORY},
                                    {NULL, 0}};
    return set_choice(out, row, value, levels, "identical, reprint, rewrite or story");
}

static bool set_sort(flong_sort *out, const flag *row, const char *value) {
    static const choice orders[] = {
        {"size", FLONG_SORT_SIZE}, {"date", FLONG_SORT_DATE}, {"sites", FLONG_SORT_SITES}, {NULL, 0}};
    unsigned order;
    if (!set_choice(&order, row, value, orders, "size, date or sites")) return false;
    *out = (flong_sort)order;
    return true;
}

static bool set_stubs(bool *out, const flag *row, const char *value) {
    *out = strcmp(value, "drop") == 0;
    return *out || strcmp(value, "keep") == 0 || unfit(row, value, "keep or drop");
}

static bool set_color(color_use *out, const flag *row, const char *value) {
    static const choice uses[] = {
        {"auto", COLOR_AUTO}, {"always", COLOR_ALWAYS}, {"never", COLOR_NEVER}, {NULL, 0}};
    unsigned use;
    if (!set_choice(&use, row, value, uses, "auto, always or never")) return false;
    *out = (color_use)use;
    return true;
}

/* The value is cut at its '=' where it stands, in argv. */
static bool add_field(options *asked, const flag *row, char *value) {
    static const char *const known[] = {"id", "url", "site", "title", "text", "published", "author", "lang"};
    char *equals = strchr(value, '=');
    if (!equals || !equals[1]) return unfit(row, value, "NAME=KEY, such as text=body");
    *equals = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(value, known[i]) != 0) continue;
        asked->fields[asked->n_fields++] = (flong_field){value, equals + 1};
        return true;
    }
    return unfit(row, value, "a field; those are id, url, site, title, text, published, author and lang");
}

bool options_set(options *asked, const flag *row, char *value) {
    void *member = (char *)asked + row->offset;
    if (row->param >= 0) asked->params_given[row->param] = true;
    switch (row->kind) {
    case FLAG_SET:
        *(bool *)member = true;
        return true;
    case FLAG_TEXT:
        *(const char **)member = value;
        return true;
    case FLAG_COUNT:
        return set_count(member, row, value);
    case FLAG_SHARE:
        return set_share(member, row, value);
    case FLAG_SIZE:
        return set_size(member, row, value);
    case FLAG_KEEP:
        return set_keep(member, row, value);
    case FLAG_STUBS:
        return set_stubs(member, row, value);
    case FLAG_LEVEL:
        return set_level(member, row, value);
    case FLAG_SORT:
        return set_sort(member, row, value);
    case FLAG_COLOR:
        return set_color(member, row, value);
    case FLAG_ID:
        asked->ids[asked->n_ids++] = (flong_str){value, strlen(value)};
        return true;
    case FLAG_FIELD:
        return add_field(asked, row, value);
    }
    return false;
}
