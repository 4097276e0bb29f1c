#include "text/domain.h"

#include <libpsl.h>
#include <string.h>

#include "base/hash.h"

enum { HOST_MOST = 253 }; /* bytes of a host name, RFC 1035 */

flong_str site_domain(flong_str site) {
    char host[HOST_MOST + 1];
    if (site.n == 0 || site.n > HOST_MOST || memchr(site.p, 0, site.n)) return site;
    memcpy(host, site.p, site.n);
    host[site.n] = 0;
    const char *domain = psl_registrable_domain(psl_builtin(), host);
    return domain ? (flong_str){site.p + (domain - host), site.n - (size_t)(domain - host)} : site;
}

flong_str site_domain_held(domain_memo *memo, flong_str site) {
    if (site.n == 0 || site.n > DOMAIN_SITE_MOST) return site_domain(site);
    struct held_domain *held = &memo->held[hash_bytes(site.p, site.n, 8) % DOMAINS_HELD];
    if (held->n != site.n || memcmp(held->site, site.p, site.n) != 0) {
        held->n = (uint16_t)site.n;
        held->domain = (uint16_t)(site_domain(site).p - site.p);
        memcpy(held->site, site.p, site.n);
    }
    return (flong_str){site.p + held->domain, site.n - held->domain};
}
