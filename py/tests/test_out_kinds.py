"""What the file of `--out` holds: CSV, or Parquet in Python, and nothing else under a wrong name."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING
from unittest import mock

import pytest
from command_lines import FLEET, names, run

import crossgrade as cg
from crossgrade import _results_parquet
from crossgrade.__main__ import main

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", ["x.xlsx", "x.XLS", "x.json", "x.arrow", "x.tsv", "x.csv.gz"])
def test_no_other_kind_of_file_is_csv(command: list[str], phones: Path, out: Path, name: str) -> None:
    file = out.with_name(name)
    done = run(command, phones, "--out", file)
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"{file}: results are written as CSV".encode() in done.stderr
    assert names(out.parent) == []


@pytest.mark.parametrize("name", ["results", "x.csv", "x.CSV", "x.txt", "2026.11", ".csv"])
def test_csv_may_be_called_anything_else(command: list[str], phones: Path, out: Path, name: str) -> None:
    file = out.with_name(name)
    assert run(command, phones, "--out", file).returncode == 0
    assert file.read_bytes().startswith(b"PID,VID,MAC,read_model,")


def test_results_as_parquet_are_those_of_the_csv(phones: Path, out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    python = [sys.executable, "-m", "crossgrade", "audit"]
    for inputs, to in [([phones], "third-party"), ([phones, FLEET], "third-party"), ([phones], "all")]:
        done = run(python, *inputs, "--prefix", "cg_", "--out", out.with_suffix(".parquet"), to=to)
        assert done.returncode == 0, done.stderr
        csv = run(python, *inputs, "--prefix", "cg_", "--out", out, to=to)
        assert csv.returncode == 0
        assert done.stdout == csv.stdout.replace(b".csv\n", b".parquet\n")
        table = parquet.read_table(out.with_suffix(".parquet"))
        destinations = [to] if to != "all" else list(cg.Destination)
        assert table.schema.metadata[b"crossgrade.destination"].decode().split() == destinations
        header, *rows = out.read_text().splitlines()
        assert table.column_names == header.split(",")
        assert table.num_rows == len(rows)


def test_a_spreadsheet_runs_no_cell_unless_it_is_asked_for(command: list[str], out: Path, tmp_path: Path) -> None:
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID,VID,Note,Phone\nCP-7821-K9=,= V03,=1+1,+31 20 123\nCP-7821-K9=,V03,'=1+1,-5\n")
    assert run(command, phones, "--out", out).returncode == 0
    guarded = out.read_bytes().splitlines()
    assert guarded[1].startswith(b"CP-7821-K9=,'= V03,'=1+1,+31 20 123,7821,V03,")
    # Reading takes the mark of the second row off, so it was `=1+1` too.
    assert guarded[2].startswith(b"CP-7821-K9=,V03,'=1+1,-5,")
    assert run(command, phones, "--out", out, "--raw").returncode == 0
    assert out.read_bytes().splitlines()[1].startswith(b"CP-7821-K9=,= V03,=1+1,+31 20 123,")


def test_parquet_answers_each_phone_once(phones: Path, out: Path) -> None:
    pytest.importorskip("pyarrow.parquet")
    with mock.patch.object(_results_parquet, "audit_sources", wraps=_results_parquet.audit_sources) as audit:
        assert main(["audit", str(phones), "--to", "all", "--out", str(out.with_suffix(".parquet"))]) == 0
    assert [call.kwargs["destination"] for call in audit.call_args_list] == list(cg.Destination)


def test_parquet_tells_what_csv_tells(phones: Path, out: Path) -> None:
    """Files that break off, names that clash, other kinds of files, and cells that are raw in any case."""
    parquet = pytest.importorskip("pyarrow.parquet")
    python, file = [sys.executable, "-m", "crossgrade", "audit"], out.with_suffix(".parquet")
    phones.write_bytes(b"PID,VID,Note\nCP-7821-K9=,V03,=1+1\nCP-7821-K9=,V")
    done = run(python, phones, "--out", file)
    assert done.returncode == 1
    assert f"    {phones}: inventory: line 3: the file ends within ".encode() in done.stdout
    assert done.stderr.endswith(f": {phones}: not all of it could be read; what was read is audited\n".encode())
    assert parquet.read_table(file)["Note"].to_pylist() == ["=1+1", None]
    for header, to in [("verdict", "third-party"), ("read_vid", "all"), ("webex_calling_verdict", "all")]:
        phones.write_text(f"PID,{header}\nCP-7821-K9=,x\n")
        done = run(python, phones, "--out", file, to=to)
        assert done.returncode == 1
        assert f': {phones}: audit: there is a column "{header}" already'.encode() in done.stderr
        assert b"--prefix" in done.stderr
    # What only a result for one destination is called is free for several.
    phones.write_bytes(b"PID,verdict\nCP-7821-K9=,x\n")
    assert run(python, phones, "--out", file, to="all").returncode == 0
    assert parquet.read_table(file)["verdict"].to_pylist() == ["x"]


@pytest.mark.parametrize("to", ["third-party", "all"])
def test_parquet_has_each_name_once(phones: Path, out: Path, to: str) -> None:
    """A table with two columns of one name can be written, and then no library reads it."""
    parquet = pytest.importorskip("pyarrow.parquet")
    phones.write_bytes(b"PID,Note,,Note_2,Note,,Note\nCP-7821-K9=,a,b,c,d,e,f\n")
    done = run([sys.executable, "-m", "crossgrade", "audit"], phones, "--out", out.with_suffix(".parquet"), to=to)
    assert done.returncode == 0
    cells = parquet.read_table(out.with_suffix(".parquet")).to_pylist()[0]
    expected = {"PID": "CP-7821-K9=", "Note": "a", "": "b", "Note_2": "c", "Note_3": "d", "_2": "e", "Note_4": "f"}
    assert list(cells.items())[:7] == list(expected.items())
    note = 'column 5 is "Note_3" in the table of results: another column is called "Note" too'
    assert f"    {phones}: {note}\n".encode() in done.stdout
    # CSV keeps its header.
    assert run([sys.executable, "-m", "crossgrade", "audit"], phones, "--out", out, to=to).returncode == 0
    assert out.read_bytes().startswith(b"PID,Note,,Note_2,Note,,Note,read_model,")
