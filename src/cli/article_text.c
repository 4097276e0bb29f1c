#include "article_text.h"

#include "say.h"
#include "terminal.h"
#include "visible.h"

#include <string.h>
#include <time.h>

/* ---- what is known of it ------------------------------------------------------------------- */

enum { NAME_COLUMNS = 10 };

static void name_print(FILE *file, const char *name) {
    fprintf(file, "%s:%*s", name, (int)(NAME_COLUMNS - strlen(name) - 1), "");
}

/* Nothing where it is empty. */
static void field_print(FILE *file, const char *name, flong_str value, const char *begin, const char *end) {
    if (value.n == 0) return;
    name_print(file, name);
    fputs(begin, file);
    visible_print(file, value);
    fprintf(file, "%s\n", end);
}

static void date_print(FILE *file, int64_t seconds) {
    char text[40];
    struct tm utc;
    time_t at = (time_t)seconds;
    if (seconds == FLONG_NO_DATE || at != seconds || !gmtime_r(&at, &utc)) return;
    if (strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc) == 0) return;
    name_print(file, "date");
    fprintf(file, "%s\n", text);
}

static void credit_print(FILE *file, const flong_wire *wire, const char *begin, const char *end) {
    const char *between = "";
    if (wire->credit.n + wire->place.n == 0) return;
    name_print(file, "credit");
    fputs(begin, file);
    if (wire->credit.n) {
        visible_print(file, wire->agency.n ? wire->agency : (flong_str){"agencies, not named", 19});
        fputs(": \"", file);
        visible_print(file, wire->credit);
        fputs("\"", file);
        between = "; ";
    }
    if (wire->place.n) {
        fprintf(file, "%sdateline ", between);
        visible_print(file, wire->place);
    }
    fprintf(file, "%s\n", end);
}

static void counts_print(FILE *file, const flong_reading *r, bool coloured) {
    const char *plain = style_code(STYLE_PLAIN, coloured);
    name_print(file, "tokens");
    fputs(spell_number(r->tokens).text, file);
    if (r->furniture)
        fprintf(file, ", %s%s (%.1f %%) furniture%s", style_code(STYLE_FAINT, coloured),
                spell_number(r->furniture).text, 100 * (double)r->furniture / (double)r->tokens, plain);
    uint64_t credits = r->tokens - r->furniture - r->kept;
    if (credits)
        fprintf(file, ", %s%s credit%s", style_code(STYLE_MARKED, coloured), spell_number(credits).text,
                plain);
    if (r->stub)
        fprintf(file, "; %sa stub%s: little but furniture and notices, compared as a whole",
                style_code(STYLE_WARNING, coloured), plain);
    fputs("\n", file);
}

static void head_print(FILE *file, const flong_reading *r, bool coloured) {
    const char *plain = style_code(STYLE_PLAIN, coloured);
    field_print(file, "id", r->record.id, "", "");
    field_print(file, "title", r->record.title, style_code(STYLE_STRONG, coloured), plain);
    date_print(file, r->record.published);
    field_print(file, "site", r->record.site, "", "");
    field_print(file, "url", r->record.url, "", "");
    field_print(file, "author", r->record.author, "", "");
    field_print(file, "language", r->record.lang, "", "");
    credit_print(file, &r->wire, style_code(STYLE_MARKED, coloured), plain);
    counts_print(file, r, coloured);
}

/* ---- its text ------------------------------------------------------------------------------ */

/* No mark; also what asides are shown as, which count as anything else does. */
enum { OWN = 2 };

static const char signs[] = {[FLONG_MARK_FURNITURE] = '~', [FLONG_MARK_CREDIT] = '@', [OWN] = '|'};
static const style styles[] = {
    [FLONG_MARK_FURNITURE] = STYLE_FAINT, [FLONG_MARK_CREDIT] = STYLE_MARKED, [OWN] = STYLE_PLAIN};

/* The text as it is gone through: pieces of one line and one kind. */
typedef struct pieces {
    flong_str rest;
    const flong_mark *marks, *marks_end;
    uint64_t at; /* characters before the rest */
} pieces;

/* The kind of the next character, and in *until the first one that may be of another. */
static unsigned kind_next(pieces *p, uint64_t *until) {
    while (p->marks < p->marks_end && p->marks->end <= p->at) p->marks++;
    *until = UINT64_MAX;
    if (p->marks == p->marks_end) return OWN;
    bool within = p->marks->begin <= p->at;
    *until = within ? p->marks->end : p->marks->begin;
    return within && p->marks->kind != FLONG_MARK_ASIDE ? (unsigned)p->marks->kind : OWN;
}

/* The next characters of one kind, up to a line end, which is passed over. *ended says whether there was one. */
static flong_str piece_next(pieces *p, unsigned *kind, bool *ended) {
    flong_str piece = {p->rest.p, 0};
    uint64_t until;
    *kind = kind_next(p, &until);
    while (piece.n < p->rest.n && piece.p[piece.n] != '\n') {
        bool begins = ((unsigned char)piece.p[piece.n] & 0xC0) != 0x80;
        if (begins && p->at == until && kind_next(p, &until) != *kind) break;
        p->at += begins;
        piece.n++;
    }
    *ended = piece.n < p->rest.n && piece.p[piece.n] == '\n';
    p->at += *ended;
    p->rest.p += piece.n + *ended;
    p->rest.n -= piece.n + *ended;
    if (*ended && piece.n && piece.p[piece.n - 1] == '\r') piece.n--;
    return piece;
}

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

/* Without the spaces at its end, and those at its beginning if they are not a line's. */
static flong_str piece_trim(flong_str piece, bool begins) {
    while (piece.n && is_blank(piece.p[piece.n - 1])) piece.n--;
    while (!begins && piece.n && is_blank(*piece.p)) piece.p++, piece.n--;
    return piece;
}

static void text_print_coloured(FILE *file, pieces p) {
    bool ended = true;
    while (p.rest.n) {
        unsigned kind;
        if (ended) fputs("  ", file);
        flong_str piece = piece_next(&p, &kind, &ended);
        fputs(kind == OWN ? "" : style_code(styles[kind], true), file);
        visible_print(file, piece);
        fputs(kind == OWN ? "" : style_code(STYLE_PLAIN, true), file);
        if (ended || p.rest.n == 0) fputs("\n", file);
    }
}

static void text_print_signed(FILE *file, pieces p) {
    bool begins = true, ended; /* a line of the text, and one that is printed */
    while (p.rest.n) {
        unsigned kind;
        flong_str piece = piece_trim(piece_next(&p, &kind, &ended), begins);
        if (piece.n == 0) {
            if (begins && ended) fprintf(file, "%c\n", signs[kind]);
        } else {
            fprintf(file, "%c %s", signs[kind], begins ? "" : "  ");
            visible_print(file, piece);
            fputs("\n", file);
            begins = false;
        }
        begins |= ended;
    }
}

void article_text_print(FILE *file, const flong_reading *r, bool coloured) {
    pieces p = {r->record.text, r->marks, r->marks + r->n_marks, 0};
    head_print(file, r, coloured);
    if (r->record.text.n) fputs("\n", file);
    (coloured ? text_print_coloured : text_print_signed)(file, p);
}
