"""What an audit is: a table for every library, metadata, a summary, a bill of materials."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

import crossgrade as cg
from fleets import FIELDS, columns, rows

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

ROWS = rows()
TABLE = pa.table(columns(ROWS))
AUDIT = cg.audit(TABLE, destination="third-party")
EXPECTED = pa.table(AUDIT).to_pylist()


def test_one_call_for_each_library_as_often_as_you_like() -> None:
    audit = AUDIT
    for _ in range(2):
        assert pa.table(audit).to_pylist() == EXPECTED
        assert pl.DataFrame(audit).to_dicts() == EXPECTED
        frame = pd.DataFrame.from_arrow(audit)
        assert frame.astype(object).where(frame.notna(), None).to_dict("records") == EXPECTED
        assert duckdb.sql("from audit").to_arrow_table().to_pylist() == EXPECTED
        assert pa.RecordBatchReader.from_stream(audit).read_all().to_pylist() == EXPECTED
    counts = duckdb.sql("select verdict, count(*) from audit group by verdict").fetchall()
    assert dict(counts) == {str(key): count for key, count in audit.summary().verdicts.items() if count}


@pytest.mark.parametrize("text", cg.TextLayout)
def test_the_answers_are_lists_too(text: cg.TextLayout) -> None:
    audit = cg.audit(pa.concat_tables([TABLE] * 3), destination="third-party", text=text, prefix="cg_")
    results = [f"cg_{column}" for column in cg.ResultColumn]
    assert audit.to_dict() == pa.table(audit).select(results).to_pydict()


def test_the_schema_is_told_without_the_rows() -> None:
    assert pa.schema(AUDIT) == pa.table(AUDIT).schema
    stream = cg.audit_stream(TABLE, destination="third-party")
    assert pa.schema(stream) == pa.table(AUDIT).schema
    assert pa.schema(stream) == pa.table(stream).schema


def test_metadata_names_destination_target_and_book() -> None:
    book = cg.RuleBook.field(as_of="2024-09-01")
    audit = cg.audit(TABLE, destination="webex-calling", target="12.0(3)", rulebook=book)
    assert pa.table(audit).schema.metadata == {
        b"crossgrade.destination": b"webex-calling",
        b"crossgrade.target": b"12.0(3)",
        b"crossgrade.rulebook.edition": book.edition.encode(),
        b"crossgrade.rulebook.revision": book.revision.encode(),
        b"crossgrade.rulebook.digest": book.digest.encode(),
    }
    assert b"crossgrade.target" not in pa.table(AUDIT).schema.metadata
    assert (audit.destination, audit.target, audit.rulebook) == (cg.Destination.WEBEX_CALLING, "12.0(3)", book)


@pytest.mark.parametrize("text", cg.TextLayout)
@pytest.mark.parametrize("wanted", [pa.string(), pa.large_string(), pa.string_view()])
def test_a_requested_schema_decides_the_layout(text: cg.TextLayout, wanted: Any) -> None:  # noqa: ANN401
    for audit in [
        cg.audit(TABLE, destination="third-party", text=text),
        cg.audit_stream(TABLE, destination="third-party", text=text),
    ]:
        requested = pa.schema([(name, wanted) for name in audit.column_names])
        found = pa.RecordBatchReader._import_from_c_capsule(  # noqa: SLF001
            audit.__arrow_c_stream__(requested.__arrow_c_schema__())
        ).read_all()
        assert found.to_pylist() == EXPECTED
        relaid = text in {"dictionary", "utf8"}
        for name in cg.ResultColumn:
            if relaid:
                assert found.schema.field(name).type == wanted
        # The columns of the input come as they are.
        assert found.schema.field("PID").type == pa.string()


def test_what_else_a_requested_schema_asks_is_not_heard() -> None:
    requested = pa.schema([("verdict", pa.int64()), ("findings", pa.string()), ("another", pa.string())])
    capsule = AUDIT.__arrow_c_stream__(requested.__arrow_c_schema__())
    found = pa.RecordBatchReader._import_from_c_capsule(capsule).read_all()  # noqa: SLF001
    assert found.to_pylist() == EXPECTED
    assert found.schema.field("findings").type == pa.string()
    assert found.schema.field("verdict").type == pa.table(AUDIT).schema.field("verdict").type
    with pytest.raises(TypeError, match=r"^expected a capsule named 'arrow_schema', not int$"):
        AUDIT.__arrow_c_stream__(5)
    with pytest.raises(TypeError, match=r"^expected a capsule named 'arrow_schema', not one of another name$"):
        AUDIT.__arrow_c_stream__(AUDIT.__arrow_c_stream__())
    used = requested.__arrow_c_schema__()
    AUDIT.__arrow_c_stream__(used)
    with pytest.raises(cg.InventoryError, match="the schema is malformed: it was released before"):
        AUDIT.__arrow_c_stream__(used)


def test_selected_columns_and_a_prefix() -> None:
    audit = cg.audit(TABLE, destination="third-party", select=[cg.ResultColumn.FINDINGS, "verdict"], prefix="cg_")
    assert audit.column_names == (*TABLE.column_names, "cg_findings", "cg_verdict")
    again = cg.audit(audit, destination="unified-cm", select=(name for name in ["verdict"]), prefix="back_")
    assert again.column_names[-2:] == ("cg_verdict", "back_verdict")
    none = cg.audit(TABLE, destination="third-party", select=[])
    assert pa.table(none).select(TABLE.column_names).equals(TABLE)
    assert none.summary().to_dict() == AUDIT.summary().to_dict()


def test_columns_say_what_was_read() -> None:
    table = pa.table(
        {"Part": ["8841"], "VID": ["V15"], "Version": ["x"], "PID": ["7821"], "Model": ["8841"], "Site": ["y"]}
    )
    found = cg.audit(table, destination="third-party").columns
    assert found.read_from("pid") == ("PID", "Model")
    assert found.read_from(cg.InventoryField.FIRMWARE) == ("Version",)
    assert found.read_from("mac") == ()
    assert found.not_read == ("Part", "Site")
    assert list(found.read) == list(cg.InventoryField)
    chosen: dict[cg.InventoryField | str, str | list[str] | None] = {
        "pid": ["Part", "Model"],
        cg.InventoryField.FIRMWARE: None,
        "VID": "VID",
    }
    audit = cg.audit(table, destination="third-party", columns=chosen)
    assert audit.columns.read_from("pid") == ("Part", "Model")
    assert audit.columns.read_from("firmware") == ()
    assert pa.table(audit)["read_model"].to_pylist() == ["8841"]
    assert str(audit.columns).startswith("  Columns\n    pid            Part, where empty Model\n")
    assert repr(audit.columns) == (
        "ColumnReport(read={'pid': ['Part', 'Model'], 'vid': ['VID']}, not_read=['Version', 'PID', 'Site'])"
    )
    with pytest.raises(ValueError, match="nonsense"):
        audit.columns.read_from("nonsense")


def test_the_summary_counts_every_phone_once() -> None:
    summary = AUDIT.summary()
    answers = [cg.assess(**_question(row), destination="third-party") for row in ROWS]
    assert summary.phones == len(AUDIT) == len(ROWS) == sum(summary.verdicts.values())
    assert list(summary.verdicts) == ["eligible", "ineligible", "unknown", "not-needed"]
    for verdict, count in summary.verdicts.items():
        assert type(verdict) is cg.Verdict
        assert count == sum(answer.verdict == verdict for answer in answers)
    for model, counts in summary.models.items():
        assert sum(counts.values()) == sum(answer.phone.model == model for answer in answers)
    for finding in summary.findings:
        assert type(finding.effect) is cg.Effect
        spoke = [
            any(found.code == finding.code and found.effect == finding.effect for found in answer.findings)
            for answer in answers
        ]
        assert finding.phones == sum(spoke)
    for need, count in summary.license_needs.items():
        assert type(need) is cg.LicenseNeed
        assert count == sum(answer.license is not None and answer.license.need == need for answer in answers)
    for load, count in summary.loads.items():
        assert count == sum(
            answer.verdict == "eligible" and answer.firmware is not None and answer.firmware.load == load
            for answer in answers
        )
    assert sum(summary.missing_evidence.values()) == summary.verdicts[cg.Verdict.UNKNOWN]
    assert summary.install_first
    assert summary.rulebook is AUDIT.rulebook
    assert (summary.destination, summary.target) == (cg.Destination.THIRD_PARTY, None)


def _question(row: tuple[str | None, ...]) -> dict[str, Any]:
    return dict(zip(FIELDS.values(), row, strict=True))


def test_the_summary_as_a_dictionary_a_text_and_a_table() -> None:
    summary = AUDIT.summary()
    document = summary.to_dict()
    assert json.loads(json.dumps(document)) == document
    assert document["phones"] == len(ROWS)
    assert document["rulebook"]["digest"] == AUDIT.rulebook.digest
    assert str(summary).startswith("To third-party call control, by rule book guide ")
    assert repr(summary).startswith(
        f"Summary(phones={len(ROWS)}, destination='third-party', rulebook='guide', eligible="
    )
    assert repr(cg.audit(TABLE, destination="third-party", target="12.0(3)").summary()).count("target='12.0(3)'") == 1
    page = AUDIT._repr_html_()
    assert page.startswith("<table><caption>To third-party call control, by rule book guide ")
    assert f"<td>{summary.verdicts[cg.Verdict.ELIGIBLE]}</td>" in page
    assert page == summary._repr_html_()
    assert len(page) < 5000


def test_a_summary_can_be_pickled_and_an_audit_cannot() -> None:
    summary = AUDIT.summary()
    again = pickle.loads(pickle.dumps(summary))
    assert again == summary
    assert again.rulebook == summary.rulebook
    assert pickle.loads(pickle.dumps(AUDIT.columns)) == AUDIT.columns
    with pytest.raises(TypeError, match=r"^an Audit cannot be pickled; make a table of it, such as pyarrow.table"):
        pickle.dumps(AUDIT)
    with pytest.raises(TypeError, match=r"^an Audit cannot be pickled"):
        copy.copy(AUDIT)
    with pytest.raises(TypeError, match=r"^an AuditStream cannot be pickled; open it again where it is read$"):
        pickle.dumps(cg.audit_stream(TABLE, destination="third-party"))


def test_the_bill_of_materials() -> None:
    licenses = {count.sku: count for count in AUDIT.summary().licenses}
    assert any(count.unknown for count in licenses.values())
    orders = AUDIT.bill_of_materials()
    assert {order.sku: order.quantity for order in orders} == {
        sku: count.eligible + count.not_needed for sku, count in licenses.items() if count.eligible + count.not_needed
    }
    with_unknown = AUDIT.bill_of_materials(include_unknown=True)
    assert {order.sku: order.quantity for order in with_unknown} == {
        sku: count.eligible + count.not_needed + count.unknown for sku, count in licenses.items()
    }
    assert orders[0].service_sku == licenses[orders[0].sku].service_sku
    assert cg.audit(b"PID\n", destination="third-party").bill_of_materials() == ()


def test_repr_and_attributes() -> None:
    verdicts = AUDIT.summary().verdicts
    counts = ", ".join(f"{verdict}={count}" for verdict, count in verdicts.items())
    assert repr(AUDIT) == f"Audit(rows={len(ROWS)}, destination='third-party', rulebook='guide', {counts})"
    stream = cg.audit_stream(TABLE, destination="unified-cm", target="14.2(1)")
    assert repr(stream) == "AuditStream(rows so far=0, destination='unified-cm', target='14.2(1)', rulebook='guide')"
    for name in ["destination", "column_names", "another"]:
        with pytest.raises(AttributeError):
            setattr(AUDIT, name, None)
    with pytest.raises(TypeError):
        type(AUDIT)()
