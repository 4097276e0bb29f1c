/* Functions of one text, or of two. All give NULL for NULL. They look at their arguments only, so that they may stand in
 * indexes, views and triggers. */
#include <string.h>

#include "sqlite/extension.h"

SQLITE_EXTENSION_INIT3

/* ---- arguments --------------------------------------------------------------------------- */

/* How many bytes a UTF-8 character takes that begins with this one, and the range of the byte after it; 0: none does. */
static int character_length(unsigned char first, unsigned char *from, unsigned char *to) {
    *from = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    *to = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    return first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first <= 0xF4 ? 4 : 0;
}

static bool is_utf8(const unsigned char *p, size_t n) {
    for (size_t i = 0; i < n;) {
        unsigned char from, to;
        int length = character_length(p[i], &from, &to);
        if (length == 0 || (size_t)length > n - i) return false;
        for (int k = 1; k < length; k++, from = 0x80, to = 0xBF)
            if (p[i + (size_t)k] < from || p[i + (size_t)k] > to) return false;
        i += (size_t)length;
    }
    return true;
}

bool text_argument(flong_str *out, sqlite3_value *value, const char **why) {
    *out = (flong_str){0};
    if (sqlite3_value_type(value) == SQLITE_NULL) return true;
    *why = "a blob was given, not text";
    if (sqlite3_value_type(value) == SQLITE_BLOB) return false;
    *why = "out of memory";
    const unsigned char *p = sqlite3_value_text(value);
    if (!p) return false;
    size_t n = (size_t)sqlite3_value_bytes(value);
    *why = "the text is not UTF-8";
    *out = (flong_str){(const char *)p, n};
    return is_utf8(p, n);
}

static void fail(sqlite3_context *context, const char *function, const char *why) {
    char *text = sqlite3_mprintf("%s: %s", function, why);
    if (text)
        sqlite3_result_error(context, text, -1);
    else
        sqlite3_result_error_nomem(context);
    sqlite3_free(text);
}

/* What the library says of a failure. */
static void fail_with(sqlite3_context *context, const char *function, const flong_error *error) {
    if (error->status == FLONG_NOMEM)
        sqlite3_result_error_nomem(context);
    else
        fail(context, function, error->text);
}

static bool any_null(int n, sqlite3_value **values) {
    for (int i = 0; i < n; i++)
        if (sqlite3_value_type(values[i]) == SQLITE_NULL) return true;
    return false;
}

/* ---- two texts --------------------------------------------------------------------------- */

/* False when the result is set already: NULL or an error. */
static bool compare(sqlite3_context *context, const char *function, flong_score *score, int n,
                    sqlite3_value **values) {
    flong_record records[2] = {{.published = FLONG_NO_DATE}, {.published = FLONG_NO_DATE}};
    const char *why;
    flong_error error;
    if (any_null(n, values)) return false;
    for (int i = 0; i < 2; i++)
        if (!text_argument(&records[i].text, values[i], &why)) {
            fail(context, function, why);
            return false;
        }
    if (flong_compare(score, &records[0], &records[1], NULL, &error) == FLONG_OK) return true;
    fail_with(context, function, &error);
    return false;
}

static void similarity_function(sqlite3_context *context, int n, sqlite3_value **values) {
    static const char *const names[] = {"jaccard", "contained", "contains", "longest_run"};
    flong_score score;
    size_t name = 0;
    if (any_null(n, values)) return;
    if (n == 3) {
        const char *wanted = (const char *)sqlite3_value_text(values[2]);
        if (!wanted) return sqlite3_result_error_nomem(context);
        while (name < 4 && strcmp(wanted, names[name]) != 0) name++;
    }
    if (name == 4)
        return fail(context, "flong_similarity",
                    "the third argument is jaccard, contained, contains or longest_run");
    if (!compare(context, "flong_similarity", &score, n, values)) return;
    const double shares[] = {score.jaccard, score.a_in_b, score.b_in_a};
    if (name < 3)
        sqlite3_result_double(context, shares[name]);
    else
        sqlite3_result_int64(context, score.longest_run);
}

static void relation_function(sqlite3_context *context, int n, sqlite3_value **values) {
    flong_score score;
    if (compare(context, "flong_relation", &score, n, values))
        sqlite3_result_text(context, flong_relation_name(score.relation), -1, SQLITE_STATIC);
}

/* ---- signatures -------------------------------------------------------------------------- */

enum { SLOT_BYTES = 4, SLOTS_MOST = 1024 };

/* One sketcher serves a connection, whose calls come one after the other. */
static void signature_function(sqlite3_context *context, int n, sqlite3_value **values) {
    flong_sketcher *sketcher = sqlite3_user_data(context);
    flong_record record = {.published = FLONG_NO_DATE};
    flong_sketch sketch;
    flong_error error;
    flong_params params;
    const char *why;
    if (any_null(n, values)) return;
    if (!text_argument(&record.text, values[0], &why)) return fail(context, "flong_signature", why);
    if (flong_sketch_record(sketcher, &sketch, &record, &error) != FLONG_OK)
        return fail_with(context, "flong_signature", &error);
    if (!sketch.signature) return; /* nothing to sign */
    unsigned char bytes[SLOTS_MOST * SLOT_BYTES];
    flong_params_default(&params);
    for (uint32_t i = 0; i < params.slots * SLOT_BYTES; i++)
        bytes[i] = (unsigned char)(sketch.signature[i / SLOT_BYTES] >> i % SLOT_BYTES * 8);
    sqlite3_result_blob(context, bytes, (int)(params.slots * SLOT_BYTES), SQLITE_TRANSIENT);
}

static bool signature_read(uint32_t *out, size_t *n, sqlite3_value *value) {
    int size = sqlite3_value_type(value) == SQLITE_BLOB ? sqlite3_value_bytes(value) : 0;
    const unsigned char *p = size > 0 ? sqlite3_value_blob(value) : NULL;
    if (!p || size % SLOT_BYTES || size > SLOTS_MOST * SLOT_BYTES) return false;
    *n = (size_t)size / SLOT_BYTES;
    for (size_t i = 0; i < *n; i++, p += SLOT_BYTES)
        out[i] = p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
    return true;
}

static void signature_jaccard_function(sqlite3_context *context, int n, sqlite3_value **values) {
    uint32_t slots[2][SLOTS_MOST];
    size_t sizes[2];
    if (any_null(n, values)) return;
    for (int i = 0; i < 2; i++)
        if (!signature_read(slots[i], &sizes[i], values[i]))
            return fail(context, "flong_signature_jaccard",
                        "an argument is not a signature of flong_signature");
    if (sizes[0] != sizes[1])
        return fail(context, "flong_signature_jaccard", "the signatures have different numbers of slots");
    sqlite3_result_double(context, flong_signature_jaccard(slots[0], slots[1], sizes[0]));
}

static void version_function(sqlite3_context *context, int n, sqlite3_value **values) {
    (void)n, (void)values;
    sqlite3_result_text(context, flong_version(), -1, SQLITE_STATIC);
}

/* ---- registering ------------------------------------------------------------------------- */

static void sketcher_free(void *sketcher) { flong_sketcher_free(sketcher); }

int functions_register(sqlite3 *db) {
    static const struct {
        const char *name;
        int n;
        void (*function)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {{"flong_similarity", 2, similarity_function},
                     {"flong_similarity", 3, similarity_function},
                     {"flong_relation", 2, relation_function},
                     {"flong_signature_jaccard", 2, signature_jaccard_function},
                     {"flong_version", 0, version_function}};
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    flong_sketcher *sketcher;
    if (flong_sketcher_new(&sketcher, NULL, NULL) != FLONG_OK) return SQLITE_NOMEM;
    int code = sqlite3_create_function_v2(db, "flong_signature", 1, flags, sketcher, signature_function, NULL,
                                          NULL, sketcher_free); /* frees it on failure, too */
    for (size_t i = 0; code == SQLITE_OK && i < sizeof functions / sizeof *functions; i++)
        code = sqlite3_create_function_v2(db, functions[i].name, functions[i].n, flags, NULL,
                                          functions[i].function, NULL, NULL, NULL);
    return code;
}
