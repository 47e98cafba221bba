/* What the C tests share: a condition that counts when it fails, and the end of a test. */
#ifndef CHECK_H
#define CHECK_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crossgrade.h"

static int failures = 0;

#define CHECK(condition)                                                                                               \
    do {                                                                                                               \
        if (!(condition)) {                                                                                            \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);                                            \
            failures++;                                                                                                \
        }                                                                                                              \
    } while (0)

/* The message of an error must contain some words. */
static inline void check_message(const cg_error *error, const char *words)
{
    const char *message = cg_error_message(error);
    if (message == NULL || strstr(message, words) == NULL) {
        fprintf(stderr, "message \"%s\" lacks \"%s\"\n", message != NULL ? message : "(none)", words);
        failures++;
    }
}

/* The end of a test: says so, and gives what main returns. */
static inline int checked(const char *test, const char *success)
{
    if (failures > 0) {
        fprintf(stderr, "%s: %d failed\n", test, failures);
        return EXIT_FAILURE;
    }
    printf("%s: %s\n", test, success);
    return EXIT_SUCCESS;
}

#endif
