/*
 * Answers the corpus in C. Standard input holds one question a line, fields separated by tabs, "\N" for absent:
 * name, destination, target, pid, vid, mac, serial, load, release, firmware type, authorization, rule book ("guide",
 * "field", or a day such as 2024-08-26 for "field" as of it), then field, text and place of all that is said more than
 * once.
 * Standard output gets "name<tab>JSON" for each, or "name<tab>message" where the target is refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crossgrade.h"

enum { FIELDS = 12, MOST_SAID = 16 };

/* The book of that name; NULL for any other text. */
static const cg_rulebook *book_named(const char *name)
{
    int year, month, day;
    if (name == NULL) {
        return NULL;
    }
    if (strcmp(name, "guide") == 0) {
        return cg_rulebook_guide();
    }
    if (strcmp(name, "field") == 0) {
        return cg_rulebook_field();
    }
    if (sscanf(name, "%4d-%2d-%2d", &year, &month, &day) != 3) {
        return NULL;
    }
    return cg_rulebook_field_as_of(year, month, day);
}

int main(void)
{
    static char line[65536];
    while (fgets(line, sizeof line, stdin) != NULL) {
        const char *fields[FIELDS] = {NULL};
        char *rest = line;
        line[strcspn(line, "\n")] = '\0';
        for (int i = 0; i < FIELDS && rest != NULL; i++) {
            char *tab = strchr(rest, '\t');
            if (tab != NULL) {
                *tab++ = '\0';
            }
            fields[i] = strcmp(rest, "\\N") == 0 ? NULL : rest;
            rest = tab;
        }
        cg_said said[MOST_SAID];
        size_t said_count = 0;
        while (rest != NULL && said_count < MOST_SAID) {
            const char *parts[3] = {NULL};
            for (int i = 0; i < 3 && rest != NULL; i++) {
                char *tab = strchr(rest, '\t');
                if (tab != NULL) {
                    *tab++ = '\0';
                }
                parts[i] = rest;
                rest = tab;
            }
            said[said_count].field = parts[0];
            said[said_count].value = parts[1];
            said[said_count++].place = parts[2];
        }
        cg_request request = CG_REQUEST_INIT;
        request.destination = cg_destination_read(fields[1]);
        request.target = fields[2];
        cg_phone phone = CG_PHONE_INIT;
        phone.pid = fields[3];
        phone.vid = fields[4];
        phone.mac = fields[5];
        phone.serial = fields[6];
        phone.load = fields[7];
        phone.release = fields[8];
        phone.firmware_type = fields[9];
        phone.authorization = fields[10];
        phone.said = said_count > 0 ? said : NULL;
        phone.said_count = said_count;

        cg_assessment *assessment = NULL;
        cg_error *error = NULL;
        int32_t status = cg_assess(book_named(fields[11]), &phone, &request, &assessment, &error);
        if (status == CG_STATUS_TARGET) {
            printf("%s\t%s\n", fields[0], cg_error_message(error));
            cg_error_free(error);
            continue;
        }
        if (status != CG_STATUS_OK) {
            fprintf(stderr, "%s: %s\n", fields[0], cg_error_message(error));
            cg_error_free(error);
            return EXIT_FAILURE;
        }
        printf("%s\t%s\n", fields[0], cg_assessment_json(assessment));
        cg_assessment_free(assessment);
    }
    return EXIT_SUCCESS;
}
