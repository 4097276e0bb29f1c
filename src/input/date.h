/* Dates as they stand in news pages and feeds, into seconds. No locale, no time zone of the machine. */
#ifndef FLONG_INPUT_DATE_H
#define FLONG_INPUT_DATE_H

#include <stdbool.h>

#include "flong.h"

/* Reads ISO 8601, RFC 2822, the usual English forms ("Feb. 1, 2017 9:57 AM EST"), and digits that are
 * seconds, milliseconds or YYYYMMDD[hhmm[ss]]. Without a zone it is UTC, without a time midnight.
 * 02/01/2017 is month/day/year unless the first number is above 12; 01.02.2017 and 01-02-2017 are
 * day.month.year. False: it is none of these, no day of the calendar, or outside of the years 1000 to
 * 2999; *out is then unchanged. */
bool date_parse(int64_t *out, flong_str text);

/* A number: seconds since 1970, or YYYYMMDD when it is one, or milli-, micro- or nanoseconds when it is
 * too great for seconds. */
bool date_from_number(int64_t *out, double number);

enum { DATE_TEXT = 40 };

/* Writes a date as date_parse reads it, "2024-05-02T06:10:00Z", and returns its length. */
size_t date_write(char out[DATE_TEXT], int64_t date);

#endif
