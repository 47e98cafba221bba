/*
 * Decides about one phone and prints why.
 *
 * From the root of the repository:
 *
 *     cargo build --release -p crossgrade-capi
 *     cc -std=c11 -Iffi-c/include examples/c/assess.c -Ltarget/release -lcrossgrade -Wl,-rpath,target/release -o assess
 *     ./assess CP-7821-K9= V01
 */
#include <stdio.h>

#include "crossgrade.h"

int main(int argc, char **argv)
{
    cg_phone phone = CG_PHONE_INIT;
    cg_request request = CG_REQUEST_INIT;
    cg_assessment *assessment = NULL;
    cg_error *error = NULL;

    phone.pid = argc > 1 ? argv[1] : "CP-7821-K9=";
    phone.vid = argc > 2 ? argv[2] : "V03";
    phone.mac = "00:CC:FC:12:34:56";
    phone.load = "sip78xx.12-8-1-0001-455";
    request.destination = CG_DESTINATION_THIRD_PARTY;

    int32_t status = cg_assess(cg_rulebook_guide(), &phone, &request, &assessment, &error);
    if (status != CG_STATUS_OK) {
        fprintf(stderr, "%s: %s\n", cg_status_text(status), cg_error_message(error));
        cg_error_free(error);
        return 1;
    }

    printf("%s: %s\n", phone.pid, cg_verdict_text(cg_assessment_verdict(assessment)));
    for (size_t i = 0; i < cg_assessment_finding_count(assessment); i++) {
        cg_finding finding = CG_FINDING_INIT;
        if (cg_assessment_finding(assessment, i, &finding) == CG_STATUS_OK) {
            printf("  %s %s (%s)\n", finding.code, finding.message, finding.sources);
        }
    }
    for (size_t i = 0; i < cg_assessment_gate_count(assessment); i++) {
        cg_gate gate = CG_GATE_INIT;
        if (cg_assessment_gate(assessment, i, &gate) == CG_STATUS_OK) {
            printf("  %s gate: %s or later, %s\n", cg_stage_text(gate.on), gate.minimum,
                   cg_gate_status_text(gate.status));
            if (gate.install_first != NULL) {
                printf("    install %s first\n", gate.install_first);
            }
        }
    }
    const char *load = cg_assessment_target_load(assessment);
    const char *sku = cg_assessment_license_sku(assessment);
    printf("  install %s\n", load != NULL ? load : "nothing");
    printf("  license %s %s\n", cg_license_need_text(cg_assessment_license_need(assessment)), sku != NULL ? sku : "");
    cg_assessment_free(assessment);
    return 0;
}
