#include "stop.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <unistd.h>

static atomic_int caught; /* lock-free, so a handler may write it and any thread read it */

static int nothing = -1; /* /dev/null; written before the signals are watched */

/* Standard input ends too: a read that waits for a pipe would otherwise never see the request. */
static void on_signal(int number) {
    int before = errno;
    atomic_store(&caught, number);
    if (nothing >= 0) dup2(nothing, STDIN_FILENO);
    errno = before;
}

void stop_watch(void) {
    static const int watched[] = {SIGINT, SIGTERM, SIGHUP};
    nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
    for (size_t i = 0; i < sizeof watched / sizeof *watched; i++) {
        struct sigaction before, action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        /* What nohup or the shell of a background job had ignored stays ignored. */
        if (sigaction(watched[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(watched[i], &action, NULL);
    }
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write too */
}

bool stop_asked(void) { return atomic_load(&caught) != 0; }

int stop_status(int status) { return stop_asked() ? 128 + atomic_load(&caught) : status; }
