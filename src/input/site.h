/* The site of an article: a host name without what varies from link to link. */
#ifndef FLONG_INPUT_SITE_H
#define FLONG_INPUT_SITE_H

#include <stdbool.h>

#include "flong.h"

/* Longest host name of the domain name system (RFC 1035). */
enum { SITE_HOST_MAX = 253 };

/* Writes the host of a URL, or of text that is a bare host, with or without port and path: in lower case,
 * without user, port and "www.". False: there is none; then nothing is written. */
bool site_from_url(flong_str *out, char scratch[SITE_HOST_MAX], flong_str url);

/* The site of a record: its own, or the host of its url; empty where there is neither. */
flong_str record_site(char scratch[SITE_HOST_MAX], const flong_record *record);

/* Text without the blanks around it (those of Unicode included). */
flong_str text_trim(flong_str text);

#endif
