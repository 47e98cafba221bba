/*
 * What can be wrong with a stream: it fails in the middle, its batches contradict themselves, it holds no phones, or
 * the call is wrong. Each has its errno value or status and its message; nothing crashes, and everything is released
 * exactly once, by its owner.
 */
#include <errno.h>

#include "arrow_streams.h"

/* The next batch is refused with this errno value and these words, and so is every other after it. */
static void refuses_next(struct ArrowArrayStream *stream, int expected, const char *words)
{
    struct ArrowArray batch;
    memset(&batch, 0x5a, sizeof batch);
    for (int again = 0; again < 2; again++) {
        CHECK(stream->get_next(stream, &batch) == expected);
        const char *message = stream->get_last_error(stream);
        if (message == NULL || strstr(message, words) == NULL) {
            fprintf(stderr, "message \"%s\" lacks \"%s\"\n", message != NULL ? message : "(none)", words);
            failures++;
        }
    }
    stream->release(stream);
    if (live != 0) {
        fprintf(stderr, "%d not released after \"%s\"\n", live, words);
        failures++;
        live = 0;
    }
}

static void errors_of_the_producer_come_through(void)
{
    struct ArrowArray batch;
    const char *const messages[] = {"the disk is on fire", NULL};
    for (int i = 0; i < 2; i++) {
        struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
        struct producer *producer = (struct producer *)in.private_data;
        producer->fails_at = 1;
        producer->errno_value = EPIPE;
        producer->message = messages[i];
        struct ArrowArrayStream out = audited(&in, NULL);
        CHECK(out.get_next(&out, &batch) == 0 && batch.length == 100);
        batch.release(&batch);
        refuses_next(&out, EPIPE, messages[i] != NULL ? messages[i] : "get_next of the stream failed with error 32");
    }
}

/* Which way the next batch is malformed. */
static int way = 0;

static int32_t *offsets_of(struct ArrowArray *array)
{
    return (int32_t *)array->buffers[1];
}

static struct ArrowArray *malformed(int index)
{
    (void)index;
    struct ArrowArray *batch = fleet_batch(0, 50, 0);
    struct ArrowArray **columns = batch->children;
    switch (way) {
    case 0: /* A text that ends behind the data. */
        offsets_of(columns[0])[7] = 1 << 30;
        break;
    case 1: /* One that ends before it begins. */
        offsets_of(columns[0])[7] = -1;
        break;
    case 2: /* A negative length of the data. */
        offsets_of(columns[0])[50] = -1;
        break;
    case 3: /* Keys that no value has. */
        ((signed char *)columns[3]->buffers[1])[CUT] = 100;
        break;
    case 4:
        ((signed char *)columns[3]->buffers[1])[CUT] = -100;
        break;
    case 5: /* Views of nothing: a buffer and a place that are not there. */
        memset((char *)columns[2]->buffers[1] + (size_t)16 * CUT, 0x7f, 16);
        break;
    case 6: /* A buffer of negative length. */
        *(int64_t *)columns[2]->buffers[3] = -1;
        break;
    case 7:
        columns[2]->n_buffers = 1;
        break;
    case 8:
        columns[0]->n_buffers = 2;
        break;
    case 9:
        columns[0]->buffers[1] = NULL;
        break;
    case 10:
        columns[4]->buffers[1] = NULL;
        break;
    case 11:
        columns[4]->length = 3;
        break;
    case 12:
        columns[4]->length = -3;
        break;
    case 13:
        columns[4]->offset = INT64_MAX;
        break;
    case 14: /* Nulls that nobody counted. */
        columns[1]->null_count = 1;
        break;
    case 15:
        columns[1]->null_count = 51;
        break;
    case 16: { /* A column that is not there. */
        struct ArrowArray *last = columns[4];
        last->release(last);
        free(last);
        columns[4] = NULL;
        break;
    }
    case 17: { /* One too few. */
        struct ArrowArray *last = columns[4];
        last->release(last);
        free(last);
        columns[4] = NULL;
        batch->n_children = 4;
        break;
    }
    case 18: { /* No dictionary, or one for a column that is none. */
        struct ArrowArray *values = columns[3]->dictionary;
        columns[3]->dictionary = NULL;
        columns[0]->dictionary = values;
        break;
    }
    case 19: { /* Rows that are null as a whole. */
        unsigned char *valid = (unsigned char *)keep(batch->private_data, 7);
        memset(valid, 0xfe, 7);
        batch->buffers[0] = valid;
        batch->null_count = -1;
        break;
    }
    case 20:
        columns[0]->n_buffers = -1;
        break;
    case 21:
        columns[0]->buffers = NULL;
        break;
    case 22: /* Offsets that are not aligned. */
        columns[0]->buffers[1] = (const char *)columns[0]->buffers[1] + 1;
        break;
    case 23: /* Counts that no memory holds: nothing may be followed for them. */
        batch->n_children = INT64_C(1) << 40;
        break;
    case 24:
        columns[0]->n_children = INT64_C(1) << 40;
        break;
    case 25:
        columns[0]->n_buffers = INT64_C(1) << 40;
        break;
    case 26: /* A column that was moved away. */
        columns[0]->release(columns[0]);
        break;
    case 27:
        columns[0]->buffers[2] = NULL;
        break;
    default: { /* A dictionary that is not there. */
        struct ArrowArray *values = columns[3]->dictionary;
        columns[3]->dictionary = NULL;
        values->release(values);
        free(values);
        break;
    }
    }
    return batch;
}

static void malformed_batches_are_errors(void)
{
    const char *const words[] = {
        "column \"PID\" is malformed at row 6: a text that lies outside",
        "column \"PID\" is malformed at row 6",
        "column \"PID\": a last offset of -1",
        "column \"Active Load ID\" is malformed at row 0: a dictionary key without a value",
        "column \"Active Load ID\" is malformed at row 0: a dictionary key without a value",
        "column \"MAC Address\" is malformed at row 0: a text that lies outside",
        "column \"MAC Address\": a data buffer of -1 bytes; expected 0 to",
        "column \"MAC Address\": 1 buffers; expected 3 to 1048579",
        "column \"PID\": 2 buffers; expected 3",
        "column \"PID\": the pointer to its offsets is NULL; expected a buffer of 204 bytes",
        "column \"site\": the pointer to its values is NULL; expected a buffer of 200 bytes",
        "column \"site\": 3 rows; expected at least 50, as its parent needs",
        "column \"site\": -3 rows; expected at least 50, as its parent needs",
        "column \"site\": a length of 50 behind an offset of 9223372036854775807; expected both from 0",
        "column \"VID\": a null count of 1, but 12 rows are null; expected 12 or -1",
        "column \"VID\": 51 nulls in 50 rows; expected -1 to 50",
        "column \"site\": the pointer to it is NULL",
        "4 children; expected 5",
        "column \"PID\": a dictionary; expected none, as in the schema",
        "a row that is null as a whole; expected null cells",
        "column \"PID\": -1 buffers; expected 3",
        "column \"PID\": the pointer to its buffers is NULL",
        "column \"PID\": its offsets are not aligned; expected an address divisible by 4",
        "1099511627776 children; expected 5",
        "column \"PID\": 1099511627776 children; expected 0",
        "column \"PID\": 1099511627776 buffers; expected 3",
        "column \"PID\": it was released before",
        "column \"PID\": the pointer to its data is NULL",
        "column \"Active Load ID\": no dictionary; expected one, as in the schema",
    };
    int ways = (int)(sizeof words / sizeof words[0]);
    for (way = 0; way < ways; way++) {
        struct ArrowArrayStream in = new_stream(fleet_schema, malformed);
        struct ArrowArrayStream out = audited(&in, NULL);
        refuses_next(&out, EINVAL, words[way]);
    }
}

static struct ArrowSchema *two_texts(void)
{
    struct ArrowSchema *schema = new_schema("+s", "", 2);
    schema->children[0] = new_schema("u", "PID", 0);
    schema->children[1] = new_schema("u", "VID", 0);
    return schema;
}

static const char *const broken_pid[] = {"CP-7821-K9="};
static const char *const broken_vid[] = {"V\xff"};

static struct ArrowArray *no_utf8(int index)
{
    if (index > 0) {
        return NULL;
    }
    struct ArrowArray *batch = new_array(1, 0, 1, 2);
    batch->children[0] = texts("u", broken_pid, 1, 0);
    batch->children[1] = texts("u", broken_vid, 1, 0);
    return batch;
}

static void text_that_is_not_utf8_is_evidence(void)
{
    struct ArrowSchema schema;
    struct ArrowArray batch;
    struct ArrowArrayStream in = new_stream(two_texts, no_utf8);
    struct ArrowArrayStream out = audited(&in, NULL);
    CHECK(out.get_schema(&out, &schema) == 0 && out.get_next(&out, &batch) == 0 && batch.length == 1);
    CHECK(is_text(&schema, &batch, column_named(&schema, "verdict"), 0, "unknown"));
    size_t len = 0;
    int64_t findings = column_named(&schema, "findings");
    const char *codes = text_at(schema.children[findings], batch.children[findings], 0, &len);
    CHECK(codes != NULL && len >= 5 && strstr(codes, "CG202") != NULL);
    /* It comes out as it came in. */
    CHECK(is_text(&schema, &batch, 1, 0, broken_vid[0]));
    batch.release(&batch);
    schema.release(&schema);
    out.release(&out);
    CHECK(live == 0);
}

static struct ArrowSchema *no_schema(void)
{
    return NULL;
}

static struct ArrowSchema *schema_of_texts(void)
{
    return new_schema("u", "PID", 0);
}

static struct ArrowSchema *schema_with(const char *format, const char *name)
{
    struct ArrowSchema *schema = two_texts();
    schema->children[1]->format = format;
    schema->children[1]->name = name;
    return schema;
}

static struct ArrowSchema *wrong_type(void)
{
    return schema_with("b", "VID");
}

static struct ArrowSchema *unknown_type(void)
{
    return schema_with("what", "VID");
}

static struct ArrowSchema *no_type(void)
{
    return schema_with(NULL, "VID");
}

static struct ArrowSchema *broken_name(void)
{
    return schema_with("u", "VID\xff");
}

static struct ArrowSchema *list_without_items(void)
{
    return schema_with("+l", "list");
}

static struct ArrowSchema *clash(void)
{
    return schema_with("u", "verdict");
}

static struct ArrowSchema *no_known_column(void)
{
    struct ArrowSchema *schema = schema_with("u", "colour");
    schema->children[0]->name = "shape";
    return schema;
}

static struct ArrowSchema *null_child(void)
{
    struct ArrowSchema *schema = two_texts();
    schema->children[1]->release(schema->children[1]);
    free(schema->children[1]);
    schema->children[1] = NULL;
    return schema;
}

static struct ArrowSchema *negative_width(void)
{
    return schema_with("w:-1", "VID");
}

static struct ArrowSchema *many_columns(void)
{
    struct ArrowSchema *schema = two_texts();
    schema->n_children = INT64_C(1) << 40;
    return schema;
}

static struct ArrowSchema *many_in_a_leaf(void)
{
    struct ArrowSchema *schema = two_texts();
    schema->children[1]->n_children = INT64_C(1) << 40;
    return schema;
}

static struct ArrowSchema *released(void)
{
    struct ArrowSchema *schema = two_texts();
    schema->release(schema);
    return schema;
}

/* Schemas whose children have several parents, or lead back: their own memory, so that nothing is freed twice. */
enum { LEVELS = 40 };
static struct ArrowSchema levels[LEVELS + 1];
static struct ArrowSchema *below[2 * LEVELS];

static void forget(struct ArrowSchema *schema)
{
    schema->release = NULL;
}

static struct ArrowSchema *top(int last)
{
    for (int i = 0; i <= LEVELS; i++) {
        memset(&levels[i], 0, sizeof levels[i]);
        levels[i].format = i < LEVELS ? "+s" : "i";
        levels[i].name = "x";
        levels[i].release = forget;
        if (i < LEVELS) {
            below[2 * i] = below[2 * i + 1] = &levels[i + 1 < last ? i + 1 : last];
            levels[i].n_children = 2;
            levels[i].children = &below[2 * i];
        }
    }
    struct ArrowSchema *schema = (struct ArrowSchema *)malloc(sizeof *schema);
    *schema = levels[0];
    return schema;
}

static struct ArrowSchema *shared(void)
{
    return top(LEVELS);
}

static struct ArrowSchema *cyclic(void)
{
    return top(1);
}

static const int32_t negative_pairs[] = {-1};
static const int32_t endless_pairs[] = {1, 0, INT32_MAX};

static struct ArrowSchema *negative_metadata(void)
{
    struct ArrowSchema *schema = two_texts();
    schema->children[1]->metadata = (const char *)negative_pairs;
    return schema;
}

static struct ArrowSchema *endless_metadata(void)
{
    struct ArrowSchema *schema = two_texts();
    schema->metadata = (const char *)endless_pairs;
    return schema;
}

/* The stream is refused with this status and these words; both streams stay as they were, and the caller's. */
static void refuses(struct ArrowSchema *(*schema)(void), const cg_audit_options *options, int32_t expected,
                    const char *words)
{
    cg_error *error = NULL;
    struct ArrowArrayStream in = new_stream(schema, small_fleet);
    struct producer *producer = (struct producer *)in.private_data;
    producer->errno_value = EIO;
    producer->fails_at = 100;
    producer->message = "no schema today";
    struct ArrowArrayStream before = in;
    struct ArrowArrayStream out;
    struct ArrowArrayStream same;
    memset(&out, 0x5a, sizeof out);
    memset(&same, 0x5a, sizeof same);
    int32_t status = audit_with(&in, options, &out, &error);
    CHECK(status == expected && cg_error_status(error) == expected);
    check_message(error, words);
    CHECK(memcmp(&in, &before, sizeof in) == 0 && producer->served == 0);
    CHECK(memcmp(&out, &same, sizeof out) == 0);
    cg_error_free(error);
    in.release(&in);
    CHECK(live == 0);
}

static void streams_are_refused(void)
{
    refuses(no_schema, NULL, CG_STATUS_STREAM, "get_schema of the stream failed with error 5: no schema today");
    refuses(schema_of_texts, NULL, CG_STATUS_STREAM, "found a single column of type Utf8; expected a table");
    refuses(unknown_type, NULL, CG_STATUS_STREAM, "column \"VID\": its format \"what\" is none of the Arrow C data interface");
    refuses(no_type, NULL, CG_STATUS_STREAM, "column \"VID\": it has no format");
    refuses(broken_name, NULL, CG_STATUS_STREAM, "column at index 1: its name is not UTF-8 from byte 4 on");
    refuses(list_without_items, NULL, CG_STATUS_STREAM, "column \"list\": its format \"+l\" comes with 0 children; expected 1");
    refuses(null_child, NULL, CG_STATUS_STREAM, "column at index 1: the pointer to it is NULL");
    refuses(negative_width, NULL, CG_STATUS_STREAM, "its format is \"w:-1\"; expected a number from 0 to 2147483647");
    refuses(many_columns, NULL, CG_STATUS_STREAM, "more than 65536 columns and types within them");
    refuses(many_in_a_leaf, NULL, CG_STATUS_STREAM, "its format \"u\" comes with 1099511627776 children; expected 0");
    refuses(shared, NULL, CG_STATUS_STREAM, "more than 65536 columns and types within them");
    refuses(cyclic, NULL, CG_STATUS_STREAM, "types within types, more than 64 deep");
    refuses(released, NULL, CG_STATUS_STREAM, "the schema is malformed: it was released before");
    refuses(negative_metadata, NULL, CG_STATUS_STREAM, "its metadata has -1 pairs; expected 0 to 4096");
    refuses(endless_metadata, NULL, CG_STATUS_STREAM, "have more than 16777216 bytes");
    refuses(wrong_type, NULL, CG_STATUS_COLUMN_TYPE, "column \"VID\", read as the vid, is of type Boolean");
    refuses(clash, NULL, CG_STATUS_COLUMN_CLASH, "\"verdict\"");
    refuses(no_known_column, NULL, CG_STATUS_INVENTORY, "\"shape\", \"colour\"");
}

static void options_are_refused(void)
{
    const cg_audit_options fresh = CG_AUDIT_OPTIONS_INIT;
    cg_audit_options options = fresh;
    options.select = "verdict,colour";
    refuses(fleet_schema, &options, CG_STATUS_OPTIONS, "colour");
    options.select = "verdict verdict";
    refuses(fleet_schema, &options, CG_STATUS_COLUMN_CLASH, "verdict is selected twice");
    options = fresh;
    options.prefix = "\xff";
    refuses(fleet_schema, &options, CG_STATUS_OPTIONS, "prefix: byte 1 is not UTF-8");
    options = fresh;
    options.text_layout = 4;
    refuses(fleet_schema, &options, CG_STATUS_OPTIONS, "text_layout: 4");
    options = fresh;
    const char *const no_sign[] = {"vid=VID", "pid", NULL};
    options.columns = no_sign;
    refuses(fleet_schema, &options, CG_STATUS_OPTIONS, "columns: \"pid\" has no '='");
    const char *const no_field[] = {"colour=PID", NULL};
    options.columns = no_field;
    refuses(fleet_schema, &options, CG_STATUS_OPTIONS, "colour");
    const char *const no_column[] = {"pid=Part No", NULL};
    options.columns = no_column;
    refuses(fleet_schema, &options, CG_STATUS_INVENTORY, "\"Part No\"");
    options = fresh;
    options.struct_size = 3;
    refuses(fleet_schema, &options, CG_STATUS_STRUCT_SIZE, "options: struct_size is 3");
}

static void arguments_are_refused(void)
{
    cg_request request = third_party();
    cg_request nowhere = CG_REQUEST_INIT;
    const cg_rulebook *book = cg_rulebook_field();
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    struct ArrowArrayStream out;
    cg_error *error = NULL;
    CHECK(cg_audit_arrow_stream(NULL, &in, &request, &out, NULL) == CG_STATUS_NULL);
    CHECK(cg_audit_arrow_stream(book, NULL, &request, &out, NULL) == CG_STATUS_NULL);
    CHECK(cg_audit_arrow_stream(book, &in, NULL, &out, NULL) == CG_STATUS_NULL);
    CHECK(cg_audit_arrow_stream(book, &in, &request, NULL, NULL) == CG_STATUS_NULL);
    CHECK(cg_audit_arrow_stream_with(book, &in, &request, NULL, &out, &error) == CG_STATUS_NULL);
    check_message(error, "options is NULL");
    cg_error_free(error);
    CHECK(cg_audit_arrow_stream(book, &in, &nowhere, &out, NULL) == CG_STATUS_DESTINATION);
    request.target = "14.2(1)SR1";
    CHECK(cg_audit_arrow_stream(book, &in, &request, &out, NULL) == CG_STATUS_TARGET);
    request.target = NULL;
    CHECK(in.release != NULL && live == 1);
    in.release(&in);
    error = NULL;
    CHECK(cg_audit_arrow_stream(book, &in, &request, &out, &error) == CG_STATUS_STREAM);
    check_message(error, "released or moved before");
    cg_error_free(error);
    CHECK(live == 0);
}

int main(void)
{
    errors_of_the_producer_come_through();
    malformed_batches_are_errors();
    text_that_is_not_utf8_is_evidence();
    streams_are_refused();
    options_are_refused();
    arguments_are_refused();
    return checked("arrow_broken", "every broken stream has its error, everything released exactly once");
}
