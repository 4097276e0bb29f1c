/* What an index holds, in a page for people at the end of a run. */
#ifndef FLONG_CLI_SUMMARY_H
#define FLONG_CLI_SUMMARY_H

#include "work.h"

/* Concludes a run: with the summary where it is asked for, or stderr is a terminal; else with the closing line alone. It
 * reads the whole index; so, unasked, it is left out where the run added less than a quarter of it. */
void summary_conclude(work *job);

#endif
