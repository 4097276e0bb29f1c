#include "terminal.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool terminal_coloured(const options *asked, FILE *file) {
    const char *none = getenv("NO_COLOR"), *kind = getenv("TERM");
    if (asked->color != COLOR_AUTO) return asked->color == COLOR_ALWAYS;
    return isatty(fileno(file)) && !(none && *none) && !(kind && strcmp(kind, "dumb") == 0);
}

const char *style_code(style to, bool coloured) {
    static const char *const codes[] = {[STYLE_PLAIN] = "\033[0m",
                                        [STYLE_STRONG] = "\033[1m",
                                        [STYLE_FAINT] = "\033[2m",
                                        [STYLE_MARKED] = "\033[36m",
                                        [STYLE_WARNING] = "\033[33m"};
    return coloured ? codes[to] : "";
}

int terminal_columns(FILE *file) {
    enum { LEAST = 20, USUAL = 80, MOST = 1000 };
    struct winsize window;
    long columns = USUAL;
    const char *given = getenv("COLUMNS");
    if (ioctl(fileno(file), TIOCGWINSZ, &window) == 0 && window.ws_col > 0)
        columns = window.ws_col;
    else if (given && strtol(given, NULL, 10) > 0)
        columns = strtol(given, NULL, 10);
    return columns < LEAST ? LEAST : columns > MOST ? MOST : (int)columns;
}
