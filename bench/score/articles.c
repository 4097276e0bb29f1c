#include "articles.h"
#include "json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Slot that holds the id, or the free one where it belongs. */
static uint32_t slot_of(const articles *a, uint64_t id) {
    uint32_t at = (uint32_t)(id >> 20) & (a->n_slots - 1);
    while (a->slots[at] != NOWHERE && a->p[a->slots[at]].id != id) at = (at + 1) & (a->n_slots - 1);
    return at;
}

uint32_t articles_find(const articles *a, uint64_t id) {
    return a->n_slots ? a->slots[slot_of(a, id)] : NOWHERE;
}

/* At most half of the slots are taken. */
static void grow(articles *a) {
    a->capacity = a->capacity ? a->capacity * 2 : 1024;
    a->p = memory_resize(a->p, a->capacity * sizeof *a->p);
    a->n_slots = a->capacity * 2;
    free(a->slots);
    a->slots = memory_resize(NULL, a->n_slots * sizeof *a->slots);
    memset(a->slots, 0xff, a->n_slots * sizeof *a->slots);
    for (uint32_t i = 0; i < a->n; i++) a->slots[slot_of(a, a->p[i].id)] = i;
}

/* The article with the id, new or as it was. */
static article *articles_add(articles *a, uint64_t id) {
    if (a->n == a->capacity) grow(a);
    const uint32_t at = slot_of(a, id);
    if (a->slots[at] == NOWHERE) {
        a->slots[at] = a->n;
        a->p[a->n++] = (article){.id = id, .of = NOWHERE, .kept = -1};
    }
    return &a->p[a->slots[at]];
}

uint8_t articles_kind(articles *a, const char *name) {
    for (uint32_t i = 0; i < a->n_kinds; i++)
        if (!strncmp(a->kinds[i], name, sizeof a->kinds[i] - 1)) return (uint8_t)i;
    if (a->n_kinds == KINDS_MAX) return 0;
    snprintf(a->kinds[a->n_kinds], sizeof a->kinds[0], "%s", name);
    return (uint8_t)a->n_kinds++;
}

static void read_shown(article *to, const json_reader *r, int field) {
    uint64_t shown[SHOWN_MAX];
    to->n_shown = (uint32_t)json_words(r, field, shown, SHOWN_MAX);
    if (!to->n_shown) return;
    to->shown = memory_resize(to->shown, to->n_shown * sizeof *shown);
    memcpy(to->shown, shown, to->n_shown * sizeof *shown);
}

void articles_read_truth(articles *a, const char *path) {
    static const char *const names[] = {"id", "text", "story", "thread", "kind", "of", "kept", "shows"};
    json_reader *r = json_open(path, names, 8);
    articles_kind(a, "");
    while (json_next(r)) {
        article *to = articles_add(a, json_need(r, 0));
        to->text = json_need(r, 1);
        to->story = json_need(r, 2);
        to->thread = json_hash(r, 3);
        to->kind = articles_kind(a, json_text(r, 4));
        read_shown(to, r, 7);
        if (json_hash(r, 6)) to->kept = (float)json_number(r, 6);
        if (!json_hash(r, 5)) continue;
        to->of = articles_find(a, json_hash(r, 5));
        if (to->of == NOWHERE) json_fail(r, "\"of\" is not the id of an article on an earlier line");
    }
}

void articles_read_gold(articles *a, const char *path) {
    static const char *const names[] = {"id", "cluster"};
    json_reader *r = json_open(path, names, 2);
    articles_kind(a, "");
    while (json_next(r)) {
        article *to = articles_add(a, json_need(r, 0));
        to->text = to->story = json_need(r, 1);
    }
}

void articles_read_result(articles *a, const char *path, const char *text_field, const char *story_field) {
    const char *const names[] = {"id", text_field, story_field};
    json_reader *r = json_open(path, names, story_field ? 3 : 2);
    while (json_next(r)) {
        const uint32_t at = articles_find(a, json_need(r, 0));
        if (at == NOWHERE) {
            a->unknown++;
            continue;
        }
        a->p[at].got_text = json_need(r, 1);
        a->p[at].got_story = story_field ? json_need(r, 2) : 1;
    }
}

void articles_free(articles *a) {
    for (uint32_t i = 0; i < a->n; i++) free(a->p[i].shown);
    free(a->p);
    free(a->slots);
    *a = (articles){0};
}
