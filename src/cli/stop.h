/* SIGINT, SIGTERM and SIGHUP become a request that the work in hand looks at; a second one kills. */
#ifndef FLONG_CLI_STOP_H
#define FLONG_CLI_STOP_H

#include <stdbool.h>

/* Watches for the signals; a closed pipe is from now on a failed write and no signal. */
void stop_watch(void);

bool stop_asked(void);

/* 128 + the signal when a stop was asked for, else the status given. */
int stop_status(int status);

#endif
