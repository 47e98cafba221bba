"""Columns and sheets that are named on both command lines."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from inventories import xlsx

if TYPE_CHECKING:
    from pathlib import Path

LIST = b"Navn,Adresse,Vare,Versjon\nx,00CCFC123456,CP-7821-K9=,V03\n"


def run(command: list[str], *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run([*command, *map(str, arguments), "--to", "third-party"], capture_output=True, check=False)


def test_columns_are_named(command: list[str], tmp_path: Path) -> None:
    file, out = tmp_path / "list.csv", tmp_path / "out" / "out.csv"
    out.parent.mkdir()
    file.write_bytes(LIST)
    done = run(command, file)
    assert done.returncode == 1
    assert b"say which column is which: --columns pid=HEADER" in done.stderr
    done = run(command, file, "--columns", "pid=Vare,vid=Versjon", "--columns", "mac=Adresse", "--out", out)
    assert done.returncode == 0, done.stderr
    assert out.read_text().splitlines()[1].startswith("x,00CCFC123456,CP-7821-K9=,V03,7821,V03,00CCFC123456")
    done = run(command, file, "--columns", "pid=Gone")
    assert done.returncode == 1
    assert b'there is no column "Gone" to read the pid from; expected one of ["Navn", "Adresse"' in done.stderr
    for wrong in ["Vare", "product=Vare", "=Vare"]:
        done = run(command, file, "--columns", wrong)
        assert (done.returncode, done.stdout) == (2, b"")
        assert b"says no column of a field; expected pid, vid, mac" in done.stderr


def test_one_of_several_files_has_a_column(command: list[str], phones: Path, tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(LIST)
    done = run(command, phones, file, "--columns", "pid=Vare,mac=Adresse")
    assert done.returncode == 0, done.stderr
    assert b"pid from Vare" in done.stdout
    done = run(command, phones, file, "--columns", "pid=Vare,mac=Adresse,vid=Gone")
    assert done.returncode == 1
    assert b'there is no column "Gone" to read the vid from' in done.stderr


def test_a_table_without_products_says_so_in_front(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"Navn,MAC-adresse,Vare\nx,00CCFC123456,CP-7821-K9=\n")
    done = run(command, file)
    assert done.returncode == 0, done.stderr
    assert "no column says which product a phone is" in done.stdout.decode().splitlines()[1]


def test_sheets_are_named(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    sheet = [["MAC", "PID"], ["00CCFC123456", "CP-7821-K9="]]
    file.write_bytes(xlsx({"Oslo": sheet, "Ulm": sheet, "Om": [["Laget av Kari"]]}))
    told = run(command, file).stdout
    assert b"2 phones from 2 rows" in told
    assert b"book.xlsx sheet Ulm" in told
    assert b"book.xlsx sheet Om: the sheet is not read" in told
    assert b"1 phone from 1 row" in run(command, file, "--sheet", "Ulm").stdout
    assert b"2 phones from 2 rows" in run(command, file, "--sheet", "Ulm", "--sheet", "oslo").stdout
    done = run(command, file, "--sheet", "Gone")
    assert done.returncode == 1
    assert b'there is no sheet "Gone"; expected one of ["Oslo", "Ulm", "Om"]' in done.stderr
