#include "report/model.h"

#include <stdlib.h>
#include <string.h>

#include "text/domain.h"

bool model_before(const model *m, uint32_t x, uint32_t y) {
    int64_t at_x = m->articles[x].published, at_y = m->articles[y].published;
    if (at_x == at_y) return x < y;
    return at_x != FLONG_NO_DATE && (at_y == FLONG_NO_DATE || at_x < at_y);
}

void model_free(model *m) {
    mem_free(m->articles);
    intern_free(&m->sites);
    intern_free(&m->agencies);
    uint32_t *const lists[] = {m->site_order, m->site_to, m->agency_order,
                               m->agency_to,  m->members, m->guests};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) mem_free(lists[i]);
    mem_free(m->site_articles);
    mem_free(m->agency_articles);
    mem_free(m->stories);
    *m = (model){0};
}

/* ---- articles ---------------------------------------------------------------------------- */

static uint16_t parts(double share) {
    if (!(share >= 0)) return 0; /* a damaged file may say anything */
    return (uint16_t)((share > 1 ? 1 : share) * 10000 + .5);
}

static flong_status article_take(void *context, const source_article *a, flong_error *error) {
    model *m = context;
    while (m->n <= a->no) {
        if (!ARRAY_GROW(m->articles, m->n, m->capacity)) return error_nomem(error);
        m->articles[m->n++] =
            (model_article){.text_no = MODEL_NONE, .original = MODEL_NONE, .story = MODEL_NONE};
    }
    model_article *own = &m->articles[a->no];
    if (!intern_take(&m->sites, &own->site, site_domain(a->site)) ||
        !intern_take(&m->agencies, &own->agency, a->agency))
        return error_nomem(error);
    own->published = a->published;
    own->text_no = a->text_no;
    own->story_no = a->story_no;
    own->of = a->of;
    own->jaccard = parts(a->score.jaccard);
    own->contained = parts(a->score.a_in_b);
    own->contains = parts(a->score.b_in_a);
    own->similarity = parts(a->score.similarity);
    own->furniture = parts(a->furniture);
    own->weakest = parts(a->weakest);
    own->relation = (uint8_t)a->score.relation;
    own->credited = (int8_t)a->credited;
    double length = a->tokens ? a->tokens : 1;
    m->furniture += a->furniture * length;
    m->tokens += length;
    m->live++;
    return FLONG_OK;
}

/* Finds the original of each text group, and how many articles each site and agency has. */
static flong_status groups_find(model *m, flong_error *error) {
    m->site_articles = mem_new(m->sites.n, sizeof *m->site_articles);
    m->agency_articles = mem_new(m->agencies.n, sizeof *m->agency_articles);
    if (!m->site_articles || !m->agency_articles) return error_nomem(error);
    for (uint32_t i = 0; i < m->n; i++) {
        const model_article *a = &m->articles[i];
        if (a->text_no == MODEL_NONE) continue;
        model_article *group = &m->articles[a->text_no];
        group->size++;
        if (group->original == MODEL_NONE || model_before(m, i, group->original)) group->original = i;
        if (a->site != MODEL_NONE) m->site_articles[a->site]++;
        if (a->agency != MODEL_NONE) m->agency_articles[a->agency]++;
    }
    return FLONG_OK;
}

static uint32_t *numbers_new(size_t n) { return mem_new(n, sizeof(uint32_t)); }

static flong_status names_rank(model *m, flong_error *error) {
    m->site_order = numbers_new(m->sites.n);
    m->site_to = numbers_new(m->sites.n);
    m->agency_order = numbers_new(m->agencies.n);
    m->agency_to = numbers_new(m->agencies.n);
    bool ranked = m->site_order && m->site_to && m->agency_order && m->agency_to &&
                  intern_rank(&m->sites, m->site_articles, m->site_order, m->site_to) &&
                  intern_rank(&m->agencies, m->agency_articles, m->agency_order, m->agency_to);
    return ranked ? FLONG_OK : error_nomem(error);
}

/* ---- stories ----------------------------------------------------------------------------- */

static int by_size(const void *a, const void *b) {
    const model_story *x = a, *y = b;
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return x->no < y->no ? -1 : x->no > y->no;
}

/* Whether an article repeats one of another story. */
static bool is_guest(const model *m, const model_article *a) {
    return a->text_no != MODEL_NONE && a->of != MODEL_NONE && m->articles[a->of].story_no != a->story_no;
}

/* Lists the stories. counts[no] is how many articles the story of that number has. */
static bool stories_list(model *m, uint32_t *counts) {
    uint8_t *visited = mem_new(m->n, sizeof *visited); /* those with guests */
    if (!visited) return false;
    for (size_t i = 0; i < m->n; i++) {
        const model_article *a = &m->articles[i];
        if (a->text_no != MODEL_NONE) counts[a->story_no]++;
        if (is_guest(m, a)) visited[a->story_no] = visited[m->articles[a->of].story_no] = 1;
    }
    for (size_t i = 0; i < m->n; i++) {
        m->n_told += counts[i] > 1;
        m->n_stories += counts[i] > 1 || visited[i];
    }
    size_t n = 0;
    m->stories = mem_new(m->n_stories, sizeof *m->stories);
    for (size_t i = 0; m->stories && i < m->n; i++)
        if (counts[i] > 1 || visited[i]) m->stories[n++] = (model_story){.no = (uint32_t)i, .n = counts[i]};
    mem_free(visited);
    if (!m->stories) return false;
    if (n) qsort(m->stories, n, sizeof *m->stories, by_size);
    uint32_t first = 0;
    for (uint32_t i = 0; i < n; i++) {
        m->articles[m->stories[i].no].story = i;
        m->stories[i].first = first;
        first += m->stories[i].n;
        m->stories[i].n = 0;
    }
    m->members = numbers_new(first);
    return m->members;
}

static void members_list(model *m) {
    for (uint32_t i = 0; i < m->n; i++) {
        model_article *a = &m->articles[i];
        if (a->text_no == MODEL_NONE) continue;
        a->story = m->articles[a->story_no].story; /* the first of them comes first, and is right already */
        if (a->story == MODEL_NONE) continue;
        model_story *s = &m->stories[a->story];
        m->members[s->first + s->n++] = i;
    }
}

/* An article of a story, and what it is ordered by. */
typedef struct member {
    int64_t group_date, date; /* undated ones last */
    uint32_t original, no;
} member;

static int by_telling(const void *a, const void *b) {
    const member *x = a, *y = b;
    if (x->group_date != y->group_date) return x->group_date < y->group_date ? -1 : 1;
    if (x->original != y->original) return x->original < y->original ? -1 : 1;
    if (x->date != y->date) return x->date < y->date ? -1 : 1;
    return x->no < y->no ? -1 : x->no > y->no;
}

static int64_t date_order(int64_t published) { return published == FLONG_NO_DATE ? INT64_MAX : published; }

static void members_sort(model *m, const model_story *s, member *scratch) {
    for (uint32_t i = 0; i < s->n; i++) {
        uint32_t no = m->members[s->first + i], original = model_group(m, no)->original;
        scratch[i] = (member){date_order(m->articles[original].published),
                              date_order(m->articles[no].published), original, no};
    }
    qsort(scratch, s->n, sizeof *scratch, by_telling);
    for (uint32_t i = 0; i < s->n; i++) {
        m->members[s->first + i] = scratch[i].no;
        m->articles[scratch[i].no].at = i;
    }
}

static int by_number(const void *a, const void *b) {
    uint32_t x, y;
    memcpy(&x, a, sizeof x);
    memcpy(&y, b, sizeof y);
    return x < y ? -1 : x > y;
}

/* How many different sites there are, an unknown one being different from all. Sorts them. */
static uint32_t sites_count(uint32_t *sites, size_t n) {
    uint32_t count = 0;
    if (n) qsort(sites, n, sizeof *sites, by_number);
    for (size_t i = 0; i < n; i++) count += i == 0 || sites[i] == MODEL_NONE || sites[i] != sites[i - 1];
    return count;
}

static void story_sum(const model *m, model_story *s, uint32_t *scratch) {
    const uint32_t *members = m->members + s->first;
    s->opening = members[0];
    s->from = s->to = FLONG_NO_DATE;
    for (uint32_t i = 0; i < s->n; i++) {
        const model_article *a = &m->articles[members[i]];
        scratch[i] = a->site;
        s->credited += a->credited == 1;
        s->uncredited += a->credited == 0;
        if (a->relation >= FLONG_RELATION_IDENTICAL && a->relation <= FLONG_RELATION_RELATED)
            s->relations |= 1u << (a->relation - 1);
        if (a->published == FLONG_NO_DATE) continue;
        if (s->from == FLONG_NO_DATE || a->published < s->from) s->from = a->published;
        if (s->to == FLONG_NO_DATE || a->published > s->to) s->to = a->published;
    }
    s->sites = sites_count(scratch, s->n);
    for (uint32_t i = 0; i < s->n; i++)
        if (model_group(m, members[i])->original == members[i])
            scratch[s->texts++] = m->articles[members[i]].site;
    s->independent = sites_count(scratch, s->texts);
}

/* An article that is a guest of a story. */
typedef struct guest {
    uint32_t story, no;
} guest;

static int by_story(const void *a, const void *b) {
    const guest *x = a, *y = b;
    if (x->story != y->story) return x->story < y->story ? -1 : 1;
    return x->no < y->no ? -1 : x->no > y->no;
}

/* A story has its first guests only: the source of a phrase that everybody uses would have thousands. */
enum { GUESTS_MOST = 64 };

static bool guests_find(model *m) {
    size_t n = 0, kept = 0;
    for (size_t i = 0; i < m->n; i++) n += is_guest(m, &m->articles[i]);
    guest *list = mem_new(2 * n, sizeof *list);
    m->guests = numbers_new(2 * n);
    n = 0;
    for (uint32_t i = 0; list && m->guests && i < m->n; i++) {
        const model_article *a = &m->articles[i];
        if (!is_guest(m, a)) continue;
        list[n++] = (guest){a->story, a->of};
        list[n++] = (guest){m->articles[a->of].story, i};
    }
    if (n) qsort(list, n, sizeof *list, by_story);
    for (size_t i = 0; i < n; i++) {
        model_story *s = &m->stories[list[i].story];
        if (s->n_guests == GUESTS_MOST || (i && by_story(&list[i], &list[i - 1]) == 0)) continue;
        if (s->n_guests++ == 0) s->first_guest = (uint32_t)kept;
        m->guests[kept++] = list[i].no;
    }
    mem_free(list);
    return list && m->guests;
}

uint32_t model_place(const model *m, uint32_t story, uint32_t no) {
    const model_story *s = &m->stories[story];
    if (m->articles[no].story == story) return m->articles[no].at;
    if (s->n_guests == 0) return MODEL_NONE;
    const uint32_t *found = bsearch(&no, m->guests + s->first_guest, s->n_guests, sizeof no, by_number);
    return found ? s->n + (uint32_t)(found - m->guests) - s->first_guest : MODEL_NONE;
}

static flong_status stories_find(model *m, flong_error *error) {
    uint32_t *counts = numbers_new(m->n);
    member *sorting = NULL;
    bool found = counts && stories_list(m, counts);
    if (found && m->n_stories) {
        sorting = mem_new(counts[m->stories[0].no], sizeof *sorting);
        found = sorting;
    }
    if (found) {
        members_list(m);
        for (size_t i = 0; i < m->n_stories; i++) {
            members_sort(m, &m->stories[i], sorting);
            story_sum(m, &m->stories[i], counts);
        }
        found = guests_find(m);
    }
    mem_free(counts);
    mem_free(sorting);
    return found ? FLONG_OK : error_nomem(error);
}

flong_status model_read(model *m, report_source *source, flong_error *error) {
    *m = (model){0};
    TRY(source->articles(source, article_take, m, error));
    TRY(groups_find(m, error));
    TRY(names_rank(m, error));
    return stories_find(m, error);
}
