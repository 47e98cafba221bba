/* Old and new books side by side, asked by many threads at once: each answer belongs to the book that was asked. */
#include <pthread.h>

#include "check.h"

enum { THREADS = 8, ROUNDS = 10 };

static const char overlay[] =
    "schema = 1\n"
    "overlay = \"acme\"\n"
    "version = \"1.0.0\"\n"
    "base = { edition = \"field\", revision = \">=2026.11\" }\n"
    "[sources]\n"
    "TAC = { title = \"Answer of Cisco TAC\", section = \"case 1\", language = \"en\", read = 2026-11-20 }\n"
    "[amendments.acme-1]\n"
    "sources = [\"TAC\"]\n"
    "confidence = \"high\"\n"
    "says = \"the 7841 needs V05\"\n"
    "[amendments.acme-1.conversions]\n"
    "e2m-7841 = { vid = \"V05-\" }\n";

/* What the threads share: a book that was read, and an answer whose texts nobody has asked for yet. */
struct shared {
    const cg_rulebook *book;
    const cg_assessment *answer;
};

static cg_assessment *answer_of(const cg_rulebook *book, const char *pid, const char *vid, const char *target)
{
    cg_phone phone = CG_PHONE_INIT;
    phone.pid = pid;
    phone.vid = vid;
    phone.mac = "00:CC:FC:12:34:56";
    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_WEBEX_CALLING;
    request.target = target;
    cg_assessment *answer = NULL;
    return cg_assess(book, &phone, &request, &answer, NULL) == CG_STATUS_OK ? answer : NULL;
}

static int says(const cg_rulebook *book, const char *pid, const char *vid, const char *target, int32_t verdict)
{
    cg_assessment *answer = answer_of(book, pid, vid, target);
    int is_right = answer != NULL && cg_assessment_verdict(answer) == verdict &&
                   strstr(cg_assessment_json(answer), cg_rulebook_digest(book)) != NULL;
    cg_assessment_free(answer);
    return is_right;
}

/* Returns its argument if every answer was right, else NULL. */
static void *work(void *argument)
{
    const struct shared *shared = (const struct shared *)argument;
    int is_right = 1;
    for (int round = 0; round < ROUNDS; round++) {
        const cg_rulebook *before = cg_rulebook_field_as_of(2024, 8, 25);
        const cg_rulebook *after = cg_rulebook_field_as_of(2024, 8, 26);
        is_right &= says(before, "CP-8851NR-K9=", "V15", "12.0(5)", CG_VERDICT_INELIGIBLE);
        is_right &= says(after, "CP-8851NR-K9=", "V15", "12.0(5)", CG_VERDICT_ELIGIBLE);
        is_right &= says(cg_rulebook_guide(), "CP-7841-K9=", "V04", NULL, CG_VERDICT_ELIGIBLE);
        is_right &= says(shared->book, "CP-7841-K9=", "V04", NULL, CG_VERDICT_INELIGIBLE);
        is_right &= strcmp(cg_rulebook_edition(shared->book), "field + acme 1.0.0") == 0;
        is_right &= strstr(cg_assessment_text(shared->answer), "acme") != NULL;
        is_right &= cg_assessment_finding_count(shared->answer) > 0;
        char *diff = NULL;
        is_right &= cg_rulebook_diff_json(before, shared->book, &diff, NULL) == CG_STATUS_OK;
        is_right &= strstr(diff, "acme-1") != NULL;
        cg_text_free(diff);
    }
    /* A book of its own, from the one book that all share. */
    cg_rulebook *book = NULL;
    is_right &= cg_rulebook_overlay(cg_rulebook_field(), overlay, sizeof overlay - 1, &book, NULL) == CG_STATUS_OK;
    is_right &= strcmp(cg_rulebook_digest(book), cg_rulebook_digest(shared->book)) == 0;
    cg_rulebook_free(book);
    return is_right ? argument : NULL;
}

int main(void)
{
    cg_rulebook *book = NULL;
    CHECK(cg_rulebook_overlay(cg_rulebook_field(), overlay, sizeof overlay - 1, &book, NULL) == CG_STATUS_OK);
    cg_assessment *answer = answer_of(book, "CP-7841-K9=", "V04", NULL);
    CHECK(answer != NULL);
    struct shared shared = {book, answer};

    pthread_t threads[THREADS];
    int started = 0;
    while (started < THREADS && pthread_create(&threads[started], NULL, work, &shared) == 0) {
        started++;
    }
    CHECK(started == THREADS);
    for (int i = 0; i < started; i++) {
        void *result = NULL;
        CHECK(pthread_join(threads[i], &result) == 0 && result != NULL);
    }
    cg_assessment_free(answer);
    cg_rulebook_free(book);
    return checked("threads", "old and new books side by side, the right answers everywhere");
}
