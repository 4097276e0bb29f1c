/* Which files of an input were read before, as an index notes it: finished ones are not read again, and one that was left
 * in the middle goes on behind its last record. */
#ifndef FLONG_INPUT_RESUME_H
#define FLONG_INPUT_RESUME_H

#include "input/paths.h"

/* Of a file, in the notes: it was read to its end. */
#define RESUME_DONE UINT64_MAX

/* Gives each path its stamp, and marks those that were noted: `done`, or `pass`. FLONG_ARG: what cannot be read again is
 * among them. FLONG_IO. */
flong_status resume_begin(paths *files, flong_str noted, const flong_input_options *options,
                          flong_error *error);

/* Writes into out, replacing what it held, what was noted before and what became of these paths, of which those before
 * `reached` are done, in the table `noted`. False when there is no memory. */
bool resume_note(const paths *files, size_t reached, flong_str noted, buffer *out);

/* The same for an input: before its first record; then, at any time, for what it has handed out (`ended`: it gave all).
 * What is noted is copied. */
flong_status input_resume(flong_input *input, flong_str noted, flong_error *error);
flong_status input_note(const flong_input *input, bool ended, buffer *out, flong_error *error);

#endif
