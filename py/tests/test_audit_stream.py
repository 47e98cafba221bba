"""Streams, progress, Ctrl-C, threads."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg
from fleets import columns, rows

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pa = pytest.importorskip("pyarrow")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")

ROWS = rows()
TABLE = pa.table(columns(ROWS))
EXPECTED = pa.table(cg.audit(TABLE, destination="third-party")).to_pylist()


def batches(count: int, produced: list[int]) -> Iterator[Any]:
    for number in range(count):
        produced.append(number)
        yield TABLE.to_batches()[0]


def reader(count: int, produced: list[int]) -> Any:  # noqa: ANN401
    return pa.RecordBatchReader.from_batches(TABLE.schema, batches(count, produced))


def test_a_stream_is_read_as_it_is_consumed() -> None:
    produced: list[int] = []
    stream = cg.audit_stream(reader(5, produced), destination="third-party")
    assert stream.summary().phones == 0
    consumer = pa.RecordBatchReader.from_stream(stream)
    for number in range(1, 6):
        batch = consumer.read_next_batch()
        assert batch.to_pylist() == EXPECTED
        assert stream.summary().phones == number * len(ROWS)
        assert len(produced) == number
    with pytest.raises(StopIteration):
        consumer.read_next_batch()
    whole = cg.audit(pa.concat_tables([TABLE] * 5), destination="third-party")
    assert stream.summary().to_dict() == whole.summary().to_dict()


def rows_of_duckdb(stream: cg.AuditStream) -> list[Any]:  # noqa: ARG001 (DuckDB finds it by its name)
    return list(duckdb.sql("from stream").fetchall())


def test_a_stream_is_read_once() -> None:
    message = (
        "^an AuditStream can be read once, and was; use audit\\(\\) for a table that is read as often as you like$"
    )
    for read in [pa.table, pl.DataFrame, rows_of_duckdb]:
        stream = cg.audit_stream(TABLE, destination="third-party")
        assert len(read(stream)) == len(ROWS)
        with pytest.raises(ValueError, match=message):
            stream.__arrow_c_stream__()
        assert stream.summary().phones == len(ROWS)
    # A request that fails takes nothing.
    stream = cg.audit_stream(TABLE, destination="third-party")
    with pytest.raises(TypeError, match="expected a capsule"):
        stream.__arrow_c_stream__(5)
    assert pa.table(stream).num_rows == len(ROWS)


def test_a_stream_that_nobody_reads_is_let_go() -> None:
    produced: list[int] = []
    stream = cg.audit_stream(reader(5, produced), destination="third-party")
    capsule = stream.__arrow_c_stream__()
    del capsule, stream
    assert produced == []


def test_errors_of_the_producer() -> None:
    def failing(error: BaseException) -> Iterator[Any]:
        yield TABLE.to_batches()[0]
        raise error

    def source(error: BaseException) -> Any:  # noqa: ANN401
        return pa.RecordBatchReader.from_batches(TABLE.schema, failing(error))

    with pytest.raises(cg.InventoryError, match=r"^audit: .*the disk is gone"):
        cg.audit(source(OSError("the disk is gone")), destination="third-party")
    with pytest.raises(KeyboardInterrupt):
        cg.audit(source(KeyboardInterrupt()), destination="third-party")
    stream = cg.audit_stream(source(OSError("the disk is gone")), destination="third-party")
    consumer = pa.RecordBatchReader.from_stream(stream)
    assert consumer.read_next_batch().num_rows == len(ROWS)
    # The error stays: whoever asks again must not take it for the end.
    for _ in range(3):
        with pytest.raises(pa.ArrowInvalid, match=r"Compute error: audit: .*the disk is gone"):
            consumer.read_next_batch()
    assert stream.summary().phones == len(ROWS)


def test_what_a_table_raises_comes_out_as_it_is() -> None:
    class Unwilling:
        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            raise ZeroDivisionError

    class Wrong:
        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            return TABLE.schema.__arrow_c_schema__()

    class Another:
        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            return requested_schema

    with pytest.raises(ZeroDivisionError):
        cg.audit(Unwilling(), destination="third-party")
    with pytest.raises(TypeError, match=r"^expected a capsule named 'arrow_array_stream', not one of another name$"):
        cg.audit(Wrong(), destination="third-party")
    with pytest.raises(TypeError, match=r"^expected a capsule named 'arrow_array_stream', not NoneType$"):
        cg.audit(Another(), destination="third-party")


def test_a_capsule_is_emptied() -> None:
    class Once:
        capsule = TABLE.__arrow_c_stream__()

        def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
            return self.capsule

    assert len(cg.audit(Once(), destination="third-party")) == len(ROWS)
    released = r"^audit: the stream was released or moved before; expected one that is not$"
    with pytest.raises(cg.InventoryError, match=released):
        cg.audit(Once(), destination="third-party")


def test_progress_is_told_and_may_end_the_audit() -> None:
    told: list[int] = []
    cg.audit(TABLE, destination="third-party", progress=told.append)
    assert told[-1] == len(ROWS)
    stream = cg.audit_stream(TABLE, destination="third-party", progress=told.append)
    told.clear()
    pa.table(stream)
    assert set(told) == {len(ROWS)}

    def stop(done: int) -> None:
        raise KeyError(done)

    with pytest.raises(KeyError):
        cg.audit(TABLE, destination="third-party", progress=stop)
    with pytest.raises(KeyError):
        # There is no end to this, but for what progress raises.
        cg.audit(reader(2**62, []), destination="third-party", progress=stop)


ASKING = """
import sys
import pyarrow as pa
import crossgrade as cg

table = pa.table({"PID": ["CP-7821-K9="] * 1000, "VID": ["V03"] * 1000})
told = []

def ask(done=None):
    told.append((done, stream.summary().phones, stream.broken_rows, repr(stream).partition(",")[0]))

def batches():
    for batch in table.to_batches() * 2:
        ask()
        yield batch

source = pa.RecordBatchReader.from_batches(table.schema, batches())
stream = cg.audit_stream(source, destination="third-party", progress=ask)
assert pa.table(stream).num_rows == 2000
print(*told, sep="\\n")
"""


def test_an_audit_may_be_asked_from_within() -> None:
    """The audit runs Python for the source and for progress, and neither may have to wait for it."""
    command = [sys.executable, "-c", ASKING]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.stderr == ""
    assert done.stdout.splitlines() == [
        "(None, 0, (), 'AuditStream(rows so far=0')",
        "(None, 1000, (), 'AuditStream(rows so far=1000')",
        "(2000, 2000, (), 'AuditStream(rows so far=2000')",
    ]


def test_broken_rows_are_told_once_and_with_their_file(tmp_path: Path) -> None:
    files = [tmp_path / "first.csv", tmp_path / "second.csv"]
    for file in files:
        file.write_bytes(b"PID,VID\nCP-7821-K9=,V03,stray\nCP-7821-K9=,V03\nCP-7821-K9=\n")
    stream = cg.audit_stream(files, destination="third-party")
    assert stream.broken_rows == ()
    consumer = pa.RecordBatchReader.from_stream(stream)
    for number in [1, 2]:
        consumer.read_next_batch()
        assert stream.broken_rows == tuple(
            f"{file}: line {line} columns where the header has 2"
            for file in files[:number]
            for line in ["2: 3", "4: 1"]
        )
    with pytest.raises(StopIteration):
        consumer.read_next_batch()
    assert stream.broken_rows == cg.audit(files, destination="third-party").broken_rows


def test_a_bar_of_tqdm(capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("tqdm")
    audit = cg.audit(TABLE, destination="third-party", progress=True)
    shown = capsys.readouterr().err
    assert f"{len(ROWS)}/{len(ROWS)}" in shown
    assert "rows" in shown
    assert len(audit) == len(ROWS)
    cg.audit(reader(3, []), destination="third-party", progress=True)
    assert f"{3 * len(ROWS) / 1000:.2f}k rows" in capsys.readouterr().err


def test_without_tqdm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "tqdm.auto", None)
    with pytest.raises(ImportError, match=r"^progress=True shows a bar of tqdm, which is not installed; "):
        cg.audit(TABLE, destination="third-party", progress=True)


ENDLESS = """
import sys
import pyarrow as pa
import crossgrade as cg

table = pa.table({"PID": ["CP-7821-K9="] * 10_000, "VID": ["V03"] * 10_000})

def batches():
    yield from table.to_batches()
    print("begun", flush=True)
    while True:
        yield from table.to_batches()

def endless():
    return pa.RecordBatchReader.from_batches(table.schema, batches())

try:
    %s
except KeyboardInterrupt:
    print("interrupted", flush=True)
    sys.exit(3)
"""


def interrupted(source: str) -> None:
    """Run a program, press Ctrl-C once it has begun, and see that it heard."""
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        process.send_signal(signal.SIGINT)
        assert process.stdout.readline() == "interrupted\n"
        assert process.wait() == 3


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
@pytest.mark.parametrize(
    "work",
    [
        'cg.audit(endless(), destination="third-party")',
        'cg.audit(cg.audit_stream(endless(), destination="third-party", select=[]), destination="unified-cm")',
    ],
)
def test_ctrl_c(work: str) -> None:
    interrupted(ENDLESS % work)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
def test_ctrl_c_while_somebody_else_reads_is_his_error() -> None:
    """C has no exceptions."""
    work = """try:
        pa.RecordBatchReader.from_stream(cg.audit_stream(endless(), destination="third-party")).read_all()
    except pa.ArrowInvalid as error:
        assert str(error).rstrip().endswith("KeyboardInterrupt"), error
        raise KeyboardInterrupt"""
    interrupted(ENDLESS % work)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
def test_ctrl_c_where_no_batch_comes_from_python() -> None:
    interrupted("""
import duckdb
import crossgrade as cg

begun = []

def told(done):
    if not begun:
        print("begun", flush=True)
        begun.append(done)

try:
    endless = duckdb.sql("select 'CP-7821-K9=' as PID from range(1000000000000)")
    cg.audit(endless, destination="third-party", select=[], progress=told)
except KeyboardInterrupt:
    print("interrupted", flush=True)
    raise SystemExit(3)
""")


def test_many_threads_at_once() -> None:
    shared = cg.audit(TABLE, destination="third-party")
    book = cg.RuleBook.field()

    def work(number: int) -> bool:
        destination = list(cg.Destination)[number % 3]
        audit = cg.audit(TABLE, destination=destination, rulebook=book, threads=number % 4 + 1)
        stream = cg.audit_stream(reader(3, []), destination=destination, rulebook=book)
        streamed = pa.RecordBatchReader.from_stream(stream)
        seen = 0
        for batch in streamed:
            seen += batch.num_rows
            assert stream.summary().phones == seen
        assert pa.table(shared).to_pylist() == EXPECTED
        assert shared.summary().phones == len(ROWS)
        return seen == 3 * len(ROWS) and stream.summary().verdicts == {
            verdict: 3 * count for verdict, count in audit.summary().verdicts.items()
        }

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(48)))


def test_one_stream_for_many_threads_is_read_once() -> None:
    for _ in range(20):
        stream = cg.audit_stream(TABLE, destination="third-party")
        barrier = threading.Barrier(4)

        def read(stream: cg.AuditStream = stream, barrier: threading.Barrier = barrier) -> int:
            barrier.wait()
            try:
                return int(pa.table(stream).num_rows)
            except ValueError:
                return 0

        with ThreadPoolExecutor(4) as pool:
            counts = [future.result() for future in [pool.submit(read) for _ in range(4)]]
        assert sorted(counts) == [0, 0, 0, len(ROWS)]


def test_others_work_meanwhile() -> None:
    """Another thread can only get the answer out if the audit holds no lock of Python."""
    release = threading.Event()

    def held() -> Iterator[Any]:
        yield TABLE.to_batches()[0]
        release.wait()
        yield TABLE.to_batches()[0]

    source = pa.RecordBatchReader.from_batches(TABLE.schema, held())
    with ThreadPoolExecutor(1) as pool:
        audit = pool.submit(cg.audit, source, destination="third-party")
        assert len(cg.audit(TABLE, destination="third-party")) == len(ROWS)
        release.set()
        assert len(audit.result()) == 2 * len(ROWS)
