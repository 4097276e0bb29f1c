/* Fuzz target: any bytes as what was learned of a site. What is loaded can be used and saved again. */
#include <stdlib.h>
#include <string.h>

#include "text/furniture.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void use(furniture *all, furniture_site *site) {
    static tokenizer reader;
    static article a;
    static const char text[] =
        "A line of eight words that is quite long.\nShort one\nAnother line of eight words or so.";
    if (!article_read(&reader, &a, (flong_str){"Title", 5}, (flong_str){text, sizeof text - 1})) abort();
    for (uint64_t url = 0; url < 3; url++)
        if (!furniture_learn(all, site, &a, url)) abort();
    furniture_mark(site, &a, 4);
    furniture_count(site, 4);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    furniture *all = furniture_new();
    furniture_site *site = furniture_add(all, (flong_str){"x", 1}),
                   *again = furniture_add(all, (flong_str){"y", 1});
    if (furniture_load(site, data, size)) {
        buffer first = {0}, second = {0};
        use(all, site);
        if (!furniture_save(site, &first) || !furniture_load(again, first.p, first.n)) abort();
        if (!furniture_save(again, &second) || first.n != second.n || memcmp(first.p, second.p, first.n) != 0)
            abort();
        buffer_free(&first);
        buffer_free(&second);
    }
    furniture_free(all);
    return 0;
}
