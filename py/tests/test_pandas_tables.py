"""Frames of pandas: no column that nobody asks for fails, and one that is asked for is refused by its name."""

from __future__ import annotations

import datetime as dt
import decimal
from typing import Any

import pytest

import crossgrade as cg

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

NAMES = ["SEP00CCFC000001", "SEP00CCFC000002"]
MODELS = ["Cisco 8841", "Cisco 8851"]
PHONES = {"Device Name": NAMES, "Model": MODELS, "VID": ["V05", None]}


class Speechless:
    """A value that nobody can write down."""

    def __str__(self) -> str:
        message = "no words"
        raise RuntimeError(message)

    __repr__ = __str__


def read(frame: object) -> list[tuple[Any, ...]]:
    columns = cg.read_table(frame).to_dict()
    assert pa.table(cg.audit(frame, destination="third-party")).num_rows == len(columns["mac"])
    return list(zip(columns["mac"], columns["pid"], columns["vid"], strict=True))


EXPECTED = [("00CCFC000001", "Cisco 8841", "V05"), ("00CCFC000002", "Cisco 8851", None)]

# Values in a column that nobody asks for.
BESIDE: dict[str, list[Any]] = {
    "numbers and words": [1, "a"],
    "numbers and none": [1.5, None],
    "not a number": [float("nan"), "a"],
    "missing": [pd.NA, "a"],
    "times": [pd.Timestamp("2026-11-30"), "a"],
    "dates": [dt.date(2026, 11, 30), 1],
    "bytes": [b"\xff", "a"],
    "decimals": [decimal.Decimal(1), "a"],
    "lists": [[1], "a"],
    "dictionaries": [{"a": 1}, {"b": "x"}],
    "complex numbers": [1j, 2j],
    "large numbers": [10**30, 1],
    "letters that are none": ["\ud800", 1],
    "what cannot be written": [Speechless(), 1],
}


@pytest.mark.filterwarnings("ignore::crossgrade.InventoryWarning")
@pytest.mark.parametrize("values", BESIDE.values(), ids=BESIDE)
def test_a_column_that_nobody_asks_for_fails_nothing(values: list[Any]) -> None:
    assert read(pd.DataFrame({**PHONES, "Note": values})) == EXPECTED
    # Also beside an index that has the names of the devices.
    assert sorted(read(pd.DataFrame({**PHONES, "Note": values}).set_index("Device Name"))) == EXPECTED


def test_a_column_that_cannot_be_written_is_told_and_refused_by_name_where_it_is_asked_for() -> None:
    with pytest.warns(cg.InventoryWarning, match='"Note" has values'):
        read(pd.DataFrame({**PHONES, "Note": [Speechless(), 1]}))
    frame = pd.DataFrame({**PHONES, "VID": [Speechless(), "V05"]})
    for call in (cg.read_table, lambda frame: cg.audit(frame, destination="third-party")):
        with (
            pytest.warns(cg.InventoryWarning, match="VID"),
            pytest.raises(cg.InventoryError, match='column "VID"'),
        ):
            call(frame)
    frame = pd.DataFrame({**PHONES, "Room": [Speechless(), 1]})
    with pytest.warns(cg.InventoryWarning, match="Room"), pytest.raises(cg.InventoryError, match='column "Room"'):
        cg.read_table(frame, keep=["Room"])


@pytest.mark.parametrize(
    "values", [[b"V05", b"V06"], [["V05"], ["V06"]], [decimal.Decimal(5), decimal.Decimal(6)], [5.5, 6.5]]
)
def test_a_column_of_a_type_that_says_no_text_is_refused_by_name(values: list[Any]) -> None:
    with pytest.raises(cg.InventoryError, match='column "VID"'):
        cg.read_table(pd.DataFrame({**PHONES, "VID": values}))


def test_a_number_in_a_column_of_words_is_a_text() -> None:
    assert read(pd.DataFrame({**PHONES, "Model": [8841.0, "Cisco 8851"]}))[0][1] == "8841"


def test_columns_of_one_name() -> None:
    frame = pd.DataFrame({**PHONES, "A": [1, 2], "B": [3, 4]}).set_axis([*PHONES, "Note", "Note"], axis="columns")
    assert read(frame) == EXPECTED
    frame = pd.DataFrame({**PHONES, "A": ["V06", "V07"]}).set_axis([*PHONES, "VID"], axis="columns")
    with pytest.raises(cg.InventoryError, match='"VID" and "VID" could both be the vid'):
        cg.read_table(frame)


@pytest.mark.parametrize("level", ["Phone", "", None, float("nan")])
def test_names_in_several_levels(level: object) -> None:
    frame = pd.DataFrame(PHONES)
    frame.columns = pd.MultiIndex.from_tuples([(level, name) for name in PHONES])
    assert read(frame) == EXPECTED
    frame.columns = pd.MultiIndex.from_tuples([(name, level) for name in PHONES])
    if level == "Phone":
        return
    assert read(frame) == EXPECTED


def test_an_index_that_has_a_name_is_a_column() -> None:
    assert sorted(read(pd.DataFrame(PHONES).set_index("Device Name"))) == EXPECTED
    assert sorted(read(pd.DataFrame(PHONES).set_index(["Device Name", "Model"]))) == EXPECTED


class Frame(pd.DataFrame):  # type: ignore[misc]
    """A frame of a library that makes its own of that of pandas."""


def test_tables_of_all_libraries_are_read() -> None:
    tables = [
        pl.DataFrame(PHONES),
        pa.table(PHONES),
        pa.RecordBatch.from_pydict(PHONES),
        Frame({**PHONES, "Note": [1, "a"]}),
    ]
    for table in tables:
        assert read(table) == EXPECTED


def test_what_is_no_table_yet_says_how_it_becomes_one() -> None:
    class Plan:
        columns = ("Model",)

        def compute(self) -> None:
            """Do nothing."""

    for plan, method in ((pl.DataFrame(PHONES).lazy(), "collect"), (Plan(), "compute")):
        with pytest.raises(TypeError, match=f"hand over what its method {method} gives"):
            cg.audit(plan, destination="third-party")
        with pytest.raises(TypeError, match=f"hand over what its method {method} gives"):
            cg.read_table(plan)
