#include "input/textfile.h"

#include <string.h>

#include "input/json.h"
#include "input/quote.h"
#include "input/site.h"
#include "input/sniff.h"

const char *textfile_fault(flong_str text) {
    const char *why = sniff_text(text);
    if (why) return why;
    if (text_trim(text).n == 0) return "no text: the file is empty";
    if (memchr(text.p, 0, text.n)) return "binary data, not text";
    if (!json_is_utf8(text.p, text.n)) return "not UTF-8; convert it, e.g. iconv -f latin1 -t utf-8";
    return NULL;
}

bool textfile_json(buffer *out, flong_str id, flong_str text) {
    out->n = 0;
    return buffer_append(out, "{\"id\":", 6) && quote_append(out, id) &&
           buffer_append(out, ",\"text\":", 8) && quote_append(out, text) && buffer_append(out, "}", 1);
}
