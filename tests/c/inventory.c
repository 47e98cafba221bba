/* Inventories through the C face: what phones are given, where they came from, what a merge makes of them, and every
   way to call it wrongly. */
#include "check.h"

#define TEXT(literal) literal, sizeof(literal) - 1

static const char EXPORT[] = "Device Name,Device Type,VID\n"
                             "SEP00CCFC000001,Cisco 7821,\n"
                             "SEP00CCFC000002,Cisco 8841,V05\n"
                             "SEP00CCFC000003,Cisco 7821,V01,stray\n";

static const char RISPORT[] =
    "<Envelope><Body><selectCmDeviceResponse><selectCmDeviceReturn><SelectCmDeviceResult><CmNodes>"
    "<item><Name>pub</Name><CmDevices>"
    "<item><Name>SEP00CCFC000001</Name><IPAddress><item><IP>10.0.1.11</IP></item></IPAddress>"
    "<Model>621</Model><Status>Registered</Status><ActiveLoadID>sip78xx.14-2-1-0101-26</ActiveLoadID></item>"
    "<item><Name>SEP00CCFC000002</Name><IPAddress><item><IP>10.0.1.12</IP></item></IPAddress>"
    "<Model>683</Model><Status>Registered</Status><ActiveLoadID>sip88xx.14-2-1-0101-26</ActiveLoadID></item>"
    "</CmDevices></item>"
    "</CmNodes></SelectCmDeviceResult></selectCmDeviceReturn></selectCmDeviceResponse></Body></Envelope>";

static const char PAGE[] = "<DeviceInformation><HostName>SEP00CCFC000001</HostName>"
                           "<udi>phone\nCisco IP Phone\nCP-7821-K9\nV03\nFCH20100311</udi>"
                           "<versionID>sip78xx.14-2-1-0101-26</versionID></DeviceInformation>";

static const char LOGIN[] = "<html><body><form><input type=\"password\"></form></body></html>";

static cg_inventory *open_or_stop(int32_t kind, const char *name, const char *bytes, size_t len)
{
    cg_inventory *inventory = NULL;
    cg_error *error = NULL;
    if (cg_inventory_open(kind, name, bytes, len, NULL, &inventory, &error) != CG_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", name != NULL ? name : "(no name)", cg_error_message(error));
        exit(EXIT_FAILURE);
    }
    CHECK(error == NULL);
    return inventory;
}

static int is(const char *text, const char *expected)
{
    if (text == NULL || expected == NULL) {
        return text == expected;
    }
    if (strcmp(text, expected) != 0) {
        fprintf(stderr, "\"%s\" instead of \"%s\"\n", text, expected);
    }
    return strcmp(text, expected) == 0;
}

static int has(const char *text, const char *words)
{
    if (text == NULL || strstr(text, words) == NULL) {
        fprintf(stderr, "\"%s\" lacks \"%s\"\n", text != NULL ? text : "(none)", words);
        return 0;
    }
    return 1;
}

/* The answer about a phone, to be freed. */
static cg_assessment *answer(const cg_phone *phone)
{
    cg_request request = CG_REQUEST_INIT;
    cg_assessment *assessment = NULL;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    CHECK(cg_assess(cg_rulebook_guide(), phone, &request, &assessment, NULL) == CG_STATUS_OK);
    return assessment;
}

static int32_t verdict(const cg_phone *phone)
{
    cg_assessment *assessment = answer(phone);
    int32_t found = cg_assessment_verdict(assessment);
    cg_assessment_free(assessment);
    return found;
}

/* The answer to what an inventory gives is byte for byte that to the same words by hand. */
static void same_answer(const cg_phone *phone, const cg_phone *by_hand)
{
    cg_assessment *found = answer(phone), *expected = answer(by_hand);
    CHECK(is(cg_assessment_json(found), cg_assessment_json(expected)));
    cg_assessment_free(found);
    cg_assessment_free(expected);
}

/* One row after the other, and all of them, also the broken one. */
static void gives_every_row(void)
{
    cg_inventory *inventory = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "export.csv", TEXT(EXPORT));
    cg_phone phone = CG_PHONE_INIT, by_hand = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    CHECK(cg_inventory_phone_count(inventory) == 3 && cg_inventory_rows_read(inventory) == 3);
    CHECK(cg_inventory_rows_joined(inventory) == 0);
    CHECK(cg_inventory_row(inventory, &row) == CG_STATUS_INDEX && row.source == NULL);

    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK);
    CHECK(is(phone.pid, "Cisco 7821") && phone.vid == NULL && is(phone.mac, "00CCFC000001") && phone.load == NULL);
    CHECK(verdict(&phone) == CG_VERDICT_UNKNOWN);
    CHECK(cg_inventory_row(inventory, &row) == CG_STATUS_OK);
    CHECK(is(row.source, "export.csv") && row.kind == CG_SOURCE_KIND_CSV && row.row == 2 && row.when == NULL);
    CHECK(is(row.evidence, "export.csv line 2: pid mac") && row.problem == NULL);

    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK);
    by_hand.pid = "Cisco 8841";
    by_hand.vid = "V05";
    by_hand.mac = "00CCFC000002";
    same_answer(&phone, &by_hand);
    CHECK(verdict(&phone) == CG_VERDICT_ELIGIBLE);

    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK);
    CHECK(verdict(&phone) == CG_VERDICT_UNKNOWN);
    CHECK(cg_inventory_row(inventory, &row) == CG_STATUS_OK);
    CHECK(row.row == 4 && is(row.problem, "4 columns where the header has 3"));
    /* The row as it stands; what is wrong with it has its own place. */
    CHECK(is(phone.pid, "SEP00CCFC000003,Cisco 7821,V01,stray") && phone.mac == NULL && phone.vid == NULL);

    /* The end changes nothing, however often it is asked for. */
    cg_phone end = CG_PHONE_INIT;
    const char *last = phone.pid;
    CHECK(cg_inventory_next(inventory, &end) == CG_STATUS_END && end.pid == NULL);
    CHECK(cg_inventory_next(inventory, &end) == CG_STATUS_END && phone.pid == last && last != NULL && strlen(last) > 0);
    CHECK(cg_inventory_row(inventory, &row) == CG_STATUS_OK && row.row == 4);

    cg_inventory_rewind(inventory);
    CHECK(cg_inventory_row(inventory, &row) == CG_STATUS_INDEX);
    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK && is(phone.mac, "00CCFC000001"));
    CHECK(has(cg_inventory_text(inventory), "3 phones from 3 rows"));
    CHECK(cg_inventory_text(inventory) == cg_inventory_text(inventory));
    CHECK(cg_inventory_cut_count(inventory) == 0 && cg_inventory_cut(inventory, 0) == NULL);
    cg_inventory_free(inventory);
}

/* Page after page into one inventory; what is no page is a phone all the same. */
static void adds_pages(void)
{
    cg_inventory_options options = CG_INVENTORY_OPTIONS_INIT;
    cg_inventory *pages = NULL;
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    options.when = "2026-11-20 08:15";
    int32_t kind = CG_SOURCE_KIND_DEVICE_PAGE;
    CHECK(cg_inventory_open(kind, "10.0.1.11", TEXT(PAGE), &options, &pages, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_next(pages, &phone) == CG_STATUS_OK && cg_inventory_next(pages, &phone) == CG_STATUS_END);
    CHECK(is(phone.pid, "CP-7821-K9") && is(phone.vid, "V03") && is(phone.serial, "FCH20100311"));
    CHECK(is(phone.load, "sip78xx.14-2-1-0101-26") && verdict(&phone) == CG_VERDICT_ELIGIBLE);
    CHECK(cg_inventory_row(pages, &row) == CG_STATUS_OK);
    CHECK(row.kind == kind && is(row.when, "2026-11-20 08:15") && is(row.ip_address, "10.0.1.11"));

    CHECK(has(cg_inventory_text(pages), "1 phone from 1 row"));
    CHECK(cg_inventory_add(pages, CG_SOURCE_KIND_UNKNOWN, "10.0.1.12", TEXT(LOGIN), NULL, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_add(pages, CG_SOURCE_KIND_DEVICE_PAGE, "10.0.1.13", NULL, 0, NULL, NULL) == CG_STATUS_OK);
    /* What cannot be added changes nothing. */
    CHECK(cg_inventory_add(pages, CG_SOURCE_KIND_CSV, "none.csv", NULL, 0, NULL, NULL) == CG_STATUS_INVENTORY);
    CHECK(cg_inventory_phone_count(pages) == 3 && has(cg_inventory_text(pages), "3 phones"));

    /* The phones that were added come behind the end of before. */
    CHECK(cg_inventory_next(pages, &phone) == CG_STATUS_OK && cg_inventory_row(pages, &row) == CG_STATUS_OK);
    CHECK(verdict(&phone) == CG_VERDICT_UNKNOWN && is(row.source, "10.0.1.12") && row.when == NULL);
    CHECK(has(phone.pid, "<html><body><form>") && strstr(phone.pid, "login page") == NULL && has(row.problem, "a login page came"));
    CHECK(cg_inventory_next(pages, &phone) == CG_STATUS_OK && cg_inventory_row(pages, &row) == CG_STATUS_OK);
    CHECK(verdict(&phone) == CG_VERDICT_UNKNOWN && phone.pid == NULL && has(row.problem, "nothing came"));
    CHECK(cg_inventory_next(pages, &phone) == CG_STATUS_END);
    cg_inventory_free(pages);
}

static const char AXL[] = "<listPhoneResponse><return><phone><name>SEP00CCFC000001</name><model>Cisco 8841</model>"
                          "<devicePoolName>Oslo</devicePoolName></phone></return></listPhoneResponse>";
static const char RECORDS[] = "{\"phones\": [{\"macAddress\": \"00CCFC000002\", \"model\": \"CP-8841\", \"hw_ver\": \"V05\"},\n"
                              "{\"mac\": \"00CCFC000003\", \"model\": \"DMS Cisco 8811\"}]}";

/* Records are what their keys say: of Unified CM's configuration, of Webex, of any tool. */
static void reads_records(void)
{
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    cg_inventory *axl = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "axl.xml", TEXT(AXL));
    CHECK(cg_inventory_next(axl, &phone) == CG_STATUS_OK && cg_inventory_row(axl, &row) == CG_STATUS_OK);
    CHECK(is(phone.pid, "Cisco 8841") && is(phone.mac, "00CCFC000001") && phone.load == NULL && phone.firmware_type == NULL);
    CHECK(row.kind == CG_SOURCE_KIND_AXL && is(row.status, "configured in device pool Oslo"));
    CHECK(is(cg_source_kind_text(CG_SOURCE_KIND_AXL), "axl") && is(cg_source_kind_text(CG_SOURCE_KIND_JSON), "json"));
    cg_inventory_free(axl);

    cg_inventory *records = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "records.json", TEXT(RECORDS));
    CHECK(cg_inventory_phone_count(records) == 2);
    CHECK(cg_inventory_next(records, &phone) == CG_STATUS_OK && cg_inventory_row(records, &row) == CG_STATUS_OK);
    CHECK(row.kind == CG_SOURCE_KIND_JSON && is(phone.vid, "V05") && phone.firmware_type == NULL);
    CHECK(cg_inventory_next(records, &phone) == CG_STATUS_OK && cg_inventory_row(records, &row) == CG_STATUS_OK);
    CHECK(row.kind == CG_SOURCE_KIND_WEBEX && is(phone.firmware_type, "mpp"));
    cg_inventory_free(records);

    cg_inventory *none = NULL;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_JSON, "axl.xml", TEXT(AXL), NULL, &none, NULL) == CG_STATUS_INVENTORY);
    CHECK(none == NULL);
}

/* Three sources of two phones and a broken row. */
static void merges(void)
{
    const cg_inventory *sources[3];
    cg_inventory *export_csv = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "export.csv", TEXT(EXPORT));
    cg_inventory *risport = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "risport.xml", TEXT(RISPORT));
    cg_inventory *pages = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "10.0.1.11", TEXT(PAGE));
    CHECK(cg_inventory_add(pages, CG_SOURCE_KIND_UNKNOWN, "10.0.1.12", TEXT(LOGIN), NULL, NULL) == CG_STATUS_OK);
    sources[0] = export_csv;
    sources[1] = risport;
    sources[2] = pages;

    cg_inventory *fleet = NULL;
    cg_merge_report report = CG_MERGE_REPORT_INIT;
    cg_error *error = NULL;
    CHECK(cg_inventory_merge(sources, 3, NULL, &fleet, &report, &error) == CG_STATUS_OK && error == NULL);
    /* They are as they were, and not needed any more. */
    CHECK(cg_inventory_phone_count(export_csv) == 3);
    cg_inventory_free(pages);
    cg_inventory_free(export_csv);
    CHECK(report.struct_size == sizeof report);
    CHECK(report.rows_read == 7 && report.phones == 3 && report.matched == 4 && report.conflicts == 0);
    CHECK(report.matched == cg_inventory_rows_joined(fleet));
    CHECK(report.rows_read == cg_inventory_rows_read(fleet) && report.phones == cg_inventory_phone_count(fleet));
    CHECK(report.orphans == 1 && report.without_mac == 1);
    CHECK(has(cg_inventory_text(fleet), "7 rows read, 3 phones out: 4 rows matched"));

    cg_phone phone = CG_PHONE_INIT, by_hand = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    CHECK(cg_inventory_next(fleet, &phone) == CG_STATUS_OK && cg_inventory_row(fleet, &row) == CG_STATUS_OK);
    CHECK(is(row.evidence, "page 10.0.1.11: pid vid mac serial load; risport.xml device 1: firmware_type"));
    CHECK(is(row.ip_address, "10.0.1.11") && is(row.status, "Registered") && is(row.device, "SEP00CCFC000001"));
    by_hand.pid = "CP-7821-K9";
    by_hand.vid = "V03";
    by_hand.mac = "00CCFC000001";
    by_hand.serial = "FCH20100311";
    by_hand.load = "sip78xx.14-2-1-0101-26";
    by_hand.firmware_type = "enterprise";
    same_answer(&phone, &by_hand);
    CHECK(verdict(&phone) == CG_VERDICT_ELIGIBLE);

    /* The login page belongs to the phone at that address, and takes nothing from it. */
    CHECK(cg_inventory_next(fleet, &phone) == CG_STATUS_OK && cg_inventory_row(fleet, &row) == CG_STATUS_OK);
    CHECK(is(phone.mac, "00CCFC000002") && has(row.problem, "a login page came") && is(row.ip_address, "10.0.1.12"));
    CHECK(verdict(&phone) == CG_VERDICT_ELIGIBLE);
    CHECK(cg_inventory_next(fleet, &phone) == CG_STATUS_OK && cg_inventory_next(fleet, &phone) == CG_STATUS_END);

    /* A merged inventory takes part like any other, and twice is once. */
    cg_inventory *again = NULL;
    sources[0] = fleet;
    sources[2] = fleet;
    CHECK(cg_inventory_merge(sources, 2, NULL, &again, NULL, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_phone_count(again) == 3);
    cg_inventory_free(again);
    CHECK(cg_inventory_merge(sources, 3, NULL, &again, NULL, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_phone_count(again) == 4); /* the broken row has no MAC address */
    cg_inventory_free(again);
    /* None of them makes none. */
    CHECK(cg_inventory_merge(NULL, 0, NULL, &again, &report, NULL) == CG_STATUS_OK);
    CHECK(report.rows_read == 0 && cg_inventory_next(again, &phone) == CG_STATUS_END);
    cg_inventory_free(again);
    /* What is added to a merged inventory stands behind it, and its text tells of all. */
    CHECK(cg_inventory_add(fleet, CG_SOURCE_KIND_CSV, NULL, TEXT(EXPORT), NULL, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_phone_count(fleet) == 6 && has(cg_inventory_text(fleet), "6 phones from 10 rows"));
    CHECK(cg_inventory_next(fleet, &phone) == CG_STATUS_OK && cg_inventory_row(fleet, &row) == CG_STATUS_OK);
    CHECK(is(row.source, "csv") && row.row == 2);
    cg_inventory_free(risport);
    cg_inventory_free(fleet);
}

/* Soft clients have no MAC address: their names are unique within a cluster. */
static void joins_by_name(void)
{
    static const char LIST[] = "Device Name,Model\nCSFANNA,Cisco 8841\nBOTANNA,Cisco 8841\n";
    const char *clusters[] = {NULL, "Oslo", "Oslo", "Bergen"};
    const unsigned phones[] = {2, 2, 2, 4};
    cg_inventory *first = NULL, *second = NULL, *fleet = NULL;
    cg_inventory_options options = CG_INVENTORY_OPTIONS_INIT;
    for (size_t index = 0; index < 4; index++) {
        options.cluster = index < 2 ? NULL : "Oslo";
        CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "a.csv", TEXT(LIST), &options, &first, NULL) == CG_STATUS_OK);
        options.cluster = clusters[index];
        CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "b.csv", TEXT(LIST), &options, &second, NULL) == CG_STATUS_OK);
        const cg_inventory *sources[] = {first, second};
        cg_merge_report report = CG_MERGE_REPORT_INIT;
        CHECK(cg_inventory_merge(sources, 2, NULL, &fleet, &report, NULL) == CG_STATUS_OK);
        CHECK(report.phones == phones[index] && report.matched_by_name == 4 - report.phones);
        CHECK(report.without_mac == report.phones && report.rows_read == 4);
        cg_inventory_free(first);
        cg_inventory_free(second);
        cg_inventory_free(fleet);
    }
}

/* What a person says outranks both sources, and is refused where it names nothing. */
static void settles(void)
{
    static const char LABELS[] = "PID,VID,MAC\nCP-7821-K9=,V01,00CCFC000001\n";
    static const char SAID[] = "device,field,value,said_by,when\nSEP00CCFC000001,vid,V03,Anna,2026-11-20\n";
    static const char NOBODY[] = "device,field,value\nSEP00CCFC999999,vid,V03\n";
    cg_inventory *labels = open_or_stop(CG_SOURCE_KIND_CSV, "labels.csv", TEXT(LABELS));
    cg_inventory *page = open_or_stop(CG_SOURCE_KIND_DEVICE_PAGE, "10.0.1.11", TEXT(PAGE));
    const cg_inventory *sources[2];
    cg_inventory *fleet = NULL;
    cg_merge_options options = CG_MERGE_OPTIONS_INIT;
    cg_merge_report report = CG_MERGE_REPORT_INIT;
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    cg_error *error = NULL;
    char *file = NULL;
    sources[0] = labels;
    sources[1] = page;
    CHECK(cg_inventory_merge(sources, 2, &options, &fleet, &report, NULL) == CG_STATUS_OK);
    CHECK(report.open_conflicts == 1 && report.settled == 0);
    CHECK(cg_inventory_to_settle(fleet, &file, NULL) == CG_STATUS_OK);
    CHECK(is(file, "device,field,value,said_by,when,sides\n"
                   "00:CC:FC:00:00:01,vid,,,,V03 (page 10.0.1.11) or V01 (labels.csv line 2)\n"));
    CHECK(has(cg_inventory_text(fleet), "To settle: 1 open conflict"));
    cg_text_free(file);
    cg_inventory_free(fleet);

    options.settle = SAID;
    options.settle_len = sizeof SAID - 1;
    options.settle_name = "settle.csv";
    CHECK(cg_inventory_merge(sources, 2, &options, &fleet, &report, &error) == CG_STATUS_OK && error == NULL);
    CHECK(report.conflicts == 1 && report.open_conflicts == 0 && report.settled == 1);
    CHECK(cg_inventory_next(fleet, &phone) == CG_STATUS_OK && cg_inventory_row(fleet, &row) == CG_STATUS_OK);
    CHECK(is(phone.vid, "V03") && phone.said_count == 0 && verdict(&phone) == CG_VERDICT_ELIGIBLE);
    CHECK(is(row.problem, "vid: V03 (settle.csv line 2, said by Anna, 2026-11-20) or V01 (labels.csv line 2):"
                          " the first counts"));
    CHECK(cg_inventory_to_settle(fleet, &file, NULL) == CG_STATUS_OK);
    CHECK(is(file, "device,field,value,said_by,when,sides\n"));
    cg_text_free(file);
    cg_inventory_free(fleet);

    fleet = NULL;
    options.settle = NOBODY;
    options.settle_len = sizeof NOBODY - 1;
    options.settle_name = NULL;
    CHECK(cg_inventory_merge(sources, 2, &options, &fleet, &report, &error) == CG_STATUS_INVENTORY && fleet == NULL);
    CHECK(has(cg_error_message(error), "settlement line 2: device \"SEP00CCFC999999\" is no phone of the merge"));
    cg_error_free(error);
    error = NULL;
    options.settle_len = 0;
    CHECK(cg_inventory_merge(sources, 2, &options, &fleet, NULL, &error) == CG_STATUS_INVENTORY);
    CHECK(is(cg_error_message(error),
             "settlement: there is nothing in it; expected a header device,field,value,said_by,when"));
    cg_error_free(error);
    options.settle = NULL;
    options.settle_len = 1;
    CHECK(cg_inventory_merge(sources, 2, &options, &fleet, NULL, NULL) == CG_STATUS_NULL);
    options.struct_size = 8;
    CHECK(cg_inventory_merge(sources, 2, &options, &fleet, NULL, NULL) == CG_STATUS_STRUCT_SIZE);
    CHECK(cg_inventory_to_settle(NULL, &file, NULL) == CG_STATUS_NULL);
    CHECK(cg_inventory_to_settle(labels, NULL, NULL) == CG_STATUS_NULL);
    CHECK(fleet == NULL);
    /* Nobody can read phones of it. */
    CHECK(cg_inventory_open(CG_SOURCE_KIND_SETTLEMENT, NULL, TEXT(SAID), NULL, &fleet, NULL) == CG_STATUS_INVENTORY);
    cg_inventory_free(labels);
    cg_inventory_free(page);
}

/* Sources that say different things, where the answer hinges on it. */
static void keeps_conflicts(void)
{
    static const char LABELS[] = "PID,VID,MAC\nCP-7821-K9=,V01,00CCFC000001\n";
    cg_inventory *labels = open_or_stop(CG_SOURCE_KIND_CSV, "labels.csv", TEXT(LABELS));
    cg_inventory *page = open_or_stop(CG_SOURCE_KIND_DEVICE_PAGE, "10.0.1.11", TEXT(PAGE));
    const cg_inventory *sources[2];
    cg_inventory *fleet = NULL;
    cg_merge_report report = CG_MERGE_REPORT_INIT;
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    sources[0] = labels;
    sources[1] = page;
    CHECK(cg_inventory_merge(sources, 2, NULL, &fleet, &report, NULL) == CG_STATUS_OK);
    CHECK(report.conflicts == 1 && report.open_conflicts == 1 && report.orphans == 0);
    CHECK(cg_inventory_next(fleet, &phone) == CG_STATUS_OK && cg_inventory_row(fleet, &row) == CG_STATUS_OK);
    CHECK(is(row.problem, "vid: V03 (page 10.0.1.11) or V01 (labels.csv line 2): no side counts"));
    CHECK(verdict(&phone) == CG_VERDICT_UNKNOWN);
    /* Both sides are there, each with its place, the best first. */
    CHECK(phone.vid == NULL && phone.said_count == 2 && is(phone.said[0].field, "vid") && is(phone.said[1].field, "vid"));
    CHECK(is(phone.said[0].value, "V03") && is(phone.said[0].place, "page 10.0.1.11"));
    CHECK(is(phone.said[1].value, "V01") && is(phone.said[1].place, "labels.csv line 2"));
    cg_assessment *found = answer(&phone);
    CHECK(has(cg_assessment_json(found), "CG311") && has(cg_assessment_json(found), "V01 (labels.csv line 2)"));
    cg_assessment_free(found);
    cg_inventory_free(fleet);
    cg_inventory_free(page);
    cg_inventory_free(labels);
}

/* A caller says a field more than once: in the member and beside it, in any order of fields. */
static void says_a_field_more_than_once(void)
{
    static const cg_said SAID[] = {{"load", "sip78xx.14-2-1-0101-26", NULL}, {"vid", "V01", "labels.csv line 2"},
                                   {"vid", "", "an empty cell"},             {"vid", "?", "a label"}};
    static const cg_said WRONG[] = {{"vid", "V01", "a"}, {"target", "V03", "b"}, {NULL, "V03", "c"}};
    cg_phone phone = CG_PHONE_INIT, by_hand = CG_PHONE_INIT;
    phone.pid = "CP-7821-K9=";
    phone.vid = "V03";
    phone.said = SAID;
    phone.said_count = 4;
    cg_assessment *found = answer(&phone);
    CHECK(cg_assessment_verdict(found) == CG_VERDICT_UNKNOWN);
    CHECK(has(cg_assessment_json(found), "the VID says V03; the VID says V01 (labels.csv line 2)"));
    cg_assessment_free(found);
    /* What agrees is said once. */
    phone.vid = "v1";
    by_hand.pid = "CP-7821-K9=";
    by_hand.vid = "V01";
    by_hand.load = "sip78xx.14-2-1-0101-26";
    same_answer(&phone, &by_hand);
    /* A field that is none is a mistake of the call, and so is a number without entries. */
    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_THIRD_PARTY;
    for (size_t i = 1; i < 3; i++) {
        cg_error *error = NULL;
        found = NULL;
        phone.said = &WRONG[i];
        phone.said_count = 1;
        CHECK(cg_assess(cg_rulebook_guide(), &phone, &request, &found, &error) == CG_STATUS_OPTIONS && found == NULL);
        CHECK(has(cg_error_message(error), "the field at index 0"));
        cg_error_free(error);
    }
    phone.said = NULL;
    CHECK(cg_assess(cg_rulebook_guide(), &phone, &request, &found, NULL) == CG_STATUS_NULL && found == NULL);
    phone.said = WRONG;
    phone.said_count = (size_t)-1;
    CHECK(cg_assess(cg_rulebook_guide(), &phone, &request, &found, NULL) == CG_STATUS_LENGTH && found == NULL);
}

/* The rows before a cut are there, whatever the byte of it; the cut is told, and is no status. */
static void tells_cuts(void)
{
    size_t len = sizeof(RISPORT) - 1, phones = 0;
    for (size_t cut = 1; cut < len; cut++) {
        cg_inventory *inventory = NULL;
        int32_t status = cg_inventory_open(CG_SOURCE_KIND_RISPORT, "cut", RISPORT, cut, NULL, &inventory, NULL);
        if (status == CG_STATUS_OK) {
            CHECK(cg_inventory_cut_count(inventory) == 1);
            CHECK(cg_inventory_phone_count(inventory) >= phones);
            phones = cg_inventory_phone_count(inventory);
        } else {
            CHECK(inventory == NULL && phones == 0);
        }
        cg_inventory_free(inventory);
    }
    CHECK(phones == 2);

    cg_inventory *inventory = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "cut.xml", RISPORT, len - 200);
    CHECK(cg_inventory_phone_count(inventory) == 2 && cg_inventory_cut_count(inventory) == 1);
    CHECK(has(cg_inventory_cut(inventory, 0), "cut.xml: "));
    CHECK(cg_inventory_cut(inventory, 1) == NULL && cg_inventory_cut(inventory, (size_t)-1) == NULL);
    CHECK(has(cg_inventory_text(inventory), "Cut short"));
    const cg_inventory *sources[1];
    cg_inventory *fleet = NULL;
    sources[0] = inventory;
    CHECK(cg_inventory_merge(sources, 1, NULL, &fleet, NULL, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_cut_count(fleet) == 1); /* a merge does not hide it */
    cg_inventory_free(inventory);
    CHECK(has(cg_inventory_cut(fleet, 0), "cut.xml: "));
    cg_inventory_free(fleet);
}

/* Columns that the caller names; names and texts that are not UTF-8 or hold a NUL. */
static void reads_as_told(void)
{
    static const char TABLE[] = "Artikel,Stand\nCP-7821-K9=,V\0" "03\n";
    static const char *const columns[] = {"pid=Artikel", "vid=Stand", NULL};
    static const char *const no_column[] = {"vid=Nothing", NULL};
    static const char *const no_field[] = {"colour=Stand", NULL};
    cg_inventory_options options = CG_INVENTORY_OPTIONS_INIT;
    cg_inventory *inventory = NULL;
    cg_error *error = NULL;
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    options.columns = columns;
    options.when = "";
    static const char *const no_sheet[] = {NULL};
    options.sheets = no_sheet;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "t\xff.csv", TEXT(TABLE), &options, &inventory, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK && cg_inventory_row(inventory, &row) == CG_STATUS_OK);
    CHECK(is(phone.pid, "CP-7821-K9=") && is(phone.vid, "V\xef\xbf\xbd" "03") && verdict(&phone) == CG_VERDICT_UNKNOWN);
    CHECK(is(row.source, "t\xef\xbf\xbd.csv") && row.when == NULL);
    cg_inventory_free(inventory);

    inventory = NULL;
    options.columns = no_column;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "t", TEXT(TABLE), &options, &inventory, &error) == CG_STATUS_INVENTORY);
    check_message(error, "there is no column \"Nothing\"");
    cg_error_free(error);
    options.columns = no_field;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "t", TEXT(TABLE), &options, &inventory, &error) == CG_STATUS_OPTIONS);
    check_message(error, "colour");
    cg_error_free(error);
    options.columns = NULL;
    options.when = "2026\xff";
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "t", TEXT(TABLE), &options, &inventory, &error) == CG_STATUS_OPTIONS);
    check_message(error, "when: byte 5");
    cg_error_free(error);
    CHECK(inventory == NULL);
}

/* Columns of the caller come with the phones, through a merge too, and one of the files has to have each. */
static void keeps_columns(void)
{
    static const char ROOMS[] = "MAC,Room,Owner\n00CCFC000001,1.23,Kari\n00CCFC000002,=1+1,\n";
    static const char OTHERS[] = "MAC,PID,Location\n00CCFC000001,CP-7821-K9=,Oslo\n";
    static const char *const keep[] = {"Room", "site=Location", NULL};
    static const char *const missing[] = {"Floor", NULL};
    static const char *const taken[] = {"Description", NULL};
    cg_inventory_options options = CG_INVENTORY_OPTIONS_INIT;
    cg_inventory *read = NULL, *merged = NULL;
    cg_error *error = NULL;
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;

    options.keep = keep;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "rooms", TEXT(ROOMS), &options, &read, &error) == CG_STATUS_INVENTORY);
    check_message(error, "no column \"Location\" to keep; expected one of [\"MAC\", \"Room\", \"Owner\"]");
    cg_error_free(error);
    CHECK(read == NULL);

    options.keep_is_optional = 1;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "rooms", TEXT(ROOMS), &options, &read, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_check_keep(read, keep, NULL) == CG_STATUS_INVENTORY);
    CHECK(cg_inventory_kept(read, 0) == NULL);
    CHECK(cg_inventory_add(read, CG_SOURCE_KIND_CSV, "others", TEXT(OTHERS), &options, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_check_keep(read, keep, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_check_keep(read, NULL, NULL) == CG_STATUS_OK);
    CHECK(cg_inventory_check_keep(read, missing, &error) == CG_STATUS_INVENTORY);
    check_message(error, "no column \"Floor\" to keep");
    cg_error_free(error);
    CHECK(cg_inventory_check_keep(NULL, keep, NULL) == CG_STATUS_NULL);

    const cg_inventory *const sources[] = {read};
    CHECK(cg_inventory_merge(sources, 1, NULL, &merged, NULL, NULL) == CG_STATUS_OK);
    cg_inventory_free(read);
    CHECK(cg_inventory_kept_count(merged) == 2 && cg_inventory_kept_count(NULL) == 0);
    CHECK(is(cg_inventory_kept_name(merged, 0), "Room") && is(cg_inventory_kept_name(merged, 1), "site"));
    CHECK(cg_inventory_kept_name(merged, 2) == NULL && cg_inventory_kept_name(NULL, 0) == NULL);
    CHECK(cg_inventory_next(merged, &phone) == CG_STATUS_OK && cg_inventory_row(merged, &row) == CG_STATUS_OK);
    CHECK(is(cg_inventory_kept(merged, 0), "1.23") && is(cg_inventory_kept(merged, 1), "Oslo"));
    CHECK(is(phone.mac, "00CCFC000001") && row.problem == NULL);
    CHECK(cg_inventory_next(merged, &phone) == CG_STATUS_OK);
    CHECK(is(cg_inventory_kept(merged, 0), "=1+1") && cg_inventory_kept(merged, 1) == NULL);
    CHECK(cg_inventory_kept(merged, 2) == NULL && cg_inventory_kept(NULL, 0) == NULL);
    /* The text lives as long as those of the phone, which a rewind leaves alone. */
    const char *const room = cg_inventory_kept(merged, 0);
    cg_inventory_rewind(merged);
    CHECK(is(room, "=1+1") && is(phone.mac, "00CCFC000002"));
    CHECK(cg_inventory_kept(merged, 0) == NULL);
    CHECK(cg_inventory_next(merged, &phone) == CG_STATUS_OK && is(cg_inventory_kept(merged, 0), "1.23"));
    cg_inventory_free(merged);

    read = NULL;
    options.keep = taken;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "t", TEXT(ROOMS), &options, &read, &error) == CG_STATUS_OPTIONS);
    check_message(error, "keep: inventory: a column cannot be kept as \"Description\"");
    cg_error_free(error);
    options.keep = keep;
    options.keep_is_optional = 2;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, "t", TEXT(ROOMS), &options, &read, &error) == CG_STATUS_OPTIONS);
    check_message(error, "keep_is_optional: 2; expected 0 or 1");
    cg_error_free(error);
    CHECK(read == NULL);
}

/* Bytes with NULs among them; sheets by their names. */
static void reads_a_workbook(void)
{
    static char bytes[64 << 10];
    FILE *file = fopen("tests/data/phones.xlsx", "rb");
    CHECK(file != NULL);
    size_t len = file != NULL ? fread(bytes, 1, sizeof bytes, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    cg_inventory *inventory = open_or_stop(CG_SOURCE_KIND_UNKNOWN, "phones.xlsx", bytes, len);
    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK && cg_inventory_row(inventory, &row) == CG_STATUS_OK);
    CHECK(is(phone.pid, "Cisco 8841") && row.kind == CG_SOURCE_KIND_XLSX && row.row == 5);
    cg_inventory_free(inventory);

    cg_inventory_options options = CG_INVENTORY_OPTIONS_INIT;
    cg_error *error = NULL;
    inventory = NULL;
    static const char *const nowhere[] = {"Phones", "Nowhere", NULL};
    static const char *const phones[] = {"Phones", NULL};
    options.sheets = nowhere;
    int32_t status = cg_inventory_open(CG_SOURCE_KIND_XLSX, "phones.xlsx", bytes, len, &options, &inventory, &error);
    CHECK(status == CG_STATUS_INVENTORY && inventory == NULL);
    check_message(error, "there is no sheet \"Nowhere\"");
    cg_error_free(error);
    options.sheets = phones;
    status = cg_inventory_open(CG_SOURCE_KIND_XLSX, "phones.xlsx", bytes, len, &options, &inventory, NULL);
    CHECK(status == CG_STATUS_OK && cg_inventory_phone_count(inventory) == 4);
    cg_inventory_free(inventory);
}

/* Calls cg_inventory_open, and cg_inventory_add likewise, and expects a failure whose message contains some words. */
static void refuses(int32_t kind, const char *bytes, size_t len, const cg_inventory_options *options, int32_t expected,
                    const char *words)
{
    cg_inventory *inventory = NULL, *some = open_or_stop(CG_SOURCE_KIND_CSV, "some.csv", TEXT("PID\n8841\n"));
    cg_error *error = NULL;
    CHECK(cg_inventory_open(kind, "name", bytes, len, options, &inventory, &error) == expected);
    CHECK(inventory == NULL && cg_error_status(error) == expected);
    check_message(error, words);
    cg_error_free(error);
    CHECK(cg_inventory_open(kind, "name", bytes, len, options, &inventory, NULL) == expected);
    CHECK(cg_inventory_add(some, kind, "name", bytes, len, options, &error) == expected);
    check_message(error, words);
    cg_error_free(error);
    CHECK(cg_inventory_phone_count(some) == 1);
    cg_inventory_free(some);
}

/* A struct of a newer release: what this library knows, and more. */
struct newer_phone {
    cg_phone known;
    const char *more;
};

static void refuses_misuse(void)
{
    cg_inventory_options options = CG_INVENTORY_OPTIONS_INIT;
    refuses(CG_SOURCE_KIND_UNKNOWN, NULL, 1, NULL, CG_STATUS_NULL, "bytes is NULL");
    refuses(CG_SOURCE_KIND_UNKNOWN, "x", (size_t)-1, NULL, CG_STATUS_LENGTH, "bytes: the length is");
    refuses(CG_SOURCE_KIND_UNKNOWN, NULL, 0, NULL, CG_STATUS_INVENTORY, "the file is empty");
    refuses(CG_SOURCE_KIND_UNKNOWN, "", 0, NULL, CG_STATUS_INVENTORY, "the file is empty");
    refuses(99, TEXT(EXPORT), NULL, CG_STATUS_KIND, "kind is 99");
    refuses(-1, TEXT(EXPORT), NULL, CG_STATUS_KIND, "kind is -1");
    refuses(CG_SOURCE_KIND_RISPORT, TEXT(EXPORT), NULL, CG_STATUS_INVENTORY, "inventory: ");
    refuses(CG_SOURCE_KIND_RISPORT, TEXT(LOGIN), NULL, CG_STATUS_INVENTORY, "inventory: ");
    refuses(CG_SOURCE_KIND_WEBEX, TEXT("{\"message\": \"no token\"}"), NULL, CG_STATUS_INVENTORY, "inventory: ");
    refuses(CG_SOURCE_KIND_XLSX, TEXT(EXPORT), NULL, CG_STATUS_INVENTORY, "inventory: ");
    options.struct_size = 1;
    refuses(CG_SOURCE_KIND_CSV, TEXT(EXPORT), &options, CG_STATUS_STRUCT_SIZE, "options: struct_size is 1");

    cg_inventory *inventory = NULL;
    cg_error *error = NULL;
    CHECK(cg_inventory_open(CG_SOURCE_KIND_CSV, NULL, TEXT(EXPORT), NULL, NULL, &error) == CG_STATUS_NULL);
    check_message(error, "out is NULL");
    cg_error_free(error);
    CHECK(cg_inventory_add(NULL, CG_SOURCE_KIND_CSV, "name", TEXT(EXPORT), NULL, &error) == CG_STATUS_NULL);
    check_message(error, "inventory is NULL");
    cg_error_free(error);

    cg_phone phone = CG_PHONE_INIT;
    cg_row row = CG_ROW_INIT;
    inventory = open_or_stop(CG_SOURCE_KIND_CSV, "export.csv", TEXT(EXPORT));
    CHECK(cg_inventory_next(NULL, &phone) == CG_STATUS_NULL && cg_inventory_next(inventory, NULL) == CG_STATUS_NULL);
    CHECK(cg_inventory_row(NULL, &row) == CG_STATUS_NULL && cg_inventory_row(inventory, NULL) != CG_STATUS_OK);
    /* A wrong struct loses no phone, and nothing of the phone before. */
    CHECK(cg_inventory_next(inventory, &phone) == CG_STATUS_OK);
    cg_phone odd = CG_PHONE_INIT;
    odd.struct_size = 0;
    CHECK(cg_inventory_next(inventory, &odd) == CG_STATUS_STRUCT_SIZE && odd.pid == NULL);
    CHECK(is(phone.mac, "00CCFC000001"));
    row.struct_size = sizeof row - 1;
    CHECK(cg_inventory_row(inventory, &row) == CG_STATUS_STRUCT_SIZE && row.source == NULL);
    CHECK(cg_inventory_row(inventory, NULL) == CG_STATUS_NULL);
    struct newer_phone newer;
    memset(&newer, 0xff, sizeof newer);
    newer.known.struct_size = sizeof newer;
    CHECK(cg_inventory_next(inventory, &newer.known) == CG_STATUS_OK);
    CHECK(is(newer.known.mac, "00CCFC000002") && newer.more == NULL && newer.known.struct_size == sizeof newer);
    CHECK(verdict(&newer.known) == CG_VERDICT_ELIGIBLE);

    const cg_inventory *sources[2];
    cg_inventory *fleet = NULL;
    cg_merge_report report = CG_MERGE_REPORT_INIT;
    sources[0] = inventory;
    sources[1] = NULL;
    CHECK(cg_inventory_merge(sources, 2, NULL, &fleet, &report, &error) == CG_STATUS_NULL);
    check_message(error, "the inventory at index 1 is NULL");
    cg_error_free(error);
    CHECK(cg_inventory_merge(NULL, 1, NULL, &fleet, NULL, NULL) == CG_STATUS_NULL);
    CHECK(cg_inventory_merge(sources, (size_t)-1, NULL, &fleet, NULL, NULL) == CG_STATUS_LENGTH);
    CHECK(cg_inventory_merge(sources, (size_t)1 << (sizeof(size_t) * 8 - 4), NULL, &fleet, NULL, NULL) == CG_STATUS_LENGTH);
    CHECK(cg_inventory_merge(sources, 1, NULL, NULL, &report, NULL) == CG_STATUS_NULL);
    report.struct_size = 8;
    CHECK(cg_inventory_merge(sources, 1, NULL, &fleet, &report, NULL) == CG_STATUS_STRUCT_SIZE);
    CHECK(fleet == NULL && report.rows_read == 0);
    cg_inventory_free(inventory);

    CHECK(cg_inventory_phone_count(NULL) == 0 && cg_inventory_rows_read(NULL) == 0);
    CHECK(cg_inventory_rows_joined(NULL) == 0);
    CHECK(cg_inventory_cut_count(NULL) == 0 && cg_inventory_cut(NULL, 0) == NULL && cg_inventory_text(NULL) == NULL);
    cg_inventory_rewind(NULL);
    cg_inventory_free(NULL);
    CHECK(is(cg_source_kind_text(CG_SOURCE_KIND_DEVICE_PAGE), "device-page") && is(cg_source_kind_text(99), "unknown"));
    CHECK(CG_SOURCE_KIND_UNKNOWN == 0);
}

/* Whatever the bytes are, every kind gives phones with a verdict, or a status. */
static void survives_any_bytes(void)
{
    char bytes[512];
    unsigned state = 1;
    for (int round = 0; round < 500; round++) {
        const char *seed = round % 3 == 0 ? EXPORT : round % 3 == 1 ? RISPORT : PAGE;
        size_t length = strlen(seed) < sizeof bytes ? strlen(seed) : sizeof bytes;
        memcpy(bytes, seed, length);
        for (int change = 0; change < round % 9; change++) {
            state = state * 1103515245u + 12345u;
            bytes[(state >> 8) % length] = (char)(state >> 24);
        }
        for (int32_t kind = CG_SOURCE_KIND_UNKNOWN; kind <= CG_SOURCE_KIND_XLSX; kind++) {
            cg_inventory *inventory = NULL;
            int32_t status = cg_inventory_open(kind, NULL, bytes, length - round % 7, NULL, &inventory, NULL);
            CHECK(status == CG_STATUS_OK || status == CG_STATUS_INVENTORY);
            cg_phone phone = CG_PHONE_INIT;
            size_t phones = 0;
            for (; inventory != NULL && (status = cg_inventory_next(inventory, &phone)) == CG_STATUS_OK; phones++) {
                (void)verdict(&phone);
            }
            CHECK(inventory == NULL || status == CG_STATUS_END);
            CHECK(phones == cg_inventory_phone_count(inventory));
            cg_inventory_free(inventory);
        }
    }
}

int main(void)
{
    gives_every_row();
    adds_pages();
    reads_records();
    merges();
    joins_by_name();
    settles();
    keeps_conflicts();
    says_a_field_more_than_once();
    tells_cuts();
    reads_as_told();
    keeps_columns();
    reads_a_workbook();
    refuses_misuse();
    survives_any_bytes();
    return checked("inventory", "every row is given, merged, or refused as documented");
}
