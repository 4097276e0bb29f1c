/* HTTP responses as they were recorded: the header, and the body as it was before it was packed for the way. Pure. */
#ifndef FLONG_INPUT_HTTP_H
#define FLONG_INPUT_HTTP_H

#include <stdbool.h>

#include "base/memory.h"
#include "flong.h"

/* Borrowed from the message. What the header does not name is empty. */
typedef struct http {
    int status;        /* 200 and so on; 0: the message does not begin with a status line */
    flong_str type;    /* "text/html" */
    flong_str charset; /* what the type says of it */
    flong_str encodings, transfer;
    flong_str body; /* as it was sent */
} http;

/* Takes a message apart. False: it has no whole header. */
bool http_parse(http *out, flong_str message);

/* "text/html; charset=utf-8" into its parts, without quotes. */
void http_type(flong_str *type, flong_str *charset, flong_str value);

/* Whether the type is that of a page, or nothing is known and the body begins like one. */
bool http_is_page(flong_str type, flong_str body);

/* Codecs and buffers, used for one body after another; one for each thread. */
typedef struct http_codec http_codec;
http_codec *http_codec_new(void); /* NULL when there is no memory */
void http_codec_free(http_codec *self);

/* The body without chunks and compressions: borrowed from the message or the codec, until its next use. Many writers
 * unpack bodies and leave the header as it was, so a body that does not begin as it should is taken as it is. What was
 * cut short is what there is of it. FLONG_INPUT, with *why (static): it is damaged, has more than max bytes, or is a bomb:
 * more than HTTP_EXPANSION times what it was sent as. FLONG_NOMEM. */
enum { HTTP_EXPANSION = 300 };
flong_status http_body(http_codec *self, flong_str *out, const char **why, const http *message, size_t max);

#endif
