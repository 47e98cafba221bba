"""Results on their way out: every phone of a fleet is one row, and its answer is that of the report."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow as pa
import pytest

import crossgrade as cg

HOSTILE = Path(__file__).parents[2] / "tests" / "data" / "hostile"
EVIDENCE = ("pid", "vid", "mac", "serial", "load", "release", "firmware_type", "authorization")


def evidence(fleet: cg.Fleet) -> dict[str, list[str | None]]:
    """Return what is known of the phones."""
    table = fleet.to_dict()
    return {column: table[column] for column in EVIDENCE}


def hostile_fleet(*names: str) -> cg.Fleet:
    """Read samples as one fleet."""
    return cg.merge(*(cg.read_inventory(HOSTILE / name) for name in names))


@pytest.mark.parametrize(
    ("names", "phones"), [(("hash.xml",), 3), (("forge.xml",), 2), (("hash.csv",), 2), (("a.csv", "b.csv"), 1)]
)
def test_rows_out_are_phones_and_what_is_read_again_is_the_same(names: tuple[str, ...], phones: int) -> None:
    """Nothing that a description or a name holds adds a row, drops one, or turns a verdict."""
    fleet = hostile_fleet(*names)
    assert len(fleet) == phones
    again = cg.read_csv(fleet.to_csv())
    assert evidence(again) == evidence(fleet)
    for destination in cg.Destination:
        audit = cg.audit(fleet, destination=destination)
        assert len(audit) == phones
        assert pa.table(audit).num_rows == phones
        # The table that another library makes of the fleet has the same answers.
        table = cg.audit(pa.table(fleet), destination=destination)
        assert audit.to_dict() == table.to_dict() == cg.audit(again, destination=destination).to_dict()
        assert str(audit.summary()) == str(table.summary())


def test_chosen_columns_are_read_from_the_table_of_a_fleet() -> None:
    """A caller who says which column is the product wants that column, not what was read before."""
    fleet = cg.read_csv(b"PID,Description\nCP-7821-K9=,Cisco 8841\n")
    audit = cg.audit(fleet, destination="third-party", columns={"pid": "description"})
    assert audit.to_dict()["read_model"] == ["8841"]


def test_a_nul_in_a_header_reaches_no_other_library() -> None:
    """Names in Arrow end at a NUL outside Rust."""
    audit = cg.audit(HOSTILE / "nul_in_header.csv", destination="third-party")
    assert pa.table(audit).column_names == list(audit.column_names) == pl.DataFrame(audit).columns
    assert "\0" not in "".join(audit.column_names)
    (note,) = cg.read_csv(HOSTILE / "nul_in_header.csv").notes
    assert "a NUL in the name became U+FFFD" in note
    with pytest.raises(cg.InventoryError, match="holds a NUL"):
        cg.audit(HOSTILE / "nul_in_header.csv", destination="third-party", prefix="a\0")


def test_a_table_is_at_most_4096_columns_wide() -> None:
    """A wide header makes every short row as wide."""
    with pytest.raises(cg.InventoryError, match="10001 columns; expected at most 4096"):
        cg.audit(HOSTILE / "wide_header_short_rows.csv", destination="third-party")
