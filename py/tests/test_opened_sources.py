"""What users hold goes straight into `audit`, `impact` and `merge`, as into the command line: with the same answers."""

from __future__ import annotations

import io
import json
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

CLUSTER = Path(__file__).parents[2] / "examples" / "data" / "cluster"
WORKBOOK = Path(__file__).parents[2] / "tests" / "data" / "phones.xlsx"
ROWS = {
    "Device Name": ["SEP00CCFC123456", "SEP00CCFC123457", "CSFANNA"],
    "Model": ["Cisco 7821", "Cisco 8841", "Cisco Unified Client Services Framework"],
    "VID": ["V03", "V05", None],
}
CSV = pd.DataFrame(ROWS).to_csv(index=False).encode()
DEVICES = [
    {"Name": name, "Model": model, "Status": "Registered", "ActiveLoadID": None}
    for name, model in zip(ROWS["Device Name"], ROWS["Model"], strict=True)
]
RISPORT = {"CmNodes": [{"Name": "pub", "CmDevices": DEVICES}]}
WEBEX = {"items": [{"product": "Cisco 8841", "mac": "00CCFC123456", "connectionStatus": "connected"}]}
BEFORE, AFTER = cg.RuleBook.field("2024-08-25"), cg.RuleBook.field("2024-08-26")


class Zeep:
    """An answer as zeep keeps it."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__values__ = values


def parquet() -> bytes:
    file = io.BytesIO()
    pl.DataFrame(ROWS).write_parquet(file)
    return file.getvalue()


# Each kind of document, as bytes and as a program may have parsed it, and how many phones it has.
DOCUMENTS: dict[str, tuple[bytes, int]] = {
    "csv": (CSV, 3),
    "parquet": (parquet(), 3),
    "risport json": (json.dumps(RISPORT).encode(), 3),
    "risport xml": ((CLUSTER / "risport.xml").read_bytes(), 6),
    "webex": (json.dumps(WEBEX).encode(), 1),
    "workbook": (WORKBOOK.read_bytes(), 4),
    "page": ((CLUSTER / "pages" / "10.0.1.11.xml").read_bytes(), 1),
}


def as_path(data: bytes, folder: Path) -> Path:
    path = folder / "what.ever"
    path.write_bytes(data)
    return path


DOORS: dict[str, Callable[[bytes, Path], Any]] = {
    "path": as_path,
    "text of a path": lambda data, folder: str(as_path(data, folder)),
    "bytes": lambda data, _: data,
    "bytearray": lambda data, _: bytearray(data),
    "memoryview": lambda data, _: memoryview(data),
    "bytes in a file object": lambda data, _: io.BytesIO(data),
    "a list of one": lambda data, _: [data],
}


@contextmanager
def through(door: str, data: bytes, folder: Path) -> Iterator[Any]:
    if door == "open file":
        with as_path(data, folder).open("rb") as file:
            yield file
    else:
        yield DOORS[door](data, folder)


def verdicts(audit: cg.Audit) -> list[str]:
    return [str(verdict) for verdict in pa.table(audit)["verdict"].to_pylist()]


@pytest.mark.parametrize("door", [*DOORS, "open file"])
@pytest.mark.parametrize("kind", DOCUMENTS)
def test_every_kind_goes_through_every_door(kind: str, door: str, tmp_path: Path) -> None:
    data, phones = DOCUMENTS[kind]
    expected = verdicts(cg.audit(data, destination="third-party"))
    assert len(expected) == phones
    with through(door, data, tmp_path) as source:
        assert verdicts(cg.audit(source, destination="third-party")) == expected
    with through(door, data, tmp_path) as source:
        assert verdicts(cg.audit(cg.merge(source), destination="third-party")) == expected
    with through(door, data, tmp_path) as source:
        assert cg.impact(source, before=BEFORE, after=AFTER, destination="webex-calling").phones == phones


@pytest.mark.parametrize(
    "answer", [RISPORT, Zeep(RISPORT), [RISPORT], DEVICES and {"SelectCmDeviceResult": RISPORT}, [Zeep(RISPORT)]]
)
def test_parsed_answers_are_documents(answer: object) -> None:
    expected = verdicts(cg.audit(cg.read_risport(answer), destination="third-party"))
    assert len(expected) == len(DEVICES)
    assert verdicts(cg.audit(answer, destination="third-party")) == expected
    assert verdicts(cg.audit(cg.merge(answer), destination="third-party")) == expected
    assert cg.impact(answer, before=BEFORE, after=AFTER, destination="webex-calling").phones == len(DEVICES)


def test_text_files_are_read_too(tmp_path: Path) -> None:
    text = "MAC,Model,Site\n00CCFC123456,Cisco 8841,Z\u00fcrich\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        fleet = cg.read_csv(file, keep=["Site"])
    assert fleet.to_dict()["Site"] == ["Z\u00fcrich"]
    assert fleet.sources[0].name == str(tmp_path / "a.csv")
    assert cg.read_inventory(io.StringIO(text)).sources[0].name == "document"


def test_a_folder_is_pages_everywhere() -> None:
    fleet = cg.read_device_pages(CLUSTER / "pages")
    expected = verdicts(cg.audit(fleet, destination="third-party"))
    assert len(fleet) > 1
    assert verdicts(cg.audit(CLUSTER / "pages", destination="third-party")) == expected
    assert verdicts(cg.audit(cg.read_inventory(CLUSTER / "pages"), destination="third-party")) == expected
    assert cg.impact(CLUSTER / "pages", before=BEFORE, after=AFTER, destination="third-party").phones == len(fleet)


def test_several_of_any_kind_are_merged_as_on_the_command_line() -> None:
    files = [CLUSTER / "export.csv", CLUSTER / "risport.xml", CLUSTER / "pages", CLUSTER / "labels.csv"]
    fleet = cg.merge(*files)
    assert cg.merge(files).to_dict() == fleet.to_dict()
    assert [source.name for source in fleet.sources][:2] == [str(file) for file in files[:2]]
    expected = verdicts(cg.audit(fleet, destination="third-party"))
    assert verdicts(cg.audit(files, destination="third-party")) == expected
    assert cg.impact(files, before=BEFORE, after=AFTER, destination="third-party").phones == len(fleet)


def test_columns_and_kept_columns_reach_what_is_no_table() -> None:
    data = WORKBOOK.read_bytes()
    columns = cg.read_excel(data).columns
    assert columns is not None
    keep = {"site": columns.read_from("mac")[0]}
    audit = cg.audit(data, destination="third-party", keep=keep, columns={"firmware": None})
    assert "site" in audit.column_names
    with pytest.raises(cg.InventoryError, match="no column"):
        cg.audit(data, destination="third-party", keep=["no such column"])
    both = cg.audit([CSV, data], destination="third-party", keep=keep)
    assert len(both) == len(cg.merge(CSV, data))
    assert "site" in both.column_names


def test_two_texts_are_two_paths_and_a_pair_has_a_name() -> None:
    export, labels = str(CLUSTER / "export.csv"), str(CLUSTER / "labels.csv")
    assert cg.merge((export, labels)).to_dict() == cg.merge(export, labels).to_dict()
    named = cg.merge(("the export", Path(export)), ("what is registered", RISPORT))
    assert [source.name for source in named.sources] == ["the export", "what is registered"]
    with pytest.raises(TypeError, match="a pair of a name"):
        cg.merge((export, labels), export)


def test_places_of_phones_that_change_name_their_source(tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("PID,VID\nCP-8851NR-K9=,V15\n")
    files = [tmp_path / "old.csv", RISPORT]
    impact = cg.impact(files, before=BEFORE, after=AFTER, destination="webex-calling", target="12.0(5)")
    assert [row.place for row in impact.rows] == [f"{tmp_path / 'old.csv'} line 2"]


@pytest.mark.parametrize("wrong", [42, None, object(), {1, 2}, [42], [CSV, 42], iter([])])
def test_what_is_no_source_is_refused_by_name(wrong: object) -> None:
    with pytest.raises(TypeError, match="argument 'table': expected a table"):
        cg.audit(wrong, destination="third-party")
    with pytest.raises(TypeError, match="argument 'fleet': expected a table"):
        cg.impact(wrong, before=BEFORE, after=AFTER, destination="third-party")


# What pandas cannot hand on: columns whose values are of several types.
MIXED: dict[str, list[Any]] = {
    "words and numbers": [1, "one", None],
    "bytes and text": [b"\xff", "x", 1.5],
    "a list beside a number": [[1], 2, {}],
    "complex numbers": [1j, 2j, 3j],
    "half a surrogate pair": ["\ud800", "x", "y"],
    "periods": list(pd.period_range("2026-01", periods=3, freq="M")),
    "dates and text": [pd.Timestamp("2026-11-20"), "soon", pd.NaT],
}


@pytest.mark.parametrize("column", MIXED)
def test_a_column_of_pandas_that_is_not_asked_for_never_fails(column: str) -> None:
    frame = pd.DataFrame({**ROWS, "Note": pd.Series(MIXED[column], dtype=object)})
    expected = verdicts(cg.audit(pd.DataFrame(ROWS), destination="third-party"))
    audit = cg.audit(frame, destination="third-party")
    assert verdicts(audit) == expected
    assert audit.column_names[:4] == (*ROWS, "Note")
    assert verdicts(cg.audit(cg.merge(("frame", frame)), destination="third-party")) == expected
    assert len(cg.read_table(frame)) == len(ROWS["VID"])


def test_a_column_of_pandas_that_is_asked_for_is_text() -> None:
    # 683 is the type code of the 8841; pandas makes 683.0 of it where a cell is missing.
    frame = pd.DataFrame({"Model": pd.Series([683, "Cisco 7821", 683.0, None], dtype=object), "VID": ["V05"] * 4})
    models = cg.audit(frame, destination="third-party").to_dict()["read_model"]
    assert models == ["8841", "7821", "8841", None]
    kept = cg.read_table(pd.DataFrame({**ROWS, "Room": pd.Series([1, "2b", None], dtype=object)}), keep=["Room"])
    assert kept.to_dict()["Room"] == ["1", "2b", None]


def test_a_column_that_cannot_be_read_is_refused_by_name() -> None:
    frame = pd.DataFrame({"Model": ["Cisco 8841"], "VID": [pd.Timestamp("2026-11-20")]})
    with pytest.raises(cg.InventoryError, match="VID") as caught:
        cg.audit(frame, destination="third-party")
    assert caught.value.column == "VID"
