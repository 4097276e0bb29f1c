#include "record.h"

const char *const kind_names[KINDS] = {
#define KIND_NAME(name, text) text,
    KIND_MAP(KIND_NAME)
#undef KIND_NAME
};

/* Howard Hinnant's days-to-civil, for days from 1970 on. */
date date_of(int64_t days) {
    const int64_t z = days + 719468, era = z / 146097, doe = z - era * 146097;
    const int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
    const int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100), mp = (5 * doy + 2) / 153;
    const unsigned day = (unsigned)(doy - (153 * mp + 2) / 5 + 1),
                   month = (unsigned)(mp < 10 ? mp + 3 : mp - 9);
    return (date){yoe + era * 400 + (month <= 2), month, day};
}

static void write_date(bytes *out, int64_t days, char between) {
    const date d = date_of(days);
    bytes_number(out, (uint64_t)d.year, 4);
    bytes_put(out, between);
    bytes_number(out, d.month, 2);
    bytes_put(out, between);
    bytes_number(out, d.day, 2);
}

/* Of the control characters only line ends occur. */
static void write_escaped(bytes *out, const bytes *in) {
    char *to = bytes_reserve(out, 2 * in->n);
    for (size_t i = 0; i < in->n; i++) {
        const char c = in->p[i];
        if (c == '"' || c == '\\') *to++ = '\\';
        if (c == '\n') {
            *to++ = '\\';
            *to++ = 'n';
        } else {
            *to++ = c;
        }
    }
    out->n = (size_t)(to - out->p);
}

/* Ids have eight digits at least, so that they sort. */
static void write_id(bytes *out, const char *key, char letter, uint64_t number, int digits) {
    bytes_say(out, key);
    bytes_put(out, letter);
    bytes_number(out, number, digits);
    bytes_put(out, '"');
}

static void write_slug(bytes *out, const bytes *title) {
    for (size_t i = 0; i < title->n && i < 48; i++) {
        const char c = title->p[i];
        const char low = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        if ((low >= 'a' && low <= 'z') || (low >= '0' && low <= '9')) bytes_put(out, low);
        if (low == ' ') bytes_put(out, '-');
    }
}

void record_write(bytes *out, const record *r) {
    const int64_t days = r->published / 86400, rest = r->published % 86400;
    write_id(out, "{\"id\":\"", 'n', r->number, 8);
    bytes_say(out, ",\"url\":\"https://www.");
    bytes_say(out, r->host);
    bytes_put(out, '/');
    write_date(out, days, '/');
    bytes_put(out, '/');
    write_slug(out, &r->title);
    bytes_put(out, '-');
    bytes_number(out, r->number, 1);
    bytes_say(out, "\",\"site\":\"");
    bytes_say(out, r->host);
    bytes_say(out, "\",\"title\":\"");
    write_escaped(out, &r->title);
    bytes_say(out, "\",\"published\":\"");
    write_date(out, days, '-');
    bytes_put(out, 'T');
    bytes_number(out, (uint64_t)(rest / 3600), 2);
    bytes_put(out, ':');
    bytes_number(out, (uint64_t)(rest / 60 % 60), 2);
    bytes_put(out, ':');
    bytes_number(out, (uint64_t)(rest % 60), 2);
    bytes_say(out, "Z\",\"text\":\"");
    write_escaped(out, &r->text);
    bytes_say(out, "\"}\n");
}

static void write_edits(bytes *out, unsigned edits) {
    const char *before = ",\"edits\":\"";
    for (int i = 0; i < EDITS; i++)
        if (edits & 1u << i) {
            bytes_say(out, before);
            bytes_say(out, edit_names[i]);
            before = " ";
        }
    if (edits) bytes_put(out, '"');
}

/* As one string, with spaces between. */
static void write_shown(bytes *out, const truth *t) {
    for (uint32_t i = 0; i < t->n_shown; i++) {
        bytes_say(out, i ? "t" : ",\"shows\":\"t");
        bytes_number(out, t->shown[i], 1);
        bytes_say(out, i + 1 < t->n_shown ? " " : "\"");
    }
}

void truth_write(bytes *out, const truth *t) {
    write_id(out, "{\"id\":\"", 'n', t->number, 8);
    write_id(out, ",\"text\":\"", 't', t->text, 1);
    write_id(out, ",\"story\":\"", 's', t->story, 1);
    bytes_say(out, ",\"kind\":\"");
    bytes_say(out, kind_names[t->kind]);
    bytes_put(out, '"');
    write_edits(out, t->edits);
    if (t->has_of) write_id(out, ",\"of\":\"", 'n', t->of, 8);
    if (t->kind == KIND_IDENTICAL || t->kind == KIND_REPRINT) {
        bytes_say(out, ",\"kept\":");
        bytes_number(out, t->kept / 10000, 1);
        bytes_put(out, '.');
        bytes_number(out, t->kept % 10000, 4);
    }
    if (t->thread) write_id(out, ",\"thread\":\"", 'h', t->thread, 1);
    write_shown(out, t);
    bytes_say(out, "}\n");
}
