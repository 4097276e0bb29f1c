/* argv -> options, by the table of flags. */
#include "options.h"

#include "say.h"

#include <stdlib.h>
#include <string.h>

/* Two rows of the distance matrix and one more for swaps suffice; longer names are cut. */
enum { NAME_MAX_LENGTH = 40 };

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

size_t name_distance(const char *a, const char *b) {
    size_t n = strnlen(a, NAME_MAX_LENGTH), m = strnlen(b, NAME_MAX_LENGTH);
    size_t rows[3][NAME_MAX_LENGTH + 1];
    for (size_t i = 0; i <= n; i++) {
        size_t *now = rows[i % 3], *before = rows[(i + 2) % 3], *earlier = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= m; j++) {
            if (i == 0) {
                now[j] = j;
                continue;
            }
            now[j] = least(least(before[j], now[j - 1]) + 1, before[j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                now[j] = least(now[j], earlier[j - 2] + 1);
        }
    }
    return rows[n % 3][m];
}

/* Whether a name that far from what was typed is worth offering. */
static bool is_near(size_t distance, const char *typed) {
    return distance <= least(3, strlen(typed) / 3 + 1);
}

command_id command_find(const char *name) {
    size_t nearest = N_COMMANDS, best = SIZE_MAX;
    for (size_t i = 0; i < COMMAND_NONE; i++) {
        size_t distance = name_distance(name, command_table[i].name);
        if (distance == 0) return (command_id)i;
        if (distance < best) best = distance, nearest = i;
    }
    if (is_near(best, name))
        say("unknown command %s; did you mean %s?", name, command_table[nearest].name);
    else
        say("unknown command %s; `flong help` lists the commands", name);
    return COMMAND_NONE;
}

static bool flag_of(const flag *row, command_id command) { return (row->commands >> command & 1) != 0; }

static const flag *flag_by_letter(command_id command, char letter) {
    for (size_t i = 0; i < flag_count; i++)
        if (flag_of(&flag_table[i], command) && flag_table[i].letter == letter) return &flag_table[i];
    return NULL;
}

static const flag *flag_by_name(command_id command, const char *name) {
    for (size_t i = 0; i < flag_count; i++)
        if (flag_of(&flag_table[i], command) && strcmp(flag_spell(&flag_table[i]).text, name) == 0)
            return &flag_table[i];
    return NULL;
}

/* Between "flong" and the name of a command, which for COMMAND_NONE is empty. */
static const char *space_before(const char *name) { return *name ? " " : ""; }

/* Whether another command has the flag; says which. */
static bool say_elsewhere(command_id command, const char *name) {
    for (int other = 0; other < COMMAND_NONE; other++) {
        if (!flag_by_name((command_id)other, name)) continue;
        say("--%s is a flag of `flong %s`, not of `flong%s%s`", name, command_table[other].name,
            space_before(command_table[command].name), command_table[command].name);
        return true;
    }
    return false;
}

static void say_unknown(command_id command, const char *dashes, const char *name) {
    if (dashes[1] && say_elsewhere(command, name)) return;
    const char *of = command_table[command].name;
    const flag *nearest = NULL;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < flag_count; i++) {
        if (!flag_of(&flag_table[i], command)) continue;
        size_t distance = name_distance(name, flag_spell(&flag_table[i]).text);
        if (distance < best) best = distance, nearest = &flag_table[i];
    }
    if (dashes[1] && nearest && is_near(best, name))
        say("unknown flag --%s; did you mean --%s?", name, flag_spell(nearest).text);
    else
        say("unknown flag %s%s; `flong%s%s --help` lists the flags", dashes, name, space_before(of), of);
}

/* The words of argv that are still to be read. */
typedef struct words {
    char **next, **end;
} words;

static bool needs_value(const flag *row) {
    say("--%s needs a value: --%s %s", flag_spell(row).text, flag_spell(row).text, row->metavar);
    return false;
}

/* Sets a flag whose value is `attached`, or the next word. */
static bool take_value(options *asked, const flag *row, char *attached, words *rest) {
    if (!attached && rest->next < rest->end) attached = *rest->next++;
    if (!attached || !*attached) return needs_value(row);
    return options_set(asked, row, attached);
}

/* --name, --name=value or --name value. */
static bool parse_long(options *asked, char *word, words *rest) {
    char name[64];
    char *value = strchr(word, '=');
    size_t n = value ? (size_t)(value - word) : strlen(word);
    n = least(n, sizeof name - 1);
    memcpy(name, word, n);
    name[n] = 0;
    const flag *row = flag_by_name(asked->command, name);
    if (!row) {
        say_unknown(asked->command, "--", name);
        return false;
    }
    if (row->metavar) return take_value(asked, row, value ? value + 1 : NULL, rest);
    if (!value) return options_set(asked, row, NULL);
    say("--%s takes no value", name);
    return false;
}

/* -q, -j4, -j 4, -qj4. */
static bool parse_short(options *asked, char *letters, words *rest) {
    for (; *letters; letters++) {
        const flag *row = flag_by_letter(asked->command, *letters);
        if (!row) {
            say_unknown(asked->command, "-", (char[]){*letters, 0});
            return false;
        }
        if (row->metavar) return take_value(asked, row, letters[1] ? letters + 1 : NULL, rest);
        if (!options_set(asked, row, NULL)) return false;
    }
    return true;
}

static bool parse_words(options *asked, words *rest) {
    bool flags_ended = false;
    while (rest->next < rest->end && !asked->help) {
        char *word = *rest->next++;
        if (flags_ended || word[0] != '-' || !word[1])
            asked->operands[asked->n_operands++] = word;
        else if (strcmp(word, "--") == 0)
            flags_ended = true;
        else if (!(word[1] == '-' ? parse_long(asked, word + 2, rest) : parse_short(asked, word + 1, rest)))
            return false;
    }
    return true;
}

static bool check_operands(const options *asked) {
    const command_row *command = &command_table[asked->command];
    const char *space = space_before(command->name);
    if (asked->help) return true;
    if (asked->n_operands < command->least)
        say("%s needs %s; `flong%s%s --help` says more", command->name, command->operands, space,
            command->name);
    else if (asked->n_operands > command->most)
        say("%s is one argument too many; usage: flong%s%s %s", asked->operands[command->most], space,
            command->name, command->operands);
    else if (strncmp(command->operands, "DB", 2) == 0 && strcmp(asked->operands[0], "-") == 0)
        say("an index is a file and cannot be standard input");
    else if (strncmp(command->operands, "FROM", 4) == 0 && strcmp(asked->operands[0], "-") == 0)
        say("what is reported on is a file and cannot be standard input");
    else
        return true;
    return false;
}

bool options_parse(options *asked, int argc, char **argv) {
    *asked = (options){.command = COMMAND_NONE};
    words rest = {argv + (argc > 0), argv + argc};
    asked->operands = calloc((size_t)argc + 1, sizeof *asked->operands);
    asked->fields = calloc((size_t)argc + 1, sizeof *asked->fields);
    asked->ids = calloc((size_t)argc + 1, sizeof *asked->ids);
    if (!asked->operands || !asked->fields || !asked->ids) {
        say("out of memory");
        return false;
    }
    if (rest.next < rest.end && **rest.next != '-') {
        asked->command = command_find(*rest.next++);
        if (asked->command == COMMAND_NONE) return false;
    }
    return parse_words(asked, &rest) && options_list_files(asked) && check_operands(asked);
}

void options_free(options *asked) {
    free(asked->operands);
    free(asked->fields);
    free(asked->listed);
    free(asked->ids);
    asked->operands = NULL;
    asked->fields = NULL;
    asked->ids = NULL;
}
