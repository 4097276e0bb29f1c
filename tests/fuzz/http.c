/* Fuzz target: any bytes as an HTTP response. */
#include <stdlib.h>

#include "input/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST = 1 << 21 };

static unsigned sum;

static void touch(flong_str s) {
    for (size_t i = 0; i < s.n; i++) sum += (unsigned char)s.p[i];
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static http_codec *codec;
    if (!codec && !(codec = http_codec_new())) abort();
    http message;
    if (!http_parse(&message, (flong_str){(const char *)data, size})) return 0;
    if (message.status < 0 || message.status > 999) abort();
    touch(message.type), touch(message.charset), touch(message.encodings), touch(message.transfer);
    http_is_page(message.type, message.body);
    flong_str body;
    const char *why = NULL;
    flong_status status = http_body(codec, &body, &why, &message, MOST);
    if (status == FLONG_OK ? body.n > MOST : status != FLONG_INPUT || !why) abort();
    if (status == FLONG_OK) touch(body);
    return 0;
}
