/* `flong help`, and `flong` without a command. */
#include "run.h"

#include "help.h"
#include "output.h"

int run_help(const options *asked) {
    command_id page = COMMAND_NONE;
    output out;
    if (asked->n_operands > 0) {
        page = command_find(asked->operands[0]);
        if (page == COMMAND_NONE) return EXIT_ERROR;
    }
    if (!output_open(&out, NULL)) return EXIT_ERROR;
    if (asked->man)
        manual_print_roff(out.file);
    else if (asked->markdown)
        manual_print_markdown(out.file);
    else
        help_print(out.file, page);
    return output_finish(&out, NULL) ? EXIT_DONE : EXIT_ERROR;
}

int run_none(const options *asked) {
    output out;
    if (!asked->version) {
        help_print(stderr, COMMAND_NONE);
        return EXIT_ERROR;
    }
    if (!output_open(&out, NULL)) return EXIT_ERROR;
    fprintf(out.file, "flong %s (%s)\n", flong_version(), flong_library_versions());
    return output_finish(&out, NULL) ? EXIT_DONE : EXIT_ERROR;
}
