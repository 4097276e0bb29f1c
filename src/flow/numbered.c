#include "flow/numbered.h"

#include "base/hash.h"
#include "base/memory.h"

void numbered_clear(numbered *all) {
    for (size_t i = 0; i < all->n_places; i++) mem_free(all->pieces[i].values);
    mem_free(all->pieces);
    *all = (numbered){.size = all->size};
}

static numbered_piece *piece_place(numbered_piece *pieces, size_t n_places, uint64_t number) {
    size_t at = hash_mix(number) & (n_places - 1);
    while (pieces[at].number_plus_1 && pieces[at].number_plus_1 != number + 1) at = (at + 1) & (n_places - 1);
    return &pieces[at];
}

static bool pieces_widen(numbered *all) {
    size_t n_places = all->n_places ? all->n_places * 2 : 64;
    numbered_piece *pieces = mem_new(n_places, sizeof *pieces);
    if (!pieces) return false;
    for (size_t i = 0; i < all->n_places; i++)
        if (all->pieces[i].number_plus_1)
            *piece_place(pieces, n_places, all->pieces[i].number_plus_1 - 1) = all->pieces[i];
    mem_free(all->pieces);
    all->pieces = pieces;
    all->n_places = n_places;
    return true;
}

static void *value_at(const numbered *all, const numbered_piece *piece, uint64_t no) {
    return piece->number_plus_1 ? (char *)piece->values + no % NUMBERED_PIECE * all->size : NULL;
}

void *numbered_find(const numbered *all, uint64_t no) {
    if (all->n_places == 0) return NULL;
    return value_at(all, piece_place(all->pieces, all->n_places, no / NUMBERED_PIECE), no);
}

void *numbered_make(numbered *all, uint64_t no) {
    void *known = numbered_find(all, no);
    if (known) return known;
    if (all->n * 2 >= all->n_places && !pieces_widen(all)) return NULL;
    numbered_piece *piece = piece_place(all->pieces, all->n_places, no / NUMBERED_PIECE);
    if (!(piece->values = mem_new(NUMBERED_PIECE, all->size))) return NULL;
    piece->number_plus_1 = no / NUMBERED_PIECE + 1;
    all->n++;
    return value_at(all, piece, no);
}

void *numbered_next(const numbered *all, size_t *at, uint64_t *first) {
    while (*at < all->n_places && !all->pieces[*at].number_plus_1) ++*at;
    if (*at == all->n_places) return NULL;
    const numbered_piece *piece = &all->pieces[(*at)++];
    *first = (piece->number_plus_1 - 1) * NUMBERED_PIECE;
    return piece->values;
}
