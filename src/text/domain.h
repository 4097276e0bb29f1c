/* The domain that a site belongs to: hosts of one owner share their furniture. */
#ifndef FLONG_TEXT_DOMAIN_H
#define FLONG_TEXT_DOMAIN_H

#include "flong.h"

/* "nba.nbcsports.com" -> "nbcsports.com", by the Public Suffix List; a site that is no host stays as it is.
 * The result lies within the site's bytes. */
flong_str site_domain(flong_str site);

#endif
