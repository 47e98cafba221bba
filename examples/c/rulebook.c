/*
 * Lays a correction over the rule book: it is refused, corrected, compared with the book before, explained, and asked
 * about a phone. Prints what a person reads; the functions that end in _json give the same to programs.
 *
 * From the root of the repository:
 *
 *     cargo build --release -p crossgrade-capi
 *     cc -std=c11 -Iffi-c/include examples/c/rulebook.c -Ltarget/release -lcrossgrade -Wl,-rpath,target/release -o rulebook
 *     ./rulebook
 */
#include <stdio.h>
#include <string.h>

#include "crossgrade.h"

/* What usually stands in a file; docs/how-to-correct-a-rule.md explains the format. */
#define HEAD                                                                                                           \
    "schema = 1\n"                                                                                                     \
    "overlay = \"acme\"\n"                                                                                             \
    "version = \"1.0.0\"\n"                                                                                            \
    "base = { edition = \"guide\", revision = \">=2026.11\" }\n"                                                       \
    "\n"                                                                                                               \
    "[sources]\n"                                                                                                      \
    "TAC = { title = \"Answer of Cisco TAC\", section = \"case 1\", language = \"en\", read = 2026-11-20 }\n"          \
    "\n"                                                                                                               \
    "[amendments.acme-1]\n"                                                                                            \
    "date = 2026-11-20\n"                                                                                              \
    "confidence = \"high\"\n"                                                                                         \
    "says = \"the 7841 needs V05\"\n"

/* With a source that nobody knows, and a version where a range belongs. */
static const char refused[] = HEAD "sources = [\"TAK\"]\n"
                                   "[amendments.acme-1.conversions]\n"
                                   "e2m-7841 = { vid = \"V05\" }\n";

static const char corrected[] = HEAD "sources = [\"TAC\"]\n"
                                     "[amendments.acme-1.conversions]\n"
                                     "e2m-7841 = { vid = \"V05-\" }\n";

/* Lays an overlay over the guide; NULL, and every problem on standard output, if it is refused. */
static cg_rulebook *overlay(const char *text)
{
    cg_rulebook *book = NULL;
    cg_error *error = NULL;
    int32_t status = cg_rulebook_overlay(cg_rulebook_guide(), text, strlen(text), &book, &error);
    if (status != CG_STATUS_OK) {
        printf("%s\n%s\n\n", cg_status_text(status), cg_error_message(error));
        cg_error_free(error);
    }
    return book;
}

static int32_t verdict(const cg_rulebook *book, const char *pid, const char *vid)
{
    cg_phone phone = CG_PHONE_INIT;
    cg_request request = CG_REQUEST_INIT;
    cg_assessment *assessment = NULL;
    phone.pid = pid;
    phone.vid = vid;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    if (cg_assess(book, &phone, &request, &assessment, NULL) != CG_STATUS_OK) {
        return CG_VERDICT_UNKNOWN;
    }
    int32_t verdict = cg_assessment_verdict(assessment);
    cg_assessment_free(assessment);
    return verdict;
}

int main(void)
{
    cg_rulebook *book = overlay(refused);
    if (book == NULL) {
        book = overlay(corrected);
    }
    if (book == NULL) {
        return 1;
    }
    printf("%s, as of %s\n\n", cg_rulebook_edition(book), cg_rulebook_as_of(book));

    char *text = NULL;
    if (cg_rulebook_diff_text(cg_rulebook_guide(), book, &text, NULL) == CG_STATUS_OK) {
        printf("%s\n\n", text);
        cg_text_free(text);
    }
    if (cg_rulebook_explain_text(book, "e2m-7841", &text, NULL) == CG_STATUS_OK) {
        printf("%s\n\n", text);
        cg_text_free(text);
    }
    printf("CP-7841-K9= V04: %s by the guide, %s by %s\n",
           cg_verdict_text(verdict(cg_rulebook_guide(), "CP-7841-K9=", "V04")),
           cg_verdict_text(verdict(book, "CP-7841-K9=", "V04")), cg_rulebook_edition(book));
    cg_rulebook_free(book);
    return 0;
}
