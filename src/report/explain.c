/* Why two articles are paired, or are not, in words. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/sort.h"
#include "flow/index.h"

flong_status flong_report_explain(flong_index *index, flong_str id_a, flong_str id_b, flong_write_fn write,
                                  void *context, flong_error *error) {
    (void)index, (void)id_a, (void)id_b, (void)write, (void)context;
    return error_set(error, FLONG_ARG, "explain: to be written next");
}
