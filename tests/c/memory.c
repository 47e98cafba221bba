/*
 * Where memory is scarce, an input that needs much of it has a status, and the process goes on with a smaller one. Runs
 * with tests/c/no_memory.c preloaded, and CG_LARGEST_ALLOCATION=8388608; without it this test says so and passes.
 */
#include <errno.h>

#include "arrow_streams.h"

enum { LARGEST = 8 << 20 };

/* No allocation: the library may have none, and the inputs are larger than that. */
static char input[48 << 20];

static int is_scarce(void)
{
    /* Volatile, or the compiler knows what malloc gives. */
    void *volatile block = malloc(LARGEST + 1);
    free(block);
    return block == NULL;
}

/* Fills the input with rows of a CSV, each of another phone; returns its length. */
static size_t rows_of_csv(int count)
{
    size_t len = (size_t)snprintf(input, sizeof input, "PID,VID,MAC\n");
    for (int i = 0; i < count; i++) {
        len += (size_t)snprintf(input + len, sizeof input - len, "CP-8841-K9=,V05,00CCFC%06X\n", (unsigned)i);
    }
    return len;
}

static int32_t open_input(int32_t kind, size_t len, cg_inventory **out, cg_error **error)
{
    return cg_inventory_open(kind, "large", input, len, NULL, out, error);
}

/* The status is CG_STATUS_MEMORY, the message tells how much was asked for, and nothing was given. */
static void has_no_memory(int32_t status, cg_error *error, const void *out)
{
    CHECK(status == CG_STATUS_MEMORY && cg_error_status(error) == CG_STATUS_MEMORY && out == NULL);
    check_message(error, "there is not enough memory for");
    cg_error_free(error);
}

/* The answer keeps the texts of the phone. */
static void a_long_text_of_a_phone_has_a_status(void)
{
    memset(input, 'x', sizeof input - 1);
    input[sizeof input - 1] = '\0';
    cg_phone phone = CG_PHONE_INIT;
    phone.pid = input;
    cg_request request = third_party();
    cg_assessment *answer = NULL;
    cg_error *error = NULL;
    int32_t status = cg_assess(cg_rulebook_guide(), &phone, &request, &answer, &error);
    has_no_memory(status, error, answer);
    phone.pid = "CP-7821-K9=";
    CHECK(cg_assess(cg_rulebook_guide(), &phone, &request, &answer, NULL) == CG_STATUS_OK);
    cg_assessment_free(answer);
}

static void a_small_inventory_is_read(void)
{
    static const char csv[] = "PID,VID\nCP-7821-K9=,V03\n";
    cg_inventory *inventory = NULL;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_UNKNOWN, NULL, csv, strlen(csv), NULL, &inventory, NULL) == CG_STATUS_OK);
    cg_phone phone = CG_PHONE_INIT;
    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK && strcmp(phone.pid, "CP-7821-K9=") == 0);
    CHECK(cg_inventory_text(inventory) != NULL);
    cg_inventory_free(inventory);
}

static void refused(int32_t kind, size_t len)
{
    cg_inventory *inventory = NULL;
    cg_error *error = NULL;
    int32_t status = open_input(kind, len, &inventory, &error);
    has_no_memory(status, error, inventory);
    a_small_inventory_is_read();
}

static void large_inputs_have_a_status(void)
{
    /* Many rows. */
    refused(CG_SOURCE_KIND_CSV, rows_of_csv(200000));
    refused(CG_SOURCE_KIND_UNKNOWN, rows_of_csv(200000));
    /* A text that is written in UTF-16, and must be written anew: a comment of one line. */
    memset(input, 0x20, sizeof input);
    memcpy(input, "\xff\xfe#", 3);
    input[3] = 0;
    refused(CG_SOURCE_KIND_CSV, sizeof input);
    refused(CG_SOURCE_KIND_WEBEX, sizeof input);
    refused(CG_SOURCE_KIND_RISPORT, sizeof input);
    /* One row of many cells, and one with a quote that is never closed: for the csv crate both are one record. */
    memset(input, ',', sizeof input);
    memcpy(input, "PID,VID\n", 8);
    refused(CG_SOURCE_KIND_CSV, sizeof input);
    memset(input, 'x', sizeof input);
    memcpy(input, "PID,VID\n\"", 9);
    refused(CG_SOURCE_KIND_CSV, sizeof input);
    /* A page in HTML. */
    memset(input, 'x', sizeof input);
    memcpy(input, "<html>", 6);
    refused(CG_SOURCE_KIND_DEVICE_PAGE, sizeof input);
    /* One that is written in Windows-1252. */
    memset(input, 'x', sizeof input);
    memset(input, '\xe9', 100);
    refused(CG_SOURCE_KIND_CSV, sizeof input);
    /* Many devices. */
    size_t len = (size_t)snprintf(input, sizeof input, "{\"items\":[");
    for (int i = 0; i < 200000; i++) {
        len += (size_t)snprintf(input + len, sizeof input - len, "{\"product\":\"Cisco 8841\",\"mac\":\"00CCFC%06X\"},",
                                (unsigned)i);
    }
    memcpy(input + len - 1, "]}", 2);
    refused(CG_SOURCE_KIND_WEBEX, len + 1);
    len = (size_t)snprintf(input, sizeof input, "<CmDevices>");
    for (int i = 0; i < 200000; i++) {
        len += (size_t)snprintf(input + len, sizeof input - len, "<item><Name>SEP00CCFC%06X</Name></item>", (unsigned)i);
    }
    len += (size_t)snprintf(input + len, sizeof input - len, "</CmDevices>");
    refused(CG_SOURCE_KIND_RISPORT, len);
}

static size_t count_phones(cg_inventory *inventory)
{
    cg_phone phone = CG_PHONE_INIT;
    size_t count = 0;
    cg_inventory_rewind(inventory);
    while (cg_inventory_next(inventory, &phone) == CG_STATUS_OK) {
        count++;
    }
    return count;
}

static void what_is_there_stays(void)
{
    cg_inventory *inventory = NULL;
    size_t len = rows_of_csv(8000);
    CHECK(open_input(CG_SOURCE_KIND_CSV, len, &inventory, NULL) == CG_STATUS_OK);
    cg_inventory *const all[] = {inventory, inventory, inventory, inventory, inventory, inventory};
    cg_inventory *merged = NULL;
    cg_error *error = NULL;
    int32_t status = cg_inventory_merge((const cg_inventory *const *)all, 6, NULL, &merged, NULL, &error);
    has_no_memory(status, error, merged);
    CHECK(count_phones(inventory) == 8000);
    size_t phones = 8000;
    error = NULL;
    while ((status = cg_inventory_add(inventory, CG_SOURCE_KIND_CSV, "more", input, len, NULL, &error)) == CG_STATUS_OK) {
        phones += 8000;
        CHECK(phones < 1000000);
    }
    has_no_memory(status, error, NULL);
    CHECK(count_phones(inventory) == phones && cg_inventory_phone_count(inventory) == phones);
    cg_inventory_free(inventory);
    a_small_inventory_is_read();
}

static void an_impact_has_a_status(void)
{
    cg_request request = third_party();
    char *text = NULL;
    cg_error *error = NULL;
    int32_t status = cg_rulebook_impact_json(cg_rulebook_guide(), cg_rulebook_field(), input, rows_of_csv(200000), &request,
                                             &text, &error);
    has_no_memory(status, error, text);
}

static struct ArrowSchema *one_view(void)
{
    struct ArrowSchema *schema = new_schema("+s", "", 1);
    schema->children[0] = new_schema("vu", "PID", 0);
    return schema;
}

/* A column of views with so many buffers that the list of them is too large. */
enum { BUFFERS = 1 << 19 };
static const void *buffers[BUFFERS + 3];
static int64_t lengths[BUFFERS];

static struct ArrowArray *many_buffers(int index)
{
    if (index > 0) {
        return NULL;
    }
    struct ArrowArray *batch = new_array(1, 0, 1, 1);
    struct ArrowArray *views = new_array(1, 0, 3, 0);
    buffers[1] = keep(views->private_data, 16);
    buffers[BUFFERS + 2] = lengths;
    views->buffers = buffers;
    views->n_buffers = BUFFERS + 3;
    batch->children[0] = views;
    return batch;
}

static void a_batch_has_an_errno_value(void)
{
    struct ArrowArrayStream in = new_stream(one_view, many_buffers);
    struct ArrowArrayStream out = audited(&in, NULL);
    struct ArrowArray batch;
    CHECK(out.get_next(&out, &batch) == ENOMEM);
    CHECK(strstr(out.get_last_error(&out), "there is not enough memory for the table") != NULL);
    out.release(&out);
    CHECK(live == 0);
    in = new_stream(fleet_schema, small_fleet);
    out = audited(&in, NULL);
    CHECK(out.get_next(&out, &batch) == 0 && batch.length == 100);
    batch.release(&batch);
    out.release(&out);
    CHECK(live == 0);
}

int main(void)
{
    CHECK(strcmp(cg_status_text(CG_STATUS_MEMORY), "there is not enough memory") == 0);
    if (!is_scarce()) {
        printf("memory: not scarce; preload tests/c/no_memory.c with CG_LARGEST_ALLOCATION=%d\n", LARGEST);
        return checked("memory", "nothing to see");
    }
    large_inputs_have_a_status();
    a_long_text_of_a_phone_has_a_status();
    what_is_there_stays();
    an_impact_has_a_status();
    a_batch_has_an_errno_value();
    return checked("memory", "what is too large for the memory has a status, and the process goes on");
}
