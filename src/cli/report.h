/* The page of a report, as cluster and report write it. */
#ifndef FLONG_CLI_REPORT_H
#define FLONG_CLI_REPORT_H

#include "output.h"
#include "work.h"

/* Writes the page of job->index. job->error says why not; a write that failed, what is in `out`. */
flong_status report_write(work *job, output *out);

#endif
