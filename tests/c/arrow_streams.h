/*
 * What the tests of streams share: a producer and a consumer, written from the specification of the Arrow C data and C
 * stream interfaces, and the fleet that they hand over.
 */
#ifndef ARROW_STREAMS_H
#define ARROW_STREAMS_H

#include "check.h"

/* Structs that were filled in and not released. */
static int live = 0;

/* ---- producer: arrays ---- */

struct owned {
    void *blocks[8];
    int count;
    /* A test may write any number into the struct itself. */
    int64_t children;
};

/* Memory of exactly this size, zeroed, so that a reader that goes beyond it is found. */
static inline void *keep(void *owner, size_t size)
{
    struct owned *owned = (struct owned *)owner;
    void *block = calloc(size > 0 ? size : 1, 1);
    owned->blocks[owned->count++] = block;
    return block;
}

static inline void free_owned(void *owner)
{
    struct owned *owned = (struct owned *)owner;
    for (int i = 0; i < owned->count; i++) {
        free(owned->blocks[i]);
    }
    free(owned);
    live--;
}

static inline void release_array(struct ArrowArray *array)
{
    for (int64_t i = 0; i < ((struct owned *)array->private_data)->children; i++) {
        struct ArrowArray *child = array->children[i];
        if (child != NULL && child->release != NULL) {
            child->release(child);
        }
        free(child);
    }
    if (array->dictionary != NULL) {
        array->dictionary->release(array->dictionary);
        free(array->dictionary);
    }
    free_owned(array->private_data);
    array->release = NULL;
}

static inline struct ArrowArray *new_array(int64_t length, int64_t offset, int64_t n_buffers, int64_t n_children)
{
    struct ArrowArray *array = (struct ArrowArray *)calloc(1, sizeof *array);
    array->private_data = calloc(1, sizeof(struct owned));
    array->length = length;
    array->offset = offset;
    array->n_buffers = n_buffers;
    array->n_children = n_children;
    array->buffers = (const void **)keep(array->private_data, (size_t)n_buffers * sizeof(void *));
    ((struct owned *)array->private_data)->children = n_children;
    array->children = (struct ArrowArray **)keep(array->private_data, (size_t)n_children * sizeof(void *));
    array->release = release_array;
    live++;
    return array;
}

/* Bits that say which values are there, if some are not. */
static inline void set_validity(struct ArrowArray *array, const unsigned char *is_null, int64_t count)
{
    unsigned char *valid = (unsigned char *)keep(array->private_data, (size_t)(count + 7) / 8);
    for (int64_t i = 0; i < count; i++) {
        valid[i / 8] |= (unsigned char)((is_null[i] ? 0 : 1) << (i % 8));
        array->null_count += i >= array->offset && is_null[i];
    }
    if (array->null_count > 0) {
        array->buffers[0] = valid;
    }
}

/* Cells as strings ("u"), with 64-bit offsets ("U") or as views ("vu"); NULL is null. `offset` of them are cut off. */
static inline struct ArrowArray *texts(const char *format, const char *const *cells, int64_t count, int64_t offset)
{
    int is_view = strcmp(format, "vu") == 0;
    struct ArrowArray *array = new_array(count - offset, offset, is_view ? 4 : 3, 0);
    size_t size = 0;
    unsigned char *is_null = (unsigned char *)calloc((size_t)count + 1, 1);
    for (int64_t i = 0; i < count; i++) {
        is_null[i] = cells[i] == NULL;
        size += cells[i] != NULL ? strlen(cells[i]) : 0;
    }
    set_validity(array, is_null, count);
    free(is_null);
    char *bytes = (char *)keep(array->private_data, size);
    size_t width = is_view ? 16 : strcmp(format, "U") == 0 ? 8 : 4;
    size_t slots = (size_t)count + (is_view ? 0 : 1);
    unsigned char *slot = (unsigned char *)keep(array->private_data, slots * width);
    array->buffers[1] = slot;
    array->buffers[2] = bytes;
    if (is_view) {
        int64_t *lengths = (int64_t *)keep(array->private_data, sizeof *lengths);
        *lengths = (int64_t)size;
        array->buffers[3] = lengths;
    }
    size_t end = 0;
    for (int64_t i = 0; i < count; i++) {
        const char *cell = cells[i] != NULL ? cells[i] : "";
        int32_t len = (int32_t)strlen(cell);
        int32_t begin = (int32_t)end;
        memcpy(bytes + end, cell, (size_t)len);
        end += (size_t)len;
        int64_t large = (int64_t)end;
        int32_t small = (int32_t)end;
        if (is_view) {
            memcpy(slot, &len, 4);
            memcpy(slot + 4, cell, (size_t)(len <= 12 ? len : 4));
            if (len > 12) {
                memcpy(slot + 12, &begin, 4);
            }
            slot += width;
        } else {
            slot += width;
            memcpy(slot, width == 8 ? (const void *)&large : (const void *)&small, width);
        }
    }
    return array;
}

/* Keys of 8 bits; -1 is null. */
static inline struct ArrowArray *dictionary(const signed char *keys, int64_t count, int64_t offset,
                                            struct ArrowArray *values)
{
    struct ArrowArray *array = new_array(count - offset, offset, 2, 0);
    signed char *copy = (signed char *)keep(array->private_data, (size_t)count);
    unsigned char *is_null = (unsigned char *)calloc((size_t)count + 1, 1);
    for (int64_t i = 0; i < count; i++) {
        copy[i] = keys[i];
        is_null[i] = keys[i] < 0;
    }
    set_validity(array, is_null, count);
    free(is_null);
    array->buffers[1] = copy;
    array->dictionary = values;
    return array;
}

static inline struct ArrowArray *numbers(int64_t first, int64_t count)
{
    struct ArrowArray *array = new_array(count, 0, 2, 0);
    int32_t *values = (int32_t *)keep(array->private_data, (size_t)count * sizeof *values);
    for (int64_t i = 0; i < count; i++) {
        values[i] = (int32_t)(first + i);
    }
    array->buffers[1] = values;
    return array;
}

/* ---- producer: schemas ---- */

static inline void release_schema(struct ArrowSchema *schema)
{
    for (int64_t i = 0; i < ((struct owned *)schema->private_data)->children; i++) {
        struct ArrowSchema *child = schema->children[i];
        if (child != NULL && child->release != NULL) {
            child->release(child);
        }
        free(child);
    }
    if (schema->dictionary != NULL) {
        schema->dictionary->release(schema->dictionary);
        free(schema->dictionary);
    }
    free_owned(schema->private_data);
    schema->release = NULL;
}

static inline struct ArrowSchema *new_schema(const char *format, const char *name, int64_t n_children)
{
    struct ArrowSchema *schema = (struct ArrowSchema *)calloc(1, sizeof *schema);
    schema->private_data = calloc(1, sizeof(struct owned));
    schema->format = format;
    schema->name = name;
    schema->flags = ARROW_FLAG_NULLABLE;
    schema->n_children = n_children;
    ((struct owned *)schema->private_data)->children = n_children;
    schema->children = (struct ArrowSchema **)keep(schema->private_data, (size_t)n_children * sizeof(void *));
    schema->release = release_schema;
    live++;
    return schema;
}

/* ---- producer: streams ---- */

struct producer {
    /* What get_schema and get_next give; NULL is an error of get_schema, and the end of get_next. */
    struct ArrowSchema *(*schema)(void);
    struct ArrowArray *(*batch)(int index);
    int served;
    /* From this batch on get_next returns this errno value. */
    int fails_at;
    int errno_value;
    const char *message;
};

static inline int produce_schema(struct ArrowArrayStream *stream, struct ArrowSchema *out)
{
    struct producer *producer = (struct producer *)stream->private_data;
    struct ArrowSchema *schema = producer->schema();
    if (schema == NULL) {
        return producer->errno_value;
    }
    *out = *schema;
    free(schema);
    return 0;
}

static inline int produce_batch(struct ArrowArrayStream *stream, struct ArrowArray *out)
{
    struct producer *producer = (struct producer *)stream->private_data;
    int index = producer->served++;
    if (producer->errno_value != 0 && index >= producer->fails_at) {
        return producer->errno_value;
    }
    struct ArrowArray *array = producer->batch(index);
    out->release = NULL;
    if (array != NULL) {
        *out = *array;
        free(array);
    }
    return 0;
}

static inline const char *produce_error(struct ArrowArrayStream *stream)
{
    return ((struct producer *)stream->private_data)->message;
}

static inline void release_stream(struct ArrowArrayStream *stream)
{
    free(stream->private_data);
    stream->release = NULL;
    live--;
}

static inline struct ArrowArrayStream new_stream(struct ArrowSchema *(*schema)(void),
                                                 struct ArrowArray *(*batch)(int index))
{
    struct ArrowArrayStream stream;
    struct producer *producer = (struct producer *)calloc(1, sizeof *producer);
    producer->schema = schema;
    producer->batch = batch;
    stream.get_schema = produce_schema;
    stream.get_next = produce_batch;
    stream.get_last_error = produce_error;
    stream.release = release_stream;
    stream.private_data = producer;
    live++;
    return stream;
}

/* ---- the fleet: every layout of text, nulls, and batches that are slices of something larger ---- */

enum { PIDS = 6, VIDS = 4, LOADS = 5, COMBINATIONS = 60, CUT = 3, COLUMNS = 5 };

static const char *const pids[PIDS] = {"CP-7821-K9=", "CP-8841-K9=", "CP-8851-3PCC-K9=", "CP-7811-K9", "toaster", NULL};
static const char *const vids[VIDS] = {"V03", "V15", NULL, "V\xc3\xa9"};
static const char *const loads[LOADS] = {"sip78xx.12-8-1-0001-455", "sip88xx.14-2-1-0101-26", "sip88xx.11-3-1MPP-4",
                                         "nonsense", NULL};

static inline void write_mac(int64_t row, char text[16])
{
    snprintf(text, 16, "00CCFC%06X", (unsigned)(row % 0xffffff));
}

static inline struct ArrowSchema *fleet_schema(void)
{
    struct ArrowSchema *schema = new_schema("+s", "", COLUMNS);
    schema->children[0] = new_schema("u", "PID", 0);
    schema->children[1] = new_schema("U", "VID", 0);
    schema->children[2] = new_schema("vu", "MAC Address", 0);
    schema->children[3] = new_schema("c", "Active Load ID", 0);
    schema->children[3]->dictionary = new_schema("u", NULL, 0);
    schema->children[4] = new_schema("i", "site", 0);
    return schema;
}

/* Rows from `first` on; `cut` more stand before them in memory, which the offset of the batch leaves out. */
static inline struct ArrowArray *fleet_batch(int64_t first, int64_t rows, int64_t cut)
{
    int64_t count = rows + cut + CUT;
    const char **pid = (const char **)calloc((size_t)count, sizeof *pid);
    const char **vid = (const char **)calloc((size_t)count, sizeof *vid);
    const char **mac = (const char **)calloc((size_t)count, sizeof *mac);
    char(*macs)[16] = (char(*)[16])calloc((size_t)count, sizeof *macs);
    signed char *load = (signed char *)calloc((size_t)count, 1);
    for (int64_t i = 0; i < count; i++) {
        /* What is cut off is of other phones. */
        int64_t row = first + i - cut - CUT + COMBINATIONS;
        write_mac(row - COMBINATIONS, macs[i]);
        mac[i] = macs[i];
        pid[i] = pids[row % PIDS];
        vid[i] = vids[row % VIDS];
        load[i] = (signed char)(loads[row % LOADS] != NULL ? row % LOADS : -1);
    }
    struct ArrowArray *array = new_array(rows, cut, 1, COLUMNS);
    array->children[0] = texts("u", pid + CUT, count - CUT, 0);
    array->children[1] = texts("U", vid, count, CUT);
    array->children[2] = texts("vu", mac, count, CUT);
    array->children[3] = dictionary(load, count, CUT, texts("u", loads, LOADS - 1, 0));
    array->children[4] = numbers(first - cut, rows + cut);
    free(pid);
    free(vid);
    free(mac);
    free(macs);
    free(load);
    return array;
}

/* Three batches and an empty one between them, whose buffers are NULL. */
static inline struct ArrowArray *small_fleet(int index)
{
    struct ArrowArray *empty = index == 1 ? new_array(0, 0, 1, COLUMNS) : NULL;
    switch (index) {
    case 0:
        return fleet_batch(0, 100, 0);
    case 1:
        empty->children[0] = new_array(0, 0, 3, 0);
        empty->children[1] = new_array(0, 0, 3, 0);
        empty->children[2] = new_array(0, 0, 3, 0);
        empty->children[3] = new_array(0, 0, 2, 0);
        empty->children[3]->dictionary = new_array(0, 0, 3, 0);
        empty->children[4] = new_array(0, 0, 2, 0);
        return empty;
    case 2:
        return fleet_batch(100, 1, 2);
    case 3:
        return fleet_batch(101, 133, 7);
    default:
        return NULL;
    }
}

enum { SMALL_FLEET = 234 };

/* ---- consumer ---- */

/* The text of a value, in any layout; NULL for null. Its length goes to `len`. */
static inline const char *text_at(const struct ArrowSchema *schema, const struct ArrowArray *array, int64_t row,
                                  size_t *len)
{
    int64_t at = array->offset + row;
    const unsigned char *valid = (const unsigned char *)array->buffers[0];
    if (array->null_count != 0 && valid != NULL && !(valid[at / 8] >> (at % 8) & 1)) {
        return NULL;
    }
    if (schema->dictionary != NULL) {
        CHECK(strcmp(schema->format, "s") == 0);
        return text_at(schema->dictionary, array->dictionary, ((const int16_t *)array->buffers[1])[at], len);
    }
    const char *bytes = (const char *)array->buffers[2];
    if (strcmp(schema->format, "u") == 0) {
        const int32_t *offsets = (const int32_t *)array->buffers[1];
        *len = (size_t)(offsets[at + 1] - offsets[at]);
        return bytes + offsets[at];
    }
    if (strcmp(schema->format, "U") == 0) {
        const int64_t *offsets = (const int64_t *)array->buffers[1];
        *len = (size_t)(offsets[at + 1] - offsets[at]);
        return bytes + offsets[at];
    }
    CHECK(strcmp(schema->format, "vu") == 0);
    const char *view = (const char *)array->buffers[1] + 16 * at;
    int32_t parts[4];
    memcpy(parts, view, sizeof parts);
    *len = (size_t)parts[0];
    return parts[0] <= 12 ? view + 4 : (const char *)array->buffers[2 + parts[2]] + parts[3];
}

static inline int64_t column_named(const struct ArrowSchema *schema, const char *name)
{
    for (int64_t i = 0; i < schema->n_children; i++) {
        if (strcmp(schema->children[i]->name, name) == 0) {
            return i;
        }
    }
    fprintf(stderr, "no column %s\n", name);
    failures++;
    return 0;
}

static inline int is_text(const struct ArrowSchema *schema, const struct ArrowArray *batch, int64_t column, int64_t row,
                   const char *expected)
{
    size_t len = 0;
    const char *text = text_at(schema->children[column], batch->children[column], row, &len);
    if (text == NULL || expected == NULL) {
        return text == expected;
    }
    return len == strlen(expected) && memcmp(text, expected, len) == 0;
}

static inline cg_request third_party(void)
{
    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    return request;
}
/* By one function or the other: no options are those of CG_AUDIT_OPTIONS_INIT. */
static inline int32_t audit_with(struct ArrowArrayStream *in, const cg_audit_options *options,
                                 struct ArrowArrayStream *out, cg_error **error)
{
    const cg_rulebook *book = cg_rulebook_field();
    cg_request request = third_party();
    return options != NULL ? cg_audit_arrow_stream_with(book, in, &request, options, out, error)
                           : cg_audit_arrow_stream(book, in, &request, out, error);
}

static inline struct ArrowArrayStream audited(struct ArrowArrayStream *in, const cg_audit_options *options)
{
    struct ArrowArrayStream out;
    cg_error *error = NULL;
    memset(&out, 0, sizeof out);
    int32_t status = audit_with(in, options, &out, &error);
    if (status != CG_STATUS_OK) {
        fprintf(stderr, "%s\n", cg_error_message(error));
        cg_error_free(error);
        exit(EXIT_FAILURE);
    }
    /* Moved. */
    CHECK(in->release == NULL && out.release != NULL);
    return out;
}

#endif
