#include "sample.h"

#include "reading.h"
#include "say.h"
#include "stop.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Enough to see what files of other days or sites hold, and few enough that what is next to one another stays so: that is
 * where copies are. */
enum { PLACES = 8 };

/* What a compressed file holds is known by the blocks of 256 KiB that are taken from it; so many tell it to 2 %. */
enum { BLOCKS_TOLD = 8 };

/* Bytes of a plain file in which lines are counted behind those that are taken, so that it is known how long they are. */
enum { COUNTED_BYTES = 4 << 20 };

/* How much text a byte on the disk stands for differs among these. */
typedef enum source_kind {
    PLAIN,  /* lines that can be read from any place */
    PACKED, /* lines that can be read from the beginning only */
    TEXTS,  /* a folder, or a file that is one article */
    KINDS
} source_kind;

/* One of the files asked for, or a folder. */
typedef struct source {
    const char *path;
    double begin, size; /* in the input; bytes on the disk */
    source_kind kind;
} source;

/* What was taken at one place. */
typedef struct place {
    double lines, bytes;
    double sizes[KINDS]; /* on the disk */
} place;

/* Where in the input the sample is being taken; it only goes forward. */
typedef struct sampling {
    const options *asked;
    sample *out;
    place kinds[KINDS];  /* what was taken of each kind, and of `sizes` its own */
    double sizes[KINDS]; /* of all sources */
    source *sources;
    size_t n, at;                 /* the source that is being read */
    double size;                  /* of the whole input on the disk */
    FILE *file;                   /* the source, when it is plain and open */
    reading in;                   /* or when it is not */
    double seen;                  /* lines of it that were read */
    double told_lines, told_size; /* so many lines of it took so many bytes on the disk */
    unsigned blocks;              /* of it that were taken from the disk */
    char *line;
    size_t room;
} sampling;

/* ---- the sources ------------------------------------------------------------------------- */

static bool ends_with(const char *text, const char *end) {
    size_t n = strlen(text), m = strlen(end);
    return n >= m && strcmp(text + n - m, end) == 0;
}

/* Lines of JSON, not compressed, can be read from any place; text files are told by name. */
static source_kind kind_of(const options *asked, const char *path, const struct stat *info) {
    char head[2] = {0};
    FILE *file = S_ISREG(info->st_mode) ? fopen(path, "rb") : NULL;
    size_t n = file ? fread(head, 1, sizeof head, file) : 0;
    if (file) fclose(file);
    if (!file || ends_with(path, ".txt") || ends_with(path, ".txt.gz") || ends_with(path, ".txt.zst"))
        return TEXTS;
    bool lines = n == sizeof head && head[0] == '{' && head[1] != '\n' && head[1] != '\r';
    return lines && (!asked->format || strcmp(asked->format, "jsonl") == 0) ? PLAIN : PACKED;
}

/* Bytes of the articles in a folder. */
static double folder_size(const options *asked, const char *path) {
    reading in = {0};
    flong_input_stats stats = {0};
    if (reading_open(&in, asked, &path, 1, true, NULL) == FLONG_OK) flong_input_get_stats(in.input, &stats);
    reading_close(&in);
    return (double)stats.bytes_total;
}

static bool source_add(sampling *s, const char *path) {
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (strcmp(path, "-") == 0 || (there && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode))) {
        say("%s cannot be read twice; plan needs files", strcmp(path, "-") == 0 ? "standard input" : path);
        return false;
    }
    if (!there) {
        say("%s: cannot be opened: %s", path, strerror(errno));
        return false;
    }
    double size = S_ISDIR(info.st_mode) ? folder_size(s->asked, path) : (double)info.st_size;
    source_kind kind = kind_of(s->asked, path, &info);
    s->sources[s->n++] = (source){path, s->size, size, kind};
    s->size += size;
    s->sizes[kind] += size;
    return true;
}

/* ---- one line ---------------------------------------------------------------------------- */

static bool source_is_open(const sampling *s) { return s->file || s->in.input; }

static void source_close(sampling *s) {
    if (s->file) fclose(s->file);
    s->file = NULL;
    reading_close(&s->in);
    s->seen = s->told_lines = s->told_size = 0;
    s->blocks = 0;
}

static bool source_open(sampling *s) {
    const source *from = &s->sources[s->at];
    flong_error error;
    if (from->kind == PLAIN) {
        s->file = fopen(from->path, "rb");
        if (!s->file) say("%s: cannot be opened: %s", from->path, strerror(errno));
        return s->file != NULL;
    }
    if (reading_open(&s->in, s->asked, &from->path, 1, true, &error) == FLONG_OK) return true;
    say("%s", error.text);
    return false;
}

/* What was taken from the disk before is used up when more is taken. */
static void size_learn(sampling *s, const flong_input_stats *before, const flong_input_stats *after) {
    if (after->bytes == before->bytes || s->seen == 0) return;
    s->told_lines = s->seen;
    s->told_size = (double)before->bytes;
    s->blocks++;
}

/* The next line of a source that is not plain: 1, 0 at its end, -1 after a failure that was told. */
static int packed_line(sampling *s, flong_str *out) {
    flong_input_stats before, after;
    flong_record record;
    flong_error error = {0};
    flong_input_get_stats(s->in.input, &before);
    int found = stop_asked() ? 0 : flong_input_source(s->in.input, &record, &error);
    flong_input_get_stats(s->in.input, &after);
    if (found < 0) say("%s", error.text);
    if (found == 0) s->told_lines = s->seen, s->told_size = s->sources[s->at].size;
    if (found <= 0) return found;
    size_learn(s, &before, &after);
    s->seen++;
    *out = flong_input_raw(s->in.input);
    return 1;
}

/* Makes room for one more byte of the line. */
static bool line_grow(sampling *s, size_t n) {
    if (n < s->room) return true;
    char *wider = realloc(s->line, s->room ? s->room * 2 : 1 << 16);
    if (!wider) return false;
    s->line = wider;
    s->room = s->room ? s->room * 2 : 1 << 16;
    return true;
}

/* The next line of a plain source: 1, or 0 at its end. A line longer than any article ends it, too: what follows could
 * take long to find. */
static int plain_line(sampling *s, flong_str *out) {
    size_t most = s->asked->max_line ? s->asked->max_line : (size_t)64 << 20, n = 0;
    int c = EOF;
    while (n <= most && !stop_asked() && (c = getc(s->file)) != EOF && c != '\n') {
        if (!line_grow(s, n)) return 0;
        s->line[n++] = (char)c;
    }
    *out = (flong_str){s->line, n};
    return n <= most && (n > 0 || c == '\n');
}

static int line_next(sampling *s, flong_str *out) {
    return s->file ? plain_line(s, out) : packed_line(s, out);
}

static bool line_write(sample *out, place *p, flong_str line) {
    out->lines++;
    out->bytes += line.n + 1;
    p->lines++;
    p->bytes += (double)line.n + 1;
    if (fwrite(line.p, 1, line.n, out->file) == line.n && fputc('\n', out->file) != EOF) return true;
    say("cannot write the temporary file of the sample: %s; set TMPDIR to a folder with room",
        strerror(errno));
    return false;
}

/* ---- one place --------------------------------------------------------------------------- */

/* Goes to where `wanted` bytes of the input lie before, unless that is behind. */
static bool place_seek(sampling *s, double wanted) {
    size_t at = s->at;
    bool moves = s->out->places == 0;
    while (at + 1 < s->n && wanted >= s->sources[at + 1].begin) at++;
    if (at > s->at) source_close(s);
    moves = moves || at > s->at;
    s->at = at;
    s->out->places += moves;
    if (s->sources[at].kind != PLAIN) return true;
    if (!s->file && !source_open(s)) return false;
    double offset = wanted - s->sources[at].begin;
    if (offset <= (double)ftello(s->file)) return true;
    flong_str cut; /* the line that the place lies in */
    s->out->places += !moves;
    if (fseeko(s->file, (off_t)offset, SEEK_SET) != 0) return false;
    plain_line(s, &cut);
    return true;
}

/* Counts the lines behind the place, and leaves the place as it was. */
static bool plain_count(sampling *s, double *lines, double *bytes) {
    char block[1 << 14];
    off_t back = ftello(s->file);
    size_t read = 0, whole = 0, n; /* whole: up to the end of the last line */
    while (read < COUNTED_BYTES && (n = fread(block, 1, sizeof block, s->file)) > 0) {
        const char *at = block, *end = block + n, *found;
        for (; (found = memchr(at, '\n', (size_t)(end - at))); at = found + 1) {
            ++*lines;
            whole = read + (size_t)(found - block) + 1;
        }
        read += n;
    }
    *bytes += (double)whole;
    return fseeko(s->file, back, SEEK_SET) == 0;
}

/* Adds what the lines taken of the open source are on the disk. */
static bool source_account(sampling *s, place *p, double lines, double bytes) {
    flong_str passed;
    int found = 1;
    double size = 0;
    if (s->file) {
        double before = lines;
        if (!plain_count(s, &lines, &bytes)) return false;
        p->lines += lines - before;
        size = bytes;
    } else {
        while (found > 0 && s->blocks < BLOCKS_TOLD) found = packed_line(s, &passed);
        size = s->told_lines > 0 ? lines * s->told_size / s->told_lines : 0;
    }
    place *kind = &s->kinds[s->sources[s->at].kind];
    kind->lines += lines, kind->bytes += bytes;
    kind->sizes[s->sources[s->at].kind] += size;
    p->sizes[s->sources[s->at].kind] += size;
    return found >= 0;
}

/* Takes lines until there are so many, or bytes, or no more sources. */
static bool place_take(sampling *s, place *p, double lines, double bytes) {
    place before = *p; /* the open source */
    while (s->at < s->n && p->lines < lines && p->bytes < bytes && !stop_asked()) {
        flong_str line;
        if (!source_is_open(s) && !source_open(s)) return false;
        int found = line_next(s, &line);
        if (found < 0 || (found > 0 && line.n && !line_write(s->out, p, line))) return false;
        if (found) continue;
        if (!source_account(s, p, p->lines - before.lines, p->bytes - before.bytes)) return false;
        before = *p;
        source_close(s);
        s->at++;
    }
    return !source_is_open(s) || source_account(s, p, p->lines - before.lines, p->bytes - before.bytes);
}

/* ---- the sample -------------------------------------------------------------------------- */

/* Lines, or bytes, of all sources of a kind: as many for each byte on the disk as were taken. */
static double rate_of(const place *kind, int which, double taken) {
    return kind->sizes[which] > 0 ? taken / kind->sizes[which] : 0;
}

/* How far the places are from what is expected of them says how far the whole may be. */
static double lines_off(const sampling *s, const place *places, unsigned n, const double *rates) {
    double squares = 0, lines = 0;
    for (unsigned i = 0; i < n; i++) {
        double off = places[i].lines;
        for (int k = 0; k < KINDS; k++) off -= places[i].sizes[k] * rates[k];
        squares += off * off;
        lines += places[i].lines;
    }
    return s->out->all_lines * sqrt(squares) / lines;
}

/* Of what could only be read from its beginning the rest may be otherwise. */
static const double UNSEEN_OFF = .05;

static void sample_expect(sampling *s, const place *places, unsigned n) {
    sample *out = s->out;
    double rates[KINDS], known = 0;
    for (int k = 0; k < KINDS; k++) {
        rates[k] = rate_of(&s->kinds[k], k, s->kinds[k].lines);
        out->all_lines += rates[k] * s->sizes[k];
        out->all_bytes += rate_of(&s->kinds[k], k, s->kinds[k].bytes) * s->sizes[k];
        if (rates[k] > 0) known += s->sizes[k];
        if (k != PLAIN) out->all_lines_off += UNSEEN_OFF * rates[k] * s->sizes[k];
    }
    out->all_lines_off += lines_off(s, places, n, rates);
    /* A kind of which nothing was taken is little beside the others. */
    double whole = known > 0 ? s->size / known : 1;
    out->all_lines *= whole;
    out->all_bytes *= whole;
}

static bool places_take(sampling *s, uint64_t lines, uint64_t bytes) {
    place places[PLACES] = {{0}};
    unsigned n = 0;
    for (unsigned i = 0; i < PLACES && s->at < s->n; i++) {
        place *p = &places[n++];
        bool good = place_seek(s, s->size * i / PLACES) &&
                    place_take(s, p, (double)lines / PLACES, (double)bytes / PLACES);
        if (!good || stop_asked()) return false;
    }
    if (s->out->lines == 0) {
        say("no article in the input");
        return false;
    }
    sample_expect(s, places, n);
    if (fflush(s->out->file) == 0) return true;
    say("cannot write the temporary file of the sample: %s; set TMPDIR to a folder with room",
        strerror(errno));
    return false;
}

static bool sample_open(sample *out) {
    const char *folder = getenv("TMPDIR");
    if (!folder || !*folder) folder = "/tmp";
    int n = snprintf(out->folder, sizeof out->folder, "%s/flong-XXXXXX", folder);
    bool made = n > 0 && (size_t)n < sizeof out->folder ? mkdtemp(out->folder) != NULL
                                                        : (errno = ENAMETOOLONG, false);
    if (!made) out->folder[0] = 0;
    if (made) snprintf(out->path, sizeof out->path, "%s/sample", out->folder);
    out->file = made ? fopen(out->path, "wb") : NULL;
    if (!out->file) say("%s: cannot make a temporary file: %s; set TMPDIR", folder, strerror(errno));
    return out->file != NULL;
}

bool sample_take(sample *out, const options *asked, uint64_t lines, uint64_t bytes) {
    *out = (sample){.file = NULL};
    sampling s = {.asked = asked, .out = out, .sources = calloc(asked->n_operands, sizeof(source))};
    bool good = s.sources != NULL;
    if (!good) say("out of memory");
    for (size_t i = 0; good && i < asked->n_operands; i++) good = source_add(&s, asked->operands[i]);
    good = good && sample_open(out) && places_take(&s, lines, bytes);
    source_close(&s);
    free(s.sources);
    free(s.line);
    return good;
}

void sample_close(sample *self) {
    if (self->file) fclose(self->file);
    if (self->path[0]) unlink(self->path);
    if (self->folder[0]) rmdir(self->folder);
    self->file = NULL;
    self->path[0] = self->folder[0] = 0;
}
