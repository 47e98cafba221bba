// The same decision in C++: std::unique_ptr frees what crossgrade gives.
#include <cstdio>
#include <memory>

#include "crossgrade.h"

struct Free {
    void operator()(cg_assessment *assessment) const { cg_assessment_free(assessment); }
    void operator()(cg_error *error) const { cg_error_free(error); }
};

int main()
{
    cg_phone phone = CG_PHONE_INIT;
    phone.pid = "CP-8841-3PCC-K9=";
    phone.load = "sip88xx.12-0-3MPP0001-87";
    cg_request request = CG_REQUEST_INIT;
    request.destination = CG_DESTINATION_UNIFIED_CM;

    cg_assessment *raw = nullptr;
    cg_error *raw_error = nullptr;
    const int32_t status = cg_assess(cg_rulebook_guide(), &phone, &request, &raw, &raw_error);
    const std::unique_ptr<cg_assessment, Free> assessment(raw);
    const std::unique_ptr<cg_error, Free> error(raw_error);
    if (status != CG_STATUS_OK) {
        std::fprintf(stderr, "%s\n", cg_error_message(error.get()));
        return 1;
    }
    std::puts(cg_assessment_text(assessment.get()));
    return 0;
}
