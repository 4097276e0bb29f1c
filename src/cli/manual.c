/* The man page and the README tables, made from the same tables as --help. */
#include "help.h"

#include <string.h>

/* Text for roff: '\' and '-' escaped; a '.' or ''' at the start of a line is no request. */
static void roff_text(FILE *file, const char *text) {
    bool line_start = true;
    for (; *text; text++) {
        if (line_start && (*text == '.' || *text == '\'')) fputs("\\&", file);
        if (*text == '\\')
            fputs("\\e", file);
        else if (*text == '-')
            fputs("\\-", file);
        else
            fputc(*text, file);
        line_start = *text == '\n';
    }
}

static void roff_line(FILE *file, const char *before, const char *text) {
    fputs(before, file);
    roff_text(file, text);
    fputc('\n', file);
}

static void roff_flag(FILE *file, const flag *row) {
    fputs(".TP\n", file);
    if (row->letter) fprintf(file, "\\fB\\-%c\\fR, ", row->letter);
    fputs("\\fB\\-\\-", file);
    roff_text(file, flag_spell(row).text);
    fputs("\\fR", file);
    if (row->metavar) fprintf(file, " \\fI%s\\fR", row->metavar);
    roff_line(file, "\n", flag_explain(row).text);
}

static void roff_command(FILE *file, command_id id) {
    const command_row *command = &command_table[id];
    fprintf(file, ".SS flong %s [FLAG]... %s\n", command->name, command->operands);
    fprintf(file, "%c", command->purpose[0] - 'a' + 'A');
    roff_line(file, "", command->purpose + 1);
    fputs(".PP\n", file);
    roff_line(file, "", command->notes);
    for (size_t i = 0; i < flag_count; i++)
        if (flag_listed(&flag_table[i], id, false) && strcmp(flag_table[i].name, "help") != 0)
            roff_flag(file, &flag_table[i]);
    fputs(".PP\nFor example:\n.PP\n.nf\n", file);
    roff_text(file, command->example);
    fputs(".fi\n", file);
}

static void roff_parameters(FILE *file) {
    fputs(".SH PARAMETERS\nFlags of cluster, dedup and index that set the parameters of a new index.\n",
          file);
    for (size_t i = 0; i < flag_count; i++)
        if (flag_table[i].param >= 0) roff_flag(file, &flag_table[i]);
}

void manual_print_roff(FILE *file) {
    fprintf(file, ".TH FLONG 1 \"\" \"flong %s\" \"User Commands\"\n.SH NAME\nflong \\- %s\n",
            flong_version(), command_table[COMMAND_NONE].purpose);
    fputs(".SH SYNOPSIS\n", file);
    for (int i = 0; i < COMMAND_NONE; i++)
        fprintf(file, "%s\\fBflong %s\\fR [\\fIFLAG\\fR]... %s\n", i ? ".br\n" : "", command_table[i].name,
                command_table[i].operands);
    fputs(".SH DESCRIPTION\n"
          "flong reads news articles and tells which of them carry one text: reprints, edited or cut, and\n"
          "articles that carry a passage of another, and which tell one story in other words.\n"
          "Input is JSON lines or arrays, pages of HTML, web archives (WARC, WET), CSV and the like, feeds "
          "(RSS,\n"
          "Atom) or .txt files, plain or compressed with gzip, zstd, xz or bzip2, in folders, tar or zip "
          "archives;\n"
          "a FILE that is \\- , or no FILE, is standard input.\n"
          "Data goes to standard output, everything else to standard error.\n"
          ".SH COMMANDS\n",
          file);
    for (int i = 0; i < COMMAND_NONE; i++) roff_command(file, (command_id)i);
    roff_parameters(file);
    roff_line(file, ".SH EXIT STATUS\n", help_exit_status);
    fputs(
        ".SH ENVIRONMENT\n.TP\nTMPDIR\nWhere dedup keeps standard input until it is read again, and where a "
        "temporary index lies.\n",
        file);
}

static void markdown_commands_of(FILE *file, unsigned commands) {
    const char *between = "";
    for (int i = 0; i < COMMAND_NONE; i++) {
        if (!(commands >> i & 1)) continue;
        fprintf(file, "%s%s", between, command_table[i].name);
        between = ", ";
    }
}

void manual_print_markdown(FILE *file) {
    fputs("| command | what it does |\n|---|---|\n", file);
    for (int i = 0; i < COMMAND_NONE; i++)
        fprintf(file, "| `flong %s %s` | %s |\n", command_table[i].name, command_table[i].operands,
                command_table[i].purpose);
    fputs("\n| flag | of | meaning |\n|---|---|---|\n", file);
    for (size_t i = 0; i < flag_count; i++) {
        const flag *row = &flag_table[i];
        if (strcmp(row->name, "help") == 0 || !(row->commands & ((1u << COMMAND_NONE) - 1))) continue;
        fputs("| `", file);
        if (row->letter) fprintf(file, "-%c`, `", row->letter);
        fprintf(file, "--%s%s%s` | ", flag_spell(row).text, row->metavar ? " " : "",
                row->metavar ? row->metavar : "");
        markdown_commands_of(file, row->commands);
        fprintf(file, " | %s |\n", flag_explain(row).text);
    }
}
