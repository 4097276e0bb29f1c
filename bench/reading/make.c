/* A web archive of made-up pages, as crawlers write them: each record a gzip member of its own, requests among them. */
#include "make.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "base/memory.h"
#include "flong.h"

static void end(const char *what) {
    fprintf(stderr, "flong-reading: %s\n", what);
    exit(2);
}

static void add(buffer *to, flong_str text) {
    if (!buffer_append(to, text.p, text.n)) end("out of memory");
}

static void add_string(buffer *to, const char *text) { add(to, (flong_str){text, strlen(text)}); }

/* As text of HTML, a line a paragraph. */
static void add_paragraphs(buffer *to, flong_str text) {
    add_string(to, "<p>");
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if (c == '\n')
            add_string(to, "</p>\n<p class=\"story-text\">");
        else if (c == '<' || c == '&')
            add_string(to, c == '<' ? "&lt;" : "&amp;");
        else
            add(to, (flong_str){&c, 1});
    }
    add_string(to, "</p>\n");
}

/* What surrounds an article: of a page on the web some nine tenths are scripts, styles and links. */
static void add_surroundings(buffer *to, unsigned seed) {
    char line[300];
    for (unsigned i = 0; i < 60; i++) {
        snprintf(line, sizeof line,
                 "<li class=\"menu-item menu-%u\"><a href=\"/topic/%u?from=menu\" "
                 "data-track=\"nav:%u\">Topic %u</a></li>\n",
                 i, i, seed + i, i);
        add_string(to, line);
    }
    add_string(to, "<script>window.settings={");
    for (unsigned i = 0; i < 400; i++) {
        snprintf(line, sizeof line, "\"module%u\":{\"id\":%u,\"visible\":true,\"after\":\"module%u\"},", i,
                 (seed + i) * 2654435761u, i / 2);
        add_string(to, line);
    }
    add_string(to, "};</script>\n");
}

static void page_make(buffer *to, const flong_record *record, unsigned seed) {
    to->n = 0;
    add_string(to, "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<!DOCTYPE "
                   "html><html><head><title>");
    add(to, record->title);
    add_string(to, "</title><meta property=\"og:type\" content=\"article\"></head><body><ul>\n");
    add_surroundings(to, seed);
    add_string(to, "</ul><article><h1>");
    add(to, record->title);
    add_string(to, "</h1>\n");
    add_paragraphs(to, record->text);
    add_string(to, "</article><footer>Contact | About us</footer></body></html>\n");
}

static void record_make(buffer *to, const char *type, flong_str url, flong_str block) {
    char line[100];
    to->n = 0;
    snprintf(line, sizeof line, "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: ", type);
    add_string(to, line);
    add(to, url);
    snprintf(line, sizeof line,
             "\r\nWARC-Date: 2024-05-02T07:10:00Z\r\nContent-Type: application/http\r\nContent-Length: "
             "%zu\r\n\r\n",
             block.n);
    add_string(to, line);
    add(to, block);
    add_string(to, "\r\n\r\n");
}

static void member_write(FILE *file, z_stream *z, buffer *packed, const buffer *record) {
    size_t most = deflateBound(z, record->n);
    packed->n = 0;
    if (!buffer_reserve(packed, most)) end("out of memory");
    z->next_in = (unsigned char *)record->p;
    z->avail_in = (unsigned)record->n;
    z->next_out = (unsigned char *)packed->p;
    z->avail_out = (unsigned)most;
    if (deflate(z, Z_FINISH) != Z_STREAM_END) end("zlib fails");
    if (fwrite(packed->p, 1, most - z->avail_out, file) != most - z->avail_out)
        end("the archive cannot be written");
    deflateReset(z);
}

void make_archive(const char *path, const char *articles) {
    flong_error error;
    flong_input *input;
    const flong_record *record;
    buffer page = {0}, bytes = {0}, packed = {0};
    z_stream z = {0};
    FILE *file = fopen(path, "wb");
    const flong_str request = {"GET / HTTP/1.1\r\nAccept: */*\r\n\r\n", 31};
    if (!file) end("the archive cannot be written");
    if (deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) end("zlib fails");
    if (flong_input_open(&input, &articles, 1, NULL, &error) != FLONG_OK) end(error.text);
    for (unsigned n = 0;; n++) {
        if (flong_input_next(input, &record, &error) != FLONG_OK) end(error.text);
        if (!record) break;
        record_make(&bytes, "request", record->url, request);
        member_write(file, &z, &packed, &bytes);
        page_make(&page, record, n);
        record_make(&bytes, "response", record->url, (flong_str){page.p, page.n});
        member_write(file, &z, &packed, &bytes);
    }
    if (fclose(file) != 0) end("the archive cannot be written");
    deflateEnd(&z);
    flong_input_close(input);
    buffer_free(&page);
    buffer_free(&bytes);
    buffer_free(&packed);
}
