"""What a person settles outranks every source, in a program and on the command line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from command_lines import EXAMPLE, run

import crossgrade as cg

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

EXPORT = b"Device Name,PID,VID\nSEP00CCFC123456,CP-7821-K9=,V01\n"
LABELS = b"MAC,PID,VID\n00CCFC123456,CP-7821-K9=,V03\n"
SEEN = {"device": "SEP00CCFC123456", "field": "vid", "value": "V03", "said_by": "Anna", "when": "2026-11-20"}
FILE = b"device,field,value,said_by,when\nSEP00CCFC123456,vid,V03,Anna,2026-11-20\n"


def sources() -> list[cg.Fleet]:
    return [cg.read_csv(EXPORT, name="export.csv"), cg.read_csv(LABELS, name="labels.csv")]


def columns() -> dict[str, list[str]]:
    return {name: [text] for name, text in SEEN.items()}


def test_a_person_settles_in_every_way(tmp_path: Path) -> None:
    path = tmp_path / "settle.csv"
    path.write_bytes(FILE)
    tables = [pd.DataFrame([SEEN]), pl.DataFrame([SEEN]), pa.table(columns()), pa.record_batch(columns())]
    texts: list[Any] = [path, str(path), FILE, bytearray(FILE)]
    rows: list[Any] = [SEEN, [SEEN], iter([{"device": "nobody", "field": "vid", "value": None}, SEEN])]
    for settle in [*texts, *rows, *tables]:
        fleet = cg.merge(sources(), settle=settle)
        (conflict,) = fleet.conflicts
        assert not conflict.is_open
        assert [value.value for value in conflict.values] == ["V03", "V01"]
        assert conflict.values[0].place.endswith("said by Anna, 2026-11-20")
        assert fleet.phone(0)["vid"] == "V03"
        assert fleet.sources[-1].kind is cg.SourceKind.SETTLEMENT
        assert fleet.merge_report is not None
        assert (fleet.merge_report.open_conflicts, fleet.merge_report.settled) == (0, 1)
        assert fleet.to_settle() == b"device,field,value,said_by,when,sides\n"
    assert len(cg.merge(sources(), settle=[]).conflicts) == 1


def test_one_fleet_is_settled_too() -> None:
    fleet = cg.merge(cg.read_csv(EXPORT), settle=[SEEN])
    assert fleet.phone(0)["vid"] == "V03"
    table = pa.table(cg.audit(fleet, destination="third-party"))
    assert table["verdict"].to_pylist() == ["eligible"]


def test_the_file_to_fill_in_settles_once_it_is_filled_in() -> None:
    fleet = cg.merge(sources())
    file = fleet.to_settle()
    expected = b"00:CC:FC:12:34:56,vid,,,,V01 (export.csv line 2) or V03 (labels.csv line 2)"
    assert file.splitlines()[1] == expected
    assert expected.decode() in str(fleet)
    assert "--settle FILE" in str(fleet)
    half = cg.merge(sources(), settle=file)
    assert half.notes == ("settle: 1 row has no value yet",)
    assert half.to_settle() == file
    settled = cg.merge(sources(), settle=file.replace(b",vid,,", b",vid,V03,Anna"))
    assert "To settle" not in str(settled)
    assert not any(conflict.is_open for conflict in settled.conflicts)


@pytest.mark.parametrize(
    ("row", "column", "message"),
    [
        ({"device": "SEP00CCFC999999"}, "device", 'device "SEP00CCFC999999" is no phone of the merge; expected '),
        ({"device": None}, "device", "the device is blank; expected "),
        ({"field": "mac"}, "field", "mac cannot be settled, for it is by what a phone is told from others"),
        ({"field": "colour"}, "field", 'field "colour" is unknown; expected one of pid, vid, '),
        ({"value": "five"}, "value", "VID: "),
    ],
)
def test_what_names_nothing_is_refused(row: dict[str, Any], column: str, message: str) -> None:
    with pytest.raises(cg.InventoryError) as raised:
        cg.merge(sources(), settle=[{**SEEN, "value": "v3"}, {**SEEN, **row}])
    assert str(raised.value).startswith(f"settle row 2: {message}")
    assert (raised.value.source, raised.value.row, raised.value.column) == ("settle", 2, column)


def test_other_things_are_refused(tmp_path: Path) -> None:
    with pytest.raises(cg.InventoryError, match="expected a header device,field,value,said_by,when"):
        cg.merge(sources(), settle=b"SEP00CCFC123456,vid,V03\n")
    with pytest.raises(cg.InventoryError, match="expected a header device,field,value,said_by,when"):
        cg.merge(sources(), settle=pa.table({"PID": ["x"]}))
    with pytest.raises(cg.InventoryError, match="column value is of type Float64; expected text"):
        cg.merge(sources(), settle=pa.table({**columns(), "value": [1.5]}))
    with pytest.raises(cg.InventoryError, match="says V03; expected one of them"):
        cg.merge(sources(), settle=[SEEN, {**SEEN, "value": "V04"}])
    with pytest.raises(FileNotFoundError):
        cg.merge(sources(), settle=tmp_path / "missing.csv")
    wrong: list[Any] = [3, [3], ["V03"]]
    for settle in wrong:
        with pytest.raises(TypeError, match="argument 'settle': expected the path of a CSV file, bytes, a table"):
            cg.merge(sources(), settle=settle)


def audited(command: list[str], folder: Path, *arguments: str, code: int = 0) -> str:
    (folder / "export.csv").write_bytes(EXPORT)
    (folder / "labels.csv").write_bytes(LABELS)
    done = run(command, *arguments, cwd=folder)
    assert done.returncode == code, done
    return (done.stderr if code else done.stdout).decode()


def test_the_command_line_prints_the_file_and_takes_it(command: list[str], tmp_path: Path) -> None:
    report = audited(command, tmp_path, "export.csv", "labels.csv", "--to-settle", "settle.csv")
    assert "To settle: 1 open conflict\n" in report
    assert report.endswith("Open conflicts written to settle.csv\n")
    file = tmp_path / "settle.csv"
    file.write_text(file.read_text().replace(",vid,,,", ",vid,V03,Anna,2026-11-20"))
    report = audited(command, tmp_path, "export.csv", "labels.csv", "--settle", "settle.csv", "--out", "out.csv")
    assert "1 settled by hand" in report
    assert "To settle" not in report
    assert "V03 (settle.csv line 2, said by Anna, 2026-11-20) or V01" in (tmp_path / "out.csv").read_text()
    # A person settles one list too.
    assert "eligible          1" in audited(command, tmp_path, "export.csv", "--settle", "settle.csv")
    aside = audited(command, tmp_path, "export.csv", "--to-settle", "-")
    assert aside == "device,field,value,said_by,when,sides\n"


def test_the_command_line_refuses(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "settle.csv").write_bytes(FILE.replace(b"SEP00CCFC123456", b"SEP00CCFC999999"))
    told = audited(command, tmp_path, "export.csv", "--settle", "settle.csv", code=1)
    assert 'settle.csv line 2: device "SEP00CCFC999999" is no phone of the merge; expected ' in told
    told = audited(command, tmp_path, "export.csv", "--settle", "settle.csv", "--to-settle", "settle.csv", code=1)
    assert "settle.csv: the results would overwrite the inventory" in told
    told = audited(command, tmp_path, "export.csv", "--out", "a.csv", "--to-settle", "a.csv", code=2)
    assert "--out and --to-settle name the same file" in told
    assert "given twice" in audited(command, tmp_path, "export.csv", "--settle", "a", "--settle", "b", code=2)
    assert "standard input is named twice" in audited(command, tmp_path, "-", "--settle", "-", code=2)
    missing = audited(command, tmp_path, "export.csv", "--settle", "missing.csv", code=1)
    assert "missing.csv" in missing


@pytest.mark.skipif(EXAMPLE is None, reason="the Rust example is not built")
def test_both_command_lines_say_the_same(tmp_path: Path) -> None:
    (tmp_path / "settle.csv").write_bytes(FILE + b"labels.csv line 2,serial,,,\n")
    assert EXAMPLE is not None
    commands = [[sys.executable, "-m", "crossgrade", "audit"], [EXAMPLE]]
    for arguments in [["--to-settle", "open.csv"], ["--settle", "settle.csv"]]:
        python, rust = (audited(command, tmp_path, "export.csv", "labels.csv", *arguments) for command in commands)
        assert python == rust
