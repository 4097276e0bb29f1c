/* Fuzz target: any bytes as a date. What is read lies in the years 1000 to 2999. */
#include <stdlib.h>

#include "input/date.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    int64_t date = 42;
    /* A zone can move the first and the last day over the bound. */
    bool is_read = date_parse(&date, (flong_str){(const char *)data, size});
    if (is_read ? date < INT64_C(-30610310400) || date > INT64_C(32503766400) : date != 42) abort();
    return 0;
}
