#include "text/domain.h"

#include <libpsl.h>
#include <string.h>

enum { HOST_MOST = 253 }; /* bytes of a host name, RFC 1035 */

flong_str site_domain(flong_str site) {
    char host[HOST_MOST + 1];
    if (site.n == 0 || site.n > HOST_MOST || memchr(site.p, 0, site.n)) return site;
    memcpy(host, site.p, site.n);
    host[site.n] = 0;
    const char *domain = psl_registrable_domain(psl_builtin(), host);
    return domain ? (flong_str){site.p + (domain - host), site.n - (size_t)(domain - host)} : site;
}
