"""What was kept of a terminal goes through every door, and what is no inventory says what to save instead."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from command_lines import run

import crossgrade as cg

if TYPE_CHECKING:
    from pathlib import Path

LOAD = "sip88xx.12-8-1-0001-455"
RISDB = f"""admin:show risdb query phone

----------- Phone Information -----------

DeviceName, Descr, Ipaddr, MACaddr, RegStatus, DeviceModel, LoadId, ActiveLoadId
SEP00CCFC000021, Lab, two, 10.1.1.21, SEP00CCFC000021, reg, 684, {LOAD}, {LOAD}
SEP00CCFC000022, Old, , SEP00CCFC000022, unr, 683, {LOAD}, {LOAD}

Total count 2
admin:
""".encode()
SQL = b"""admin:run sql select name, model from device
name            model
=============== ==========
SEP00CCFC000041 Cisco 8851
SEP00CCFC000042 Cisco 7841
"""
KEPT = f"""Name,Model,Status,ActiveLoadID
SEP00CCFC000051,Cisco 8841,UnRegistered,{LOAD}
SEP00CCFC000052,Cisco 8841,Registered,{LOAD}
"""


@pytest.mark.parametrize("read", [cg.read_inventory, cg.read_risport])
def test_a_capture_of_risdb_is_an_answer_of_risport(read: object, tmp_path: Path) -> None:
    file = tmp_path / "cucm.log"
    file.write_bytes(RISDB)
    for source in (RISDB, file, str(file)):
        fleet = read(source)  # type: ignore[operator]
        assert [source.kind for source in fleet.sources] == [cg.SourceKind.RISPORT]
        table = fleet.to_dict()
        assert table["load"] == [LOAD, None]
        assert table["status"] == ["Registered", f"UnRegistered, last seen with load {LOAD}"]
        assert table["description"] == ["Lab, two", "Old"]


def test_a_table_of_run_sql_is_a_list() -> None:
    for fleet in (cg.read_inventory(SQL), cg.read_csv(SQL)):
        assert fleet.to_dict()["device"] == ["SEP00CCFC000041", "SEP00CCFC000042"]
        assert fleet.to_dict()["load"] == [None, None]


def test_a_load_beside_unregistered_runs_nowhere(tmp_path: Path) -> None:
    pandas = pytest.importorskip("pandas")
    file = tmp_path / "ris.csv"
    file.write_text(KEPT)
    table = pandas.read_csv(file)
    for fleet in (cg.read_csv(file), cg.read_table(table), cg.read_table(table.astype("category"))):
        assert fleet.to_dict()["load"] == [None, LOAD]
        assert any("1 phone is not registered: the load that it was last seen with" in note for note in fleet.notes)
    verdicts = cg.audit(table, destination="unified-cm").to_dict()["verdict"]
    assert verdicts == ["unknown", "not-needed"]


@pytest.mark.parametrize(
    ("content", "found", "cure"),
    [
        (
            b"SW1#show cdp neighbors detail\nDevice ID: SEP0041D2000005\nPlatform: Cisco IP Phone 8845\n",
            "CDP",
            "of phones",
        ),
        (b"[{'Name': 'SEP00CCFC000001', 'Model': None}]", "Python prints it", "serialize_object"),
        (b"%PDF-1.7\n", "a PDF document", "copy the table"),
        (b"bash: axl: command not found\n", "command not found", "run it again"),
    ],
)
def test_what_is_no_inventory_says_what_to_save(content: bytes, found: str, cure: str) -> None:
    for read in (cg.read_inventory, cg.read_csv):
        with pytest.raises(cg.InventoryError) as caught:
            read(content)
        assert found in str(caught.value)
        assert cure in str(caught.value)


@pytest.mark.parametrize(("content", "phones"), [(RISDB, 2), (SQL, 2)])
def test_command_lines_audit_captures(content: bytes, phones: int, tmp_path: Path) -> None:
    file, out = tmp_path / "kept.txt", tmp_path / "results.csv"
    file.write_bytes(content)
    done = run([sys.executable, "-m", "crossgrade", "audit"], file, "--out", out)
    assert done.returncode == 0, done.stderr
    assert len(out.read_bytes().splitlines()) == 1 + phones
