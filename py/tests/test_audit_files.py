"""Paths: CSV by crossgrade's own reader, Parquet by whatever is installed."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

import crossgrade as cg
from crossgrade._native import audit_sources
from fleets import columns, rows

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
pl = pytest.importorskip("polars")

FLEET = Path(__file__).parents[2] / "examples" / "data" / "fleet.csv"
RESULTS = [str(column) for column in cg.ResultColumn]
ROWS = rows()
TABLE = pa.table(columns(ROWS))


class OsPath:
    def __init__(self, path: Path) -> None:
        self.path = path

    def __fspath__(self) -> str:
        return str(self.path)


@pytest.mark.parametrize("destination", cg.Destination)
def test_csv_has_the_answers_of_the_command_line(destination: cg.Destination, tmp_path: Path) -> None:
    out = tmp_path / "results.csv"
    command = [sys.executable, "-m", "crossgrade", "audit", str(FLEET), "--to", destination, "--out", str(out)]
    report = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8").stdout
    with out.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        expected = [{name: row[name] for name in RESULTS} for row in csv.DictReader(file)]
    for table in [FLEET, str(FLEET), OsPath(FLEET), [FLEET], FLEET.read_bytes()]:
        audit = cg.audit(table, destination=destination)
        found = pa.table(audit).select(RESULTS).to_pylist()
        assert [{name: cell or "" for name, cell in row.items()} for row in found] == expected
        assert str(audit.summary()) in report
        assert str(audit.columns) in report


def test_cells_of_csv_come_out_as_text() -> None:
    audit = cg.audit(b"\xef\xbb\xbfPID;Site\nCP-7821-K9=;Malm\xc3\xb6\n8841\n\xff;x;y\n", destination="third-party")
    table = pa.table(audit)
    assert table.column_names[:2] == ["PID", "Site"]
    assert table["PID"].type == pa.string()
    # A row with a cell too few is one text.
    assert table["PID"].to_pylist()[:2] == ["CP-7821-K9=", "line 3: 1 columns where the header has 2: 8841"]
    assert table["Site"].to_pylist()[:2] == ["Malm\u00f6", None]
    assert len(audit) == 3


@pytest.mark.parametrize("name", ["missing", "."])
def test_files_that_go_away_are_told_as_python_tells(name: str, tmp_path: Path) -> None:
    """The file was there when it was looked for, and is not when it is read."""
    file = tmp_path / name
    with pytest.raises(OSError, match=r"\[Errno") as expected:
        file.read_bytes()
    with pytest.raises(OSError, match=r"\[Errno") as found:
        audit_sources(iter([(name, file)]), destination="third-party", prefix="", text="utf8")
    assert type(found.value) is type(expected.value)
    assert (found.value.errno, found.value.strerror) == (expected.value.errno, expected.value.strerror)
    assert (found.value.filename, found.value.args) == (str(file), expected.value.args)


def parquet(folder: Path, name: str = "fleet.parquet", table: Any = TABLE, **options: Any) -> Path:  # noqa: ANN401
    file = folder / name
    pq.write_table(table, file, **options)
    return file


@pytest.fixture(params=["pyarrow", "polars"])
def reads_parquet(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make as if only this library were there, while a file is opened."""
    other = {"pyarrow": "polars", "polars": "pyarrow"}[request.param]
    monkeypatch.setattr("crossgrade._parquet.find_spec", lambda name: None if name == other else find_spec(name))
    return str(request.param)


def test_parquet(reads_parquet: str, tmp_path: Path) -> None:
    file = parquet(tmp_path, row_group_size=30)
    expected = pa.table(cg.audit(TABLE, destination="third-party")).select(RESULTS).to_pylist()
    audit = cg.audit(file, destination="third-party")
    assert pa.table(audit).select(RESULTS).to_pylist() == expected
    assert pa.table(audit)["PID"].type == (pa.string() if reads_parquet == "pyarrow" else pa.string_view())
    stream = cg.audit_stream(str(file), destination="third-party")
    assert pa.table(stream).select(RESULTS).to_pylist() == expected
    empty = parquet(tmp_path, "empty", TABLE[:0])
    assert len(cg.audit(empty, destination="third-party")) == 0
    several = cg.audit([file, empty, file], destination="third-party")
    assert pa.table(several).select(RESULTS).to_pylist() == expected * 2


def test_polars_reads_parquet_without_pyarrow(tmp_path: Path) -> None:
    source = (
        "import sys; sys.modules['pyarrow'] = None\n"
        "import crossgrade as cg, polars as pl\n"
        "audit = cg.audit(sys.argv[1], destination='third-party')\n"
        "print(len(audit), pl.DataFrame(audit).shape[0])\n"
    )
    command = [sys.executable, "-c", source, str(parquet(tmp_path))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.stdout.split() == [str(len(ROWS)), str(len(ROWS))], done.stderr


def test_nothing_reads_parquet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crossgrade._parquet.find_spec", lambda _: None)
    with pytest.raises(
        ImportError, match=r"fleet\.parquet: Parquet is read by pyarrow or polars, and neither is installed"
    ):
        cg.audit(parquet(tmp_path), destination="third-party")


def told(audit: cg.Audit) -> list[dict[str, object]]:
    """The rows of an audit; a broken row says in which line of its file it stands, which is another in a part."""

    def without_line(value: object) -> object:
        return re.sub(r"^line \d+: ", "line: ", value) if isinstance(value, str) else value

    return [{name: without_line(value) for name, value in row.items()} for row in pa.table(audit).to_pylist()]


def test_several_files_are_one_audit_in_their_order(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    text = FLEET.read_bytes()
    header, _, body = text.partition(b"\n")
    lines = body.splitlines(keepends=True)
    first.write_bytes(b"".join([header, b"\n", *lines[:60]]))
    second.write_bytes(b"".join([header, b"\n", *lines[60:]]))
    whole = cg.audit(FLEET, destination="third-party")
    for paths in [[first, second], (str(first), OsPath(second))]:
        parts = cg.audit(paths, destination="third-party")
        assert told(parts) == told(whole)
        assert parts.summary().to_dict() == whole.summary().to_dict()
        assert str(parts.summary()) == str(whole.summary())
    other = cg.audit([second, first], destination="third-party")
    assert told(other) != told(whole)
    mixed = cg.audit(
        [first, parquet(tmp_path, table=pa.table(whole).select(whole.column_names[:11]))], destination="third-party"
    )
    assert len(mixed) == len(lines[:60]) + len(whole)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"PID,HW\n8841,x\n", 'the columns are ["PID", "HW"]; expected ["PID", "VID"], as before'),
        (b"PID\n8841\n", 'the columns are ["PID"]; expected ["PID", "VID"], as before'),
        (b"VID,PID\nV15,8841\n", 'the columns are ["VID", "PID"]; expected ["PID", "VID"], as before'),
    ],
)
def test_a_file_with_other_columns_is_named(text: bytes, message: str, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_bytes(b"PID,VID\n8841,V15\n")
    bad.write_bytes(text)
    with pytest.raises(cg.InventoryError) as caught:
        cg.audit([good, bad], destination="third-party")
    assert str(caught.value) == f"{bad}: audit: {message}"
    assert caught.value.source == str(bad)
    stream = cg.audit_stream([good, bad], destination="third-party")
    with pytest.raises(pa.ArrowInvalid, match="as before"):
        pa.table(stream)
    assert stream.summary().phones == 1


def test_a_file_with_other_types_is_named(tmp_path: Path) -> None:
    files = [
        parquet(tmp_path),
        parquet(tmp_path, "large", TABLE.cast(pa.schema([(name, pa.large_string()) for name in TABLE.column_names]))),
    ]
    with pytest.raises(
        cg.InventoryError, match=r'large: audit: column "PID" is of type LargeUtf8; expected Utf8, as before$'
    ):
        cg.audit(files, destination="third-party")


def test_errors_name_the_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as missing:
        cg.audit(tmp_path / "no.csv", destination="third-party")
    assert missing.value.filename == str(tmp_path / "no.csv")
    file = tmp_path / "fleet.csv"
    for text, message, column in [
        (b"", "inventory: the file is empty; expected a header row and one row for each phone", None),
        (
            b"Site\nx\n",
            (
                'inventory: no column of ["Site"] is one that is read; '
                "expected at least a column such as PID, Model or Device Type; say which column is which: --columns"
                ' pid=HEADER on a command line, columns={"pid": HEADER} in Python, "pid=HEADER" in columns in C,'
                " ChosenColumn::new in Rust"
            ),
            None,
        ),
        (
            b"PID,Product ID\nx,y\n",
            'inventory: columns "PID" and "Product ID" could both be the pid; rename or remove one, or name the one that counts:'
            ' --columns pid=HEADER on a command line, columns={"pid": HEADER} in Python, "pid=HEADER" in columns in C,'
            " ChosenColumn::new in Rust",
            "PID",
        ),
        (
            b"PID,verdict\nx,y\n",
            'audit: there is a column "verdict" already; expected a prefix that makes result columns differ',
            "verdict",
        ),
    ]:
        file.write_bytes(text)
        with pytest.raises(cg.InventoryError) as caught:
            cg.audit(file, destination="third-party")
        assert str(caught.value) == f"{file}: {message}"
        assert (caught.value.source, caught.value.row, caught.value.column) == (str(file), None, column)
        with pytest.raises(cg.InventoryError) as caught:
            cg.audit(text, destination="third-party")
        assert str(caught.value) == message
        assert caught.value.source is None


def test_broken_parquet_is_told_by_the_library(reads_parquet: str, tmp_path: Path) -> None:
    file = tmp_path / "broken.parquet"
    file.write_bytes(b"PAR1 and nothing more")
    library = pa.ArrowInvalid if reads_parquet == "pyarrow" else pl.exceptions.ComputeError
    with pytest.raises(library):
        cg.audit(file, destination="third-party")


@pytest.mark.skipif(os.name == "nt", reason="names of files are text there")
def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    file = os.path.join(os.fsencode(tmp_path), b"\xff.csv")  # noqa: PTH118
    try:
        with open(file, "wb") as writer:  # noqa: PTH123
            writer.write(b"")
    except OSError:
        pytest.skip("this file system has none")
    with pytest.raises(cg.InventoryError, match=re.escape("\ufffd.csv: inventory: the file is empty")):
        cg.audit(os.fsdecode(file), destination="third-party")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with a name")
def test_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor(1) as pool:
        writer = pool.submit(pipe.write_bytes, b"PID\n8841\n")
        assert pa.table(cg.audit(pipe, destination="third-party"))["read_model"].to_pylist() == ["8841"]
        writer.result()


def test_csv_is_read_as_everywhere() -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(TABLE.column_names)
    writer.writerows([cell or "" for cell in row] for row in ROWS)
    audit = cg.audit(buffer.getvalue().encode(), destination="unified-cm")
    expected = pa.table(cg.audit(TABLE, destination="unified-cm")).select(RESULTS).to_pylist()
    assert pa.table(audit).select(RESULTS).to_pylist() == expected
