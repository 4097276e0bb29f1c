#include "keys.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/params.h"
#include "base/sort.h"
#include "index/block.h"

/* ---- settings ---------------------------------------------------------------------------- */

setting setting_of(const flong_params *params) {
    return (setting){params->slots / params->band_rows, params->band_rows, params->passage_window};
}

bool setting_parse(setting *out, const char *text) {
    setting s = {0};
    int end = 0;
    if (sscanf(text, "%4" SCNu32 "x%4" SCNu32 "%n+%4" SCNu32 "%n", &s.bands, &s.rows, &end, &s.window, &end) <
        2) {
        s = (setting){0};
        sscanf(text, "%4" SCNu32 "%n", &s.window, &end);
    }
    *out = s;
    return end > 0 && text[end] == 0 && (s.bands > 0 || s.window > 0);
}

setting_name setting_print(setting s) {
    setting_name name = {""};
    int n = 0;
    if (s.bands) n = snprintf(name.text, sizeof name.text, "%ux%u%s", s.bands, s.rows, s.window ? "+" : "");
    if (s.window) snprintf(name.text + n, sizeof name.text - (size_t)n, "%u", s.window);
    return name;
}

flong_params setting_params(setting s) {
    flong_error error;
    flong_params given, taken;
    flong_params_default(&given);
    if (s.bands) given.slots = s.bands * s.rows, given.band_rows = s.rows;
    if (s.window) given.passage_window = s.window;
    check(params_take(&taken, &given, &error), &error);
    return taken;
}

/* ---- making keys ------------------------------------------------------------------------- */

static void key_set_init(key_set *set, setting s, size_t n_articles) {
    *set = (key_set){.setting = s,
                     .params = setting_params(s),
                     .firsts = needed(mem_new(n_articles + 1, sizeof *set->firsts))};
    if (!worker_init(&set->worker, &set->params, NULL)) needed(NULL); /* reads no text */
}

static bool setting_has(setting s, uint64_t key) {
    switch (key_kind_of(key)) {
    case KEY_BAND:
        return s.bands > 0;
    case KEY_PASSAGE:
        return s.window > 0;
    default:
        return true;
    }
}

static void key_set_add(key_set *set, size_t place, const article *a, const text_body *body) {
    worker *w = &set->worker;
    shingled counts;
    uint64_t *made;
    size_t n;
    arena_reset(&w->memory);
    if (!worker_shingle(w, &counts, a) || !worker_keys(w, &made, &n, a, body, counts)) needed(NULL);
    for (size_t i = 0; i < n; i++) {
        if (!setting_has(set->setting, made[i])) continue;
        if (!ARRAY_GROW(set->keys, set->n, set->capacity)) needed(NULL);
        set->keys[set->n++] = made[i];
    }
    set->firsts[place + 1] = set->n;
}

void keys_make(key_set *out, const setting *settings, size_t n, archive *a) {
    for (size_t k = 0; k < n; k++) key_set_init(&out[k], settings[k], a->n);
    for (size_t i = 0; i < a->n; i++) {
        const article *read = archive_article(a, i);
        for (size_t k = 0; k < n; k++) key_set_add(&out[k], i, read, a->bodies[i]);
    }
}

void keys_free(key_set *sets, size_t n) {
    for (size_t k = 0; k < n; k++) {
        worker_free(&sets[k].worker);
        mem_free(sets[k].keys);
        mem_free(sets[k].firsts);
    }
}

/* ---- meeting ----------------------------------------------------------------------------- */

bool keys_common(const key_set *set, uint32_t x, uint32_t y) {
    size_t i = set->firsts[x], j = set->firsts[y];
    while (i < set->firsts[x + 1] && j < set->firsts[y + 1]) {
        if (set->keys[i] == set->keys[j]) return true;
        if (set->keys[i] < set->keys[j])
            i++;
        else
            j++;
    }
    return false;
}

static uint64_t *entries_sort(const key_set *set, size_t n_articles) {
    uint64_t *entries = needed(mem_new(set->n, sizeof *entries)),
             *scratch = needed(mem_new(set->n, sizeof *scratch));
    for (size_t i = 0; i < n_articles; i++)
        for (size_t k = set->firsts[i]; k < set->firsts[i + 1]; k++) entries[k] = set->keys[k] | i;
    sort_spread(entries, scratch, set->n);
    mem_free(scratch);
    return entries;
}

/* Bytes of the entries in blocks, of some two thousand as in a file. */
static size_t entries_bytes(const uint64_t *entries, size_t n, size_t n_articles) {
    buffer bytes = {0};
    size_t total = 0;
    for (size_t at = 0, take; at < n; at += take, bytes.n = 0) {
        take = n - at < BLOCK_ENTRIES / 2 ? n - at : BLOCK_ENTRIES / 2;
        if (!block_encode(&bytes, entries + at, take, block_place_bits(n_articles))) needed(NULL);
        total += bytes.n;
    }
    buffer_free(&bytes);
    return total;
}

static bool nothing_gone(void *context, uint64_t no) {
    (void)context, (void)no;
    return false;
}

/* The archive comes as one batch to an empty index. */
void keys_meet(meetings *out, const key_set *set, size_t n_articles) {
    flong_error error;
    store *s;
    runs *none;
    uint64_t *entries = entries_sort(set, n_articles);
    *out = (meetings){.block_bytes = entries_bytes(entries, set->n, n_articles)};
    check(store_open(&s, NULL, FLONG_OPEN_WRITE, NULL, &error), &error);
    check(runs_open(&none, s, &error), &error);
    entry_list all = {entries, set->n, 0};
    check(candidates_find(&out->list, &out->memory, none, all, all, meeting_of_texts(&set->params),
                          nothing_gone, NULL, &error),
          &error);
    runs_close(none);
    store_close(s);
    mem_free(entries);
}

void meetings_free(meetings *m) { arena_free(&m->memory); }
