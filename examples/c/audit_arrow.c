/*
 * Audits a table that comes as a stream of Arrow batches, and prints how many phones got which verdict.
 *
 * Programs that speak Arrow (pyarrow, polars, DuckDB, ADBC, nanoarrow) give such streams and take them. This one has none
 * of them at hand: it hands over three phones by itself, in the fewest lines that the specification allows.
 *
 * From the root of the repository:
 *
 *     cargo build --release -p crossgrade-capi
 *     cc -std=c11 -Iffi-c/include examples/c/audit_arrow.c -Ltarget/release -lcrossgrade -Wl,-rpath,target/release -o audit
 *     ./audit
 */
#include <stdio.h>
#include <string.h>

#include "crossgrade.h"

/* ---- a stream of one batch, all of it static ---- */

static void release_schema(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static void release_array(struct ArrowArray *array)
{
    array->release = NULL;
}

static int get_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    static struct ArrowSchema pid = {"u", "PID", NULL, ARROW_FLAG_NULLABLE, 0, NULL, NULL, release_schema, NULL};
    static struct ArrowSchema vid = {"u", "VID", NULL, ARROW_FLAG_NULLABLE, 0, NULL, NULL, release_schema, NULL};
    static struct ArrowSchema *columns[] = {&pid, &vid};
    const struct ArrowSchema table = {"+s", "", NULL, 0, 2, columns, NULL, release_schema, NULL};
    (void)stream;
    *out = table;
    return 0;
}

static int get_next(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    /* Where each text begins, where the last one ends, and the texts. */
    static const int32_t pid_offsets[] = {0, 11, 22, 33};
    static const int32_t vid_offsets[] = {0, 3, 6, 6};
    static const void *pid_buffers[] = {NULL, pid_offsets, "CP-7821-K9=CP-7821-K9=CP-7821-K9="};
    static const void *vid_buffers[] = {NULL, vid_offsets, "V03V01"};
    static struct ArrowArray pid = {3, 0, 0, 3, 0, pid_buffers, NULL, NULL, release_array, NULL};
    static struct ArrowArray vid = {3, 0, 0, 3, 0, vid_buffers, NULL, NULL, release_array, NULL};
    static struct ArrowArray *columns[] = {&pid, &vid};
    static const void *no_nulls[] = {NULL};
    const struct ArrowArray batch = {3, 0, 0, 1, 2, no_nulls, columns, NULL, release_array, NULL};
    int *batches = (int *)stream->private_data;
    memset(out, 0, sizeof *out); /* without a release callback: the end */
    if (--*batches >= 0) {
        *out = batch;
    }
    return 0;
}

static const char *get_last_error(struct ArrowArrayStream *stream)
{
    (void)stream;
    return NULL;
}

static void release_stream(struct ArrowArrayStream *stream)
{
    stream->release = NULL;
}

/* ---- the audit ---- */

/* Prints the verdicts of a batch whose last column they are, as plain strings. */
static void print_verdicts(const struct ArrowArray *batch)
{
    const struct ArrowArray *verdicts = batch->children[batch->n_children - 1];
    const int32_t *offsets = (const int32_t *)verdicts->buffers[1] + verdicts->offset;
    const char *text = (const char *)verdicts->buffers[2];
    for (int64_t row = 0; row < batch->length; row++) {
        printf("phone %d: %.*s\n", (int)row + 1, (int)(offsets[row + 1] - offsets[row]), text + offsets[row]);
    }
}

int main(void)
{
    int batches = 1;
    struct ArrowArrayStream fleet = {get_schema, get_next, get_last_error, release_stream, &batches};
    struct ArrowArrayStream audit;
    cg_error *error = NULL;
    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    cg_audit_options options = CG_AUDIT_OPTIONS_INIT;
    options.select = "verdict";
    options.text_layout = CG_TEXT_LAYOUT_UTF8;

    int32_t status = cg_audit_arrow_stream_with(cg_rulebook_guide(), &fleet, &request, &options, &audit, &error);
    if (status != CG_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", cg_status_text(status), cg_error_message(error));
        cg_error_free(error);
        fleet.release(&fleet); /* still ours */
        return 1;
    }

    /* The fleet belongs to the audit now, and the audit to us. */
    struct ArrowArray batch;
    int failed;
    while ((failed = audit.get_next(&audit, &batch)) == 0 && batch.release != NULL) {
        print_verdicts(&batch);
        batch.release(&batch);
    }
    if (failed != 0) {
        const char *message = audit.get_last_error(&audit);
        fprintf(stderr, "error %d: %s\n", failed, message != NULL ? message : "no message");
    }
    audit.release(&audit);
    return failed != 0;
}
