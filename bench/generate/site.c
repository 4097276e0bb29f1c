/* The page of one article: standing parts, teasers of the day, and the body between them. */
#include "site.h"

static void add(bytes *out, const bytes *part) { bytes_add(out, part->p, part->n); }

/* A day's teasers stay until the site has printed a handful of articles under them and the day is
 * over; then half of them make way for newer stories. */
static void teasers_renew(site *s, int64_t day) {
    if (!s->n_recent || (s->n_teasers_now && (day == s->teaser_day || s->since_teasers < 6))) return;
    for (uint32_t i = 0; i < s->n_teasers; i++)
        if (i >= s->n_teasers_now || (i + (uint64_t)day) % 2 == 0) s->teasers[i] = s->recent[i % s->n_recent];
    s->n_teasers_now = s->n_teasers;
    s->teaser_day = day;
    s->since_teasers = 0;
}

/* Words of a teaser from which it is a passage of its story; in a script without spaces characters, of which two
 * that follow one another are a token. flong finds passages of 25 tokens. */
#define PASSAGE 25

static uint32_t count_words(const char *p, size_t n, int unspaced) {
    uint32_t words = 0;
    for (size_t i = 0; i < n; i++)
        words += unspaced ? ((uint8_t)p[i] & 0xc0) != 0x80 : p[i] != ' ' && (i == 0 || p[i - 1] == ' ');
    return words;
}

/* Notes that the page shows a passage of the teaser's story. */
static void note_shown(site *s, const snippet *t) {
    const int unspaced = s->style.unspaced;
    const uint32_t words =
        count_words(t->title, t->title_n, unspaced) + count_words(t->lead, t->lead_n, unspaced);
    if (words >= PASSAGE) s->shown[s->n_shown++] = t->text;
}

static void write_teasers(bytes *out, site *s) {
    for (uint32_t i = 0; i < s->n_teasers_now; i++) {
        const snippet *t = &s->teasers[i];
        note_shown(s, t);
        bytes_add(out, t->title, t->title_n);
        bytes_put(out, '\n');
        bytes_add(out, t->lead, t->lead_n);
        bytes_say(out, "\xe2\x80\xa6\n");
    }
}

static void write_related(bytes *out, const site *s, rng *r) {
    const uint32_t n = s->n_related < s->n_recent ? s->n_related : s->n_recent;
    const uint32_t first = rng_below(r, RECENT);
    if (n) bytes_say(out, s->style.unspaced ? "" : "More on this\n");
    for (uint32_t i = 0; i < n; i++) {
        const snippet *t = &s->recent[(first + i) % s->n_recent];
        bytes_add(out, t->title, t->title_n);
        bytes_put(out, '\n');
    }
}

/* Where a cut at `limit` bytes does not split a character, nor a word where words have spaces. */
static size_t clip(const char *p, size_t n, size_t limit, int unspaced) {
    if (n <= limit) return n;
    n = limit;
    while (n && (unspaced ? ((uint8_t)p[n] & 0xc0) == 0x80 : p[n] != ' ')) n--;
    return n;
}

static void remember(site *s, const page *p, const char *lead, size_t lead_n) {
    const size_t slot = s->n_recent < RECENT ? s->n_recent++ : rng_mix(p->rng.state) % RECENT;
    snippet *to = &s->recent[slot];
    to->text = p->text;
    to->title_n = (uint16_t)clip(p->title.p, p->title.n, sizeof to->title, s->style.unspaced);
    memcpy(to->title, p->title.p, to->title_n);
    const char *end = memchr(lead, '\n', lead_n);
    if (end) lead_n = (size_t)(end - lead);
    to->lead_n = (uint16_t)clip(lead, lead_n, s->lead_bytes, s->style.unspaced);
    memcpy(to->lead, lead, to->lead_n);
}

/* The body, with the site's lines behind some of its paragraphs. */
static void write_body(bytes *out, const site *s, const vocabulary *v, const page *p) {
    const tokens *t = p->body;
    style typed = p->style;
    uint32_t line = 0;
    for (size_t from = 0, paragraph = 1; from < t->n; paragraph++) {
        size_t to = from;
        while (to < t->n && !(t->p[to++] & TOKEN_PARAGRAPH)) {
        }
        render_tokens(out, v, t->p + from, to - from, &typed, rng_of(p->rng.state, from));
        typed.capitals = 0;
        from = to;
        if (line < s->n_middle && paragraph % 3 == 2 && from < t->n) add(out, &s->middle[line++]);
    }
    if (t->n && !(t->p[t->n - 1] & TOKEN_PARAGRAPH)) bytes_put(out, '\n');
}

static void write_head(bytes *out, const site *s, const vocabulary *v, const page *p) {
    add(out, &s->head);
    if (s->form_at_head) add(out, &s->form);
    if (s->title_first) {
        add(out, &p->title);
        bytes_put(out, '\n');
    }
    if (!s->byline || !p->writer) return;
    if (!s->style.unspaced) bytes_say(out, "By ");
    render_line(out, v, p->writer, 2, s->style.unspaced);
    bytes_put(out, '\n');
}

static void write_foot(bytes *out, site *s, rng *r) {
    write_related(out, s, r);
    write_teasers(out, s);
    for (uint32_t i = 0; i < s->n_forms; i++) add(out, &s->form);
    add(out, &s->foot);
}

static void lose_lines(bytes *out, size_t from) {
    for (size_t i = from; i < out->n; i++)
        if (out->p[i] == '\n') out->p[i] = ' ';
}

void site_wrap(bytes *out, site *s, const vocabulary *v, const page *p) {
    const size_t start = out->n;
    rng r = p->rng;
    s->n_shown = 0;
    teasers_renew(s, p->day);
    write_head(out, s, v, p);
    size_t body = out->n;
    add(out, &p->dateline);
    if (p->stub) add(out, &s->stub);
    if (p->body) write_body(out, s, v, p);
    const size_t body_n = out->n - body;
    add(out, &p->credit);
    write_foot(out, s, &r);
    if (p->body && s->lead_bytes) remember(s, p, out->p + body, body_n);
    s->since_teasers++;
    while (out->n > start && out->p[out->n - 1] == '\n') out->n--;
    if (s->one_line) lose_lines(out, start);
}

stub_page site_stub(site *s, const bytes *written, uint64_t text, uint64_t story) {
    uint64_t hash = 0;
    for (size_t i = 0; i < written->n; i++) hash = rng_mix(hash + (uint8_t)written->p[i]);
    for (uint32_t i = 0; i < s->n_stubs && i < STUBS; i++)
        if (s->stubs[i].hash == hash) return s->stubs[i];
    return s->stubs[s->n_stubs++ % STUBS] = (stub_page){hash, text, story};
}
