#include "input/fields.h"

#include <stdio.h>
#include <string.h>

#include "base/error.h"
#include "input/date.h"
#include "input/site.h"

static const char *const field_names[FIELD_COUNT] = {"id",   "url",       "site",   "title",
                                                     "text", "published", "author", "lang"};

/* In order of priority, our own name first. A key is also known in another spelling: "PubDate" is pubDate,
 * "Title" is title; an exact one goes before it. Names from news-please, newspaper3k, trafilatura, Scrapy,
 * NewsAPI, schema.org, RSS, GDELT, and the APIs of newspapers. */
#define FIELD_ALIASES 24
static const char *const known[FIELD_COUNT][FIELD_ALIASES] = {
    [FIELD_ID] = {"id", "_id", "article_id", "doc_id", "docid", "document_id", "uuid", "guid"},
    [FIELD_URL] = {"url", "link", "uri", "canonical_url", "canonicalLink", "href", "original_url",
                   "article_url", "web_url", "final_url", "permalink", "source_url"},
    [FIELD_SITE] = {"site", "source_domain", "domain", "hostname", "host", "source", "publisher", "outlet",
                    "site_name", "sitename", "news_outlet", "source_name", "publication", "newspaper"},
    [FIELD_TITLE] = {"title", "headline", "name", "heading", "article_title", "web_title"},
    [FIELD_TEXT] = {"text", "maintext", "content", "body", "article", "article_text", "full_text",
                    "articleBody", "raw_text", "plaintext", "text_content", "article_content", "main_text",
                    "body_text", "story", "cleaned_text", "clean_text"},
    [FIELD_PUBLISHED] = {"published",
                         "date_publish",
                         "publish_date",
                         "publishedAt",
                         "published_at",
                         "pub_date",
                         "pubDate",
                         "datePublished",
                         "date_published",
                         "published_date",
                         "publication_date",
                         "published_time",
                         "article:published_time",
                         "isoDate",
                         "date",
                         "datetime",
                         "date_time",
                         "timestamp",
                         "created_at",
                         "created",
                         "time",
                         "seendate"},
    [FIELD_AUTHOR] = {"author", "authors", "byline", "creator", "dc:creator", "article:author", "author_name",
                      "author_names", "article_author", "writer", "reporter", "contributor", "by"},
    [FIELD_LANG] = {"lang", "language", "language_code", "lang_code", "inLanguage", "locale",
                    "content_language", "article_language"},
};

static const uint32_t NO_RANK = UINT32_MAX;
static const uint32_t OTHER_SPELLING = 1u << 30; /* behind every exact one */

/* The next character that counts in a name: in lower case, "_" and "-" left out; 0 at the end. */
static unsigned char fold_next(const char **p, const char *end) {
    while (*p < end && (**p == '_' || **p == '-')) ++*p;
    if (*p == end) return 0;
    unsigned char c = (unsigned char)*(*p)++;
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

/* FNV-1a of the folded name; only for the table below. */
static unsigned fold_hash(const char *p, size_t n) {
    uint32_t hash = 2166136261u;
    const char *end = p + n;
    for (unsigned char c; (c = fold_next(&p, end));) hash = (hash ^ c) * 16777619u;
    return (hash ^ hash >> 16) % ALIAS_HEADS;
}

static bool fold_equal(flong_str a, const char *b) {
    const char *a_end = a.p + a.n, *b_end = b + strlen(b);
    for (;;) {
        unsigned char c = fold_next(&a.p, a_end), d = fold_next(&b, b_end);
        if (c != d) return false;
        if (!c) return a.p == a_end;
    }
}

static bool is_name(flong_str key, const char *name) {
    return strlen(name) == key.n && memcmp(name, key.p, key.n) == 0;
}

static flong_status alias_add(fields *self, const char *name, size_t field, bool is_users,
                              flong_error *error) {
    if (self->n == UINT16_MAX) return error_set(error, FLONG_ARG, "more than %d names of fields", UINT16_MAX);
    if (!ARRAY_GROW(self->aliases, self->n, self->capacity)) return error_nomem(error);
    uint16_t *head = &self->heads[fold_hash(name, strlen(name))];
    self->aliases[self->n] = (alias){name, (uint32_t)self->n, (uint8_t)field, is_users, *head};
    *head = (uint16_t)self->n++;
    return FLONG_OK;
}

static flong_status users_add(fields *self, const flong_field *user, flong_error *error) {
    size_t field = 0;
    while (field < FIELD_COUNT && user->field && strcmp(user->field, field_names[field]) != 0) field++;
    if (field == FIELD_COUNT || !user->field)
        return error_set(error, FLONG_ARG,
                         "there is no field \"%s\"; the fields are id, url, site, title, text, "
                         "published, author and lang",
                         user->field ? user->field : "");
    if (!user->name || !*user->name)
        return error_set(error, FLONG_ARG, "the field %s has got no name; write %s=NAME", user->field,
                         user->field);
    return alias_add(self, user->name, field, true, error);
}

static void missing_write(fields *self) {
    size_t n = sizeof self->missing, at = 0;
    at += (size_t)snprintf(self->missing, n, "no text: none of the keys ");
    for (size_t i = 1; i < self->n && at < n / 2; i++)
        if (self->aliases[i].field == FIELD_TEXT && strlen(self->aliases[i].name) <= 60)
            at += (size_t)snprintf(self->missing + at, n - at, "%s, ", self->aliases[i].name);
    snprintf(self->missing + at - 2, n - at, " is there; name it with --field text=NAME");
}

flong_status fields_init(fields *self, const flong_field *users, size_t n, flong_error *error) {
    TRY(alias_add(self, "", FIELD_COUNT, true, error)); /* place 0, which is none */
    memset(self->heads, 0, sizeof self->heads);
    for (size_t i = 0; i < n; i++) TRY(users_add(self, &users[i], error));
    for (size_t field = 0; field < FIELD_COUNT; field++)
        for (size_t i = 0; i < FIELD_ALIASES && known[field][i]; i++)
            TRY(alias_add(self, known[field][i], field, false, error));
    missing_write(self);
    return FLONG_OK;
}

void fields_free(fields *self) {
    mem_free(self->aliases);
    buffer_free(&self->text);
    buffer_free(&self->author);
    buffer_free(&self->spare);
}

static void take(fields *self, size_t field, uint32_t rank, flong_str value) {
    self->ranks[field] = rank;
    self->values[field] = value;
}

static void take_date(fields *self, uint32_t rank, const json_value *value) {
    int64_t date;
    bool is_good;
    if (value->kind == JSON_STRING) {
        flong_str text = text_trim(value->string);
        if (text.n == 0) return;
        is_good = date_parse(&date, text);
    } else if (value->kind == JSON_INTEGER || value->kind == JSON_REAL) {
        is_good = date_from_number(&date, value->number);
    } else
        return;
    if (!is_good) {
        self->has_bad_date = true;
        return;
    }
    self->ranks[FIELD_PUBLISHED] = rank;
    self->published = date;
}

/* Keeps what was joined in `spare` for the field, unless that is blank. */
static void take_joined(fields *self, size_t field, buffer *kept, uint32_t rank) {
    flong_str text = {self->spare.p, self->spare.n};
    if (text_trim(text).n == 0) return;
    take(self, field, rank, text);
    buffer old = *kept;
    *kept = self->spare;
    self->spare = old;
}

static flong_status take_list(fields *self, uint32_t rank, json *parsed, flong_error *error) {
    self->spare.n = 0;
    if (!json_join(parsed, &self->spare)) return error_nomem(error);
    take_joined(self, FIELD_TEXT, &self->text, rank);
    return FLONG_OK;
}

/* Authors are a name, an object with a name (as schema.org has it), or a list of these. */
static flong_status take_names(fields *self, uint32_t rank, json *parsed, flong_error *error) {
    self->spare.n = 0;
    if (!json_names(parsed, &self->spare)) return error_nomem(error);
    take_joined(self, FIELD_AUTHOR, &self->author, rank);
    return FLONG_OK;
}

static void take_text(fields *self, size_t field, uint32_t rank, flong_str text) {
    if (text_trim(text).n) take(self, field, rank, text);
}

/* Takes the value at the cursor for a field, if it can be used for it. */
static flong_status take_value(fields *self, size_t field, uint32_t rank, json *parsed, flong_error *error) {
    json_value value;
    json_read(parsed, &value);
    if (field == FIELD_TEXT && (value.kind == JSON_STRING || value.kind == JSON_LIST))
        self->has_text_key = true;
    if (field == FIELD_PUBLISHED) {
        take_date(self, rank, &value);
    } else if (value.kind == JSON_STRING) {
        take_text(self, field, rank, value.string);
    } else if (value.kind == JSON_INTEGER && field == FIELD_ID) {
        memcpy(self->digits, value.string.p, value.string.n);
        take(self, field, rank, (flong_str){self->digits, value.string.n});
    } else if (field == FIELD_AUTHOR) {
        return take_names(self, rank, parsed, error);
    } else if (value.kind == JSON_LIST && field == FIELD_TEXT) {
        return take_list(self, rank, parsed, error);
    }
    return FLONG_OK;
}

/* What the key stands for, in *at, which is 0 before the first: NULL when there is nothing more that beats what was
 * found. */
static const alias *key_next(const fields *self, flong_str key, size_t *at, uint32_t *rank) {
    size_t i = *at ? self->aliases[*at].next : self->heads[fold_hash(key.p, key.n)];
    for (; i; i = self->aliases[i].next) {
        const alias *known_as = &self->aliases[i];
        *rank = known_as->rank;
        if (!is_name(key, known_as->name)) {
            if (known_as->is_users || !fold_equal(key, known_as->name)) continue;
            *rank += OTHER_SPELLING;
        }
        if (*rank >= self->ranks[known_as->field]) continue;
        *at = i;
        return known_as;
    }
    return NULL;
}

static flong_status read_key(fields *self, flong_str key, json *parsed, flong_error *error) {
    uint32_t rank;
    size_t at = 0;
    for (const alias *as; (as = key_next(self, key, &at, &rank));)
        TRY(take_value(self, as->field, rank, parsed, error));
    return FLONG_OK;
}

/* The user's names with a dot that are no keys themselves lead into objects. */
static flong_status read_paths(fields *self, json *parsed, flong_error *error) {
    for (size_t i = 1; i < self->n && self->aliases[i].is_users; i++) {
        const alias *known_as = &self->aliases[i];
        if (known_as->rank >= self->ranks[known_as->field] || !strchr(known_as->name, '.')) continue;
        if (json_seek(parsed, known_as->name))
            TRY(take_value(self, known_as->field, known_as->rank, parsed, error));
    }
    return FLONG_OK;
}

void fields_begin(fields *self) {
    memset(self->values, 0, sizeof self->values);
    for (size_t field = 0; field < FIELD_COUNT; field++) self->ranks[field] = NO_RANK;
    self->published = FLONG_NO_DATE;
    self->has_bad_date = self->has_text_key = false;
}

void fields_put(fields *self, flong_str key, flong_str value) {
    uint32_t rank;
    size_t at = 0;
    for (const alias *as; (as = key_next(self, key, &at, &rank));) {
        const json_value date = {.kind = JSON_STRING, .string = value};
        if (as->field == FIELD_TEXT) self->has_text_key = true;
        if (as->field == FIELD_PUBLISHED)
            take_date(self, rank, &date);
        else
            take_text(self, as->field, rank, value);
    }
}

void fields_end(fields *self) {
    if (self->published != FLONG_NO_DATE) self->has_bad_date = false;
}

flong_status fields_read(fields *self, json *parsed, flong_error *error) {
    fields_begin(self);
    for (flong_str key; json_next(parsed, &key);) TRY(read_key(self, key, parsed, error));
    TRY(read_paths(self, parsed, error));
    fields_end(self);
    return FLONG_OK;
}

void fields_record(const fields *self, outcome *out) {
    const flong_str *values = self->values;
    *out = (outcome){.kind = OUTCOME_RECORD, .has_bad_date = self->has_bad_date};
    out->record = (flong_record){.id = values[FIELD_ID],
                                 .url = text_trim(values[FIELD_URL]),
                                 .site = text_trim(values[FIELD_SITE]),
                                 .title = text_trim(values[FIELD_TITLE]),
                                 .text = values[FIELD_TEXT],
                                 .published = self->published,
                                 .author = text_trim(values[FIELD_AUTHOR]),
                                 .lang = text_trim(values[FIELD_LANG])};
    if (out->record.text.n || out->record.title.n) return;
    out->kind = OUTCOME_BAD;
    out->why = self->has_text_key ? "no text: it is empty" : self->missing;
}

bool fields_knows(flong_str name, size_t field) {
    for (size_t i = 0; i < FIELD_ALIASES && known[field][i]; i++)
        if (fold_equal(name, known[field][i])) return true;
    return false;
}
