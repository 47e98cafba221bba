/*
 * Whole tables through the Arrow C stream interface: the same answers as cg_assess, whatever the layout, and everything
 * released exactly once, whenever its owner likes. The number of rows of the large table may be given; it is 100,000.
 */
#include <pthread.h>

#include "arrow_streams.h"

static int64_t rows_of_large_table = 100000;

static struct ArrowArray *large_fleet(int index)
{
    const int64_t rows = 30000;
    int64_t first = index * rows;
    int64_t left = rows_of_large_table - first;
    return left <= 0 ? NULL : fleet_batch(first, left < rows ? left : rows, index);
}

/* What cg_assess says, in the columns of an audit. */
enum { ASKED = 10, LONGEST = 320, RESULTS = 19 };
static const char *const asked[ASKED] = {"verdict",     "findings",   "target_load",     "load_server",   "license_sku",
                                         "service_sku", "decided_by", "evidence_needed", "install_first", "why"};

struct answer {
    char texts[ASKED][LONGEST];
    int is_there[ASKED];
};

static void tell(struct answer *answer, int column, const char *text)
{
    answer->is_there[column] = text != NULL;
    snprintf(answer->texts[column], sizeof answer->texts[column], "%s", text != NULL ? text : "");
}

static struct answer answer_of(int64_t row)
{
    char mac[16];
    struct answer answer;
    cg_phone phone = CG_PHONE_INIT;
    cg_request request = CG_REQUEST_INIT;
    cg_assessment *assessment = NULL;
    write_mac(row, mac);
    phone.pid = pids[row % PIDS];
    phone.vid = vids[row % VIDS];
    phone.load = loads[row % LOADS];
    phone.mac = mac;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    CHECK(cg_assess(cg_rulebook_field(), &phone, &request, &assessment, NULL) == CG_STATUS_OK);
    char codes[160] = "";
    for (size_t i = 0; i < cg_assessment_finding_count(assessment); i++) {
        cg_finding finding = CG_FINDING_INIT;
        CHECK(cg_assessment_finding(assessment, i, &finding) == CG_STATUS_OK);
        if (strstr(codes, finding.code) == NULL) {
            strcat(strcat(codes, codes[0] != '\0' ? " " : ""), finding.code);
        }
    }
    tell(&answer, 0, cg_verdict_text(cg_assessment_verdict(assessment)));
    tell(&answer, 1, codes);
    tell(&answer, 2, cg_assessment_target_load(assessment));
    tell(&answer, 3, cg_assessment_load_server(assessment));
    tell(&answer, 4, cg_assessment_license_sku(assessment));
    tell(&answer, 5, cg_assessment_service_sku(assessment));
    tell(&answer, 6, cg_assessment_decided_by(assessment));
    tell(&answer, 7, cg_assessment_evidence_needed(assessment));
    tell(&answer, 8, cg_assessment_install_first(assessment));
    tell(&answer, 9, cg_assessment_why(assessment));
    cg_assessment_free(assessment);
    return answer;
}

static const struct answer *expected_answer(int64_t row)
{
    static struct answer answers[COMBINATIONS];
    static int are_there = 0;
    if (!are_there) {
        for (int i = 0; i < COMBINATIONS; i++) {
            answers[i] = answer_of(i);
        }
        are_there = 1;
    }
    return &answers[row % COMBINATIONS];
}

/* Checks rows from `first` on: what was in the table, and what the audit added. */
static void check_batch(const struct ArrowSchema *schema, const struct ArrowArray *batch, int64_t first)
{
    int wrong = 0;
    char mac[16];
    int64_t columns[ASKED];
    for (int i = 0; i < ASKED; i++) {
        columns[i] = column_named(schema, asked[i]);
    }
    int64_t pid = column_named(schema, "PID");
    int64_t vid = column_named(schema, "VID");
    int64_t site = column_named(schema, "site");
    int64_t read_mac = column_named(schema, "read_mac");
    CHECK(batch->n_children == schema->n_children && batch->null_count == 0 && batch->offset == 0);
    for (int64_t i = 0; i < batch->length; i++) {
        int64_t row = first + i;
        const struct answer *expected = expected_answer(row);
        for (int column = 0; column < ASKED; column++) {
            const char *text = expected->is_there[column] ? expected->texts[column] : NULL;
            wrong += !is_text(schema, batch, columns[column], i, text);
        }
        write_mac(row, mac);
        wrong += !is_text(schema, batch, read_mac, i, mac);
        wrong += !is_text(schema, batch, pid, i, pids[row % PIDS]);
        wrong += !is_text(schema, batch, vid, i, vids[row % VIDS]);
        const struct ArrowArray *sites = batch->children[site];
        wrong += ((const int32_t *)sites->buffers[1])[sites->offset + i] != (int32_t)row;
    }
    CHECK(wrong == 0);
}

/* Reads a stream to its end, checks every row, and releases it. Returns how many rows there were. */
static int64_t consume(struct ArrowArrayStream *stream)
{
    struct ArrowSchema schema;
    struct ArrowArray batch;
    int64_t rows = 0;
    CHECK(stream->get_schema(stream, &schema) == 0);
    for (;;) {
        int status = stream->get_next(stream, &batch);
        CHECK(status == 0);
        if (status != 0 || batch.release == NULL) {
            break;
        }
        check_batch(&schema, &batch, rows);
        rows += batch.length;
        batch.release(&batch);
        CHECK(batch.release == NULL);
    }
    /* The end stays the end. */
    CHECK(stream->get_next(stream, &batch) == 0 && batch.release == NULL);
    schema.release(&schema);
    stream->release(stream);
    CHECK(schema.release == NULL && stream->release == NULL);
    return rows;
}

static void every_layout_comes_in(void)
{
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    struct ArrowArrayStream out = audited(&in, NULL);
    CHECK(consume(&out) == SMALL_FLEET);
    CHECK(live == 0);

    /* In place: the stream that comes out stands where the other was. */
    cg_request request = third_party();
    in = new_stream(fleet_schema, small_fleet);
    CHECK(cg_audit_arrow_stream(cg_rulebook_field(), &in, &request, &in, NULL) == CG_STATUS_OK);
    CHECK(consume(&in) == SMALL_FLEET);
    CHECK(live == 0);
}

static void every_layout_goes_out(void)
{
    const char *const formats[] = {"s", "u", "U", "vu"};
    for (int32_t layout = CG_TEXT_LAYOUT_DICTIONARY; layout <= CG_TEXT_LAYOUT_UTF8_VIEW; layout++) {
        for (uint32_t threads = 0; threads < 4; threads += 3) {
            cg_audit_options options = CG_AUDIT_OPTIONS_INIT;
            options.text_layout = layout;
            options.threads = threads;
            struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
            struct ArrowArrayStream out = audited(&in, &options);
            struct ArrowSchema schema;
            CHECK(out.get_schema(&out, &schema) == 0);
            CHECK(strcmp(schema.format, "+s") == 0 && schema.n_children == COLUMNS + RESULTS);
            CHECK(strcmp(schema.children[4]->format, "i") == 0 && strcmp(schema.children[4]->name, "site") == 0);
            int64_t verdict = column_named(&schema, "verdict");
            CHECK(strcmp(schema.children[verdict]->format, formats[layout]) == 0);
            CHECK((schema.children[verdict]->flags & ARROW_FLAG_NULLABLE) == 0);
            CHECK((schema.children[verdict]->dictionary != NULL) == (layout == CG_TEXT_LAYOUT_DICTIONARY));
            schema.release(&schema);
            CHECK(consume(&out) == SMALL_FLEET);
        }
    }
    CHECK(live == 0);
}

static void options_choose_columns(void)
{
    const char *const columns[] = {"pid=site", "VID=VID", "mac=", NULL};
    cg_audit_options options = CG_AUDIT_OPTIONS_INIT;
    options.select = "findings, verdict";
    options.prefix = "cg_";
    options.columns = columns;
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    struct ArrowArrayStream out = audited(&in, &options);
    struct ArrowSchema schema;
    struct ArrowArray batch;
    CHECK(out.get_schema(&out, &schema) == 0);
    CHECK(out.get_next(&out, &batch) == 0 && batch.length == 100);
    CHECK(schema.n_children == COLUMNS + 2);
    CHECK(strcmp(schema.children[COLUMNS]->name, "cg_findings") == 0);
    CHECK(strcmp(schema.children[COLUMNS + 1]->name, "cg_verdict") == 0);
    /* No phone is a number that stands for nothing. */
    CHECK(!is_text(&schema, &batch, COLUMNS + 1, 0, "eligible"));
    /* A batch and a schema outlive their stream, and may be released in any order. */
    out.release(&out);
    schema.release(&schema);
    batch.release(&batch);
    CHECK(live == 0);
}

static void a_column_stands_once_more_under_the_name_it_is_kept_by(void)
{
    const char *const keep[] = {"site", "place=site", NULL};
    cg_audit_options options = CG_AUDIT_OPTIONS_INIT;
    options.select = "verdict";
    options.keep = keep;
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    struct ArrowArrayStream out = audited(&in, &options);
    struct ArrowSchema schema;
    struct ArrowArray batch;
    CHECK(out.get_schema(&out, &schema) == 0);
    CHECK(out.get_next(&out, &batch) == 0 && batch.length == 100);
    CHECK(schema.n_children == COLUMNS + 2 && batch.n_children == COLUMNS + 2);
    CHECK(strcmp(schema.children[COLUMNS]->name, "place") == 0);
    CHECK(strcmp(schema.children[COLUMNS + 1]->name, "verdict") == 0);
    out.release(&out);
    schema.release(&schema);
    batch.release(&batch);
    CHECK(live == 0);
}

static void a_stream_may_be_released_at_any_time(void)
{
    struct ArrowArray batch;
    struct ArrowSchema schema;
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    struct ArrowArrayStream out = audited(&in, NULL);
    out.release(&out);
    CHECK(live == 0 && out.release == NULL);

    in = new_stream(fleet_schema, small_fleet);
    out = audited(&in, NULL);
    CHECK(out.get_schema(&out, &schema) == 0 && out.get_next(&out, &batch) == 0);
    out.release(&out);
    /* What came in lives as long as what came out. */
    CHECK(live > 0);
    check_batch(&schema, &batch, 0);
    /* A column may be moved out of its batch. */
    struct ArrowArray pid = *batch.children[0];
    batch.children[0]->release = NULL;
    batch.release(&batch);
    CHECK(live > 0 && memcmp(pid.buffers[2], pids[0], strlen(pids[0])) == 0);
    pid.release(&pid);
    schema.release(&schema);
    CHECK(live == 0);
}

static void *consume_there(void *stream)
{
    return consume((struct ArrowArrayStream *)stream) == SMALL_FLEET ? stream : NULL;
}

static void another_thread_may_use_it(void)
{
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    struct ArrowArrayStream out = audited(&in, NULL);
    pthread_t thread;
    void *result = NULL;
    CHECK(pthread_create(&thread, NULL, consume_there, &out) == 0);
    CHECK(pthread_join(thread, &result) == 0 && result == &out);
    CHECK(live == 0);
}

static void the_book_may_be_freed_before(void)
{
    static const char overlay[] = "schema = 1\noverlay = \"acme\"\nversion = \"1.0.0\"\n"
                                  "base = { edition = \"field\", revision = \">=2026.11\" }\n";
    cg_rulebook *book = NULL;
    cg_request request = third_party();
    struct ArrowArrayStream out;
    CHECK(cg_rulebook_overlay(cg_rulebook_field(), overlay, sizeof overlay - 1, &book, NULL) == CG_STATUS_OK);
    struct ArrowArrayStream in = new_stream(fleet_schema, small_fleet);
    CHECK(cg_audit_arrow_stream(book, &in, &request, &out, NULL) == CG_STATUS_OK);
    cg_rulebook_free(book);
    CHECK(consume(&out) == SMALL_FLEET);
    CHECK(live == 0);
}

static void a_large_table(void)
{
    struct ArrowArrayStream in = new_stream(fleet_schema, large_fleet);
    struct ArrowArrayStream out = audited(&in, NULL);
    CHECK(consume(&out) == rows_of_large_table);
    CHECK(live == 0);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        rows_of_large_table = atol(argv[1]);
    }
    every_layout_comes_in();
    every_layout_goes_out();
    options_choose_columns();
    a_column_stands_once_more_under_the_name_it_is_kept_by();
    a_stream_may_be_released_at_any_time();
    another_thread_may_use_it();
    the_book_may_be_freed_before();
    a_large_table();
    return checked("arrow", "the answers of cg_assess for whole tables, everything released exactly once");
}
