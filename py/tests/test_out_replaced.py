"""Both command lines replace the file of `--out` whole or not at all."""

from __future__ import annotations

import os
import resource
import stat
import subprocess
import sys
import tempfile
import threading
from itertools import product
from pathlib import Path

import pytest
from command_lines import ENVIRONMENT, FLEET, OLD, names, run

from crossgrade.__main__ import main
from crossgrade._replaced_file import narrowed

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, modes, pipes and signals are others on Windows")


def limit_files() -> None:
    """Let no file become larger than a disk that is nearly full would."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))


def test_an_old_file_is_replaced_and_keeps_its_mode(command: list[str], phones: Path, out: Path) -> None:
    out.write_bytes(OLD)
    out.chmod(0o640)
    other_name = out.with_name("hard-link.csv")
    other_name.hardlink_to(out)
    assert run(command, phones, "--out", out).returncode == 0
    assert out.read_bytes().count(b"\n") == 3
    assert stat.S_IMODE(out.stat().st_mode) == 0o640
    assert other_name.read_bytes() == OLD, "it was replaced, not written over"
    assert names(out.parent) == ["hard-link.csv", "out.csv"]


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_new_file_has_the_mode_of_new_files(command: list[str], phones: Path, out: Path, mask: int) -> None:
    assert run(command, phones, "--out", out, umask=mask).returncode == 0
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~mask
    assert names(out.parent) == ["out.csv"]


@pytest.mark.parametrize("is_there", [True, False])
def test_links_are_followed_and_stay(command: list[str], phones: Path, out: Path, is_there: bool) -> None:  # noqa: FBT001
    real = out.parent / "real.csv"
    if is_there:
        real.write_bytes(OLD)
    out.symlink_to("real.csv")
    link = out.with_name("link-to-link.csv")
    link.symlink_to(out)
    assert run(command, phones, "--out", link).returncode == 0
    assert link.is_symlink()
    assert out.is_symlink()
    assert real.read_bytes().count(b"\n") == 3


def test_a_full_disk_leaves_the_old_file(command: list[str], phones: Path, out: Path) -> None:
    out.write_bytes(OLD)
    done = run(command, phones, "--out", out, preexec_fn=limit_files)
    assert done.returncode == 1
    assert str(out).encode() in done.stderr
    assert b".crossgrade-" not in done.stderr
    assert (names(out.parent), out.read_bytes()) == (["out.csv"], OLD)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
def test_what_is_no_file_is_written_straight(command: list[str], phones: Path) -> None:
    assert run(command, phones, "--out", "/dev/null").returncode == 0
    done = run(command, phones, "--out", "/dev/full")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"/dev/full: No space left on device" in done.stderr
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


def test_a_pipe_gets_the_results(command: list[str], phones: Path, out: Path) -> None:
    os.mkfifo(out)
    read: list[bytes] = []
    reader = threading.Thread(target=lambda: read.append(out.read_bytes()))
    reader.start()
    assert run(command, phones, "--out", out).returncode == 0
    reader.join()
    assert read[0].startswith(b"PID,VID,MAC,read_model,")
    assert stat.S_ISFIFO(out.stat().st_mode)


@pytest.mark.parametrize("link", ["same", "hard", "symbolic", "case of links"])
def test_an_input_is_never_overwritten(command: list[str], phones: Path, out: Path, link: str) -> None:
    content = phones.read_bytes()
    if link == "same":
        out = phones.parent / "results" / ".." / phones.name
    elif link == "hard":
        out.hardlink_to(phones)
    else:
        out.symlink_to(phones)
        if link == "case of links":
            further = out.with_name("further.csv")
            further.symlink_to(out)
            out = further
    done = run(command, phones, "--out", out)
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"the results would overwrite the inventory; expected another file" in done.stderr
    assert phones.read_bytes() == content
    # Nor where it comes through standard input.
    with phones.open("rb") as file:
        assert run(command, "-", "--out", out, stdin=file).returncode == 1
    assert phones.read_bytes() == content


def test_no_page_of_a_folder_and_no_rule_book_is_overwritten(
    command: list[str], phones: Path, out: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "10.0.1.11.xml").write_bytes(
        b"<DeviceInformation><MACAddress>00CCFC123456</MACAddress></DeviceInformation>"
    )
    out.hardlink_to(folder / "10.0.1.11.xml")
    assert b"would overwrite" in run(command, "--pages", folder, "--out", out).stderr
    assert b"would overwrite" in run(command, phones, "--pages", folder, "--out", out).stderr
    out.unlink()
    book = tmp_path / "book.toml"
    book.write_bytes((FLEET.parents[2] / "core" / "data" / "guide.toml").read_bytes())
    out.symlink_to(book)
    assert b"would overwrite" in run(command, phones, "--rulebook", book, "--out", out).stderr
    assert book.read_bytes().startswith(b"#")


@pytest.mark.parametrize(
    "way", ["straight", "folder is a link", "link in the folder", "link to the folder", "link from the folder", "there"]
)
def test_no_output_stands_in_a_folder_that_is_read(
    command: list[str], phones: Path, out: Path, tmp_path: Path, way: str
) -> None:
    """It would be read as a page the next time."""
    folder = tmp_path / "pages"
    folder.mkdir()
    page = b"<DeviceInformation><MACAddress>00CCFC123456</MACAddress></DeviceInformation>"
    (folder / "10.0.1.11.xml").write_bytes(page)
    read, expected = folder, "the results would stand in"
    if way == "straight":
        out = folder / "out.csv"
    elif way == "folder is a link":
        read = tmp_path / "link"
        read.symlink_to(folder)
        out = folder / "out.csv"
    elif way == "link in the folder":
        (folder / "out.csv").symlink_to(out)
        out = folder / "out.csv"
    elif way == "link to the folder":
        out.symlink_to(folder / "out.csv")
    elif way == "link from the folder":
        (folder / "page.xml").symlink_to(Path("..") / out.parent.name / out.name)
    else:
        out = folder / "10.0.1.11.xml"
        expected = "would overwrite the inventory"
        out = out.rename(folder / "10.0.1.11.txt")
    before = names(folder)
    for inputs in [[read], [phones, read], ["--pages", read]]:
        done = run(command, *inputs, "--out", out)
        assert (done.returncode, done.stdout) == (1, b"")
        assert f"{out}: ".encode() in done.stderr
        assert expected.encode() in done.stderr
        if way != "there":
            message = f" {read}, a folder that is read; expected a file in another folder\n"
            assert done.stderr.endswith(message.encode())
    assert names(folder) == before
    # Beside the folder it may stand, and below it, where nothing is read.
    (folder / "below").mkdir()
    for file in [tmp_path / "out.csv", folder / "below" / "out.csv"]:
        assert run(command, read, "--out", file).returncode == 0
    # The name of a folder may be that of the place where the program runs.
    done = run(command, ".", "--out", "out.csv", cwd=folder)
    assert b"the results would stand in ., a folder that is read" in done.stderr or way == "link in the folder"


def test_standard_output_is_no_file_that_is_read(command: list[str], tmp_path: Path) -> None:
    """A shell opens it before the program begins."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for place in ["-", "/dev/stdout"]:
        with (folder / "out.csv").open("wb") as file:
            arguments = [*command, str(folder), "--to", "third-party", "--out", place]
            done = subprocess.run(arguments, env=ENVIRONMENT, stdout=file, stderr=subprocess.PIPE, check=False)
        assert done.returncode == 1
        assert b": the results would overwrite the inventory; expected another file\n" in done.stderr


def test_a_folder_is_no_output(command: list[str], phones: Path, out: Path) -> None:
    done = run(command, phones, "--out", out.parent)
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"{out.parent}: a folder; expected the name of a file".encode() in done.stderr
    assert names(out.parent) == []


def test_nobody_may_do_more_with_the_new_file_than_with_the_old() -> None:
    """Of every mode, and whoever looks: the file belongs to owner 0 and group 10, then perhaps to others."""

    def allowed(mode: int, owner: int, group: int, user: int, groups: set[int]) -> int:
        if user == owner:
            return mode >> 6 & 7
        return mode >> 3 & 7 if group in groups else mode & 7

    for mode, owner, group in product(range(0o1000), [0, 1], [10, 11]):
        new = narrowed(mode, is_owner_kept=owner == 0, is_group_kept=group == 10)
        # Who writes the file, 1, has seen what is in it.
        for user, groups in product([0, 2], [set(), {10}, {11}, {10, 11}]):
            before, now = allowed(mode, 0, 10, user, groups), allowed(new, owner, group, user, groups)
            assert not now & ~before, f"{mode:o} as {new:o}: {owner} {group}, {user} in {groups}"
        assert owner or group == 11 or new == mode


NOBODY, ANOTHER_GROUP = 65_534, 12


def audit_as_nobody(command: list[str], groups: list[int], *arguments: str | Path) -> None:
    """Audit without the rights of the administrator, in a process of this program where it is in Python."""
    child = os.fork()
    if child != 0:
        assert os.waitpid(child, 0)[1] == 0
        return
    try:
        os.setgroups(groups)
        os.setgid(NOBODY)
        os.setuid(NOBODY)
        everything = [*map(str, arguments), "--to", "third-party"]
        if command[0] == sys.executable:
            os._exit(main(["audit", *everything]))
        os.execv(command[0], [*command, *everything])  # noqa: S606 (no shell is needed)
    finally:
        os._exit(99)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only the administrator may become somebody else")
def test_a_group_that_cannot_be_kept_gets_nothing(command: list[str]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        out, phones = folder / "results" / "out.csv", folder / "phones.csv"
        out.parent.mkdir()
        os.chown(out.parent, NOBODY, NOBODY)
        phones.write_bytes(b"PID,VID\nCP-7821-K9=,V03\n")
        # Of a group that they are in, members may give it.
        for groups, group, mode in [([], NOBODY, 0o604), ([ANOTHER_GROUP], ANOTHER_GROUP, 0o664)]:
            out.write_bytes(OLD)
            out.chmod(0o664)
            os.chown(out, NOBODY, ANOTHER_GROUP)
            audit_as_nobody(command, groups, phones, "--out", out)
            assert out.read_bytes() != OLD
            assert (out.stat().st_uid, out.stat().st_gid) == (NOBODY, group)
            assert f"{stat.S_IMODE(out.stat().st_mode):o}" == f"{mode:o}"
