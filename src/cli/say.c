#include "say.h"

#include "visible.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { TOLD_MOST = 2048 /* bytes of a message */ };

/* Whether a status line stands on the terminal. Atomic: a bad line may be told by the thread that
 * reads, progress by the one that links. */
static atomic_bool status_shown;

static void status_clear(void) {
    if (atomic_exchange(&status_shown, 0)) fputs("\r\033[K", stderr);
}

/* Cuts a text that was too long at a whole character. */
static void cut_whole(char *text, size_t n) {
    while (n > 0 && ((unsigned char)text[n - 1] & 0xC0) == 0x80) n--;
    if (n > 0 && (unsigned char)text[n - 1] >= 0xC0) n--;
    text[n] = 0;
}

static void say_line(const char *prefix, const char *format, va_list arguments) {
    char text[TOLD_MOST] = "", shown[VISIBLE_ROOM(sizeof text)];
    int n = vsnprintf(text, sizeof text, format, arguments);
    if (n >= (int)sizeof text) cut_whole(text, sizeof text - 1);
    visible_spell(shown, sizeof shown, (flong_str){text, strlen(text)});
    status_clear();
    /* In one call, so that it is one line also when two threads tell something. */
    fprintf(stderr, "%s%s\n", prefix, shown);
}

void say(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_line("flong: ", format, arguments);
    va_end(arguments);
}

void say_plain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    say_line("", format, arguments);
    va_end(arguments);
}

void say_status(const char *line) {
    if (!line) {
        status_clear();
        return;
    }
    struct winsize window;
    int columns = ioctl(STDERR_FILENO, TIOCGWINSZ, &window) == 0 && window.ws_col > 1 ? window.ws_col : 80;
    fprintf(stderr, "\r%.*s\033[K", columns - 1, line);
    atomic_store(&status_shown, 1);
}

spelling spell_number(uint64_t n) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    spelling spelled = {{0}};
    for (int i = 0, at = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) spelled.text[at++] = ',';
        spelled.text[at++] = digits[i];
    }
    return spelled;
}

spelling spell_count(uint64_t n, const char *singular) {
    spelling spelled;
    snprintf(spelled.text, sizeof spelled.text, "%.30s %.40s%s", spell_number(n).text, singular,
             n == 1 ? "" : "s");
    return spelled;
}

spelling spell_bytes(uint64_t n) {
    static const char *const units[] = {"kB", "MB", "GB", "TB"};
    spelling spelled;
    size_t unit = 0;
    double value = (double)n / 1000;
    while (value >= 1000 && unit < 3) value /= 1000, unit++;
    if (n < 1000)
        snprintf(spelled.text, sizeof spelled.text, "%u bytes", (unsigned)n);
    else
        snprintf(spelled.text, sizeof spelled.text, "%.*f %s", value < 10 ? 1 : 0, value, units[unit]);
    return spelled;
}

spelling spell_seconds(double seconds) {
    spelling spelled;
    uint64_t whole = seconds > 0 && seconds < 1e15 ? (uint64_t)(seconds + .5) : 0;
    if (seconds < 100)
        snprintf(spelled.text, sizeof spelled.text, "%.1f s", seconds);
    else if (whole < 6000)
        snprintf(spelled.text, sizeof spelled.text, "%" PRIu64 " min %02" PRIu64 " s", whole / 60,
                 whole % 60);
    else
        snprintf(spelled.text, sizeof spelled.text, "%" PRIu64 " h %02" PRIu64 " min", whole / 3600,
                 whole / 60 % 60);
    return spelled;
}
