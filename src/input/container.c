#include "input/container.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <locale.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/memory.h"
#include "input/limits.h"

enum { PIECE = 1 << 16 };

struct container {
    struct archive *archive;
    struct archive_entry *entry;
    stream *from;
    locale_t utf8; /* in which libarchive gives names; (locale_t)0 where the system has none */
    uint64_t size,
        counted; /* of a file that libarchive reads itself: its bytes, and those that the stream was told of */
    uint64_t entries, entry_bytes, all_bytes;
    bool is_over;        /* its end was told, or its damage */
    flong_status failed; /* of the stream, within libarchive */
    flong_error why;
    char piece[PIECE];
};

/* A header of tar: "ustar" in its place, where a text may have it, too, and the sum of all its bytes, those of the sum
 * itself taken as blanks, in octal digits (POSIX.1-1988). */
enum { TAR_HEADER = 512, TAR_SUM = 148, TAR_SUM_BYTES = 8, TAR_MAGIC = 257 };

static bool is_tar(const char *p) {
    uint64_t told = 0, sum = 0;
    const char *digits = p + TAR_SUM, *end = digits + TAR_SUM_BYTES;
    if (memcmp(p + TAR_MAGIC, "ustar", 5) != 0) return false;
    for (const char *c = p; c < p + TAR_HEADER; c++) sum += c < digits || c >= end ? (unsigned char)*c : ' ';
    while (digits < end && *digits == ' ') digits++;
    for (; digits < end && *digits >= '0' && *digits <= '7'; digits++)
        told = told * 8 + (uint64_t)(*digits - '0');
    return told == sum;
}

bool container_is(flong_str head) {
    if (head.n >= 4 && (memcmp(head.p, "PK\3\4", 4) == 0 || memcmp(head.p, "PK\5\6", 4) == 0)) return true;
    return head.n >= TAR_HEADER && is_tar(head.p);
}

static la_ssize_t piece_read(struct archive *archive, void *context, const void **bytes) {
    container *self = context;
    size_t got = 0;
    self->failed = stream_read(self->from, &got, self->piece, PIECE, &self->why);
    *bytes = self->piece;
    if (self->failed == FLONG_OK) return (la_ssize_t)got;
    archive_set_error(archive, EIO, "%s", self->why.text);
    return -1;
}

static flong_status container_fail(container *self, flong_error *error) {
    self->is_over = true;
    if (self->failed == FLONG_NOMEM || archive_errno(self->archive) == ENOMEM) return error_nomem(error);
    if (self->failed != FLONG_OK) return error_set(error, FLONG_INPUT, "%s", self->why.text);
    const char *text = archive_error_string(self->archive);
    return error_set(error, FLONG_INPUT, "the archive is damaged or cut short: %s",
                     text ? text : "no reason given");
}

/* A file that is not compressed is left to libarchive, which then finds the table at the end of a zip file. */
static int opened(container *self) {
    struct stat info;
    int fd = stream_detach(self->from);
    if (fd < 0) return archive_read_open(self->archive, self, NULL, piece_read, NULL);
    self->size = fstat(fd, &info) == 0 ? (uint64_t)info.st_size : 0;
    return archive_read_open_fd(self->archive, fd, PIECE);
}

flong_status container_open(container **out, stream *from, flong_error *error) {
    container *self = mem_new(1, sizeof *self);
    if (!self) return error_nomem(error);
    self->from = from;
    self->utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
    self->archive = archive_read_new();
    bool good = self->archive && archive_read_support_format_tar(self->archive) == ARCHIVE_OK &&
                archive_read_support_format_zip(self->archive) == ARCHIVE_OK;
    flong_status status = !good                        ? error_nomem(error)
                          : opened(self) != ARCHIVE_OK ? container_fail(self, error)
                                                       : FLONG_OK;
    if (status == FLONG_OK)
        *out = self;
    else
        container_close(self);
    return status;
}

/* Counts up to so many bytes of a file that libarchive reads itself. */
static void count(container *self, uint64_t at) {
    if (at > self->size) at = self->size;
    if (at <= self->counted) return;
    stream_take(self->from, at - self->counted);
    self->counted = at;
}

void container_close(container *self) {
    if (!self) return;
    count(self, self->size);
    archive_read_free(self->archive);
    if (self->utf8) freelocale(self->utf8);
    mem_free(self);
}

static uint64_t consumed(const container *self) {
    la_int64_t bytes = archive_filter_bytes(self->archive, -1);
    return bytes > 0 ? (uint64_t)bytes : 0;
}

/* In the plain locale names beyond ASCII would be lost. */
static int header_read(container *self, const char **name) {
    locale_t before = self->utf8 ? uselocale(self->utf8) : (locale_t)0;
    int result = archive_read_next_header(self->archive, &self->entry);
    if (result == ARCHIVE_OK || result == ARCHIVE_WARN) *name = archive_entry_pathname(self->entry);
    if (self->utf8) uselocale(before);
    return result;
}

flong_status container_next(container *self, const char **name, bool *is_file, flong_error *error) {
    *name = NULL;
    if (self->is_over) return FLONG_OK;
    int result = header_read(self, name);
    if (result == ARCHIVE_EOF) {
        self->is_over = true;
        return FLONG_OK;
    }
    if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return container_fail(self, error);
    self->is_over = ++self->entries > LIMIT_ENTRIES;
    if (self->is_over)
        return error_set(error, FLONG_INPUT, "an archive of more than %u entries", LIMIT_ENTRIES);
    count(self, consumed(self));
    self->entry_bytes = 0;
    *is_file = archive_entry_filetype(self->entry) == AE_IFREG && !archive_entry_hardlink(self->entry);
    if (!*name) *name = ""; /* of no known format */
    return FLONG_OK;
}

/* Zip files and tar's sparse files can stand for more than anybody has written. */
static flong_status growth_check(container *self, size_t got, flong_error *error) {
    self->entry_bytes += got;
    self->all_bytes += got;
    if (self->entry_bytes > LIMIT_ENTRY_BYTES) return error_set(error, FLONG_INPUT, "larger than 64 GiB");
    if (self->all_bytes <= LIMIT_GROWTH_FREE || self->all_bytes / LIMIT_GROWTH <= consumed(self))
        return FLONG_OK;
    self->is_over = true;
    return error_set(error, FLONG_INPUT,
                     "the archive grows to more than 500 times its size, as no text does; it is not read on");
}

flong_status container_read(void *context, size_t *got, void *out, size_t n, flong_error *error) {
    container *self = context;
    la_ssize_t result;
    do {
        result = archive_read_data(self->archive, out, n);
    } while (result == ARCHIVE_RETRY);
    *got = result > 0 ? (size_t)result : 0;
    if (result >= 0) return growth_check(self, *got, error);
    if (result == ARCHIVE_FATAL) return container_fail(self, error);
    const char *text = archive_error_string(self->archive);
    return error_set(error, FLONG_INPUT, "it cannot be unpacked: %s", text ? text : "no reason given");
}
