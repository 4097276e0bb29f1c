#include "input/written.h"

#include <stdio.h>

#include "input/date.h"
#include "input/quote.h"

/* A member of the object, unless it is empty. */
static bool append_member(buffer *out, const char *name, flong_str value) {
    char key[24];
    if (value.n == 0) return true;
    int n = snprintf(key, sizeof key, "%s\"%s\":", out->n ? "," : "{", name);
    return buffer_append(out, key, (size_t)n) && quote_append(out, value);
}

bool written_json(buffer *out, const flong_record *record) {
    char date[DATE_TEXT];
    flong_str published = {date, 0};
    if (record->published != FLONG_NO_DATE) published.n = date_write(date, record->published);
    out->n = 0;
    return append_member(out, "id", record->id) && append_member(out, "url", record->url) &&
           append_member(out, "site", record->site) && append_member(out, "published", published) &&
           append_member(out, "author", record->author) && append_member(out, "lang", record->lang) &&
           append_member(out, "title", record->title) && append_member(out, "text", record->text) &&
           buffer_append(out, "}", 1);
}
