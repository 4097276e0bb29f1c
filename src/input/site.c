#include "input/site.h"

#include <string.h>

static const char *find(flong_str text, const char *what) {
    size_t n = strlen(what);
    for (size_t i = 0; i + n <= text.n; i++)
        if (memcmp(text.p + i, what, n) == 0) return text.p + i;
    return NULL;
}

static flong_str from(flong_str text, const char *place) {
    return (flong_str){place, text.n - (size_t)(place - text.p)};
}

/* Up to the first of these characters. */
static flong_str before(flong_str text, const char *stops) {
    size_t n = 0;
    while (n < text.n && !(text.p[n] && strchr(stops, text.p[n]))) n++;
    return (flong_str){text.p, n};
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/* Letters of other scripts stand in host names too, where nobody has put them into Punycode. */
static bool is_host_char(char c) {
    return is_letter(c) || is_digit(c) || (unsigned char)c >= 0x80 || (c && strchr("-._[]:", c));
}

static bool is_host(flong_str host) {
    if (host.n == 0 || host.n > SITE_HOST_MAX || host.p[0] == '.') return false;
    for (size_t i = 0; i < host.n; i++)
        if (!is_host_char(host.p[i])) return false;
    return true;
}

/* "cnn.com" and "10.0.0.1", but not "reuters", "A.P." or "Vol.2". */
static bool is_dotted(flong_str host) {
    size_t n = 0, digits = 0;
    while (n < host.n && host.p[host.n - 1 - n] != '.') digits += is_digit(host.p[host.n - 1 - n++]);
    if (n == host.n) return false;
    return digits ? is_digit(host.p[0]) || n > 3 : n >= 2;
}

static flong_str cut_user_and_port(flong_str host) {
    for (size_t i = host.n; i-- > 0;)
        if (host.p[i] == '@') {
            host = from(host, host.p + i + 1);
            break;
        }
    size_t n = host.n;
    while (n && is_digit(host.p[n - 1])) n--;
    if (n && host.p[n - 1] == ':') host.n = n - 1;
    while (host.n && host.p[host.n - 1] == '.') host.n--;
    return host;
}

static bool has_www(flong_str host) {
    if (host.n < 5 || host.p[3] != '.') return false;
    for (int i = 0; i < 3; i++)
        if (host.p[i] != 'w' && host.p[i] != 'W') return false;
    return find(from(host, host.p + 4), ".") != NULL;
}

bool site_from_url(flong_str *out, char scratch[SITE_HOST_MAX], flong_str url) {
    flong_str host = text_trim(url);
    flong_str scheme = before(host, "/?# \t");
    bool is_url = host.n - scheme.n >= 2 && memcmp(scheme.p + scheme.n, "//", 2) == 0 &&
                  (scheme.n == 0 || scheme.p[scheme.n - 1] == ':');
    if (is_url) host = from(host, host.p + scheme.n + 2);
    bool ends_at_blank = before(host, " \t\r\n").n < host.n;
    host = cut_user_and_port(before(host, "/?#\\ \t\r\n"));
    if (!is_host(host) || (!is_url && (ends_at_blank || !is_dotted(host)))) return false;
    if (has_www(host)) host = from(host, host.p + 4);
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        scratch[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    *out = (flong_str){scratch, host.n};
    return true;
}

/* Length of the blank that text begins with: ASCII, U+00A0, U+2000 to U+200B, U+2028, U+2029, U+202F,
 * U+3000, U+FEFF; 0: none. */
static size_t blank_length(const unsigned char *p, size_t n) {
    if (n && (p[0] <= ' ')) return 1;
    if (n >= 2 && p[0] == 0xC2 && p[1] == 0xA0) return 2;
    if (n < 3) return 0;
    if (p[0] == 0xE2 && p[1] == 0x80)
        return p[2] <= 0x8B || p[2] == 0xA8 || p[2] == 0xA9 || p[2] == 0xAF ? 3 : 0;
    return memcmp(p, "\xE3\x80\x80", 3) == 0 || memcmp(p, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

flong_str text_trim(flong_str text) {
    for (size_t blank; (blank = blank_length((const unsigned char *)text.p, text.n));)
        text = (flong_str){text.p + blank, text.n - blank};
    for (size_t length = 1; length <= 3 && length <= text.n;) {
        const unsigned char *tail = (const unsigned char *)text.p + text.n - length;
        bool is_blank = blank_length(tail, length) == length;
        if (is_blank) text.n -= length;
        length = is_blank ? 1 : length + 1;
    }
    return text;
}

flong_str record_site(char scratch[SITE_HOST_MAX], const flong_record *record) {
    flong_str site = record->site;
    if (site.n == 0 && !site_from_url(&site, scratch, record->url)) site = (flong_str){NULL, 0};
    return site;
}
