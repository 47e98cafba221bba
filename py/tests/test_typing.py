"""Executed by pytest, and checked by mypy as a user's program would be."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

if sys.version_info >= (3, 11):
    from typing import assert_type
else:
    from typing_extensions import assert_type


def test_what_a_type_checker_sees() -> None:
    answer = cg.assess("CP-7841-K9=", vid=b"V05", mac=None, destination=cg.Destination.THIRD_PARTY)
    assert_type(answer, cg.Assessment)
    assert_type(answer.verdict, cg.Verdict)
    assert_type(answer.phone.authorization, cg.Authorization | None)
    assert_type(answer.destination, cg.Destination)
    assert_type(answer.direction, cg.Direction)
    assert_type(answer.target, str | None)
    assert_type(answer.to_dict(), dict[str, Any])
    assert_type(answer.to_json(), str)
    for finding in answer.findings:
        assert_type(finding, cg.Finding)
        assert_type(finding.effect, cg.Effect)
        assert_type(finding.evidence, tuple[cg.Field, ...])
    for gate in answer.gates:
        assert_type(gate.status, cg.GateStatus)
        assert_type(gate.on, cg.Stage)
    if answer.firmware is not None:
        assert_type(answer.firmware.load, str | None)
    if answer.license is not None:
        assert_type(answer.license.need, cg.LicenseNeed)
    assert_type(answer.rulebook.digest, str)
    assert_type(answer.rulebook, cg.RuleBook)
    assert_type(cg.codes(), tuple[cg.FindingKind, ...])
    assert_type(cg.CallControl.ASTERISK.destination, cg.Destination | None)
    assert_type(cg.RuleBookError("").problems, tuple[cg.Problem, ...])
    assert_type(cg.InventoryError("").row, int | None)


def test_what_a_type_checker_sees_of_rule_books() -> None:
    book = cg.RuleBook.field(as_of=dt.date(2024, 9, 1))
    assert_type(book, cg.RuleBook)
    assert_type(cg.RuleBook.field("2024-09-01"), cg.RuleBook)
    assert_type(book.as_of, dt.date | None)
    assert_type(cg.RuleBook.field_dates(), tuple[dt.date, ...])
    assert_type(cg.RuleBook.check_json(""), str)
    assert_type(book.to_dict(), dict[str, Any])
    for row in book.rows:
        assert_type(row, cg.RuleRow)
        assert_type(row.fields, tuple[tuple[str, str | tuple[str, ...]], ...])
        assert_type(row.get("vid"), str | tuple[str, ...] | None)
    diff = cg.RuleBook.guide().diff(book)
    assert_type(diff, cg.RuleBookDiff)
    assert_type(diff.to_json(), str)
    assert_type(diff.before, cg.RuleBookLabel)
    for change in diff.changes:
        assert_type(change, cg.Change)
        assert_type(change.kind, str)
        assert_type(change.fields, tuple[cg.FieldChange, ...])
    why = book.explain("CG203")
    assert_type(why, cg.Explanation)
    assert_type(why.about, cg.Subject)
    assert_type(why.code, cg.FindingKind | None)
    assert_type(why.sources, tuple[cg.RuleRow, ...])
    impact = cg.impact(b"PID\n8841\n", before=cg.RuleBook.guide(), after=book, destination="third-party")
    assert_type(impact, cg.Impact)
    assert_type(impact.target, str | None)
    assert_type(impact.destination, cg.Destination)
    assert_type(impact.verdicts, tuple[cg.ImpactCount, ...])
    for phone in impact.rows:
        assert_type(phone, cg.ImpactRow)
        assert_type(phone.after, cg.Outcome)
        assert_type(phone.after.license_need, cg.LicenseNeed | None)


def test_what_a_type_checker_sees_of_audits() -> None:
    audit = cg.audit(b"PID\n8841\n", destination="third-party", columns={"pid": "PID", "firmware": None})
    assert_type(audit, cg.Audit)
    assert_type(audit.destination, cg.Destination)
    assert_type(audit.target, str | None)
    assert_type(audit.rulebook, cg.RuleBook)
    assert_type(audit.column_names, tuple[str, ...])
    assert_type(audit.columns, cg.ColumnReport)
    assert_type(audit.columns.read_from(cg.InventoryField.PID), tuple[str, ...])
    assert_type(audit.bill_of_materials(include_unknown=True), tuple[cg.LicenseOrder, ...])
    assert_type(len(audit), int)
    summary = audit.summary()
    assert_type(summary, cg.Summary)
    assert_type(summary.verdicts[cg.Verdict.UNKNOWN], int)
    assert_type(summary.findings, tuple[cg.FindingCount, ...])
    assert_type(summary.licenses, tuple[cg.LicenseCount, ...])
    assert_type(summary.to_dict(), dict[str, Any])
    stream = cg.audit_stream(b"PID\n", destination="third-party", select=[cg.ResultColumn.VERDICT, "findings"])
    assert_type(stream, cg.AuditStream)
    assert_type(stream.summary().phones, int)


def test_what_a_type_checker_sees_of_fleets() -> None:
    fleet = cg.read_csv(b"PID\n8841\n", columns={"pid": "PID", "firmware": None}, when=dt.date(2026, 11, 20))
    assert_type(fleet, cg.Fleet)
    assert_type(fleet.sources, tuple[cg.Source, ...])
    assert_type(fleet.sources[0].kind, cg.SourceKind)
    assert_type(fleet.columns, cg.ColumnReport | None)
    assert_type(fleet.problems, tuple[str, ...])
    assert_type(fleet.cuts, tuple[cg.InventoryError, ...])
    assert_type(fleet.to_csv(), bytes)
    assert_type(cg.audit(fleet, destination="third-party"), cg.Audit)
    assert_type(cg.read_webex({"items": []}), cg.Fleet)
    assert_type(cg.read_device_pages({"10.0.0.1": b"", "10.0.0.2": None, "10.0.0.3": ""}), cg.Fleet)
    merged = cg.merge(fleet, ("assets", Table(fleet)))
    assert_type(merged.merge_report, cg.MergeReport | None)
    assert_type(cg.merge(fleet, settle=[{"device": "a", "field": cg.Field.VID, "value": None}]).to_settle(), bytes)
    for conflict in cg.merge([fleet, fleet]).conflicts:
        assert_type(conflict, cg.Conflict)
        assert_type(conflict.field, cg.Field)
        assert_type(conflict.values, tuple[cg.ConflictValue, ...])


class Table:
    """What is any library's table."""

    def __init__(self, fleet: cg.Fleet) -> None:
        self._fleet = fleet

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._fleet.__arrow_c_stream__(requested_schema)


def mistakes_with_fleets(fleet: cg.Fleet) -> None:
    cg.read_csv(5)  # type: ignore[arg-type]
    cg.read_csv("fleet.csv", "PID")  # type: ignore[arg-type, call-arg]
    cg.read_excel("fleet.xlsx", sheets=1)  # type: ignore[arg-type]
    cg.read_risport(5)  # type: ignore[arg-type]
    cg.read_device_pages({"10.0.0.1": 5})  # type: ignore[arg-type]
    cg.read_table("fleet.csv")  # type: ignore[arg-type]
    cg.merge(fleet, 5)  # type: ignore[arg-type]
    fleet.rows_read = 5  # type: ignore[misc]


def mistakes_with_audits(audit: cg.Audit) -> None:
    cg.audit("fleet.csv")  # type: ignore[call-arg]
    cg.audit(5, destination="third-party")  # type: ignore[arg-type]
    cg.audit("fleet.csv", "third-party")  # type: ignore[call-arg]
    cg.audit("fleet.csv", destination="third-party", select=5)  # type: ignore[arg-type]
    cg.audit("fleet.csv", destination="third-party", columns=["PID"])  # type: ignore[arg-type]
    audit.destination = cg.Destination.UNIFIED_CM  # type: ignore[misc]
    audit.summary().verdicts[cg.Verdict.UNKNOWN] = 5  # type: ignore[index]


def mistakes_with_rule_books(book: cg.RuleBook) -> None:
    cg.RuleBook.field(20240901)  # type: ignore[arg-type]
    cg.RuleBook.from_toml(b"")  # type: ignore[arg-type]
    book.diff("guide")  # type: ignore[arg-type]
    cg.impact(b"", before=book, destination="third-party")  # type: ignore[call-arg]
    cg.impact(b"", book, book, destination="third-party")  # type: ignore[call-arg]
    book.explain("CG203").about.id = "CG204"  # type: ignore[misc]


def mistakes(answer: cg.Assessment) -> None:
    """What a type checker refuses: mypy complains here about every comment that is not needed."""
    cg.assess("8841")  # type: ignore[call-arg]
    cg.assess("8841", "V03", destination="third-party")  # type: ignore[call-arg]
    cg.assess("8841", vid=3, destination="third-party")  # type: ignore[arg-type]
    cg.assess("8841", destination=None)  # type: ignore[arg-type]
    answer.verdict = cg.Verdict.ELIGIBLE  # type: ignore[misc]
    answer.phone.vid = "V03"  # type: ignore[misc]
    answer.license.sku.lower()  # type: ignore[union-attr]


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., None]:
    """Run away from the sources, so that the installed package is what is checked, and no cache is left behind."""

    # crossgrade.spark is checked with its engine where that is installed, by tests/run.
    (tmp_path / "mypy.ini").write_text("[mypy]\n[mypy-pyarrow.*,pyspark.*]\nignore_missing_imports = True\n")

    def check(*arguments: str) -> None:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return check


def test_mypy_accepts_this_file(check: Callable[..., None]) -> None:
    check("mypy", "--strict", __file__)


def test_mypy_accepts_the_package(check: Callable[..., None]) -> None:
    check("mypy", "--strict", "--package", "crossgrade")


def test_the_stubs_are_those_of_the_native_module(check: Callable[..., None]) -> None:
    check("mypy.stubtest", "crossgrade._native")
