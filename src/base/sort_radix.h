/* The sorts of base/sort.c for one type of element: included for each, with SORT_NAME(x) that makes a name for the type
 * of x, SORT_TYPE, and SORT_KEY(element).
 *
 * Radix sort that looks at as few bits as tell the elements apart: passes by digits of the upper bits in which the keys
 * differ, about as many bits as n elements need (least significant digit first, so it is stable); what is equal in these
 * is near its place then, and put there by insertion. Where that takes too long, as the keys are not evenly spread, the
 * elements of each value are sorted in the same way by what is below. */

/* Sorts a few by the bits of the mask. */
static void SORT_NAME(few)(SORT_TYPE *elements, size_t n, uint64_t mask) {
    for (size_t i = 1; i < n; i++) {
        SORT_TYPE moved = elements[i];
        uint64_t key = SORT_KEY(moved) & mask;
        size_t at = i;
        for (; at > 0 && (SORT_KEY(elements[at - 1]) & mask) > key; at--) elements[at] = elements[at - 1];
        elements[at] = moved;
    }
}

/* The same for many that are near their places; false, with some of them moved, where they are not. */
static bool SORT_NAME(near)(SORT_TYPE *elements, size_t n, uint64_t mask) {
    size_t moves = 0, most = n * SORT_MOVES;
    for (size_t i = 1; i < n && moves <= most; i++) {
        SORT_TYPE moved = elements[i];
        uint64_t key = SORT_KEY(moved) & mask;
        size_t at = i;
        for (; at > 0 && (SORT_KEY(elements[at - 1]) & mask) > key; at--) elements[at] = elements[at - 1];
        elements[at] = moved;
        moves += i - at;
    }
    return moves <= most;
}

/* The bits in which keys differ. */
static uint64_t SORT_NAME(varying)(const SORT_TYPE *elements, size_t n) {
    uint64_t first = SORT_KEY(elements[0]), varying = 0;
    for (size_t i = 1; i < n; i++) varying |= SORT_KEY(elements[i]) ^ first;
    return varying;
}

/* Moves elements to their places by a digit. Returns how many have its most frequent value. */
static size_t SORT_NAME(pass)(SORT_TYPE *to, const SORT_TYPE *from, size_t n, sort_digit digit) {
    size_t places[1 << SORT_DIGIT], values = (size_t)1 << digit.width, mask = values - 1, sum = 0, most = 0;
    memset(places, 0, values * sizeof *places);
    for (size_t i = 0; i < n; i++) places[(SORT_KEY(from[i]) >> digit.shift) & mask]++;
    for (size_t value = 0; value < values; value++) {
        size_t here = places[value];
        most = here > most ? here : most;
        places[value] = sum;
        sum += here;
    }
    for (size_t i = 0; i < n; i++) to[places[(SORT_KEY(from[i]) >> digit.shift) & mask]++] = from[i];
    return most;
}

static void SORT_NAME(all)(SORT_TYPE *elements, SORT_TYPE *scratch, size_t n, uint64_t mask);

/* Sorts elements that are in order by the bits `above` by those `below`, too. */
static void SORT_NAME(rest)(SORT_TYPE *elements, SORT_TYPE *scratch, size_t n, uint64_t above,
                            uint64_t below) {
    for (size_t i = 0, end; i < n; i = end) {
        uint64_t key = SORT_KEY(elements[i]) & above;
        for (end = i + 1; end < n && (SORT_KEY(elements[end]) & above) == key;) end++;
        if (end > i + 1) SORT_NAME(all)(elements + i, scratch, end - i, below);
    }
}

/* Sorts by the bits of the mask. Every call of it from within has at least one bit less. */
static void SORT_NAME(all)(SORT_TYPE *elements, SORT_TYPE *scratch, size_t n, uint64_t mask) {
    if (n <= SORT_FEW) {
        SORT_NAME(few)(elements, n, mask);
        return;
    }
    sort_digit digits[SORT_DIGITS];
    uint64_t varying = SORT_NAME(varying)(elements, n) & mask;
    size_t n_digits = digits_choose(digits, varying, n), most = 0;
    SORT_TYPE *from = elements, *to = scratch;
    for (size_t i = n_digits; i-- > 0;) {
        most = SORT_NAME(pass)(to, from, n, digits[i]);
        SORT_TYPE *sorted = to;
        to = from;
        from = sorted;
    }
    if (from != elements) memcpy(elements, from, n * sizeof *elements);
    if (n_digits == 0) return;
    uint64_t below = (UINT64_C(1) << digits[n_digits - 1].shift) - 1;
    if (!(varying & below)) return;
    bool spread = most <= SORT_FEW || (n_digits > 1 && most <= n / 8);
    if (!spread || !SORT_NAME(near)(elements, n, mask))
        SORT_NAME(rest)(elements, scratch, n, mask & ~below, mask & below);
}

#undef SORT_NAME
#undef SORT_TYPE
#undef SORT_KEY
