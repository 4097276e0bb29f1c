#include "help.h"

#include <string.h>

enum { PAGE_WIDTH = 80, INDENT = 2 };

const char help_exit_status[] = "0: done; 1: nothing found (only with --fail-if-none); 2: an error, told on "
                                "stderr; 130, 143: stopped by a signal.";

bool flag_listed(const flag *row, command_id command, bool parameter) {
    return (row->commands >> command & 1) != 0 && (row->param >= 0) == parameter;
}

flag_meaning flag_explain(const flag *row) {
    flag_meaning out;
    size_t room = sizeof out.text;
    size_t n = (size_t)snprintf(out.text, room, "%s", row->meaning);
    const char *zero = row->fallback && row->fallback[0] == '.' ? "0" : "";
    if (n < room && row->param >= 0)
        snprintf(out.text + n, room - n, " (%g to %g; default %s%s)", row->min, row->max, zero,
                 row->fallback);
    else if (n < room && row->fallback)
        snprintf(out.text + n, room - n, " (default: %s)", row->fallback);
    return out;
}

/* Prints text in lines of PAGE_WIDTH, all but the first indented; the first starts at `column`. */
static void print_wrapped(FILE *file, const char *text, int column, int indent) {
    while (*text) {
        int length = (int)strcspn(text, " ");
        if (column > indent && column + 1 + length > PAGE_WIDTH) {
            fprintf(file, "\n%*s", indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', file);
            column++;
        }
        fprintf(file, "%.*s", length, text);
        column += length;
        text += length;
        text += strspn(text, " ");
    }
    fputc('\n', file);
}

/* "  -o, --output OUT"; returns how wide it is. With file NULL only that. */
static int print_flag_head(FILE *file, const flag *row) {
    char head[128];
    int n = snprintf(head, sizeof head, "  %c%c%c --%s%s%s", row->letter ? '-' : ' ',
                     row->letter ? row->letter : ' ', row->letter ? ',' : ' ', flag_spell(row).text,
                     row->metavar ? " " : "", row->metavar ? row->metavar : "");
    if (file) fputs(head, file);
    return n;
}

static void print_flags(FILE *file, command_id command, bool parameters, const char *title) {
    int width = 0;
    for (size_t i = 0; i < flag_count; i++) {
        if (!flag_listed(&flag_table[i], command, parameters)) continue;
        int n = print_flag_head(NULL, &flag_table[i]);
        if (n > width) width = n;
    }
    if (width) fprintf(file, "\n%s:\n", title);
    for (size_t i = 0; i < flag_count; i++) {
        const flag *row = &flag_table[i];
        if (!flag_listed(row, command, parameters)) continue;
        int n = print_flag_head(file, row), indent = width + INDENT;
        fprintf(file, "%*s", indent - n, "");
        print_wrapped(file, flag_explain(row).text, indent, indent);
    }
}

static void print_example(FILE *file, const char *example) {
    fputs("\nExample:\n", file);
    while (*example) {
        int length = (int)strcspn(example, "\n");
        fprintf(file, "  %.*s\n", length, example);
        example += length + (example[length] == '\n');
    }
}

static void print_list(FILE *file) {
    fputs("Usage: flong COMMAND [FLAG]... [ARGUMENT]...\n\nCommands:\n", file);
    for (int i = 0; i < COMMAND_NONE; i++)
        fprintf(file, "  %-7s  %-14s  %s\n", command_table[i].name, command_table[i].operands,
                command_table[i].purpose);
    print_flags(file, COMMAND_NONE, false, "Flags");
    fputs("\n`flong help COMMAND` tells the flags of a command and shows an example.\n"
          "Input is JSON, HTML, web archives (WARC, WET), CSV, RSS, Atom or .txt, plain or\n"
          "compressed, in files, folders, tar or zip archives; `-` or no FILE is standard input.\n",
          file);
}

void help_print(FILE *file, command_id id) {
    const command_row *command = &command_table[id];
    fprintf(file, "flong%s%s: %s\n\n", *command->name ? " " : "", command->name, command->purpose);
    if (id == COMMAND_NONE) {
        print_list(file);
        return;
    }
    fprintf(file, "Usage: flong %s [FLAG]... %s\n\n", command->name, command->operands);
    print_wrapped(file, command->notes, 0, 0);
    print_flags(file, id, false, "Flags");
    print_flags(file, id, true, "Parameters of a new index");
    print_example(file, command->example);
    fprintf(file, "\nExit status:");
    print_wrapped(file, help_exit_status, 12, 0);
}
