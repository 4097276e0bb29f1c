/* The standing parts of a site: built once, the same on all its pages. */
#include "site.h"

#include <stdio.h>
#include <stdlib.h>

/* {b} brand, {t} town, {w} a word of the site. Lines that all sites share are short, and every
 * long one carries words of its site, because a line that recurs across sites is syndication. */
static const char *const menu_lines[] = {
    "Home",
    "News",
    "{t}",
    "{t} county",
    "Business",
    "Sport",
    "{w} league",
    "Weather",
    "Opinion",
    "{w} desk",
    "Life and {w}",
    "Obituaries",
    "Jobs in {t}",
    "Photos",
    "{b} video",
    "Sign in",
    "Subscribe to {b}",
    "Contact us",
    "{w} newsletters",
    "Skip to content",
    "{b} on the phone",
    "Crosswords",
    "{t} schools",
    "Homes and {w}",
    "Puzzles and {w}",
    "Traffic {t}",
    "Courts",
    "The {w} page",
    "Letters to {b}",
    "Farm and {w}",
    "Travel",
    "Archive of {b}",
    "{t} town hall",
};
static const char *const form_lines[] = {
    "Enter your email to join the {w} letter from {b}",
    "Please enter a correct address for the {w} letter",
    "Subscribe",
    "* indicates required",
    "Thank you for joining {b}; look for the {w} note in your inbox and press the {w} button within two days",
    "Every morning the {w} editors of {b} send you what {t} talks about",
};
static const char *const middle_lines[] = {
    "Advertisement",
    "The story goes on below the {w} box of {b}",
    "Get the {w} of {t} every evening with the {b} {w} letter, free for the first {w}",
    "{b} {w} picks for readers in {t}",
};
static const char *const foot_lines[] = {
    "Join the talk. {b} asks readers of its {w} pages to stay {w}, to name their sources and to leave {w} "
    "out of it.",
    "Have a {w} tip for {b}? Write to the {w} desk at the office in {t}.",
    "{b} is a {w} of the {w} group and has printed the news of {t} and the {w} country around it since it "
    "was {w}.",
    "Terms of use",
    "Privacy at {b}",
    "About {b}",
    "Advertise in the {w} pages",
    "Corrections",
    "No part of this page may be copied, framed or read aloud without the {w} consent of {b} and its {w} "
    "partners in {t}.",
};
static const char *const stub_line = "You have read all of your {w} articles for this month. To go on "
                                     "reading the {w} reporting that {b} does for "
                                     "{t}, choose a {w} plan or sign in with the address that you gave to "
                                     "the {w} desk. Readers of the printed "
                                     "{b} have full access to the {w} pages at no further cost. ";

static void write_word_of(bytes *out, const grammar *g, rng *r, char which, const site *s) {
    const vocabulary *v = &g->words;
    if (which == 'b') {
        bytes_say(out, s->brand);
        return;
    }
    rng fixed = rng_of(s->seed, 'T');
    const uint32_t id = which == 't' ? v->base[PLACE] + rng_below(&fixed, PLACES)
                                     : v->base[NOUN] + 64 + rng_below(r, (1u << CLASS_OCTAVES) - 64);
    const word *w = &(s->style.unspaced ? v->unspaced : v->spaced)[id];
    bytes_add(out, w->text, w->n);
}

/* One line from a template; in a script without spaces as many made-up words as the line has. */
static void write_line(bytes *out, const grammar *g, rng *r, const char *line, const site *s) {
    if (s->style.unspaced) {
        for (const char *p = line; p; p = strchr(p + 1, ' ')) write_word_of(out, g, r, 'w', s);
    } else {
        for (const char *p = line; *p; p++)
            if (*p == '{') {
                write_word_of(out, g, r, p[1], s);
                p += 2;
            } else {
                bytes_put(out, *p);
            }
    }
    bytes_put(out, '\n');
}

/* About `n` lines of a table, in the table's order from a place that differs by site. */
static void write_lines(bytes *out, const grammar *g, rng *r, const char *const *lines, uint32_t size,
                        uint32_t n, const site *s) {
    uint32_t at = rng_below(r, size);
    for (uint32_t i = 0; i < n; i++) {
        write_line(out, g, r, lines[at], s);
        at = (at + 1 + rng_below(r, 3)) % size;
    }
}

#define LINES(table) (table), (uint32_t)(sizeof(table) / sizeof *(table))

/* Paragraphs that only this site has: about itself, its law, its letters. */
static void write_prose(bytes *out, const grammar *g, rng *r, uint32_t words, const site *s) {
    facts f;
    tokens t = {0};
    facts_draw(&f, g, rng_below(r, TOPICS), r);
    grammar_body(g, &t, &f, words, r);
    render_tokens(out, &g->words, t.p, t.n, &s->style, *r);
    tokens_free(&t);
}

static void build_light(site *s, const grammar *g, rng *r) {
    if (rng_chance(r, 850)) write_lines(&s->head, g, r, LINES(menu_lines), rng_between(r, 4, 20), s);
    if (rng_chance(r, 600)) write_lines(&s->form, g, r, LINES(form_lines), rng_between(r, 2, 4), s);
    write_lines(&s->foot, g, r, LINES(foot_lines), rng_between(r, 1, 4), s);
    s->n_forms = 1 + rng_below(r, 3);
    s->n_middle = rng_chance(r, 500) ? 1 + rng_below(r, 2) : 0;
    s->n_teasers = rng_chance(r, 600) ? 1 + rng_below(r, 3) : 0;
    s->n_related = rng_chance(r, 400) ? 1 + rng_below(r, 3) : 0;
}

static void build_heavy(site *s, const grammar *g, rng *r) {
    write_lines(&s->head, g, r, LINES(menu_lines), rng_between(r, 25, 60), s);
    write_lines(&s->form, g, r, LINES(form_lines), rng_between(r, 3, 6), s);
    write_lines(&s->foot, g, r, LINES(foot_lines), rng_between(r, 6, 9), s);
    write_prose(&s->foot, g, r, rng_between(r, 200, 500), s);
    write_lines(&s->foot, g, r, LINES(menu_lines), rng_between(r, 20, 40), s);
    s->n_forms = 3 + rng_below(r, 7);
    s->n_middle = MIDDLE;
    s->n_teasers = 5 + rng_below(r, TEASERS - 5);
    s->n_related = 2 + rng_below(r, 4);
}

static void build_name(site *s, const grammar *g, rng *r, uint32_t number) {
    static const char *const papers[] = {"Courier",  "Herald", "Post", "Gazette",
                                         "Observer", "Times",  "Echo", "Star"};
    const uint32_t paper = rng_below(r, 8);
    rng fixed = rng_of(s->seed, 'T');
    const word *town = &g->words.spaced[g->words.base[PLACE] + rng_below(&fixed, PLACES)];
    snprintf(s->brand, sizeof s->brand, "%.*s %s", (int)town->n, town->text, papers[paper]);
    int n = snprintf(s->host, sizeof s->host, "%.*s-%s-%u.example", (int)town->n, town->text, papers[paper],
                     number);
    for (int i = 0; i < n; i++)
        if (s->host[i] >= 'A' && s->host[i] <= 'Z') s->host[i] = (char)(s->host[i] + 32);
}

void site_init(site *s, const grammar *g, uint64_t seed, uint32_t number, int unspaced, furniture f) {
    memset(s, 0, sizeof *s);
    s->seed = rng_mix(seed ^ ((uint64_t)number << 32));
    rng r = rng_of(s->seed, 'F');
    s->style.unspaced = unspaced;
    s->style.quotes = rng_below(&r, 2);
    s->style.dash = rng_below(&r, 2);
    s->style.blank_lines = rng_chance(&r, 500);
    s->teaser_day = INT64_MIN;
    build_name(s, g, &r, number);
    s->paywall = rng_chance(&r, 80);
    s->has_series = rng_chance(&r, 350);
    write_line(&s->stub, g, &r, stub_line, s);
    if (f == FURNITURE_NONE) return;
    s->one_line = rng_chance(&r, 50);
    s->title_first = rng_chance(&r, 500);
    s->byline = rng_chance(&r, 700);
    s->suffix = rng_chance(&r, 200);
    s->form_at_head = rng_chance(&r, 250);
    /* most teasers are a line, some carry the beginning of the other story */
    s->lead_bytes = rng_chance(&r, 200) ? rng_between(&r, 180, 340) : rng_between(&r, 50, 120);
    if (f == FURNITURE_LIGHT)
        build_light(s, g, &r);
    else
        build_heavy(s, g, &r);
    for (uint32_t i = 0; i < s->n_middle; i++) write_lines(&s->middle[i], g, &r, LINES(middle_lines), 1, s);
}

void site_free(site *s) {
    bytes_free(&s->head);
    bytes_free(&s->form);
    bytes_free(&s->foot);
    bytes_free(&s->stub);
    for (int i = 0; i < MIDDLE; i++) bytes_free(&s->middle[i]);
}
