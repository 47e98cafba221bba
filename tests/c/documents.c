/*
 * Answers the corpus of documents in C. Standard input holds one case a line, fields separated by tabs: name,
 * destination, then for each file its name and its path; several files are merged. Standard output gets the lines of
 * tests/src/source_documents.rs: what was read, each phone and its answer, and the report.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crossgrade.h"

enum { MOST_FILES = 8 };

static void stop(const char *what, const char *why)
{
    fprintf(stderr, "%s: %s\n", what, why);
    exit(EXIT_FAILURE);
}

/* A part of a line; nothing for NULL. */
static void print_part(const char *text, size_t len)
{
    putchar('\t');
    for (size_t i = 0; i < len; i++) {
        if (text[i] == '\t' || text[i] == '\n' || text[i] == '\r') {
            printf("\\x%02x", (unsigned char)text[i]);
        } else {
            putchar(text[i]);
        }
    }
}

static void print_text(const char *text)
{
    print_part(text, text != NULL ? strlen(text) : 0);
}

/* What is in a file, to be freed. */
static char *contents(const char *path, size_t *len)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0) {
        stop(path, "cannot be read");
    }
    long size = ftell(file);
    char *bytes = (char *)malloc(size > 0 ? (size_t)size : 1);
    rewind(file);
    if (size < 0 || bytes == NULL || fread(bytes, 1, (size_t)size, file) != (size_t)size) {
        stop(path, "cannot be read");
    }
    fclose(file);
    *len = (size_t)size;
    return bytes;
}

/* The fields of a line, which is cut at its tabs. */
static char *next_field(char **rest)
{
    char *field = *rest;
    if (field != NULL) {
        char *tab = strchr(field, '\t');
        if (tab != NULL) {
            *tab++ = '\0';
        }
        *rest = tab;
    }
    return field;
}

static const char *verdict_text(const cg_assessment *assessment)
{
    const char *text = cg_verdict_text(cg_assessment_verdict(assessment));
    return text != NULL ? text : "";
}

static void print_phones(const char *name, cg_inventory *inventory, int32_t destination)
{
    cg_request request = CG_REQUEST_INIT;
    request.destination = destination;
    cg_phone phone = CG_PHONE_INIT;
    int32_t status;
    while ((status = cg_inventory_next(inventory, &phone)) == CG_STATUS_OK) {
        char number[32];
        cg_row row = CG_ROW_INIT;
        cg_assessment *assessment = NULL;
        cg_error *error = NULL;
        if (cg_inventory_row(inventory, &row) != CG_STATUS_OK) {
            stop(name, "a phone has no row");
        }
        if (cg_assess(cg_rulebook_guide(), &phone, &request, &assessment, &error) != CG_STATUS_OK) {
            stop(name, cg_error_message(error));
        }
        snprintf(number, sizeof number, "%llu", (unsigned long long)row.row);
        printf("%s\tphone", name);
        print_text(row.source);
        print_text(number);
        print_text(row.device);
        print_text(row.problem);
        print_text(verdict_text(assessment));
        putchar('\n');
        /* The text of a broken row stands here without what is wrong with it: another answer than in Rust. */
        if (row.problem == NULL) {
            printf("%s\tanswer", name);
            print_text(cg_assessment_json(assessment));
            putchar('\n');
        }
        cg_assessment_free(assessment);
    }
    if (status != CG_STATUS_END) {
        stop(name, "an inventory that does not end");
    }
}

static void print_report(const char *name, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");
        printf("%s\ttold", name);
        print_part(text, len);
        putchar('\n');
        text += len + (text[len] == '\n');
    }
}

/* The inventory of the files, or NULL and an error that names what cannot be read. */
static cg_inventory *read_files(char *rest, cg_error **error)
{
    cg_inventory *inventories[MOST_FILES] = {NULL}, *read = NULL;
    size_t count = 0;
    int32_t status = CG_STATUS_OK;
    while (rest != NULL && status == CG_STATUS_OK) {
        const char *file = next_field(&rest), *path = next_field(&rest);
        size_t len;
        if (path == NULL || count == MOST_FILES) {
            stop(file, "a file without path, or too many files");
        }
        char *bytes = contents(path, &len);
        status = cg_inventory_open(CG_SOURCE_KIND_UNKNOWN, file, bytes, len, NULL, &inventories[count], error);
        count += status == CG_STATUS_OK;
        free(bytes);
    }
    if (status == CG_STATUS_OK && count == 1) {
        read = inventories[0];
        count = 0;
    } else if (status == CG_STATUS_OK) {
        if (cg_inventory_merge((const cg_inventory *const *)inventories, count, NULL, &read, NULL, error) != CG_STATUS_OK) {
            stop("merge", cg_error_message(*error));
        }
    }
    for (size_t i = 0; i < count; i++) {
        cg_inventory_free(inventories[i]);
    }
    return read;
}

int main(void)
{
    static char line[65536];
    while (fgets(line, sizeof line, stdin) != NULL) {
        char *rest = line;
        line[strcspn(line, "\n")] = '\0';
        const char *name = next_field(&rest);
        int32_t destination = cg_destination_read(next_field(&rest));
        cg_error *error = NULL;
        cg_inventory *inventory = read_files(rest, &error);
        if (inventory == NULL) {
            printf("%s\terror", name);
            print_text(cg_error_message(error));
            putchar('\n');
            cg_error_free(error);
            continue;
        }
        printf("%s\trows\t%llu\n", name, (unsigned long long)cg_inventory_rows_read(inventory));
        print_phones(name, inventory, destination);
        print_report(name, cg_inventory_text(inventory));
        cg_inventory_free(inventory);
    }
    return EXIT_SUCCESS;
}
