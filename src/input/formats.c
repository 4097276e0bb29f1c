/* The table of formats, and how a file finds its row. */
#include <string.h>
#include <strings.h>

#include "input/codec.h"
#include "input/format.h"
#include "input/sniff.h"

/* In the order in which files are asked; what no row knows is JSON lines. */
const format formats[] = {
    {.name = "jsonl",
     .meaning = "JSON lines, one object each",
     .endings = ".jsonl .ndjson .jl .json ",
     .is_json = true,
     .cut = lines_cut,
     .reader_new = jsonl_new,
     .reader_free = jsonl_free,
     .read = jsonl_read},
    {.name = "json",
     .meaning = "an array of JSON objects, or objects over several lines",
     .endings = "",
     .is_json = true,
     .sniff = sniff_elements,
     .begin = elements_begin,
     .end = elements_end,
     .cut = elements_cut,
     .reader_new = jsonl_new,
     .reader_free = jsonl_free,
     .read = jsonl_read},
    {.name = "txt",
     .meaning = "plain text, one article a file",
     .endings = ".txt .text ",
     .by_name = true,
     .cut = whole_cut,
     .read = textfile_read},
    {.name = "csv",
     .meaning = "a table with a row of names: CSV, TSV and the like",
     .endings = ".csv .tsv .tab .psv ",
     .by_name = true,
     .is_json = true,
     .sniff = tablefile_sniff,
     .begin = tablefile_begin,
     .end = tablefile_end,
     .cut = tablefile_cut,
     .reader_new = jsonl_new,
     .reader_free = jsonl_free,
     .read = jsonl_read},
    {.name = "warc",
     .meaning = "a web archive: WARC, WET",
     .endings = ".warc .wet ",
     .sniff = warcfile_sniff,
     .begin = warcfile_begin,
     .end = warcfile_end,
     .cut = warcfile_cut,
     .reader_new = warcfile_new,
     .reader_free = warcfile_free,
     .read = warcfile_read},
    {.name = "rss",
     .meaning = "a feed: RSS, Atom",
     .endings = ".rss .atom .rdf ",
     .sniff = rssfile_sniff,
     .begin = rssfile_begin,
     .end = rssfile_end,
     .cut = rssfile_cut,
     .reader_new = rssfile_new,
     .reader_free = rssfile_free,
     .read = rssfile_read},
    {.name = "html",
     .meaning = "a page of HTML a file",
     .endings = ".html .htm .xhtml .shtml ",
     .by_name = true,
     .sniff = html_sniff,
     .cut = whole_cut,
     .reader_new = html_reader_new,
     .reader_free = html_reader_free,
     .read = html_reader_read},
};
const size_t n_formats = sizeof formats / sizeof *formats;

const format *format_named(const char *name) {
    for (size_t i = 0; i < n_formats; i++)
        if (strcmp(formats[i].name, name) == 0) return &formats[i];
    return NULL;
}

/* ---- by name ----------------------------------------------------------------------------- */

/* Endings of archives, with and without compression of their own. */
static const char archive_endings[] = ".tar .zip .tgz .tbz2 .tbz .txz .tzst ";

static bool ends_with(const char *name, size_t n, const char *ending, size_t m) {
    return n >= m && strncasecmp(name + n - m, ending, m) == 0;
}

static bool ends_with_any(const char *name, size_t n, const char *endings) {
    for (const char *space; (space = strchr(endings, ' ')); endings = space + 1)
        if (ends_with(name, n, endings, (size_t)(space - endings))) return true;
    return false;
}

static size_t without_codec(const char *name) {
    size_t n = strlen(name);
    for (size_t i = 0; i < N_CODECS; i++) {
        size_t m = strlen(codecs[i].ending);
        if (ends_with(name, n, codecs[i].ending, m)) return n - m;
    }
    return n;
}

const format *format_of_name(const char *name, bool *is_archive) {
    size_t n = without_codec(name);
    *is_archive = ends_with_any(name, n, archive_endings);
    for (size_t i = 0; i < n_formats; i++)
        if (ends_with_any(name, n, formats[i].endings)) return &formats[i];
    return NULL;
}

bool is_hidden_name(const char *name) {
    for (const char *part = name; part; part = strchr(part, '/')) {
        part += *part == '/';
        if (part[0] == '.' && part[1] && part[1] != '/' && strncmp(part, "../", 3) != 0) return true;
    }
    return false;
}

/* ---- by content -------------------------------------------------------------------------- */

static flong_str without_blanks(flong_str head) {
    if (head.n >= 3 && memcmp(head.p, "\xEF\xBB\xBF", 3) == 0) head.p += 3, head.n -= 3;
    while (head.n && strchr(" \t\r\n", *head.p) && *head.p) head.p++, head.n--;
    return head;
}

static const format *sniff(flong_str head) {
    flong_str body = without_blanks(head);
    for (size_t i = 0; i < n_formats; i++)
        if (formats[i].sniff && formats[i].sniff(body)) return &formats[i];
    return NULL;
}

const format *format_choose(const char *name, flong_str head, const char **why) {
    bool is_archive;
    const format *named = format_of_name(name, &is_archive), *found;
    if (named && named->by_name) return named;
    if ((*why = sniff_binary(head))) return NULL;
    if ((found = sniff(head))) return found;
    if (named && !named->is_json) return named;
    if ((*why = sniff_other(head))) return NULL;
    return named ? named : &formats[0];
}
