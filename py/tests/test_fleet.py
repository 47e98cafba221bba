"""What a fleet is: a table for every library, an inventory for every audit, and what it tells of its reading."""

from __future__ import annotations

import copy
import csv
import io
import pickle
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import crossgrade as cg
from fleets import FIELDS, answers, columns, rows
from inventories import CSV, DEVICES, PAGES, WEBEX, page, risport

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
na = pytest.importorskip("nanoarrow")

ROWS = rows()
RESULTS = [str(column) for column in cg.ResultColumn]


def as_csv(of: list[Any]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([list(FIELDS), *of])
    return out.getvalue().encode()


def made() -> dict[str, cg.Fleet]:
    """Make fleets of every origin."""
    export, cluster, pages = cg.read_csv(CSV), cg.read_risport(risport(DEVICES)), cg.read_device_pages(PAGES)
    return {
        "csv": cg.read_csv(as_csv(ROWS)),
        "table": cg.read_table(pa.table(columns(ROWS))),
        "risport": cluster,
        "pages": pages,
        "webex": cg.read_webex(WEBEX),
        "merged": cg.merge(export, cluster, pages),
        "nothing": cg.merge(),
    }


FLEETS = made()
every_fleet = pytest.mark.parametrize("fleet", FLEETS.values(), ids=list(FLEETS))


@pytest.mark.parametrize("origin", ["csv", "table"])
@pytest.mark.parametrize("destination", cg.Destination)
def test_the_answers_are_those_of_each_row(origin: str, destination: cg.Destination) -> None:
    audit = cg.audit(FLEETS[origin], destination=destination)
    assert pa.table(audit).select(RESULTS).to_pylist() == answers(ROWS, destination=destination)
    stream = cg.audit_stream(FLEETS[origin], destination=destination)
    assert pa.table(stream).select(RESULTS).to_pylist() == answers(ROWS, destination=destination)


@every_fleet
def test_an_audit_reads_the_phones_of_the_fleet(fleet: cg.Fleet) -> None:
    for destination in cg.Destination:
        audit = cg.audit(fleet, destination=destination)
        assert len(audit) == len(fleet)
        assert audit.column_names == (*fleet.column_names, *RESULTS)
        # Reading the table again changes nothing, nor does its CSV.
        found = pa.table(audit).select(RESULTS).to_pylist()
        for same in [cg.read_table(fleet), cg.read_csv(fleet.to_csv())]:
            again = cg.audit(same, destination=destination)
            assert pa.table(again).select(RESULTS).to_pylist() == found


@every_fleet
def test_one_call_for_each_library_as_often_as_you_like(fleet: cg.Fleet) -> None:
    expected = pa.table(fleet).to_pylist()
    assert len(expected) == len(fleet)
    assert fleet.to_dict() == pa.table(fleet).to_pydict()
    for _ in range(2):
        assert pa.table(fleet).column_names == list(fleet.column_names)
        assert pl.DataFrame(fleet).to_dicts() == expected
        frame = pd.DataFrame.from_arrow(fleet)
        assert frame.astype(object).where(frame.notna(), None).to_dict("records") == expected
        assert duckdb.sql("from fleet").to_arrow_table().to_pylist() == expected
        assert pa.RecordBatchReader.from_stream(fleet).read_all().to_pylist() == expected
        assert na.ArrayStream(fleet).read_all().to_pylist() == expected
    assert pa.schema(fleet) == pa.table(fleet).schema
    lines = list(csv.reader(io.StringIO(fleet.to_csv().decode())))
    as_text = [["" if cell is None else str(cell) for cell in row.values()] for row in expected]
    assert lines == [list(fleet.column_names), *as_text]


@every_fleet
def test_who_is_who_survives_the_way_through_a_table(fleet: cg.Fleet) -> None:
    labels = ["device", "description", "ip_address", "status"]
    expected = {label: fleet.to_dict()[label] for label in labels}
    for same in [cg.read_table(fleet), cg.read_table(pl.DataFrame(fleet)), cg.read_csv(fleet.to_csv())]:
        assert {label: same.to_dict()[label] for label in labels} == expected


@pytest.mark.parametrize("wanted", [pa.string(), pa.large_string(), pa.string_view()])
def test_a_requested_schema_decides_the_layout(wanted: Any) -> None:  # noqa: ANN401
    fleet = FLEETS["merged"]
    requested = pa.schema([(name, wanted) for name in reversed(fleet.column_names)])
    capsule = fleet.__arrow_c_stream__(requested.__arrow_c_schema__())
    found = pa.RecordBatchReader._import_from_c_capsule(capsule).read_all()  # noqa: SLF001
    assert found.to_pylist() == pa.table(fleet).to_pylist()
    # Numbers stay numbers.
    assert {field.name for field in found.schema if field.type != wanted} == {"row"}


@every_fleet
def test_no_row_is_lost(fleet: cg.Fleet) -> None:
    assert fleet.rows_read == len(fleet) + fleet.rows_joined
    report = fleet.merge_report
    assert report is None or report.matched == fleet.rows_joined


def test_no_row_of_one_answer_is_lost() -> None:
    device = "<item><Name>SEP00CCFC000001</Name><Status>{}</Status></item>"
    devices = device.format("Registered") + device.format("UnRegistered")
    fleet = cg.read_risport(f"<CmNodes><item><CmDevices>{devices}</CmDevices></item></CmNodes>".encode())
    assert (fleet.rows_read, len(fleet), fleet.rows_joined, fleet.merge_report) == (2, 1, 1, None)
    assert str(fleet).startswith("1 phone from 2 rows, 1 of which joined another\n")


@pytest.mark.parametrize("to", ["pandas", "polars", "pyarrow", "duckdb", "nanoarrow"])
def test_tables_of_every_library_are_read(to: str) -> None:
    table = pa.table(columns(ROWS))
    same = {
        "pandas": lambda: pd.DataFrame(columns(ROWS), dtype="str"),
        "polars": lambda: pl.DataFrame(columns(ROWS)),
        "pyarrow": lambda: table.to_reader(max_chunksize=7),
        "duckdb": lambda: duckdb.from_arrow(table),
        "nanoarrow": lambda: na.ArrayStream(table),
    }[to]()
    fleet = cg.read_table(same, name="assets", when="today")
    assert fleet.sources == (cg.Source(cg.SourceKind.TABLE, "assets", "today"),)
    assert fleet.columns is not None
    assert fleet.columns.read_from("mac") == ("MAC",)
    phones = slice(4, 12)
    of_table = [list(row.values())[phones] for row in pa.table(FLEETS["table"]).to_pylist()]
    assert [list(row.values())[phones] for row in pa.table(fleet).to_pylist()] == of_table


def test_what_is_no_inventory_is_told_of_the_table() -> None:
    with pytest.raises(cg.InventoryError, match=r"^assets: inventory: no column of") as caught:
        cg.read_table(pa.table({"x": [1]}), name="assets")
    assert caught.value.source == "assets"
    with pytest.raises(cg.InventoryError, match='column "VID"') as caught:
        cg.read_table(pa.table({"VID": [1.5]}))
    assert (caught.value.source, caught.value.column) == ("table", "VID")
    table = pa.table({"PID": ["8841"]})
    for wrong in [b"PID\n8841\n", "fleet.csv", [table], {"PID": ["8841"]}, None]:
        with pytest.raises(TypeError, match=r"^argument 'table': expected an object with __arrow_c_stream__"):
            cg.read_table(wrong)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^argument 'name': expected str, not int$"):
        cg.read_table(table, name=5)  # type: ignore[arg-type]

    def failing() -> Any:  # noqa: ANN401
        yield pa.record_batch({"PID": ["8841"]})
        raise KeyError("full")  # noqa: EM101

    reader = pa.RecordBatchReader.from_batches(pa.schema({"PID": pa.string()}), failing())
    with pytest.raises(cg.InventoryError, match="full"):
        cg.read_table(reader)


def test_what_a_fleet_tells_of_itself() -> None:
    fleet = FLEETS["merged"]
    assert repr(fleet) == "Fleet(phones=5, rows_read=8, sources=3, problems=3, cuts=0, matched=3, conflicts=0)"
    assert str(fleet.merge_report) in str(fleet)
    assert fleet.columns is None
    assert [(source.kind, source.name) for source in fleet.sources] == [
        (cg.SourceKind.CSV, "csv"),
        (cg.SourceKind.RISPORT, "risport"),
        (cg.SourceKind.DEVICE_PAGE, "pages"),
    ]
    assert bool(fleet)
    assert not FLEETS["nothing"]
    assert repr(FLEETS["nothing"]) == (
        "Fleet(phones=0, rows_read=0, sources=0, problems=0, cuts=0, matched=0, conflicts=0)"
    )
    assert cg.read_webex({"items": []}).cuts == ()


@pytest.mark.parametrize("name", ["rows_read", "sources", "columns", "anything"])
def test_a_fleet_cannot_be_changed(name: str) -> None:
    with pytest.raises(AttributeError):
        setattr(FLEETS["csv"], name, None)
    with pytest.raises(TypeError):
        cg.Fleet()
    source = FLEETS["csv"].sources[0]
    with pytest.raises(AttributeError):
        source.name = "another"  # type: ignore[misc]


@every_fleet
def test_a_fleet_is_not_pickled_but_its_table_is(fleet: cg.Fleet) -> None:
    for use in [pickle.dumps, copy.deepcopy]:
        with pytest.raises(TypeError, match="a Fleet cannot be pickled; make a table of it"):
            use(fleet)
    table = pa.table(fleet)
    assert pickle.loads(pickle.dumps(table)).to_pylist() == table.to_pylist()
    parts = [*fleet.sources, *fleet.conflicts, fleet.merge_report]
    assert pickle.loads(pickle.dumps(parts)) == parts
    assert len({*fleet.sources, *fleet.conflicts}) == len(parts) - 1


def test_many_threads_at_once() -> None:
    expected = {name: fleet.to_csv() for name, fleet in FLEETS.items()}

    def work(_: int) -> dict[str, bytes]:
        return {name: fleet.to_csv() for name, fleet in made().items()}

    def look(fleet: cg.Fleet) -> tuple[list[Any], str]:
        return pa.table(fleet).to_pylist(), str(fleet)

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(work, range(16))) == [expected] * 16
        shared = FLEETS["merged"]
        assert list(pool.map(look, [shared] * 64)) == [look(shared)] * 64


def test_the_table_outlives_the_fleet() -> None:
    stream = pa.RecordBatchReader.from_stream(cg.read_device_pages({"p": page("00CCFC123456", "CP-7821-K9", "V03")}))
    assert stream.read_all()["vid"].to_pylist() == ["V03"]
