/* Objects of a JSON array, or of a file of several one after another, over as many lines as they like: cut where their
 * braces match, without holding more than one. Whether they are good JSON is for the reader to say. */
#include <string.h>

#include "base/error.h"
#include "input/format.h"

/* Kept of an object that is too long: enough to see whether a quotation mark is escaped. */
enum { LOOK_BACK = 1024 };

/* Where the scan stands. */
typedef struct scan {
    size_t at;      /* bytes that were scanned of what is held */
    uint64_t depth; /* braces and brackets that are open; 0: between two objects */
    uint64_t begun; /* the line on which the object began */
    size_t column;  /* between two objects: of the scan in its line, as far as it is known */
    size_t first;   /* the column of the first object */
    bool in_line;   /* something stood on the line */
    bool in_string, in_junk;
    bool passing; /* over an object that is too long */
    bool seeking; /* for where the object ends that is broken */
} scan;

flong_status elements_begin(cutter *c, flong_error *error) {
    c->line = 1;
    c->own = mem_new(1, sizeof(scan));
    return c->own ? FLONG_OK : error_nomem(error);
}

void elements_end(cutter *c) {
    mem_free(c->own);
    c->own = NULL;
}

static void line_end(cutter *c, scan *s) {
    c->line++;
    s->column = 0;
    s->in_line = false;
}

/* An odd number of backslashes before the quotation mark makes it part of the string. */
static bool is_escaped(const char *begin, const char *quote) {
    size_t n = 0;
    while (quote - n > begin && quote[-1 - (ptrdiff_t)n] == '\\') n++;
    return n & 1;
}

/* Goes through a string up to its end, or the line's, which no string goes beyond. False: it does. */
static bool string_scan(scan *s, const char *held, size_t n) {
    while (s->at < n) {
        const char *from = held + s->at, *quote = memchr(from, '"', n - s->at);
        const char *end = quote ? quote : held + n;
        if (memchr(from, '\n', (size_t)(end - from))) return false;
        s->at = (size_t)(end - held) + (quote != NULL);
        if (!quote || is_escaped(held, quote)) continue;
        s->in_string = false;
        return true;
    }
    return true;
}

/* Goes through an object until it ends, a string in it begins, or there is no more. */
static void object_scan(cutter *c, scan *s, const char *held, size_t n) {
    while (s->at < n && s->depth && !s->in_string) {
        char p = held[s->at++];
        if (p == '"') s->in_string = true;
        if (p == '{' || p == '[') s->depth++;
        if (p == '}' || p == ']') s->depth--;
        if (p == '\n') line_end(c, s);
    }
}

/* What was scanned is an object, or nearly one. */
static bool object_add(cutter *c, block *into, scan *s, size_t start, const char *why) {
    if (!why && s->at > c->max_record) why = c->too_long;
    item it = {.at = start, .n = s->at, .number = c->number, .line = s->begun, .fault = why};
    bool added = s->passing || block_add(into, it);
    s->depth = 0;
    s->in_string = s->passing = false;
    return added;
}

/* A brace that is the first on its line, and not further right than the first object's, ends what was broken. */
static void seek_end(scan *s, char p) {
    if ((p != '{' && p != '}') || s->in_line || s->column > s->first) return;
    s->seeking = false;
    s->in_junk = p == '}';
}

static bool is_gap(char p) {
    return p == ' ' || p == '\t' || p == '\r' || p == '\n' || p == ',' || p == '[' || p == ']';
}

/* One character between two objects. */
static bool between(cutter *c, block *into, scan *s, char p) {
    if (s->seeking) seek_end(s, p);
    if (p == '{' && !s->seeking) {
        if (!c->number) s->first = s->column;
        s->depth = 1, s->begun = c->line, c->number++;
        s->in_junk = false;
        return true;
    }
    bool mark = !c->number && p && strchr("\xEF\xBB\xBF", p); /* a byte order mark */
    bool told = is_gap(p) || mark || s->in_junk || s->seeking;
    s->in_junk = !is_gap(p) && !mark;
    s->in_line = s->in_line || (p != ' ' && p != '\t');
    s->column++;
    if (p == '\n') line_end(c, s);
    return told || block_add_fault(into, c->line, "no JSON object: it is a value of another kind");
}

/* Goes on with the object. What is broken in it would hide all that follows, so it ends there. */
static bool object_go_on(cutter *c, block *into, scan *s, size_t start) {
    const char *held = into->bytes.p + start;
    size_t n = into->bytes.n - start;
    if (!s->in_string)
        object_scan(c, s, held, n);
    else if (!string_scan(s, held, n)) {
        s->seeking = s->in_line = true;
        return object_add(c, into, s, start, "no JSON object: a string does not end on its line");
    }
    return s->depth || object_add(c, into, s, start, NULL);
}

/* Scans what is held from *start on; *start moves on behind what was cut. */
static bool held_scan(cutter *c, block *into, scan *s, size_t *start) {
    while (*start + s->at < into->bytes.n) {
        if (s->depth) {
            if (!object_go_on(c, into, s, *start)) return false;
            if (s->depth) continue;
            *start += s->at;
            s->at = 0;
        } else {
            if (!between(c, into, s, into->bytes.p[*start])) return false;
            if (s->depth)
                s->at = 1;
            else
                ++*start;
        }
    }
    return true;
}

/* Forgets what is held of an object that is too long, and says so once. */
static bool object_pass(cutter *c, block *into, scan *s, size_t start) {
    if (!s->passing && !block_add_fault(into, s->begun, c->too_long)) return false;
    s->passing = true;
    if (s->at <= LOOK_BACK) return true;
    memmove(into->bytes.p + start, into->bytes.p + start + s->at - LOOK_BACK, LOOK_BACK);
    into->bytes.n = start + LOOK_BACK;
    s->at = LOOK_BACK;
    return true;
}

static flong_status file_end(cutter *c, block *into, scan *s, flong_error *error) {
    c->at_end = true;
    bool cut = s->depth && !s->passing;
    bool good = !cut || block_add_fault(into, s->begun, "no JSON object: the file ends before it does");
    return good ? FLONG_OK : error_nomem(error);
}

flong_status elements_cut(cutter *c, block *into, flong_error *error) {
    scan *s = c->own;
    size_t start = into->bytes.n, got;
    for (;;) {
        TRY(cutter_read(c, into, &got, error));
        if (!got) return file_end(c, into, s, error);
        if (!held_scan(c, into, s, &start)) return error_nomem(error);
        bool too_long = s->depth && (s->passing || s->at > c->max_record);
        if (too_long && !object_pass(c, into, s, start)) return error_nomem(error);
        if (block_is_full(into) || (into->n && stream_is_slow(c->from))) break;
    }
    size_t left = into->bytes.n - start;
    into->bytes.n = start;
    return buffer_append(&c->rest, into->bytes.p + start, left) ? FLONG_OK : error_nomem(error);
}
