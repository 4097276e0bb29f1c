/* flong-repeat: an archive of a wanted size from a smaller one, each time with other words in it. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "arguments/number.h"
#include "line.h"

static const char usage[] = "usage: flong-repeat -n ARTICLES [OPTION...] FILE -o OUT.jsonl\n"
                            "\n"
                            "Writes the articles of a file of JSON lines, from the beginning again until "
                            "there are enough of them. From the\n"
                            "second time on, ids and urls get another end, dates are later, and a share of "
                            "the words of four letters and more\n"
                            "is replaced in titles and texts: within one time each word by one and the same "
                            "other, so that what repeats\n"
                            "another article still does, while what is the same from time to time is little. "
                            "The same options give the same\n"
                            "bytes on every machine.\n"
                            "\n"
                            "  -n N         articles\n"
                            "  -o FILE      where they go; - is standard output\n"
                            "  --words X    share of the words that is replaced, from 0 to 1 (.3)\n"
                            "  --days N     by which dates are later, each time (31)\n";

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "flong-repeat: %s: %s\n", what, why);
    exit(2);
}

typedef struct arguments {
    const char *file, *output;
    uint64_t n;
    double words;
    long days;
} arguments;

static void option_set(arguments *a, const char *option, const char *value) {
    char *end;
    if (!value) fail(option, "needs a value; --help lists the options");
    if (!strcmp(option, "-n")) {
        a->n = argument_number("flong-repeat", option, value, 0, UINT32_MAX);
    } else if (!strcmp(option, "-o")) {
        a->output = value;
    } else if (!strcmp(option, "--days")) {
        a->days = (long)argument_number("flong-repeat", option, value, 0, 100000);
    } else if (!strcmp(option, "--words")) {
        a->words = strtod(value, &end);
        if (end == value || *end || !(a->words >= 0 && a->words <= 1))
            fail(option, "takes a share from 0 to 1");
    } else {
        fail(option, "no such option; --help lists them");
    }
}

static arguments arguments_parse(int argc, char **argv) {
    arguments a = {.words = .3, .days = 31};
    for (int i = 1; i < argc; i++) {
        if (!strcmp(argv[i], "--help") || !strcmp(argv[i], "-h")) {
            fputs(usage, stdout);
            exit(0);
        }
        if (argv[i][0] == '-')
            option_set(&a, argv[i], argv[i + 1]), i++;
        else
            a.file = argv[i];
    }
    if (!a.file || !a.output || a.n == 0) fail("-n, FILE, -o", "say how many, of what, and where they go");
    return a;
}

int main(int argc, char **argv) {
    const arguments a = arguments_parse(argc, argv);
    FILE *in = fopen(a.file, "rb"), *out = strcmp(a.output, "-") ? fopen(a.output, "wb") : stdout;
    line_edit edit = {.words = (uint32_t)(a.words * 1000 + .5)};
    char *line = NULL;
    size_t capacity = 0;
    ssize_t n;
    if (!in || !out) fail(in ? a.output : a.file, strerror(errno));
    for (uint64_t written = 0, before = 0; written < a.n; before = written) {
        while (written < a.n && (n = getline(&line, &capacity, in)) > 0) {
            if (!line_write(out, line, (size_t)n, &edit)) fail(a.file, "a line is no JSON object");
            written++;
        }
        if (written == before) fail(a.file, ferror(in) ? strerror(errno) : "holds no article");
        rewind(in);
        edit.time++;
        edit.days += a.days;
    }
    free(line);
    fclose(in);
    if (ferror(out) || fclose(out)) fail(a.output, "cannot be written");
    return 0;
}
