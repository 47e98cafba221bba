"""Input ends at a limit: devices and pipes may have no end."""

from __future__ import annotations

import os
import resource
import subprocess
import tracemalloc
from typing import TYPE_CHECKING, cast

import pytest
from command_lines import run

import crossgrade as cg
from crossgrade import _file_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import BinaryIO


pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, modes, pipes and signals are others on Windows")


@pytest.mark.parametrize("reader", [cg.read_csv, cg.read_inventory, cg.read_webex, cg.read_risport])
def test_what_has_no_end_ends_at_the_limit(reader: Callable[[str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_file_bytes, "MOST", 1000)
    with pytest.raises(cg.InventoryError, match=r"^/dev/zero: inventory: line 1: 1001 bytes; expected at most 1000$"):
        reader("/dev/zero")


def test_an_audit_of_what_has_no_end_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_file_bytes, "MOST", 1000)
    with pytest.raises(cg.InventoryError, match="1001 bytes"):
        cg.audit("/dev/zero", destination="third-party")
    with pytest.raises(cg.InventoryError, match="1001 bytes"):
        cg.impact("/dev/zero", before=cg.RuleBook.guide(), after=cg.RuleBook.field(), destination="third-party")
    page = tmp_path / "10.0.1.11.xml"
    page.write_bytes(b"x" * 1001)
    with pytest.raises(cg.InventoryError, match="1001 bytes"):
        cg.read_device_pages(tmp_path)


@pytest.mark.parametrize("endless", ["/dev/zero", "-"])
def test_what_has_no_end_and_no_room_ends_in_words(command: list[str], endless: str) -> None:
    """There is less memory than the limit: the program gives up, and says why."""

    def limit_memory() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (1 << 29, 1 << 29))

    with subprocess.Popen(["/usr/bin/env", "yes"], stdout=subprocess.PIPE) as yes:
        done = run(command, endless, preexec_fn=limit_memory, stdin=yes.stdout)
        yes.terminate()
    assert done.returncode == 1
    assert b"memory" in done.stderr.lower()
    assert b"Traceback" not in done.stderr


def test_a_rule_book_ends_at_its_limit(command: list[str], phones: Path) -> None:
    done = run(command, phones, "--rulebook", "/dev/zero")
    assert done.returncode == 1
    assert b"bytes; expected at most 1048576" in done.stderr


class Pieces:
    """What a pipe gives: as much as it has, however much is asked for."""

    def __init__(self, count: int) -> None:
        self._rest = count

    def read(self, most: int) -> bytes:
        size = min(most, 1 << 16, self._rest)
        self._rest -= size
        return bytes(size)


@pytest.mark.parametrize("size", [0, 1, 1 << 20, 20_000_000])
def test_what_is_read_is_in_memory_once(size: int) -> None:
    tracemalloc.start()
    try:
        content = _file_bytes.up_to(1 << 30, cast("BinaryIO", Pieces(size)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert content == bytes(size)
    # What grows has some room to grow.
    assert peak < 1.25 * size + 500_000


def test_one_byte_more_than_the_limit_is_read() -> None:
    for size in [99, 100, 101, 1000]:
        assert len(_file_bytes.up_to(100, cast("BinaryIO", Pieces(size)))) == min(size, 101)
