/* The program: it sees only include/flong.h, and everything it knows of its flags is in flags.c. */
#include "run.h"

#include "help.h"
#include "output.h"
#include "stop.h"

#include <fcntl.h>
#include <unistd.h>

/* A standard stream that came closed is opened the wrong way round: its use then fails, as it
 * should, and no other file gets its number. */
static int fill_standard_streams(void) {
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) >= 0) continue;
        if (open("/dev/null", fd == 0 ? O_WRONLY : O_RDONLY) != fd) return -1;
    }
    return 0;
}

static int show_help(command_id command) {
    output out;
    if (!output_open(&out, NULL)) return EXIT_ERROR;
    help_print(out.file, command);
    return output_finish(&out, NULL) ? EXIT_DONE : EXIT_ERROR;
}

int main(int argc, char **argv) {
    options asked;
    if (fill_standard_streams() != 0) return EXIT_ERROR;
    stop_watch();
    int status = EXIT_ERROR;
    if (options_parse(&asked, argc, argv))
        status = asked.help ? show_help(asked.command) : command_table[asked.command].run(&asked);
    options_free(&asked);
    return stop_status(status);
}
