/* Every way to call the C face wrongly has its own status and message, and nothing crashes or leaks. */
#include "check.h"

/* Calls cg_assess and expects a failure whose message contains some words. */
static void refuses(const cg_rulebook *book, const cg_phone *phone, const cg_request *request, cg_assessment **out,
                    int32_t expected, const char *words)
{
    cg_error *error = NULL;
    int32_t status = cg_assess(book, phone, request, out, &error);
    CHECK(status == expected);
    CHECK(error != NULL);
    CHECK(cg_error_status(error) == expected);
    check_message(error, words);
    cg_error_free(error);
    /* Without an error object the status is the same. */
    CHECK(cg_assess(book, phone, request, out, NULL) == expected);
    CHECK(out == NULL || *out == NULL);
}

/* A struct of a newer release: what this library knows, and more. */
struct newer_phone {
    cg_phone known;
    const char *more;
};

int main(void)
{
    const cg_rulebook *guide = cg_rulebook_guide();
    cg_phone phone = CG_PHONE_INIT;
    cg_request request = CG_REQUEST_INIT;
    cg_assessment *out = NULL;
    phone.pid = "CP-8841-K9=";
    request.destination = CG_DESTINATION_THIRD_PARTY;

    refuses(NULL, &phone, &request, &out, CG_STATUS_NULL, "book is NULL");
    refuses(guide, NULL, &request, &out, CG_STATUS_NULL, "phone is NULL");
    refuses(guide, &phone, NULL, &out, CG_STATUS_NULL, "request is NULL");
    refuses(guide, &phone, &request, NULL, CG_STATUS_NULL, "out is NULL");

    cg_phone odd = phone;
    odd.struct_size = 0;
    refuses(guide, &odd, &request, &out, CG_STATUS_STRUCT_SIZE, "phone: struct_size is 0; expected");
    odd.struct_size = sizeof(cg_phone) - 1;
    refuses(guide, &odd, &request, &out, CG_STATUS_STRUCT_SIZE, "CG_..._INIT");
    odd.struct_size = (size_t)-1;
    refuses(guide, &odd, &request, &out, CG_STATUS_STRUCT_SIZE, "phone");
    cg_request odd_request = request;
    odd_request.struct_size = 1;
    refuses(guide, &phone, &odd_request, &out, CG_STATUS_STRUCT_SIZE, "request: struct_size is 1");

    struct newer_phone newer;
    memset(&newer, 0, sizeof newer);
    newer.known = phone;
    newer.known.struct_size = sizeof newer;
    newer.more = "something";
    refuses(guide, &newer.known, &request, &out, CG_STATUS_STRUCT_EXTRA, "not all zero");
    newer.more = NULL;
    CHECK(cg_assess(guide, &newer.known, &request, &out, NULL) == CG_STATUS_OK);
    cg_assessment_free(out);
    out = NULL;

    odd_request = request;
    odd_request.destination = CG_DESTINATION_NONE;
    refuses(guide, &phone, &odd_request, &out, CG_STATUS_DESTINATION, "destination is 0");
    odd_request.destination = 99;
    refuses(guide, &phone, &odd_request, &out, CG_STATUS_DESTINATION, "destination is 99");
    odd_request = request;
    odd_request.target = "soon";
    refuses(guide, &phone, &odd_request, &out, CG_STATUS_TARGET, "\"soon\"");
    odd_request.target = "14.2(1)SR1";
    refuses(guide, &phone, &odd_request, &out, CG_STATUS_TARGET, "needs MPP firmware");
    /* The book that answers judges the target. */
    odd_request.target = "14.3(1)";
    refuses(cg_rulebook_field(), &phone, &odd_request, &out, CG_STATUS_TARGET, "rule book field ");
    CHECK(cg_assess(guide, &phone, &odd_request, &out, NULL) == CG_STATUS_OK);
    CHECK(strstr(cg_assessment_json(out), "CG313") != NULL);
    cg_assessment_free(out);
    out = NULL;
    odd_request.target = "12.0\xff";
    refuses(guide, &phone, &odd_request, &out, CG_STATUS_TARGET_NOT_UTF8, "byte 5");

    /* Bytes that are not UTF-8 in a phone are evidence, not an error. */
    phone.vid = "V\xff";
    CHECK(cg_assess(guide, &phone, &request, &out, NULL) == CG_STATUS_OK);
    CHECK(strstr(cg_assessment_json(out), "CG202") != NULL);

    cg_finding finding = CG_FINDING_INIT;
    size_t findings = cg_assessment_finding_count(out);
    CHECK(findings > 0);
    CHECK(cg_assessment_finding(out, findings, &finding) == CG_STATUS_INDEX);
    CHECK(cg_assessment_finding(out, (size_t)-1, &finding) == CG_STATUS_INDEX);
    CHECK(cg_assessment_finding(NULL, 0, &finding) == CG_STATUS_NULL);
    CHECK(cg_assessment_finding(out, 0, NULL) == CG_STATUS_NULL);
    CHECK(finding.code == NULL);
    finding.struct_size = 3;
    CHECK(cg_assessment_finding(out, 0, &finding) == CG_STATUS_STRUCT_SIZE);
    finding.struct_size = sizeof finding;
    CHECK(cg_assessment_finding(out, 0, &finding) == CG_STATUS_OK);
    CHECK(finding.struct_size == sizeof finding && finding.code != NULL && finding.effect != CG_EFFECT_NONE);

    cg_gate gate = CG_GATE_INIT;
    size_t gates = cg_assessment_gate_count(out);
    CHECK(gates > 0);
    CHECK(cg_assessment_gate(out, gates, &gate) == CG_STATUS_INDEX);
    CHECK(cg_assessment_gate(NULL, 0, &gate) == CG_STATUS_NULL);
    CHECK(cg_assessment_gate(out, 0, NULL) == CG_STATUS_NULL);
    CHECK(cg_assessment_gate(out, 0, &gate) == CG_STATUS_OK && gate.on == CG_STAGE_START);
    cg_assessment_free(out);

    /* What is no phone says what it is; a phone does not. */
    cg_phone no_phone = CG_PHONE_INIT;
    no_phone.pid = "CTI Port";
    CHECK(cg_assess(guide, &no_phone, &request, &out, NULL) == CG_STATUS_OK);
    CHECK(cg_assessment_verdict(out) == CG_VERDICT_INELIGIBLE && strcmp(cg_assessment_not_a_phone(out), "cti") == 0);
    cg_assessment_free(out);
    no_phone.pid = "CP-8841-K9=";
    CHECK(cg_assess(guide, &no_phone, &request, &out, NULL) == CG_STATUS_OK);
    CHECK(cg_assessment_not_a_phone(out) == NULL);
    cg_assessment_free(out);

    /* Getters answer for NULL what their comments name. */
    CHECK(cg_assessment_verdict(NULL) == CG_VERDICT_UNKNOWN);
    CHECK(cg_assessment_license_need(NULL) == CG_LICENSE_NEED_UNKNOWN);
    CHECK(cg_assessment_finding_count(NULL) == 0 && cg_assessment_gate_count(NULL) == 0);
    CHECK(cg_assessment_target_load(NULL) == NULL && cg_assessment_target_file(NULL) == NULL);
    CHECK(cg_assessment_load_server(NULL) == NULL && cg_assessment_license_sku(NULL) == NULL);
    CHECK(cg_assessment_service_sku(NULL) == NULL && cg_assessment_license_file(NULL) == NULL);
    CHECK(cg_assessment_decided_by(NULL) == NULL && cg_assessment_evidence_needed(NULL) == NULL);
    CHECK(cg_assessment_install_first(NULL) == NULL && cg_assessment_why(NULL) == NULL);
    CHECK(cg_assessment_not_a_phone(NULL) == NULL);
    CHECK(cg_assessment_json(NULL) == NULL && cg_assessment_text(NULL) == NULL);
    CHECK(cg_rulebook_edition(NULL) == NULL && cg_rulebook_revision(NULL) == NULL && cg_rulebook_digest(NULL) == NULL);
    CHECK(cg_error_message(NULL) == NULL && cg_error_status(NULL) == CG_STATUS_OK);
    cg_assessment_free(NULL);
    cg_error_free(NULL);

    CHECK(cg_destination_read("Asterisk") == CG_DESTINATION_THIRD_PARTY);
    CHECK(cg_destination_read("third-party") == CG_DESTINATION_THIRD_PARTY);
    CHECK(cg_destination_read("Webex Calling") == CG_DESTINATION_WEBEX_CALLING);
    CHECK(cg_destination_read("cucm") == CG_DESTINATION_UNIFIED_CM);
    CHECK(cg_destination_read("Spark Calling") == CG_DESTINATION_NONE);
    CHECK(cg_destination_read("a switchboard") == CG_DESTINATION_NONE);
    CHECK(cg_destination_read("\xff") == CG_DESTINATION_NONE);
    CHECK(cg_destination_read(NULL) == CG_DESTINATION_NONE);

    CHECK(cg_destination_read("Cisco Unified Communications Manager (Call Manager)") == CG_DESTINATION_UNIFIED_CM);
    CHECK(cg_destination_read("Cisco Unified CM") == CG_DESTINATION_UNIFIED_CM);

    /* Which firmware registers where, and why. */
    int32_t registers = -1;
    char *why = NULL;
    CHECK(cg_call_control_registers("Asterisk", CG_FIRMWARE_TYPE_MPP, &registers, &why, NULL) == CG_STATUS_OK);
    CHECK(registers == 1 && strstr(why, "register with Asterisk") != NULL);
    cg_text_free(why);
    CHECK(cg_call_control_registers("CUCM", CG_FIRMWARE_TYPE_MPP, &registers, &why, NULL) == CG_STATUS_OK);
    CHECK(registers == 0 && strstr(why, "needs Enterprise firmware") != NULL);
    cg_text_free(why);
    CHECK(cg_call_control_registers("Spark Calling", CG_FIRMWARE_TYPE_MPP, NULL, &why, NULL) == CG_STATUS_OK);
    CHECK(strstr(why, "come from there") != NULL);
    cg_text_free(why);
    CHECK(cg_call_control_registers("Avaya Aura", CG_FIRMWARE_TYPE_MPP, NULL, &why, NULL) == CG_STATUS_SUBJECT);
    CHECK(cg_destination_read("Avaya Aura") == CG_DESTINATION_NONE);
    /* Every name of a destination is one of a call control. */
    const char *third_party[] = {"third-party", "3CX", "Zoom", "Asterisk"};
    for (size_t i = 0; i < sizeof third_party / sizeof *third_party; i++) {
        CHECK(cg_destination_read(third_party[i]) == CG_DESTINATION_THIRD_PARTY);
        CHECK(cg_call_control_registers(third_party[i], CG_FIRMWARE_TYPE_MPP, &registers, &why, NULL) == CG_STATUS_OK);
        CHECK(registers == 1 && strstr(why, "MPP") != NULL);
        cg_text_free(why);
    }
    CHECK(cg_call_control_registers("CUCM", 99, NULL, &why, NULL) == CG_STATUS_SUBJECT);
    CHECK(cg_call_control_registers("\xff", CG_FIRMWARE_TYPE_MPP, NULL, &why, NULL) == CG_STATUS_TEXT_NOT_UTF8);
    CHECK(cg_call_control_registers(NULL, CG_FIRMWARE_TYPE_MPP, NULL, &why, NULL) == CG_STATUS_NULL);
    CHECK(cg_call_control_registers("CUCM", CG_FIRMWARE_TYPE_MPP, NULL, NULL, NULL) == CG_STATUS_NULL);

    /* Any number has a word. */
    CHECK(strcmp(cg_verdict_text(CG_VERDICT_NOT_NEEDED), "not-needed") == 0);
    CHECK(strcmp(cg_verdict_text(99), "unknown") == 0 && strcmp(cg_effect_text(-1), "none") == 0);
    CHECK(strcmp(cg_license_need_text(99), "unknown") == 0 && strcmp(cg_gate_status_text(99), "unknown") == 0);
    CHECK(strcmp(cg_destination_text(0), "none") == 0 && strcmp(cg_stage_text(0), "none") == 0);
    CHECK(strcmp(cg_firmware_type_text(0), "unknown") == 0);

    /* Every status has words of its own; the library is the one that the header describes. */
    for (int32_t status = CG_STATUS_OK; status <= CG_STATUS_END; status++) {
        CHECK(strcmp(cg_status_text(status), cg_status_text(-1)) != 0);
    }
    CHECK(strcmp(cg_status_text(CG_STATUS_MEMORY + 1), "unknown status") == 0);
    CHECK(strcmp(cg_status_text(12345), "unknown status") == 0);
    CHECK(strcmp(cg_version(), CG_VERSION) == 0);
    CHECK(strlen(cg_rulebook_digest(guide)) == 64 && strcmp(cg_rulebook_edition(guide), "guide") == 0);
    CHECK(strlen(cg_rulebook_revision(guide)) > 4);

    /* Zeroed memory fails closed. */
    CHECK(CG_VERDICT_UNKNOWN == 0 && CG_GATE_STATUS_UNKNOWN == 0 && CG_LICENSE_NEED_UNKNOWN == 0);
    CHECK(CG_DESTINATION_NONE == 0 && CG_EFFECT_NONE == 0);

    return checked("misuse", "all refused as documented");
}
