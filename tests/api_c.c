/* The public header alone, as C11: it compiles with warnings as errors, and everything in it links. */
#include "flong.h"

typedef int relation_names_all[FLONG_RELATION_STUB == 8 ? 1 : -1];

static int print_pair(void *context, const flong_pair *pair) {
    (void)context;
    return pair->a.n == 0 || pair->score.relation == FLONG_RELATION_NONE;
}

static int one_record(void *context, flong_record *out, flong_error *error) {
    int *left = context;
    static const char text[] = "twelve words of text that are quite enough to make an article here";
    (void)error;
    *out = (flong_record){.id = {left ? (*left == 1 ? "b" : "a") : "", 1},
                          .text = {text, sizeof text - 1},
                          .published = FLONG_NO_DATE};
    return (*left)-- > 0;
}

int main(void) {
    flong_index *index = NULL;
    flong_error error;
    flong_info info;
    int left = 2;
    if (flong_index_open(&index, NULL, FLONG_OPEN_WRITE, NULL, &error) != FLONG_OK) return 1;
    if (flong_index_add(index, one_record, &left, NULL, &error) != FLONG_OK) return 1;
    if (flong_index_pairs(index, print_pair, NULL, &error) != FLONG_OK) return 1;
    if (flong_index_info(index, &info, &error) != FLONG_OK || info.articles != 2 || info.pairs != 1) return 1;
    flong_index_close(index);
    return 0;
}
