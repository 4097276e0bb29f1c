/* One article in its site's dress, with its line of truth. */
#include "archive.h"

#include <stdlib.h>

static const char *const agencies[] = {"Norpress",        "AVP",      "Meridia News", "Transwire",
                                       "Kestrel Service", "Polarfeed"};
static const char *const months[] = {"Jan.", "Feb.", "March", "April", "May",  "June",
                                     "July", "Aug.", "Sept.", "Oct.",  "Nov.", "Dec."};

/* "TOWN, Jan. 3 (Agency) -- ", or a shorter form of it. */
static void write_dateline(bytes *out, const archive *a, const story *s, int form) {
    const vocabulary *v = &a->grammar.words;
    const word *town = &(s->unspaced ? v->unspaced : v->spaced)[s->facts.town[0]];
    const date d = date_of(s->time / 86400);
    for (int i = 0; i < town->n; i++) {
        const char c = town->text[i];
        bytes_put(out, c >= 'a' && c <= 'z' ? (char)(c - 32) : c);
    }
    if (form != 1) {
        bytes_say(out, ", ");
        bytes_say(out, months[d.month - 1]);
        bytes_put(out, ' ');
        bytes_number(out, d.day, 1);
    }
    if (form != 2) {
        bytes_say(out, " (");
        bytes_say(out, agencies[s->agency]);
        bytes_put(out, ')');
    }
    bytes_say(out, form == 0 ? " -- " : " - ");
}

static void write_credit(bytes *out, const story *s) {
    bytes_say(out, "Copyright ");
    bytes_number(out, (uint64_t)date_of(s->time / 86400).year, 4);
    bytes_put(out, ' ');
    bytes_say(out, agencies[s->agency]);
    bytes_say(out, ". All rights reserved.\n");
}

static style page_style(const site *s, unsigned edits, rng *r) {
    style typed = s->style;
    if (!(edits & EDIT_MARKS)) return typed;
    typed.quotes = rng_below(r, QUOTES_STYLES);
    typed.dash = rng_below(r, DASH_STYLES);
    typed.double_spaces = rng_chance(r, 300);
    if (rng_chance(r, 150)) typed.soft_hyphens = 300;
    if (rng_chance(r, 200)) typed.capitals = rng_between(r, 3, 6);
    return typed;
}

static void write_wire_marks(archive *a, const item *it, page *p, rng *r) {
    const story *s = it->story;
    int form = 0, dateline = s->dateline, credit = s->credit;
    if (it->edits & EDIT_DATELINE) {
        form = (int)rng_below(r, 3);
        dateline = rng_chance(r, 650);
    }
    if (it->edits) credit = rng_chance(r, 200);
    if (dateline && it->body) write_dateline(&p->dateline, a, s, form);
    if (credit && it->body) write_credit(&p->credit, s);
}

static void write_title(bytes *out, const archive *a, const item *it, const site *s) {
    render_line(out, &a->grammar.words, it->title->p, it->title->n, s->style.unspaced);
    if (!s->suffix) return;
    bytes_say(out, " | ");
    bytes_say(out, s->brand);
}

void archive_print(archive *a, const item *it) {
    site *s = &a->sites[it->site];
    rng r = rng_of(a->rng.state, 'P');
    token writer[2] = {it->story->facts.first[CAST - 1], it->story->facts.last[CAST - 1]};
    if (it->edits) writer[0] = a->grammar.words.base[FIRST_NAME] + rng_below(&r, FIRST_NAMES);
    page p = {.body = it->body,
              .stub = it->stub,
              .writer = it->body ? writer : NULL,
              .text = it->text,
              .day = a->now / 86400};
    p.style = page_style(s, it->edits, &r);
    write_title(&p.title, a, it, s);
    write_wire_marks(a, it, &p, &r);
    p.rng = r;
    a->text.n = 0;
    site_wrap(&a->text, s, &a->grammar.words, &p);
    record_write(a->articles, &(record){a->number, s->host, a->now, p.title, a->text});
    stub_page labels = {0, it->text, it->story_label};
    if (it->kind == KIND_STUB) labels = site_stub(s, &a->text, labels.text, labels.story);
    if (a->truths)
        truth_write(a->truths, &(truth){a->number, labels.text, labels.story, it->thread, it->kind, it->edits,
                                        it->has_of, it->of, it->kept, s->shown, s->n_shown});
    bytes_free(&p.title);
    bytes_free(&p.dateline);
    bytes_free(&p.credit);
}
