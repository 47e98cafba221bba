/*
 * Rule books in C: the embedded ones, those that are read from a text, what is told about them as JSON and as text, and
 * every way to call these functions wrongly.
 */
#include "check.h"

/* An overlay that makes the guide stricter, without a NUL at its end. */
static const char overlay[] =
    "schema = 1\n"
    "overlay = \"acme\"\n"
    "version = \"1.0.0\"\n"
    "base = { edition = \"guide\", revision = \">=2026.11\" }\n"
    "[sources]\n"
    "TAC = { title = \"Answer of Cisco TAC\", section = \"case 1\", language = \"en\", read = 2026-11-20 }\n"
    "[amendments.acme-1]\n"
    "date = 2026-11-20\n"
    "sources = [\"TAC\"]\n"
    "confidence = \"high\"\n"
    "says = \"the 7841 needs V05\"\n"
    "[amendments.acme-1.conversions]\n"
    "e2m-7841 = { vid = \"V05-\" }\n";
static const size_t overlay_len = sizeof overlay - 1;

static const char fleet[] = "PID;VID\n"
                            "CP-7841-K9=;V04\n"
                            "CP-7841-K9=;V05\n"
                            "garbled\n"; /* one cell only */
static const size_t fleet_len = sizeof fleet - 1;

/* Bytes on the heap, so that a read behind them is noticed. */
static char *exact(const char *bytes, size_t len)
{
    char *copy = (char *)malloc(len);
    if (copy == NULL) {
        abort();
    }
    memcpy(copy, bytes, len);
    return copy;
}

/* A call with &error as its last argument fails with this status, and with these words in its message. */
#define REFUSED(call, expected, words)                                                                                 \
    do {                                                                                                               \
        cg_error *error = NULL;                                                                                        \
        CHECK((call) == (expected));                                                                                   \
        CHECK(cg_error_status(error) == (expected));                                                                   \
        check_message(error, words);                                                                                   \
        cg_error_free(error);                                                                                          \
    } while (0)

/* Reads a text as a book and over one, and expects the same refusal twice. */
static void refuses_text(const char *text, size_t len, int32_t expected, const char *words)
{
    cg_rulebook *book = NULL;
    REFUSED(cg_rulebook_from_toml(text, len, &book, &error), expected, words);
    CHECK(cg_rulebook_from_toml(text, len, &book, NULL) == expected);
    REFUSED(cg_rulebook_overlay(cg_rulebook_guide(), text, len, &book, &error), expected, words);
    CHECK(cg_rulebook_overlay(cg_rulebook_guide(), text, len, &book, NULL) == expected);
    CHECK(book == NULL);
}

/* Checks a text and expects some words in the JSON. */
static void checks_text(const char *text, size_t len, const char *words)
{
    char *json = NULL;
    CHECK(cg_rulebook_check_json(text, len, &json, NULL) == CG_STATUS_OK);
    CHECK(json != NULL && strncmp(json, "{\"schema\":\"crossgrade.rulebook-check/1\",", 40) == 0);
    if (json != NULL && strstr(json, words) == NULL) {
        fprintf(stderr, "%s lacks %s\n", json, words);
        failures++;
    }
    cg_text_free(json);
}

static cg_rulebook *acme(void)
{
    cg_rulebook *book = NULL;
    cg_error *error = NULL;
    char *text = exact(overlay, overlay_len);
    CHECK(cg_rulebook_overlay(cg_rulebook_guide(), text, overlay_len, &book, &error) == CG_STATUS_OK);
    CHECK(book != NULL && error == NULL);
    free(text);
    return book;
}

static void embedded_books(void)
{
    const cg_rulebook *guide = cg_rulebook_guide();
    const cg_rulebook *field = cg_rulebook_field();
    CHECK(strcmp(cg_rulebook_edition(guide), "guide") == 0 && cg_rulebook_as_of(guide) == NULL);
    CHECK(guide == cg_rulebook_guide() && field == cg_rulebook_field() && field != guide);
    CHECK(strlen(cg_rulebook_digest(field)) == 64);
    CHECK(strcmp(cg_rulebook_digest(field), cg_rulebook_digest(guide)) != 0);
    CHECK(strlen(cg_rulebook_as_of(field)) == 10);
    CHECK(cg_rulebook_field_as_of(9999, 12, 31) == field);
    CHECK(cg_rulebook_field_as_of(1, 1, 1) != NULL && cg_rulebook_as_of(cg_rulebook_field_as_of(1, 1, 1)) == NULL);

    const cg_rulebook *old = cg_rulebook_field_as_of(2024, 8, 26);
    CHECK(old != NULL && old == cg_rulebook_field_as_of(2024, 9, 9));
    CHECK(strcmp(cg_rulebook_as_of(old), "2024-08-26") == 0);
    CHECK(strcmp(cg_rulebook_edition(old), "field as of 2024-08-26") == 0);
    CHECK(cg_rulebook_field_as_of(2024, 8, 25) != old);

    static const int32_t no_days[][3] = {
        {2024, 2, 30}, {2023, 2, 29}, {2024, 13, 1},  {2024, 0, 1},     {2024, 1, 0},         {2024, 1, 32},
        {-1, 1, 1},    {10000, 1, 1}, {67560, 8, 26}, {2024, 264, 26},  {2024, 8, 282},       {INT32_MAX, 1, 1},
        {0, 0, 0},     {2024, -1, 1}, {2024, 1, -1},  {INT32_MIN, 1, 1}, {2024, INT32_MAX, 1},
    };
    for (size_t i = 0; i < sizeof no_days / sizeof no_days[0]; i++) {
        CHECK(cg_rulebook_field_as_of(no_days[i][0], no_days[i][1], no_days[i][2]) == NULL);
    }

    /* Freeing a static book, or none, does nothing. */
    cg_rulebook_free(NULL);
    cg_rulebook_free((cg_rulebook *)guide);
    cg_rulebook_free((cg_rulebook *)field);
    cg_rulebook_free((cg_rulebook *)old);
    CHECK(strcmp(cg_rulebook_edition(cg_rulebook_guide()), "guide") == 0);
    CHECK(strcmp(cg_rulebook_as_of(old), "2024-08-26") == 0);
    CHECK(cg_rulebook_field_as_of(2024, 8, 26) == old);

    CHECK(cg_rulebook_as_of(NULL) == NULL && cg_rulebook_edition(NULL) == NULL);
    CHECK(cg_rulebook_revision(NULL) == NULL && cg_rulebook_digest(NULL) == NULL);
}

static void read_books(void)
{
    cg_rulebook *book = acme();
    CHECK(strcmp(cg_rulebook_edition(book), "guide + acme 1.0.0") == 0);
    CHECK(strcmp(cg_rulebook_as_of(book), "2026-11-20") == 0);
    CHECK(strcmp(cg_rulebook_digest(book), cg_rulebook_digest(cg_rulebook_guide())) != 0);

    /* The answer keeps what it needs of the book; the book over it does too. */
    cg_phone phone = CG_PHONE_INIT;
    phone.pid = "CP-7841-K9=";
    phone.vid = "V04";
    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    cg_assessment *assessment = NULL;
    CHECK(cg_assess(book, &phone, &request, &assessment, NULL) == CG_STATUS_OK);
    char digest[65] = {0};
    memcpy(digest, cg_rulebook_digest(book), 64);
    char *second = exact(overlay, overlay_len);
    memcpy(strstr(second, "acme"), "bcme", 4);
    memcpy(strstr(second, "[amendments.acme-1]"), "[amendments.bcme-1]", 19);
    memcpy(strstr(second, "[amendments.acme-1.conv"), "[amendments.bcme-1.conv", 23);
    memcpy(strstr(second, "V05-"), "V06-", 4);
    cg_rulebook *above = NULL;
    cg_error *error = NULL;
    CHECK(cg_rulebook_overlay(book, second, overlay_len, &above, &error) == CG_STATUS_OK);
    if (error != NULL) {
        fprintf(stderr, "%s\n", cg_error_message(error));
        cg_error_free(error);
    }
    free(second);
    cg_rulebook_free(book);

    CHECK(cg_assessment_verdict(assessment) == CG_VERDICT_INELIGIBLE);
    CHECK(strstr(cg_assessment_json(assessment), digest) != NULL);
    CHECK(strstr(cg_assessment_json(assessment), "\"guide + acme 1.0.0\"") != NULL);
    CHECK(strstr(cg_assessment_text(assessment), "guide + acme 1.0.0") != NULL);
    cg_finding finding = CG_FINDING_INIT;
    CHECK(cg_assessment_finding(assessment, 0, &finding) == CG_STATUS_OK && finding.message != NULL);
    cg_assessment_free(assessment);

    CHECK(strcmp(cg_rulebook_edition(above), "guide + acme 1.0.0 + bcme 1.0.0") == 0);
    phone.vid = "V05";
    CHECK(cg_assess(above, &phone, &request, &assessment, NULL) == CG_STATUS_OK);
    cg_rulebook_free(above);
    CHECK(cg_assessment_verdict(assessment) == CG_VERDICT_INELIGIBLE);
    cg_assessment_free(assessment);

    /* The guide is as it was. */
    CHECK(cg_assess(cg_rulebook_guide(), &phone, &request, &assessment, NULL) == CG_STATUS_OK);
    CHECK(cg_assessment_verdict(assessment) == CG_VERDICT_ELIGIBLE);
    cg_assessment_free(assessment);
}

static void refused_texts(void)
{
    cg_rulebook *book = NULL;
    cg_error *error = NULL;
    char *json = NULL;

    refuses_text(NULL, 0, CG_STATUS_NULL, "text is NULL");
    refuses_text(NULL, 5, CG_STATUS_NULL, "text is NULL");
    refuses_text(overlay, (size_t)-1, CG_STATUS_LENGTH, "negative");
    refuses_text(overlay, SIZE_MAX / 2 + 1, CG_STATUS_LENGTH, "text: the length is");
    refuses_text("", 0, CG_STATUS_RULEBOOK, "missing");
    refuses_text("a = \"\xff\"", 8, CG_STATUS_TEXT_NOT_UTF8, "text: byte 6 is not UTF-8");
    refuses_text("a = 1\nb = \"\xff\"", 14, CG_STATUS_TEXT_NOT_UTF8, "text: line 2, byte 6 is not UTF-8");
    refuses_text("\xff\xfe", 2, CG_STATUS_TEXT_NOT_UTF8, "byte 1");
    refuses_text("nonsense", 8, CG_STATUS_RULEBOOK, "line 1, column");
    /* The length counts, not a NUL: one inside is a problem of the text. */
    refuses_text("schema = 1\0", 11, CG_STATUS_RULEBOOK, "line 1, column 10: TOML");
    refuses_text("schema = \"a\0b\"", 14, CG_STATUS_RULEBOOK, "line 1");

    /* A NUL that is spelled out ends no message: the problem behind it is told too. */
    static const char spelled[] = "schema = 1\n\"odd\\u0000key\" = 1\nunheard-of = 2\n";
    refuses_text(spelled, sizeof spelled - 1, CG_STATUS_RULEBOOK, "unheard-of");

    /* 1 MiB and one byte more. */
    static char large[(1 << 20) + 1];
    memset(large, '#', sizeof large);
    refuses_text(large, sizeof large, CG_STATUS_RULEBOOK, "1048577 bytes; expected at most 1048576");
    refuses_text(large, sizeof large - 1, CG_STATUS_RULEBOOK, "missing");
    checks_text(large, sizeof large, "1048577 bytes");

    /* A text that ends before its last byte is read no further, NUL or not. */
    char *cut = exact(overlay, overlay_len - 3);
    refuses_text(cut, overlay_len - 3, CG_STATUS_RULEBOOK, "line 13");
    checks_text(cut, overlay_len - 3, "\"clean\":false,\"rulebook\":null,\"problems\":[{\"line\":13,");
    free(cut);

    /* Every problem is in the message. */
    static const char wrong[] = "schema = 1\noverlay = \"acme\"\nversion = \"one\"\n"
                                "base = { edition = \"guide\", revision = \"1999.1.0\" }\n"
                                "[amendments.a]\nsources = [\"S2\"]\nconfidence = \"high\"\nsays = \"nothing\"\n"
                                "unheard-of = 3\n[amendments.a.gates]\nx = 3\n";
    int32_t status = cg_rulebook_overlay(cg_rulebook_guide(), wrong, sizeof wrong - 1, &book, &error);
    CHECK(status == CG_STATUS_RULEBOOK && book == NULL);
    check_message(error, "version");
    check_message(error, "base.revision");
    check_message(error, "amendments.a.unheard-of");
    check_message(error, "amendments.a.gates.x");
    cg_error_free(error);

    /* Written for another book. */
    REFUSED(cg_rulebook_overlay(cg_rulebook_field(), overlay, overlay_len, &book, &error), CG_STATUS_RULEBOOK,
            "base.edition");
    REFUSED(cg_rulebook_overlay(NULL, overlay, overlay_len, &book, &error), CG_STATUS_NULL, "base is NULL");
    REFUSED(cg_rulebook_overlay(cg_rulebook_guide(), overlay, overlay_len, NULL, &error), CG_STATUS_NULL,
            "out is NULL");
    REFUSED(cg_rulebook_from_toml(overlay, overlay_len, NULL, &error), CG_STATUS_NULL, "out is NULL");
    CHECK(cg_rulebook_from_toml(NULL, 0, NULL, NULL) == CG_STATUS_NULL);
    CHECK(cg_rulebook_overlay(NULL, NULL, 0, NULL, NULL) == CG_STATUS_NULL);
    CHECK(book == NULL);

    /* An overlay is no whole book. */
    REFUSED(cg_rulebook_from_toml(overlay, overlay_len, &book, &error), CG_STATUS_RULEBOOK, "line");

    checks_text(overlay, overlay_len, "\"clean\":true,\"rulebook\":{\"edition\":\"guide + acme 1.0.0\"");
    checks_text("", 0, "\"clean\":false");
    checks_text("a\0b", 3, "\"clean\":false");
    REFUSED(cg_rulebook_check_json(NULL, 0, &json, &error), CG_STATUS_NULL, "text is NULL");
    REFUSED(cg_rulebook_check_json(overlay, overlay_len, NULL, &error), CG_STATUS_NULL, "out is NULL");
    REFUSED(cg_rulebook_check_json("\xc3", 1, &json, &error), CG_STATUS_TEXT_NOT_UTF8, "byte 1");
    REFUSED(cg_rulebook_check_json(overlay, (size_t)-1, &json, &error), CG_STATUS_LENGTH, "text");
    CHECK(json == NULL);
}

/* A text that was told must begin so; then it is freed. */
static void told(int32_t status, char *text, const char *beginning, const char *words)
{
    CHECK(status == CG_STATUS_OK && text != NULL);
    if (text != NULL && (strncmp(text, beginning, strlen(beginning)) != 0 || strstr(text, words) == NULL)) {
        fprintf(stderr, "%s\ndoes not begin with %s or lacks %s\n", text, beginning, words);
        failures++;
    }
    cg_text_free(text);
}

static void what_is_told(void)
{
    const cg_rulebook *guide = cg_rulebook_guide();
    cg_rulebook *book = acme();
    char *out = NULL;
    int32_t status;

    status = cg_rulebook_json(book, &out, NULL);
    told(status, out, "{\"schema\":\"crossgrade.rulebook/1\",\"rulebook\":{\"edition\":\"guide + acme 1.0.0\",",
         "\"id\":\"e2m-7841\"");
    status = cg_rulebook_diff_json(guide, book, &out, NULL);
    told(status, out, "{\"schema\":\"crossgrade.rulebook-diff/1\",\"before\":{\"edition\":\"guide\",",
         "\"before\":\"V04-\",\"after\":\"V05-\"");
    status = cg_rulebook_diff_text(guide, book, &out, NULL);
    told(status, out, "from guide ", "~ conversions e2m-7841\n");
    status = cg_rulebook_diff_json(book, book, &out, NULL);
    told(status, out, "{", "\"changes\":[]");
    status = cg_rulebook_explain_json(book, "e2m-7841", &out, NULL);
    told(status, out, "{\"schema\":\"crossgrade.explanation/1\",", "\"about\":{\"kind\":\"row\",\"id\":\"e2m-7841\"}");
    status = cg_rulebook_explain_text(book, "CG203", &out, NULL);
    told(status, out, "CG203 vid-below-range", "acme-1");
    status = cg_rulebook_explain_text(guide, "7841", &out, NULL);
    told(status, out, "Model 7841, by rule book guide ", "e2m-7841");

    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    char *csv = exact(fleet, fleet_len);
    status = cg_rulebook_impact_json(guide, book, csv, fleet_len, &request, &out, NULL);
    told(status, out, "{\"schema\":\"crossgrade.impact/1\",", "\"phones\":3,\"changed\":1,");
    static const char *const keep[] = {"article=PID", NULL};
    static const char *const missing[] = {"Room", NULL};
    status = cg_rulebook_impact_json_keeping(guide, book, csv, fleet_len, &request, keep, &out, NULL);
    told(status, out, "{\"schema\":\"crossgrade.impact/1\",", "\"kept\":{\"article\":");
    CHECK(cg_rulebook_impact_json_keeping(guide, book, csv, fleet_len, &request, missing, &out, NULL) == CG_STATUS_INVENTORY);
    status = cg_rulebook_impact_text(guide, book, csv, fleet_len, &request, &out, NULL);
    told(status, out, "To third-party call control", "1 of 3 phones change");
    free(csv);

    /* Nothing is told of what is missing, unreadable or unheard of. */
    out = NULL;
    REFUSED(cg_rulebook_json(NULL, &out, &error), CG_STATUS_NULL, "book is NULL");
    REFUSED(cg_rulebook_json(guide, NULL, &error), CG_STATUS_NULL, "out is NULL");
    CHECK(cg_rulebook_json(NULL, NULL, NULL) == CG_STATUS_NULL);

    int32_t (*const diffs[])(const cg_rulebook *, const cg_rulebook *, char **, cg_error **) = {
        cg_rulebook_diff_json, cg_rulebook_diff_text};
    for (size_t i = 0; i < 2; i++) {
        REFUSED(diffs[i](NULL, guide, &out, &error), CG_STATUS_NULL, "before is NULL");
        REFUSED(diffs[i](guide, NULL, &out, &error), CG_STATUS_NULL, "after is NULL");
        REFUSED(diffs[i](guide, guide, NULL, &error), CG_STATUS_NULL, "out is NULL");
        CHECK(diffs[i](NULL, NULL, NULL, NULL) == CG_STATUS_NULL);
    }

    int32_t (*const explanations[])(const cg_rulebook *, const char *, char **, cg_error **) = {
        cg_rulebook_explain_json, cg_rulebook_explain_text};
    for (size_t i = 0; i < 2; i++) {
        REFUSED(explanations[i](NULL, "CG203", &out, &error), CG_STATUS_NULL, "book is NULL");
        REFUSED(explanations[i](guide, NULL, &out, &error), CG_STATUS_NULL, "about is NULL");
        REFUSED(explanations[i](guide, "CG203", NULL, &error), CG_STATUS_NULL, "out is NULL");
        REFUSED(explanations[i](guide, "", &out, &error), CG_STATUS_SUBJECT, "explain: \"\"");
        REFUSED(explanations[i](guide, "CG999", &out, &error), CG_STATUS_SUBJECT, "\"CG999\"");
        REFUSED(explanations[i](guide, "e2m\xff", &out, &error), CG_STATUS_TEXT_NOT_UTF8, "about: byte 4");
        CHECK(explanations[i](guide, "CG999", &out, NULL) == CG_STATUS_SUBJECT);
        CHECK(explanations[i](NULL, NULL, NULL, NULL) == CG_STATUS_NULL);
    }

    int32_t (*const impacts[])(const cg_rulebook *, const cg_rulebook *, const char *, size_t, const cg_request *,
                               char **, cg_error **) = {cg_rulebook_impact_json, cg_rulebook_impact_text};
    for (size_t i = 0; i < 2; i++) {
        cg_request odd = request;
        REFUSED(impacts[i](NULL, book, fleet, fleet_len, &odd, &out, &error), CG_STATUS_NULL, "before is NULL");
        REFUSED(impacts[i](guide, NULL, fleet, fleet_len, &odd, &out, &error), CG_STATUS_NULL, "after is NULL");
        REFUSED(impacts[i](guide, book, NULL, 0, &odd, &out, &error), CG_STATUS_NULL, "csv is NULL");
        REFUSED(impacts[i](guide, book, fleet, fleet_len, NULL, &out, &error), CG_STATUS_NULL, "request is NULL");
        REFUSED(impacts[i](guide, book, fleet, fleet_len, &odd, NULL, &error), CG_STATUS_NULL, "out is NULL");
        REFUSED(impacts[i](guide, book, fleet, (size_t)-1, &odd, &out, &error), CG_STATUS_LENGTH, "csv");
        REFUSED(impacts[i](guide, book, "", 0, &odd, &out, &error), CG_STATUS_INVENTORY, "empty");
        REFUSED(impacts[i](guide, book, "a,b\n", 4, &odd, &out, &error), CG_STATUS_INVENTORY, "\"a\", \"b\"");
        REFUSED(impacts[i](guide, book, "PAR1", 4, &odd, &out, &error), CG_STATUS_INVENTORY, "Parquet");
        odd.target = "soon";
        REFUSED(impacts[i](guide, book, fleet, fleet_len, &odd, &out, &error), CG_STATUS_TARGET, "\"soon\"");
        odd.target = "\xff";
        REFUSED(impacts[i](guide, book, fleet, fleet_len, &odd, &out, &error), CG_STATUS_TARGET_NOT_UTF8, "byte 1");
        odd.target = NULL;
        odd.destination = CG_DESTINATION_NONE;
        REFUSED(impacts[i](guide, book, fleet, fleet_len, &odd, &out, &error), CG_STATUS_DESTINATION, "is 0");
        odd.struct_size = 1;
        REFUSED(impacts[i](guide, book, fleet, fleet_len, &odd, &out, &error), CG_STATUS_STRUCT_SIZE, "request");
        CHECK(impacts[i](NULL, NULL, NULL, 0, NULL, NULL, NULL) == CG_STATUS_NULL);
        /* Cells may hold anything: that is evidence. */
        CHECK(impacts[i](guide, book, "PID,VID\n\0\xff,\n", 12, &request, &out, NULL) == CG_STATUS_OK);
        cg_text_free(out);
        out = NULL;
    }
    CHECK(out == NULL);
    cg_text_free(NULL);
    cg_rulebook_free(book);
}

/* The guide as it is authored is the guide that is embedded. */
static void whole_book(const char *path)
{
    static char text[1 << 20];
    FILE *file = fopen(path, "rb");
    CHECK(file != NULL);
    if (file == NULL) {
        return;
    }
    size_t len = fread(text, 1, sizeof text, file);
    CHECK(fclose(file) == 0 && len > 0 && len < sizeof text);
    cg_rulebook *book = NULL;
    CHECK(cg_rulebook_from_toml(text, len, &book, NULL) == CG_STATUS_OK);
    memset(text, 'x', sizeof text);
    CHECK(strcmp(cg_rulebook_edition(book), "guide") == 0 && cg_rulebook_as_of(book) == NULL);
    CHECK(strcmp(cg_rulebook_digest(book), cg_rulebook_digest(cg_rulebook_guide())) == 0);
    CHECK(strcmp(cg_rulebook_revision(book), cg_rulebook_revision(cg_rulebook_guide())) == 0);
    char *one = NULL, *other = NULL;
    CHECK(cg_rulebook_json(book, &one, NULL) == CG_STATUS_OK);
    CHECK(cg_rulebook_json(cg_rulebook_guide(), &other, NULL) == CG_STATUS_OK);
    CHECK(strcmp(one, other) == 0);
    cg_text_free(one);
    cg_text_free(other);
    cg_rulebook_free(book);
}

int main(int argc, char **argv)
{
    embedded_books();
    whole_book(argc > 1 ? argv[1] : "core/data/guide.toml");
    read_books();
    refused_texts();
    what_is_told();
    return checked("rulebook", "read, told, refused and freed as documented");
}
