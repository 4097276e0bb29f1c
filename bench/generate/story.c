#include "story.h"

#include <stdlib.h>

story *story_new(void) {
    story *s = array_resize(NULL, sizeof *s);
    *s = (story){.refs = 1};
    return s;
}

story *story_keep(story *s) {
    s->refs++;
    return s;
}

void story_release(story *s) {
    if (!s || --s->refs) return;
    tokens_free(&s->title);
    tokens_free(&s->body);
    free(s);
}

void story_write(story *s, const grammar *g, uint32_t words, rng *r) {
    s->title.n = s->body.n = 0;
    grammar_title(g, &s->title, &s->facts, r);
    tokens_reserve(&s->body, words + 64);
    grammar_body(g, &s->body, &s->facts, words, r);
}

/* ---- series ------------------------------------------------------------------------------ */

void series_init(series *s, const grammar *g, uint64_t seed) {
    rng r = rng_of(seed, 'S');
    facts f;
    facts_draw(&f, g, rng_below(&r, TOPICS), &r);
    *s = (series){0};
    grammar_title(g, &s->title, &f, &r);
    grammar_body(g, &s->body, &f, rng_between(&r, 60, 260), &r);
    s->holes = array_resize(NULL, s->body.n);
    uint32_t until_hole = 1;
    for (size_t i = 0; i < s->body.n; i++) {
        s->holes[i] = --until_hole == 0;
        if (until_hole) continue;
        until_hole =
            rng_chance(&r, 80) ? rng_between(&r, 12, 18) : rng_between(&r, 3, 6); /* some runs are long */
    }
}

void series_free(series *s) {
    tokens_free(&s->title);
    tokens_free(&s->body);
    free(s->holes);
}

void series_issue(const series *s, const grammar *g, story *out, rng *r) {
    out->title.n = out->body.n = 0;
    tokens_add(&out->title, s->title.p, s->title.n);
    tokens_put(&out->title, rng_between(r, 2, 9999) | TOKEN_FIGURE);
    tokens_add(&out->body, s->body.p, s->body.n);
    for (size_t i = 0; i < out->body.n; i++) {
        if (!s->holes[i]) continue;
        token *t = &out->body.p[i];
        const token other = i % 2 ? *t : grammar_replace(g, *t, r);
        *t = other != *t ? other
                         : (*t & ~(TOKEN_WORD | TOKEN_CAPITAL)) | rng_between(r, 2, 9999) | TOKEN_FIGURE;
    }
}

/* ---- passages ---------------------------------------------------------------------------- */

static size_t count_flag(const tokens *t, token flag) {
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++) n += (t->p[i] & flag) != 0;
    return n;
}

/* Index behind the k-th token that has the flag, k from 1; 0 for k == 0. */
static size_t behind_flag(const tokens *t, token flag, size_t k) {
    size_t i = 0;
    for (; k; i++) k -= (t->p[i] & flag) != 0;
    return i;
}

void body_insert(tokens *body, const tokens *passage, rng *r) {
    const size_t paragraphs = count_flag(body, TOKEN_PARAGRAPH);
    const size_t at = behind_flag(body, TOKEN_PARAGRAPH, rng_below(r, (uint32_t)paragraphs + 1));
    tokens_reserve(body, passage->n);
    memmove(body->p + at + passage->n, body->p + at, (body->n - at) * sizeof *body->p);
    memcpy(body->p + at, passage->p, passage->n * sizeof *body->p);
    body->n += passage->n;
}

void body_passage(tokens *out, const tokens *body, uint32_t low, uint32_t high, rng *r) {
    size_t length = rng_between(r, low, high);
    if (length > body->n) length = body->n;
    size_t sentences = 0; /* that begin early enough */
    for (size_t i = 0; i + length < body->n; i++) sentences += (body->p[i] & TOKEN_SENTENCE) != 0;
    size_t at = sentences ? behind_flag(body, TOKEN_SENTENCE, rng_below(r, (uint32_t)sentences + 1)) : 0;
    if (at + length > body->n) at = body->n - length;
    out->n = 0;
    tokens_add(out, body->p + at, length);
    for (size_t i = 0; i < length; i++) out->p[i] &= ~TOKEN_PARAGRAPH;
    out->p[length - 1] |= TOKEN_PARAGRAPH | TOKEN_SENTENCE;
}
