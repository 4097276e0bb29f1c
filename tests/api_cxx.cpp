// The public header alone, as C++17: it compiles with warnings as errors, and its names link as C.
#include "flong.h"

#include <cstring>
#include <type_traits>

static_assert(std::is_trivially_copyable<flong_record>::value, "records are plain data");
static_assert(std::is_standard_layout<flong_params>::value, "parameters are plain data");

int main() {
    flong_params params;
    flong_params_default(&params);
    flong_error error;
    flong_score score;
    const char text[] = "one two three";
    flong_record record = {};
    record.text = {text, sizeof text - 1};
    record.published = FLONG_NO_DATE;
    if (flong_compare(&score, &record, &record, &params, &error) != FLONG_OK) return 1;
    return score.relation == FLONG_RELATION_IDENTICAL && std::strcmp(flong_relation_name(score.relation), "identical") == 0
               ? 0
               : 1;
}
