/* Plain text files as articles. */
#include <string.h>

#include "input/format.h"
#include "input/json.h"
#include "input/pagetext.h"
#include "input/site.h"
#include "input/sniff.h"

/* Why the bytes cannot be an article's text (static), or NULL. */
static const char *text_fault(flong_str text) {
    const char *why = sniff_binary(text);
    if (why) return why;
    if (text_trim(text).n == 0) return "no text: the file is empty";
    if (memchr(text.p, 0, text.n)) return "binary data, not text";
    if (!json_is_utf8(text.p, text.n)) return "not UTF-8; convert it, e.g. iconv -f latin1 -t utf-8";
    return NULL;
}

flong_status textfile_read(void *reader, outcome *out, const item *it, flong_str bytes, flong_error *error) {
    (void)reader, (void)it, (void)error;
    if (bytes.n >= 3 && memcmp(bytes.p, "\xEF\xBB\xBF", 3) == 0) bytes.p += 3, bytes.n -= 3;
    const char *why = text_fault(bytes);
    pagetext head = {.published = FLONG_NO_DATE};
    if (!why) pagetext_read(&head, bytes);
    *out = (outcome){
        .kind = why ? OUTCOME_BAD : OUTCOME_RECORD,
        .why = why,
        .record = {
            .title = head.title, .text = head.text, .author = head.author, .published = head.published}};
    return FLONG_OK;
}
