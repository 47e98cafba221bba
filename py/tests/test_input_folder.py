"""What a folder of pages holds beside pages is told, in both command lines and to whoever reads one in Python."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import pytest
from command_lines import run

import crossgrade as cg

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links and pipes are others on Windows")

PAGE = b"<DeviceInformation><MACAddress>00CCFC123456</MACAddress></DeviceInformation>"
NOTES = [
    '2 folders within the folder were not read: ["archive", "old"]',
    '1 link to nothing was not read: ["10.0.1.13.xml"]',
    '1 entry that is no file, such as a pipe, was not read: ["pipe\\u{1b}"]',
    '1 file is csv and no page of a phone: ["export.csv"]; expected pages only, and each other file by itself',
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "10.0.1.11.xml").write_bytes(PAGE)
    (folder / "10.0.1.12.xml").symlink_to("10.0.1.11.xml")
    (folder / "10.0.1.13.xml").symlink_to("gone.xml")
    (folder / "export.csv").write_bytes(b"PID,VID\nCP-7821-K9=,V03\n")
    (folder / "old").mkdir()
    (folder / "archive").symlink_to("old")
    os.mkfifo(folder / "pipe\x1b")
    return folder


def test_in_a_report(command: list[str], folder: Path, phones: Path) -> None:
    for others in [[], [phones]]:
        done = run(command, folder, *others)
        assert (done.returncode, done.stderr) == (0, b"")
        for note in NOTES:
            assert f"    pages: {note}\n" in done.stdout.decode()


def test_in_python(folder: Path) -> None:
    fleet = cg.read_device_pages(folder)
    assert fleet.notes == tuple(f"pages: {note}" for note in NOTES)
    assert len(fleet) == 3
    # A page that somebody hands over by its name is told alike.
    assert cg.read_device_pages({"export.csv": b"PID,VID\nCP-7821-K9=,V03\n"}).notes == (f"export.csv: {NOTES[3]}",)
    empty = folder / "old"
    assert cg.read_device_pages(empty).notes == ()
    (empty / "older").mkdir()
    assert cg.read_device_pages(empty).notes == ('pages: 1 folder within the folder was not read: ["older"]',)


def test_both_read_pages_in_one_order(command: list[str], folder: Path, out: Path) -> None:
    """By the bytes of their names, whatever these are."""
    names = [b"\xff.xml", "\U0001f4de.xml".encode(), "\ue000.xml".encode(), b"a.xml", b"Z.xml"]
    for name in names:
        (folder / os.fsdecode(name)).write_bytes(PAGE)
    assert run(command, folder, "--out", out).returncode == 0
    told = [re.search(rb"page ([^,]+)[.](?:xml|csv)", line) for line in out.read_bytes().splitlines()[1:]]
    order = ["10.0.1.11", "10.0.1.12", "Z", "a", "export", "\ue000", "\U0001f4de", "\ufffd"]
    assert [page and page[1].decode() for page in told] == order


def test_only_pages_come_in_a_folder(command: list[str], folder: Path) -> None:
    for option, kind in [("--csv", b"csv"), ("--xlsx", b"xlsx"), ("--risport", b"risport"), ("--webex", b"webex")]:
        done = run(command, option, folder)
        assert (done.returncode, done.stdout) == (1, b"")
        assert done.stderr.endswith(f"{folder}: a folder; expected a file of kind {kind.decode()}\n".encode())
    assert run(command, "--pages", folder).returncode == 0
