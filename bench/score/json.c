#include "json.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct json_reader {
    const char *path;
    const char *const *names;
    FILE *file;
    char *line;
    size_t capacity;
    uint64_t number; /* of the line */
    sqlite3 *db;
    sqlite3_stmt *fields;
};

void *memory_resize(void *p, size_t size) {
    void *q = realloc(p, size);
    if (!q && size) {
        fprintf(stderr, "flong-score: out of memory\n");
        exit(2);
    }
    return q;
}

void json_fail(const json_reader *r, const char *what) {
    fprintf(stderr, "flong-score: %s, line %llu: %s\n", r->path, (unsigned long long)r->number, what);
    exit(2);
}

/* One statement takes all fields of a line: SELECT json_extract(?1,'$.id'), ... */
static void prepare(json_reader *r, int n) {
    char sql[1024] = "SELECT ";
    for (int i = 0; i < n; i++) {
        const size_t used = strlen(sql);
        snprintf(sql + used, sizeof sql - used, "%sjson_extract(?1,'$.\"%s\"')", i ? "," : "", r->names[i]);
    }
    if (sqlite3_open(":memory:", &r->db) || sqlite3_prepare_v2(r->db, sql, -1, &r->fields, NULL))
        json_fail(r, sqlite3_errmsg(r->db));
}

json_reader *json_open(const char *path, const char *const *names, int n) {
    json_reader *r = memory_resize(NULL, sizeof *r);
    *r = (json_reader){.path = path, .names = names, .file = fopen(path, "rb")};
    if (!r->file) {
        fprintf(stderr, "flong-score: %s: %s\n", path, strerror(errno));
        exit(2);
    }
    prepare(r, n);
    return r;
}

static void json_close(json_reader *r) {
    sqlite3_finalize(r->fields);
    sqlite3_close(r->db);
    fclose(r->file);
    free(r->line);
    free(r);
}

int json_next(json_reader *r) {
    ssize_t n;
    do {
        n = getline(&r->line, &r->capacity, r->file);
        r->number++;
        if (n < 0 && ferror(r->file)) json_fail(r, strerror(errno));
        if (n < 0) {
            json_close(r);
            return 0;
        }
    } while (r->line[strspn(r->line, " \t\r\n")] == 0);
    sqlite3_reset(r->fields);
    if (sqlite3_bind_text64(r->fields, 1, r->line, (sqlite3_uint64)n, SQLITE_STATIC, SQLITE_UTF8) ||
        sqlite3_step(r->fields) != SQLITE_ROW)
        json_fail(r, sqlite3_errmsg(r->db));
    return 1;
}

/* Eight bytes at a time through a multiply and a shift, as in SplitMix64. */
static uint64_t hash(const unsigned char *p, size_t n) {
    uint64_t h = 0x9e3779b97f4a7c15u + n;
    for (; n; p += n < 8 ? n : 8, n -= n < 8 ? n : 8) {
        uint64_t x = 0;
        memcpy(&x, p, n < 8 ? n : 8);
        h = (h ^ x) * 0xbf58476d1ce4e5b9u;
        h = (h ^ (h >> 29)) * 0x94d049bb133111ebu;
        h ^= h >> 32;
    }
    return h ? h : 1;
}

uint64_t json_hash(const json_reader *r, int field) {
    if (sqlite3_column_type(r->fields, field) == SQLITE_NULL) return 0;
    const unsigned char *text = sqlite3_column_text(r->fields, field);
    return hash(text, (size_t)sqlite3_column_bytes(r->fields, field));
}

size_t json_words(const json_reader *r, int field, uint64_t *out, size_t most) {
    const char *p = json_text(r, field);
    size_t count = 0;
    for (size_t n; count < most && (n = strcspn(p, " ")) > 0; p += n + (p[n] != 0))
        out[count++] = hash((const unsigned char *)p, n);
    return count;
}

uint64_t json_need(const json_reader *r, int field) {
    const uint64_t h = json_hash(r, field);
    char what[128];
    snprintf(what, sizeof what, "the object has no \"%s\"", r->names[field]);
    if (!h) json_fail(r, what);
    return h;
}

const char *json_text(const json_reader *r, int field) {
    const unsigned char *text = sqlite3_column_text(r->fields, field);
    return text ? (const char *)text : "";
}

double json_number(const json_reader *r, int field) { return sqlite3_column_double(r->fields, field); }
