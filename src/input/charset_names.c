#include "input/charset_names.h"

#include <string.h>

#include "input/site.h"

/* The labels of the Encoding Standard (WHATWG) that pages and uchardet use. */
static const charset_name names[] = {
    {"utf-8", "utf-8", "UTF-8"},
    {"utf8", "utf-8", "UTF-8"},
    {"unicode-1-1-utf-8", "utf-8", "UTF-8"},
    {"utf-16", "utf-16le", "UTF-16LE"},
    {"utf-16le", "utf-16le", "UTF-16LE"},
    {"unicode", "utf-16le", "UTF-16LE"},
    {"utf-16be", "utf-16be", "UTF-16BE"},
    {"utf-32le", "utf-32le", "UTF-32LE"},
    {"utf-32be", "utf-32be", "UTF-32BE"},
    {"ascii", "windows-1252", "WINDOWS-1252"},
    {"us-ascii", "windows-1252", "WINDOWS-1252"},
    {"ansi_x3.4-1968", "windows-1252", "WINDOWS-1252"},
    {"iso-8859-1", "windows-1252", "WINDOWS-1252"},
    {"iso8859-1", "windows-1252", "WINDOWS-1252"},
    {"iso88591", "windows-1252", "WINDOWS-1252"},
    {"iso_8859-1", "windows-1252", "WINDOWS-1252"},
    {"latin1", "windows-1252", "WINDOWS-1252"},
    {"latin-1", "windows-1252", "WINDOWS-1252"},
    {"l1", "windows-1252", "WINDOWS-1252"},
    {"cp1252", "windows-1252", "WINDOWS-1252"},
    {"x-cp1252", "windows-1252", "WINDOWS-1252"},
    {"windows-1252", "windows-1252", "WINDOWS-1252"},
    {"iso-8859-2", "iso-8859-2", "ISO-8859-2"},
    {"iso8859-2", "iso-8859-2", "ISO-8859-2"},
    {"latin2", "iso-8859-2", "ISO-8859-2"},
    {"windows-1250", "windows-1250", "WINDOWS-1250"},
    {"cp1250", "windows-1250", "WINDOWS-1250"},
    {"iso-8859-3", "iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "iso-8859-5", "ISO-8859-5"},
    {"windows-1251", "windows-1251", "WINDOWS-1251"},
    {"cp1251", "windows-1251", "WINDOWS-1251"},
    {"win-1251", "windows-1251", "WINDOWS-1251"},
    {"koi8-r", "koi8-r", "KOI8-R"},
    {"koi8", "koi8-r", "KOI8-R"},
    {"koi8-u", "koi8-u", "KOI8-U"},
    {"ibm866", "ibm866", "CP866"},
    {"cp866", "ibm866", "CP866"},
    {"x-mac-cyrillic", "x-mac-cyrillic", "MAC-CYRILLIC"},
    {"mac-cyrillic", "x-mac-cyrillic", "MAC-CYRILLIC"},
    {"macintosh", "macintosh", "MACINTOSH"},
    {"iso-8859-6", "iso-8859-6", "ISO-8859-6"},
    {"windows-1256", "windows-1256", "WINDOWS-1256"},
    {"cp1256", "windows-1256", "WINDOWS-1256"},
    {"iso-8859-7", "iso-8859-7", "ISO-8859-7"},
    {"windows-1253", "windows-1253", "WINDOWS-1253"},
    {"iso-8859-8", "iso-8859-8", "ISO-8859-8"},
    {"iso-8859-8-i", "iso-8859-8-i", "ISO-8859-8"},
    {"windows-1255", "windows-1255", "WINDOWS-1255"},
    {"iso-8859-9", "windows-1254", "WINDOWS-1254"},
    {"windows-1254", "windows-1254", "WINDOWS-1254"},
    {"latin5", "windows-1254", "WINDOWS-1254"},
    {"iso-8859-10", "iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "iso-8859-13", "ISO-8859-13"},
    {"windows-1257", "windows-1257", "WINDOWS-1257"},
    {"iso-8859-14", "iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "iso-8859-15", "ISO-8859-15"},
    {"iso8859-15", "iso-8859-15", "ISO-8859-15"},
    {"latin9", "iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "iso-8859-16", "ISO-8859-16"},
    {"windows-1258", "windows-1258", "WINDOWS-1258"},
    {"viscii", "viscii", "VISCII"},
    {"iso-8859-11", "windows-874", "CP874"},
    {"tis-620", "windows-874", "CP874"},
    {"windows-874", "windows-874", "CP874"},
    {"gb2312", "gbk", "GB18030"},
    {"gbk", "gbk", "GB18030"},
    {"x-gbk", "gbk", "GB18030"},
    {"gb_2312-80", "gbk", "GB18030"},
    {"cp936", "gbk", "GB18030"},
    {"gb18030", "gb18030", "GB18030"},
    {"big5", "big5", "BIG5-HKSCS"},
    {"big5-hkscs", "big5", "BIG5-HKSCS"},
    {"x-x-big5", "big5", "BIG5-HKSCS"},
    {"cp950", "big5", "BIG5-HKSCS"},
    {"euc-tw", "euc-tw", "EUC-TW"},
    {"shift_jis", "shift_jis", "CP932"},
    {"shift-jis", "shift_jis", "CP932"},
    {"sjis", "shift_jis", "CP932"},
    {"x-sjis", "shift_jis", "CP932"},
    {"windows-31j", "shift_jis", "CP932"},
    {"cp932", "shift_jis", "CP932"},
    {"ms932", "shift_jis", "CP932"},
    {"euc-jp", "euc-jp", "EUC-JP"},
    {"x-euc-jp", "euc-jp", "EUC-JP"},
    {"iso-2022-jp", "iso-2022-jp", "ISO-2022-JP"},
    {"euc-kr", "euc-kr", "CP949"},
    {"ks_c_5601-1987", "euc-kr", "CP949"},
    {"korean", "euc-kr", "CP949"},
    {"windows-949", "euc-kr", "CP949"},
    {"uhc", "euc-kr", "CP949"},
    {"cp949", "euc-kr", "CP949"},
    {"johab", "johab", "JOHAB"},
};

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Whether text begins with a word of lower case letters, in any case. */
static bool begins(flong_str text, const char *word) {
    size_t n = strlen(word);
    if (text.n < n) return false;
    for (size_t i = 0; i < n; i++)
        if (lower(text.p[i]) != word[i]) return false;
    return true;
}

const charset_name *charset_find(flong_str label) {
    label = text_trim(label);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].label) == label.n && begins(label, names[i].label)) return &names[i];
    return NULL;
}

bool charset_is_other(const charset_name *name) {
    return strncmp(name->name, "utf-16", 6) == 0 || strncmp(name->name, "utf-32", 6) == 0 ||
           strcmp(name->name, "iso-2022-jp") == 0;
}

static flong_str from(flong_str text, size_t n) { return (flong_str){text.p + n, text.n - n}; }

/* What stands behind `word`, "=" and a quotation mark; empty: the word is not there with a value. */
static flong_str value_of(flong_str text, const char *word) {
    for (; text.n; text = from(text, 1)) {
        if (!begins(text, word)) continue;
        flong_str value = text_trim(from(text, strlen(word)));
        if (value.n == 0 || value.p[0] != '=') continue;
        value = text_trim(from(value, 1));
        while (value.n && strchr("\"'", value.p[0])) value = from(value, 1);
        size_t n = 0;
        while (n < value.n && (unsigned char)value.p[n] > ' ' && !strchr("\"';>/?", value.p[n])) n++;
        return (flong_str){value.p, n};
    }
    return (flong_str){NULL, 0};
}

flong_str charset_of_type(flong_str type) {
    if (type.n > 1024) type.n = 1024;
    if (memchr(type.p ? type.p : "", '=', type.n)) return value_of(type, "charset");
    return memchr(type.p ? type.p : "", '/', type.n) ? (flong_str){NULL, 0} : type;
}

flong_str charset_of_page(flong_str page) {
    if (page.n > 4096) page.n = 4096;
    for (const char *at; page.n && (at = memchr(page.p, '<', page.n));) {
        page = from(page, (size_t)(at - page.p));
        if (begins(page, "<meta")) {
            const char *end = memchr(page.p, '>', page.n);
            flong_str found = value_of((flong_str){page.p, end ? (size_t)(end - page.p) : page.n}, "charset");
            if (found.n) return found;
        }
        page = from(page, 1);
    }
    return (flong_str){NULL, 0};
}

flong_str charset_of_xml(flong_str document) {
    const char *end = begins(document, "<?xml") ? memchr(document.p, '>', document.n) : NULL;
    if (!end || end - document.p > 1024) return (flong_str){NULL, 0};
    return value_of((flong_str){document.p, (size_t)(end - document.p)}, "encoding");
}
