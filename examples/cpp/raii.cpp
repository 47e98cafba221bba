// The same in C++: std::unique_ptr frees what crossgrade gives, and a rule book that is refused is an exception.
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <string_view>

#include "crossgrade.h"

struct Free {
    void operator()(cg_assessment *assessment) const { cg_assessment_free(assessment); }
    void operator()(cg_rulebook *book) const { cg_rulebook_free(book); }
    void operator()(cg_error *error) const { cg_error_free(error); }
};
using Assessment = std::unique_ptr<cg_assessment, Free>;
using Book = std::unique_ptr<cg_rulebook, Free>;
using Error = std::unique_ptr<cg_error, Free>;

static void check(int32_t status, cg_error *raw)
{
    const Error error(raw);
    if (status != CG_STATUS_OK) {
        throw std::runtime_error(cg_error_message(error.get()));
    }
}

static Book overlay(const cg_rulebook *base, std::string_view text)
{
    cg_rulebook *book = nullptr;
    cg_error *error = nullptr;
    check(cg_rulebook_overlay(base, text.data(), text.size(), &book, &error), error);
    return Book(book);
}

static Assessment assess(const cg_rulebook *book, const cg_phone &phone, int32_t destination)
{
    cg_request request = CG_REQUEST_INIT;
    request.destination = destination;
    cg_assessment *assessment = nullptr;
    cg_error *error = nullptr;
    check(cg_assess(book, &phone, &request, &assessment, &error), error);
    return Assessment(assessment);
}

int main()
{
    cg_phone phone = CG_PHONE_INIT;
    phone.pid = "CP-8841-3PCC-K9=";
    phone.load = "sip88xx.12-0-3MPP0001-87";
    try {
        const Book book = overlay(cg_rulebook_guide(), R"(
            schema = 1
            overlay = "acme"
            version = "1.0.0"
            base = { edition = "guide", revision = ">=2026.11" }
            [sources]
            TAC = { title = "Answer of Cisco TAC", section = "case 1", language = "en", read = 2026-11-20 }
            [amendments.acme-1]
            sources = ["TAC"]
            confidence = "high"
            says = "the 7841 needs V05"
            [amendments.acme-1.conversions]
            e2m-7841 = { vid = "V05-" }
        )");
        const Assessment assessment = assess(book.get(), phone, CG_DESTINATION_UNIFIED_CM);
        std::puts(cg_assessment_text(assessment.get()));
    } catch (const std::runtime_error &error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
