"""The memory of both command lines: results of a CSV file cost the file and nothing for each row."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from test_cli import ENVIRONMENT

pytestmark = pytest.mark.skipif(not hasattr(os, "wait4"), reason="the system does not tell how much a program held")

HEADER = b"Device Name,Model,VID,Active Load ID,Description\n"
ROW = b"SEP00CCFC%06X,Cisco 8841,V05,sip88xx.14-2-1-0101-26,Floor %d\n"


def peak(command: list[str], file: Path, out: Path) -> int:
    """Return how many bytes a command line held at most."""
    arguments = [*command, str(file), "--to", "all", "--out", str(out)]
    process = subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    # Linux counts in kilobytes.
    return usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def export(file: Path, rows: int, note: bytes = b"") -> int:
    """Write an export whose first row has a note; return its size."""
    with file.open("wb") as out:
        out.write(HEADER + ROW[:-4] % 1 + note + b"\n")
        out.writelines(ROW % (row, row % 7) for row in range(2, rows + 1))
    return file.stat().st_size


@pytest.mark.parametrize("note", [b"", b"x" * 60_000], ids=["usual", "one long note"])
def test_memory_grows_by_the_file_alone(command: list[str], tmp_path: Path, note: bytes) -> None:
    """A million rows of 68 MB took 841 MB once; one long note made every short row as long."""
    few, many, out = tmp_path / "few.csv", tmp_path / "many.csv", tmp_path / "out.csv"
    sizes = export(few, 1_000, note), export(many, 200_000, note)
    held = peak(command, few, out), peak(command, many, out)
    assert out.read_bytes().count(b"\n") == 200_001
    grown, larger = held[1] - held[0], sizes[1] - sizes[0]
    # The file as it is, once more where it is copied, and what an allocator keeps.
    assert grown <= 2 * larger + (16 << 20), f"{grown} bytes more for a file that is {larger} bytes larger"
