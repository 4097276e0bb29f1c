/* The page of a report: its pieces, and the blocks between them, which threads pack while the next are put together. */
#include <stdio.h>
#include <string.h>

#include "flow/index.h"
#include "report/block.h"
#include "report/page.h"
#include "report/parts.h"

/* Stories of so many articles share a block, unless one has more: to open a story unpacks some 200 KB of numbers, or 2 MB
 * of texts. */
enum { BLOCK_ARTICLES = 512, BLOCK_STORIES = 500 };

/* Bytes of a page which a browser still opens in seconds. */
enum { DEFAULT_MAX_SIZE = 200 << 20, TEXT_MOST = 1 << 20 };

/* A block that is being made. */
typedef struct job {
    char id[32];
    uint32_t first, end; /* stories */
    json_line json;
    buffer out;
    arena fetched; /* texts as they are stored, */
    void **texts;  /* of the articles in their order */
    flong_status status;
    flong_error error;
} job;

typedef struct page {
    const flong_html_options *asked;
    report_source *source;
    model model;
    uint32_t *blocks; /* first stories */
    size_t n_blocks, blocks_capacity;
    pool *threads;
    block_packer *packers; /* of each thread */
    job *jobs;             /* two times n_jobs: those being packed, and those being put together */
    size_t n_jobs;
    flong_write_fn write;
    void *context;
    size_t written, most; /* bytes; what texts may fill up to */
    uint32_t with_text;   /* stories whose texts stand in the page */
    bool full;            /* there was no room for the texts of more */
    buffer text;          /* of a single block, or the title */
} page;

flong_status put_end(const json_line *out, flong_error *error) {
    return out->failed ? error_nomem(error) : FLONG_OK;
}

static flong_status page_write(page *p, const char *bytes, size_t n, flong_error *error) {
    if (n && p->write(p->context, bytes, n) != 0) return error_set(error, FLONG_STOPPED, "stopped");
    p->written += n;
    return FLONG_OK;
}

static flong_status part_write(page *p, int part, flong_error *error) {
    return page_write(p, page_parts[part].p, page_parts[part].n, error);
}

/* ---- the head ---------------------------------------------------------------------------- */

/* Text of the page: what could be taken for an element is written otherwise. Control characters are left out. */
static bool escape(buffer *out, flong_str text) {
    static const char *const names[] = {['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};
    bool good = true;
    for (size_t i = 0; i < text.n; i++) {
        unsigned char c = (unsigned char)text.p[i];
        const char *name = c < sizeof names / sizeof *names ? names[c] : NULL;
        if (name)
            good = good && buffer_append(out, name, strlen(name));
        else if (c >= ' ' && c != 0x7F)
            good = good && buffer_append(out, &text.p[i], 1);
    }
    return good;
}

static flong_status head_write(page *p, flong_error *error) {
    static const char own[] = "flong report";
    flong_str name = p->asked->name;
    p->text.n = 0;
    bool made = escape(&p->text, name) && (name.n == 0 || buffer_append(&p->text, " - ", 3)) &&
                buffer_append(&p->text, own, sizeof own - 1);
    if (!made) return error_nomem(error);
    TRY(part_write(p, 0, error));
    TRY(page_write(p, p->text.p, p->text.n, error));
    return part_write(p, 1, error);
}

/* ---- single blocks ----------------------------------------------------------------------- */

/* Writes the block of jobs[0], which holds its JSON. */
static flong_status single_write(page *p, const char *id, flong_error *error) {
    const json_line *json = &p->jobs[0].json;
    p->text.n = 0;
    if (!block_make(&p->packers[0], &p->text, id, json->bytes.p, json->bytes.n)) return error_nomem(error);
    return page_write(p, p->text.p, p->text.n, error);
}

static json_line *single_begin(page *p) {
    p->jobs[0].json.bytes.n = 0;
    return &p->jobs[0].json;
}

/* Which stories are in which block. */
static flong_status blocks_part(page *p, flong_error *error) {
    const model *m = &p->model;
    size_t stories = 0, articles = 0;
    for (uint32_t i = 0; i < m->n_stories; i++) {
        size_t n = m->stories[i].n + m->stories[i].n_guests;
        if (i == 0 || stories == BLOCK_STORIES || articles + n > BLOCK_ARTICLES) {
            if (!ARRAY_GROW(p->blocks, p->n_blocks, p->blocks_capacity)) return error_nomem(error);
            p->blocks[p->n_blocks++] = i;
            stories = articles = 0;
        }
        stories++;
        articles += n;
    }
    return FLONG_OK;
}

static flong_status first_write(page *p, flong_error *error) {
    TRY(overview_put(single_begin(p), &p->model, p->source, p->asked->name, error));
    TRY(single_write(p, "overview", error));
    TRY(sites_put(single_begin(p), &p->model, error));
    TRY(single_write(p, "sites", error));
    TRY(stories_put(single_begin(p), &p->model, p->source, p->blocks, p->n_blocks, error));
    TRY(single_write(p, "stories", error));
    return part_write(p, 2, error);
}

/* Says which stories have texts. */
static flong_status last_write(page *p, flong_error *error) {
    json_line *out = single_begin(p);
    size_t left = p->model.n_stories - p->with_text;
    json_put(out, "{\"stories\":");
    json_put_number(out, p->with_text);
    json_put(out, ",\"left_out\":");
    json_put_number(out, left);
    json_put(out, ",\"why\":");
    json_put(out, !left ? "null}" : p->asked->no_text ? "\"asked\"}" : p->full ? "\"size\"}" : "\"source\"}");
    TRY(put_end(out, error));
    TRY(single_write(p, "texts", error));
    return part_write(p, 3, error);
}

/* ---- many blocks ------------------------------------------------------------------------- */

/* A kind of block: its name, how it is put together by the calling thread, and what others do first. */
typedef struct block_kind {
    const char *name;
    flong_status (*fill)(page *p, job *j, flong_error *error);
    flong_status (*finish)(page *p, job *j, unsigned thread, flong_error *error); /* may be NULL */
    bool limited; /* by the size of the page */
} block_kind;

/* Jobs that are packed together. */
typedef struct packing {
    page *p;
    const block_kind *kind;
    job *jobs;
    size_t n;
} packing;

static void job_pack(void *context, size_t i, unsigned thread) {
    packing *g = context;
    job *j = &g->jobs[i];
    j->out.n = 0;
    if (g->kind->finish) j->status = g->kind->finish(g->p, j, thread, &j->error);
    if (j->status == FLONG_OK &&
        !block_make(&g->p->packers[thread], &j->out, j->id, j->json.bytes.p, j->json.bytes.n))
        j->status = error_nomem(&j->error);
}

/* Puts the next blocks together, from number `from` on. */
static flong_status jobs_fill(packing *g, size_t from, flong_error *error) {
    page *p = g->p;
    for (g->n = 0; g->n < p->n_jobs && from + g->n < p->n_blocks; g->n++) {
        size_t k = from + g->n;
        job *j = &g->jobs[g->n];
        j->first = p->blocks[k];
        j->end = k + 1 < p->n_blocks ? p->blocks[k + 1] : (uint32_t)p->model.n_stories;
        j->json.bytes.n = 0;
        j->status = FLONG_OK;
        snprintf(j->id, sizeof j->id, "%s-%zu", g->kind->name, k);
        TRY(g->kind->fill(p, j, error));
    }
    return FLONG_OK;
}

static flong_status jobs_write(const packing *g, flong_error *error) {
    page *p = g->p;
    for (size_t i = 0; i < g->n && !p->full; i++) {
        const job *j = &g->jobs[i];
        if (j->status != FLONG_OK) {
            if (error) *error = j->error;
            return j->status;
        }
        p->full = g->kind->limited && j->out.n > p->most - (p->written < p->most ? p->written : p->most);
        if (p->full) return FLONG_OK;
        TRY(page_write(p, j->out.p, j->out.n, error));
        if (g->kind->limited) p->with_text = j->end;
    }
    return FLONG_OK;
}

/* All blocks of a kind: some are put together while those before them are packed. */
static flong_status blocks_write(page *p, const block_kind *kind, flong_error *error) {
    packing g[2] = {{p, kind, p->jobs, 0}, {p, kind, p->jobs + p->n_jobs, 0}};
    size_t at = 0;
    TRY(jobs_fill(&g[0], at, error));
    for (int now = 0; g[now].n && !p->full; now = !now) {
        at += g[now].n;
        pool_begin(p->threads, g[now].n, job_pack, &g[now]);
        flong_status filled = jobs_fill(&g[!now], at, error);
        pool_end(p->threads);
        TRY(filled);
        TRY(jobs_write(&g[now], error));
    }
    return FLONG_OK;
}

static flong_status members_fill(page *p, job *j, flong_error *error) {
    return members_put(&j->json, &p->model, p->source, j->first, j->end, error);
}

/* ---- texts ------------------------------------------------------------------------------- */

/* The number of the i-th article of a story, guests at the end. */
static uint32_t member_of(const model *m, const model_story *s, uint32_t i) {
    return i < s->n ? m->members[s->first + i] : m->guests[s->first_guest + i - s->n];
}

static flong_status texts_fill(page *p, job *j, flong_error *error) {
    const model *m = &p->model;
    size_t n = 0;
    for (uint32_t k = j->first; k < j->end; k++) n += m->stories[k].n + m->stories[k].n_guests;
    arena_reset(&j->fetched);
    j->texts = arena_alloc(&j->fetched, n, sizeof *j->texts);
    if (!j->texts) return error_nomem(error);
    n = 0;
    for (uint32_t k = j->first; k < j->end; k++) {
        const model_story *s = &m->stories[k];
        for (uint32_t i = 0; i < s->n + s->n_guests; i++)
            TRY(p->source->text_fetch(p->source, &j->texts[n++], &j->fetched, member_of(m, s, i), error));
    }
    return FLONG_OK;
}

static void text_put(json_line *out, const source_text *text) {
    json_put(out, "{\"text\":");
    json_put_cut(out, text->text, TEXT_MOST);
    json_put(out, ",\"marks\":[");
    for (size_t i = 0; i < text->n_marks; i++) {
        json_put(out, i ? ",[" : "[");
        json_put_number(out, text->marks[i].begin);
        json_put(out, ",");
        json_put_number(out, text->marks[i].end);
        json_put(out, ",");
        json_put_number(out, (uint64_t)text->marks[i].kind);
        json_put(out, "]");
    }
    json_put(out, "]}");
}

static flong_status story_texts_put(page *p, job *j, const model_story *s, size_t *n, unsigned thread,
                                    flong_error *error) {
    for (uint32_t i = 0; i < s->n + s->n_guests; i++) {
        const void *fetched = j->texts[(*n)++];
        json_put_next(&j->json, i);
        if (!fetched) {
            json_put(&j->json, "null");
            continue;
        }
        source_text text;
        TRY(p->source->text_read(p->source, &text, fetched, member_of(&p->model, s, i), thread, error));
        text_put(&j->json, &text);
    }
    return FLONG_OK;
}

static flong_status texts_finish(page *p, job *j, unsigned thread, flong_error *error) {
    size_t n = 0;
    json_put(&j->json, "{\"stories\":[");
    for (uint32_t k = j->first; k < j->end; k++) {
        json_put(&j->json, k > j->first ? ",[" : "[");
        TRY(story_texts_put(p, j, &p->model.stories[k], &n, thread, error));
        json_put(&j->json, "]");
    }
    json_put(&j->json, "]}");
    return put_end(&j->json, error);
}

/* ---- the whole --------------------------------------------------------------------------- */

static flong_status page_put(page *p, flong_error *error) {
    static const block_kind numbers = {"members", members_fill, NULL, false},
                            words = {"texts", texts_fill, texts_finish, true};
    TRY(model_read(&p->model, p->source, error));
    TRY(blocks_part(p, error));
    TRY(head_write(p, error));
    TRY(first_write(p, error));
    TRY(blocks_write(p, &numbers, error));
    if (!p->asked->no_text && p->source->text_fetch) TRY(blocks_write(p, &words, error));
    return last_write(p, error);
}

static flong_status page_open(page *p, unsigned threads, flong_error *error) {
    p->most = p->asked->max_size ? p->asked->max_size : DEFAULT_MAX_SIZE;
    p->threads = pool_new(threads);
    if (!p->threads) return error_nomem(error);
    p->n_jobs = 2 * (size_t)pool_size(p->threads);
    p->packers = mem_new(pool_size(p->threads), sizeof *p->packers);
    p->jobs = mem_new(2 * p->n_jobs, sizeof *p->jobs);
    return p->packers && p->jobs ? FLONG_OK : error_nomem(error);
}

static void page_close(page *p) {
    for (size_t i = 0; p->jobs && i < 2 * p->n_jobs; i++) {
        buffer_free(&p->jobs[i].json.bytes);
        buffer_free(&p->jobs[i].out);
        arena_free(&p->jobs[i].fetched);
    }
    for (unsigned i = 0; p->packers && i < pool_size(p->threads); i++) block_packer_free(&p->packers[i]);
    pool_free(p->threads);
    mem_free(p->packers);
    mem_free(p->jobs);
    mem_free(p->blocks);
    buffer_free(&p->text);
    model_free(&p->model);
}

/* The page of a source that is open, or failed to. */
static flong_status page_of(page *p, report_source *source, unsigned threads, flong_status status,
                            flong_error *error) {
    p->source = source;
    if (status == FLONG_OK) status = page_open(p, threads, error);
    if (status == FLONG_OK) status = page_put(p, error);
    page_close(p);
    return status;
}

flong_status flong_report_html(flong_index *index, const flong_html_options *options, flong_write_fn write,
                               void *context, flong_error *error) {
    flong_html_options asked = {0};
    if (options) memcpy(&asked, options, options->size < sizeof asked ? options->size : sizeof asked);
    unsigned threads = pool_threads(asked.threads);
    page p = {.asked = &asked, .write = write, .context = context};
    report_source *source = NULL;
    flong_status status;
    if (!index && !asked.result)
        return error_set(error, FLONG_ARG, "a report is made of an index or of a result; neither is given");
    if (!index) {
        status = source_of_result(&source, &asked, error);
        status = page_of(&p, source, threads, status, error);
        source_of_result_close(source);
        return status;
    }
    TRY(index_read_begin(index, error));
    status = source_of_index(&source, index, threads, error);
    status = page_of(&p, source, threads, status, error);
    index_read_end(index);
    source_of_index_close(source);
    return status;
}
