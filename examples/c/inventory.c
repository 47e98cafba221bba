/*
 * Reads inventories of any kind, makes one fleet of them, and prints the verdict of each phone and where its evidence
 * came from. Without arguments it reads a made-up cluster.
 *
 * From the root of the repository:
 *
 *     cargo build --release -p crossgrade-capi
 *     cc -std=c11 -Iffi-c/include examples/c/inventory.c -Ltarget/release -lcrossgrade \
 *         -Wl,-rpath,target/release -o inventory
 *     ./inventory export.csv risport.xml pages/10.0.1.11.xml
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "crossgrade.h"

static int failed(const char *path, int32_t status, cg_error *error)
{
    fprintf(stderr, "%s: %s\n", path, error != NULL ? cg_error_message(error) : cg_status_text(status));
    cg_error_free(error);
    return 0;
}

/* The bytes of a file, to be freed; NULL if it cannot be read. */
static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long size;
    if (file != NULL && fseek(file, 0, SEEK_END) == 0 && (size = ftell(file)) >= 0 && fseek(file, 0, SEEK_SET) == 0) {
        bytes = (char *)malloc((size_t)size + 1);
        *length = bytes != NULL ? fread(bytes, 1, (size_t)size, file) : 0;
    }
    if (bytes == NULL) {
        perror(path);
    }
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

/* Reads one file more: as pages of phones whatever comes below "pages/", and as what it looks like elsewhere. */
static int read_more(cg_inventory **inventory, const char *path)
{
    size_t length = 0;
    char *bytes = read_file(path, &length);
    if (bytes == NULL) {
        return 0;
    }
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    int32_t kind = strstr(path, "pages/") != NULL ? CG_SOURCE_KIND_DEVICE_PAGE : CG_SOURCE_KIND_UNKNOWN;
    cg_error *error = NULL;
    int32_t status = *inventory == NULL ? cg_inventory_open(kind, name, bytes, length, NULL, inventory, &error)
                                        : cg_inventory_add(*inventory, kind, name, bytes, length, NULL, &error);
    free(bytes); /* not needed any more */
    return status == CG_STATUS_OK || failed(path, status, error);
}

/* Prints the phone that the fleet gave last, with its verdict. */
static int print_phone(const cg_inventory *fleet, const cg_phone *phone)
{
    cg_request request = CG_REQUEST_INIT;
    cg_assessment *assessment = NULL;
    cg_error *error = NULL;
    cg_row row = CG_ROW_INIT;
    request.destination = CG_DESTINATION_WEBEX_CALLING;
    int32_t status = cg_assess(cg_rulebook_field(), phone, &request, &assessment, &error);
    if (status != CG_STATUS_OK || (status = cg_inventory_row(fleet, &row)) != CG_STATUS_OK) {
        cg_assessment_free(assessment);
        return failed("assess", status, error);
    }
    printf("%s %s: %s\n", phone->mac != NULL ? phone->mac : "(no MAC)",
           phone->pid != NULL ? phone->pid : "(no product)", cg_verdict_text(cg_assessment_verdict(assessment)));
    printf("  from %s\n", row.evidence != NULL ? row.evidence : "nothing");
    if (row.problem != NULL) {
        printf("  but %s\n", row.problem);
    }
    cg_assessment_free(assessment);
    return 1;
}

int main(int argc, char **argv)
{
    static const char *const made_up[] = {
        "examples/data/cluster/export.csv",          "examples/data/cluster/labels.csv",
        "examples/data/cluster/risport.xml",         "examples/data/cluster/webex.json",
        "examples/data/cluster/pages/10.0.1.11.xml", "examples/data/cluster/pages/10.0.1.12.xml",
        "examples/data/cluster/pages/10.0.1.13.xml", "examples/data/cluster/pages/10.0.1.14.html",
        "examples/data/cluster/pages/10.0.1.15.xml",
    };
    int count = argc > 1 ? argc - 1 : (int)(sizeof made_up / sizeof made_up[0]);
    cg_inventory *read = NULL, *fleet = NULL;
    cg_error *error = NULL;
    int is_well = 1;
    for (int i = 0; i < count; i++) {
        is_well &= read_more(&read, argc > 1 ? argv[i + 1] : made_up[i]);
    }
    if (read == NULL) {
        return EXIT_FAILURE;
    }

    /* One phone for each MAC address. */
    const cg_inventory *const inventories[] = {read};
    cg_merge_report report = CG_MERGE_REPORT_INIT;
    int32_t status = cg_inventory_merge(inventories, 1, NULL, &fleet, &report, &error);
    cg_inventory_free(read);
    if (status != CG_STATUS_OK) {
        failed("merge", status, error);
        return EXIT_FAILURE;
    }
    cg_phone phone = CG_PHONE_INIT;
    while ((status = cg_inventory_next(fleet, &phone)) == CG_STATUS_OK) {
        is_well &= print_phone(fleet, &phone);
    }
    is_well &= status == CG_STATUS_END;
    for (size_t i = 0; i < cg_inventory_cut_count(fleet); i++) {
        fprintf(stderr, "reading ended too soon: %s\n", cg_inventory_cut(fleet, i));
        is_well = 0;
    }
    printf("phones: %d, of rows: %d, conflicts: %d\n", (int)report.phones, (int)report.rows_read,
           (int)report.conflicts);
    cg_inventory_free(fleet);
    return is_well ? EXIT_SUCCESS : EXIT_FAILURE;
}
