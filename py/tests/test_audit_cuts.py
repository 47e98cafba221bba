"""What an audit tells of files that end too soon, and of those that were not read to their end."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from pathlib import Path

pa = pytest.importorskip("pyarrow")

HEADER = b"PID,VID,Note\n"
ROW = b"CP-7821-K9=,V03,a\n"
CUT = HEADER + ROW + b"CP-7821-K9=,V0"


def test_a_file_that_was_read_is_told_though_a_later_one_fails(tmp_path: Path) -> None:
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_bytes(CUT)
    second.write_bytes(b"color\nred\n")
    stream = cg.audit_stream([first, second], destination="third-party")
    with pytest.raises(Exception, match=r"second\.csv"):
        pa.RecordBatchReader.from_stream(stream).read_all()
    assert [cut.row for cut in stream.cuts] == [3]
    assert len(stream.readings) == 1


def test_a_file_that_was_not_read_to_its_end_is_not_told_as_cut() -> None:
    """What was read so far ends in a row that looks cut; nobody has seen what follows."""
    rows = HEADER + ROW * ((1 << 16) - 1) + b'CP-7821-K9=,V03,"a\n' + ROW * 10

    def stop(done: int) -> None:
        message = f"stop at {done}"
        raise ValueError(message)

    stream = cg.audit_stream(rows, destination="third-party", progress=stop)
    # It tells how far it is every tenth of a second.
    time.sleep(0.2)
    with pytest.raises(Exception, match="stop at"):
        pa.RecordBatchReader.from_stream(stream).read_all()
    assert stream.cuts == ()
    assert stream.readings == ()
    whole = cg.audit(rows, destination="third-party")
    assert (whole.cuts, len(whole.readings)) == ((), 1)
