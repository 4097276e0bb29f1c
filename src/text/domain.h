/* The domain that a site belongs to: hosts of one owner share their furniture. */
#ifndef FLONG_TEXT_DOMAIN_H
#define FLONG_TEXT_DOMAIN_H

#include "flong.h"

/* "nba.nbcsports.com" -> "nbcsports.com", by the Public Suffix List; a site that is no host stays as it is.
 * The result lies within the site's bytes. */
flong_str site_domain(flong_str site);

/* Domains that were looked up lately, as sites come again and again. Zero-initialised, there are none. */
enum { DOMAINS_HELD = 512, DOMAIN_SITE_MOST = 52 };
typedef struct domain_memo {
    struct held_domain {
        uint16_t n, domain; /* bytes of the site, and where the domain begins in it; n == 0: a free place */
        char site[DOMAIN_SITE_MOST];
    } held[DOMAINS_HELD];
} domain_memo;

/* The same as site_domain. */
flong_str site_domain_held(domain_memo *memo, flong_str site);

#endif
