/* The commands. Each does its work, has said on stderr what went wrong, and returns the exit
 * status. */
#ifndef FLONG_CLI_RUN_H
#define FLONG_CLI_RUN_H

#include "options.h"

int run_plan(const options *asked);
int run_cluster(const options *asked);
int run_dedup(const options *asked);
int run_index(const options *asked);
int run_match(const options *asked);
int run_text(const options *asked);
int run_explain(const options *asked);
int run_info(const options *asked);
int run_check(const options *asked);
int run_stories(const options *asked);
int run_report(const options *asked);
int run_remove(const options *asked);
int run_regroup(const options *asked);
int run_help(const options *asked);
int run_none(const options *asked); /* `flong` without a command */

#endif
