#include "text/marks.h"

#include "text/aside.h"
#include "text/characters.h"

/* Of tokens that no mark is about. */
enum { PLAIN = UINT32_MAX };

/* A text that is gone through token by token: the run of those of one kind that is being read. Places are bytes of
 * the text. */
typedef struct marking {
    mark_list *out;
    flong_str text;
    characters characters;
    uint32_t kind;
    size_t begin, end; /* where the run begins; where its last token ends */
    bool begun;
} marking;

static bool is_space(char c) { return (unsigned char)c <= ' '; }

static size_t spaces_skip(flong_str text, size_t at, size_t end) {
    while (at < end && is_space(text.p[at])) at++;
    return at;
}

static size_t spaces_trim(flong_str text, size_t begin, size_t at) {
    while (at > begin && is_space(text.p[at - 1])) at--;
    return at;
}

/* Parts the gap [begin, end) between two runs: the rest of the line belongs to the one before; within a line all but
 * what is attached to the word behind, such as an opening bracket. Without a space the gap is the former's. */
static size_t gap_part(flong_str text, size_t begin, size_t end) {
    size_t cut = begin;
    while (cut < end && text.p[cut] != '\n') cut++;
    if (cut < end) return cut;
    while (cut > begin && !is_space(text.p[cut - 1])) cut--;
    return cut > begin ? cut : end;
}

/* The run that is being read ends at a byte, spaces before it apart. */
static bool run_end(marking *m, size_t at) {
    size_t end = spaces_trim(m->text, m->begin, at);
    if (m->kind == PLAIN || end == m->begin) return true;
    if (!ARRAY_GROW(m->out->marks, m->out->n, m->out->capacity)) return false;
    m->out->marks[m->out->n++] =
        (flong_mark){characters_before(&m->characters, m->begin), characters_before(&m->characters, end),
                     (flong_mark_kind)m->kind};
    return true;
}

/* One token more, of a kind, at [begin, end); n-grams overlap. */
static bool token_take(marking *m, size_t begin, size_t end, uint32_t kind) {
    if (!m->begun || m->kind != kind) {
        size_t cut = !m->begun ? 0 : begin > m->end ? gap_part(m->text, m->end, begin) : m->end;
        if (m->begun && !run_end(m, cut)) return false;
        m->begin = spaces_skip(m->text, cut, end);
        m->kind = kind;
        m->begun = true;
    }
    m->end = end;
    return true;
}

/* What a token of a unit is marked as. */
static uint32_t kind_of(const unit *u, const token *t, unsigned kinds) {
    uint32_t kind = u->furniture                          ? FLONG_MARK_FURNITURE
                    : u->credit                           ? FLONG_MARK_CREDIT
                    : u->seen || t->before & TOKEN_UNSURE ? FLONG_MARK_ASIDE
                                                          : PLAIN;
    return kind != PLAIN && kinds >> kind & 1 ? kind : PLAIN;
}

bool marks_find(mark_list *out, const article *a, size_t n_title, flong_str text, unsigned kinds) {
    marking m = {.out = out, .text = text, .characters = characters_of(text.p, text.n)};
    out->n = 0;
    for (size_t i = 0; i < a->n_units; i++) {
        const unit *u = &a->units[i];
        const token *t = &a->tokens.tokens[u->first];
        if (u->first < a->n_title) continue; /* no unit begins in the title and ends in the text */
        for (uint32_t k = 0; k < u->n; k++)
            if (!token_take(&m, t[k].begin - n_title - 1, t[k].end - n_title - 1, kind_of(u, &t[k], kinds)))
                return false;
    }
    return !m.begun || run_end(&m, text.n);
}
