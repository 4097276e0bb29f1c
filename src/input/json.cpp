/* Error codes only: no exception may cross into C, so none must arise here. */
#define SIMDJSON_EXCEPTIONS 0
#include <simdjson.h>

extern "C" {
#include "base/memory.h"
}
#include "input/json.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <new>

namespace dom = simdjson::dom;

static_assert(JSON_PADDING >= simdjson::SIMDJSON_PADDING, "simdjson reads further than the lines are padded");

/* What is walked: an object, or a list. */
struct json_level {
    dom::object object; /* of a list: the one around it */
    dom::object::iterator next, end;
    dom::array::iterator item, items_end;
    bool is_list;
};

struct json {
    dom::parser parser;
    dom::element value; /* the cursor */
    json_level walk;
    json_level outer[JSON_DEPTH];
    size_t depth;
};

json *json_new(void) {
    void *memory = mem_new(1, sizeof(json));
    return memory ? new (memory) json() : nullptr;
}

void json_free(json *self) {
    if (!self) return;
    self->~json();
    mem_free(self);
}

static bool walk_object(json_level *walk, dom::element value) {
    if (value.get(walk->object) != simdjson::SUCCESS) return false;
    walk->is_list = false;
    walk->next = walk->object.begin();
    walk->end = walk->object.end();
    return true;
}

static bool walk_list(json_level *walk, dom::element value) {
    dom::array list;
    if (value.get(list) != simdjson::SUCCESS) return false;
    walk->is_list = true;
    walk->item = list.begin();
    walk->items_end = list.end();
    return true;
}

bool json_enter(json *self) {
    if (self->depth == JSON_DEPTH) return false;
    json_level inner = self->walk;
    if (!walk_object(&inner, self->value) && !walk_list(&inner, self->value)) return false;
    self->outer[self->depth++] = self->walk;
    self->walk = inner;
    return true;
}

void json_leave(json *self) { self->walk = self->outer[--self->depth]; }

bool json_is_in_list(const json *self) { return self->walk.is_list; }

flong_status json_parse(json *self, const char **why, const char *line, size_t n) {
    dom::element root;
    simdjson::error_code code = self->parser.parse(line, n, false).get(root);
    if (code == simdjson::MEMALLOC) return FLONG_NOMEM;
    if (code != simdjson::SUCCESS) {
        *why = code == simdjson::UTF8_ERROR ? "not UTF-8; convert it, e.g. iconv -f latin1 -t utf-8"
                                            : simdjson::error_message(code);
        return FLONG_INPUT;
    }
    self->depth = 0;
    if (!walk_object(&self->walk, root)) {
        *why = "it is a value of another kind";
        return FLONG_INPUT;
    }
    return FLONG_OK;
}

/* A string is a slice of the parser's own buffer, which it does not look at again before the next line:
 * it may be written to. */
static flong_str clean(std::string_view view) {
    char *p = const_cast<char *>(view.data());
    char *end = p + view.size();
    for (char *zero = p; (zero = static_cast<char *>(memchr(zero, 0, size_t(end - zero)))); zero++)
        *zero = ' ';
    return flong_str{p, view.size()};
}

bool json_next(json *self, flong_str *key) {
    json_level *walk = &self->walk;
    if (walk->is_list) {
        if (!(walk->item != walk->items_end)) return false;
        *key = flong_str{nullptr, 0};
        self->value = *walk->item;
        ++walk->item;
        return true;
    }
    if (!(walk->next != walk->end)) return false;
    *key = clean(walk->next.key());
    self->value = walk->next.value();
    ++walk->next;
    return true;
}

bool json_seek(json *self, const char *path) {
    dom::object object = self->walk.object;
    for (;;) {
        const char *dot = strchr(path, '.');
        std::string_view key(path, dot ? size_t(dot - path) : strlen(path));
        if (object.at_key(key).get(self->value) != simdjson::SUCCESS) return false;
        if (!dot) return true;
        if (self->value.get(object) != simdjson::SUCCESS) return false;
        path = dot + 1;
    }
}

/* {"$date": {"$numberLong": "1485907200000"}} is the deepest wrapper there is. */
static dom::element unwrap(dom::element value) {
    for (int depth = 0; depth < 2; depth++) {
        dom::object object;
        if (value.get(object) != simdjson::SUCCESS || object.size() != 1) break;
        auto only = object.begin();
        std::string_view key = only.key();
        if (key != "$date" && key != "$oid" && key != "$numberLong") break;
        value = only.value();
    }
    return value;
}

static size_t string_count(dom::array list, dom::element *first) {
    size_t n = 0;
    for (dom::element value : list)
        if (value.is_string() && n++ == 0) *first = value;
    return n;
}

static void set_integer(json_value *out, const char *format, uint64_t value) {
    out->kind = JSON_INTEGER;
    int n = snprintf(out->digits, sizeof out->digits, format, value);
    out->string = flong_str{out->digits, n > 0 ? size_t(n) : 0};
}

void json_read(json *self, json_value *out) {
    dom::element value = unwrap(self->value);
    std::string_view string;
    int64_t integer;
    uint64_t natural;
    dom::array list;
    out->kind = JSON_OTHER;
    if (value.get(list) == simdjson::SUCCESS) {
        size_t n = string_count(list, &value);
        if (n > 1) out->kind = JSON_LIST;
        if (n != 1) return;
    }
    if (value.get(string) == simdjson::SUCCESS) {
        out->kind = JSON_STRING;
        out->string = clean(string);
    } else if (value.get(integer) == simdjson::SUCCESS) {
        set_integer(out, "%" PRId64, uint64_t(integer));
        out->number = double(integer);
    } else if (value.get(natural) == simdjson::SUCCESS) {
        set_integer(out, "%" PRIu64, natural);
        out->number = double(natural);
    } else if (value.get(out->number) == simdjson::SUCCESS) {
        out->kind = JSON_REAL;
    }
}

bool json_join(json *self, buffer *out) {
    dom::array list;
    if (self->value.get(list) != simdjson::SUCCESS) return true;
    bool first = true;
    for (dom::element value : list) {
        std::string_view string;
        if (value.get(string) != simdjson::SUCCESS) continue;
        if (!first && !buffer_append(out, "\n", 1)) return false;
        flong_str piece = clean(string);
        if (!buffer_append(out, piece.p, piece.n)) return false;
        first = false;
    }
    return true;
}

static bool append_name(dom::element value, buffer *out) {
    dom::object object;
    std::string_view name;
    if (value.get(object) == simdjson::SUCCESS && object.at_key("name").get(value) != simdjson::SUCCESS)
        return true;
    if (value.get(name) != simdjson::SUCCESS || name.empty()) return true;
    if (out->n && !buffer_append(out, ", ", 2)) return false;
    flong_str piece = clean(name);
    return buffer_append(out, piece.p, piece.n);
}

bool json_names(json *self, buffer *out) {
    dom::array list;
    if (self->value.get(list) != simdjson::SUCCESS) return append_name(self->value, out);
    for (dom::element value : list)
        if (!append_name(value, out)) return false;
    return true;
}

/* Lists in lists in lists are none that anybody wants. */
static size_t numbers_take(dom::array list, uint64_t *out, size_t n, size_t most, int depth) {
    for (dom::element value : list) {
        dom::array inner;
        uint64_t number;
        if (n < most && value.get(number) == simdjson::SUCCESS)
            out[n++] = number;
        else if (depth > 0 && value.get(inner) == simdjson::SUCCESS)
            n = numbers_take(inner, out, n, most, depth - 1);
    }
    return n;
}

size_t json_numbers(json *self, uint64_t *out, size_t most) {
    dom::array list;
    return self->value.get(list) == simdjson::SUCCESS ? numbers_take(list, out, 0, most, 1) : 0;
}

int json_truth(json *self) {
    bool value;
    return self->value.get(value) == simdjson::SUCCESS ? value : -1;
}

bool json_is_utf8(const char *bytes, size_t n) { return simdjson::validate_utf8(bytes, n); }
