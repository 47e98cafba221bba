"""What both command lines do with files: results are replaced whole or not at all, and input ends at a limit."""

from __future__ import annotations

import os
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_cli import ENVIRONMENT, EXAMPLE, FLEET

import crossgrade as cg
from crossgrade import _read

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, modes, pipes and signals are others on Windows")

OLD = b"what was there before\n"


@pytest.fixture(
    params=[
        "python",
        pytest.param("rust", marks=pytest.mark.skipif(EXAMPLE is None, reason="the Rust example is not built")),
    ]
)
def command(request: pytest.FixtureRequest) -> list[str]:
    return [str(EXAMPLE)] if request.param == "rust" else [sys.executable, "-m", "crossgrade", "audit"]


@pytest.fixture
def phones(tmp_path: Path) -> Path:
    file = tmp_path / "phones.csv"
    file.write_bytes(b"PID,VID,MAC\nCP-7821-K9=,V03,00CCFC123456\nCP-8841-K9=,V05,00CCFC123457\n")
    return file


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder of its own, so that whatever is left beside the results is seen."""
    folder = tmp_path / "results"
    folder.mkdir()
    return folder / "out.csv"


def run(
    command: list[str],
    *arguments: str | Path,
    to: str = "third-party",
    **options: Any,  # noqa: ANN401 (those of subprocess)
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*command, *map(os.fspath, arguments), "--to", to], env=ENVIRONMENT, capture_output=True, check=False, **options
    )


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


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


def test_standard_output_has_the_results_and_standard_error_the_report(
    command: list[str], phones: Path, out: Path
) -> None:
    assert run(command, phones, "--out", out).returncode == 0
    done = run(command, phones, "--out", "-")
    assert (done.returncode, done.stdout) == (0, out.read_bytes())
    assert b"Verdicts" in done.stderr
    assert done.stderr.endswith(b"Results written to standard output\n")
    # The same under the name that the system gives it.
    assert run(command, phones, "--out", "/dev/stdout").stdout == out.read_bytes()


def test_standard_input_is_read(command: list[str], phones: Path, out: Path) -> None:
    done = run(command, "-", "--out", out, input=phones.read_bytes())
    assert done.returncode == 0
    assert done.stdout.startswith(b"standard input: 2 phones, comma separated\n")
    done = run(command, "-", phones, input=phones.read_bytes())
    assert b"standard input (csv)" in done.stdout
    assert run(command, "-", "-", input=b"").returncode != 0


def test_rule_book_commands_read_standard_input(phones: Path) -> None:
    python = [sys.executable, "-m", "crossgrade", "rulebook"]
    file = run([*python, "impact"], phones, "guide", "field")
    done = run([*python, "impact"], "-", "guide", "field", input=phones.read_bytes())
    assert (done.returncode, done.stdout) == (0, file.stdout.replace(os.fsencode(phones), b"standard input"))
    guide = (FLEET.parents[2] / "core" / "data" / "guide.toml").read_bytes()
    check = subprocess.run([*python, "check", "-"], env=ENVIRONMENT, input=guide, capture_output=True, check=True)
    assert check.stdout.startswith(b"standard input: no problems; rule book guide ")


def test_a_reader_that_has_seen_enough_ends_no_report(phones: Path) -> None:
    """The results go to a reader that is gone; nobody hears of it."""
    arguments = [str(phones), "--to", "third-party", "--out", "-"]
    for command in [[sys.executable, "-m", "crossgrade", "audit"], *([[EXAMPLE]] if EXAMPLE else [])]:
        with subprocess.Popen(
            [*command, *arguments], env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.close()
            assert process.stderr is not None
            err = process.stderr.read()
        assert b"Broken pipe" not in err
        assert b"Traceback" not in err


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


def test_a_folder_is_no_output(command: list[str], phones: Path, out: Path) -> None:
    done = run(command, phones, "--out", out.parent)
    assert (done.returncode, done.stdout) == (1, b"")
    assert f"{out.parent}: a folder; expected the name of a file".encode() in done.stderr
    assert names(out.parent) == []


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


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_program_leaves_the_old_file(
    command: list[str], phones: Path, out: Path, tmp_path: Path, end: signal.Signals
) -> None:
    out.write_bytes(OLD)
    # The other input is a pipe that says nothing: the program waits for it.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    arguments = [*command, str(phones), str(pipe), "--to", "third-party", "--out", str(out)]
    with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        # It reads the pipe once somebody could write there.
        silent = os.open(pipe, os.O_WRONLY)
        process.send_signal(end)
        _, err = process.communicate(timeout=30)
        os.close(silent)
    assert process.returncode == 128 + end
    assert err.endswith(b"interrupted\n")
    assert (names(out.parent), out.read_bytes()) == (["out.csv"], OLD)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_no_half_file_is_left_when_writing_is_interrupted(
    command: list[str], out: Path, tmp_path: Path, end: signal.Signals
) -> None:
    out.write_bytes(OLD)
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID,VID,MAC\n" + b"CP-7821-K9=,V03,00CCFC123456\n" * 100_000)
    arguments = [*command, str(phones), "--to", "all", "--out", str(out)]
    with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        while process.poll() is None and len(names(out.parent)) == 1:
            time.sleep(0.001)
        process.send_signal(end)
        process.communicate(timeout=60)
    assert names(out.parent) == ["out.csv"]
    # The program may have been faster.
    assert out.read_bytes() == OLD or out.read_bytes().count(b"\n") == 100_001


@pytest.mark.parametrize("reader", [cg.read_csv, cg.read_inventory, cg.read_webex, cg.read_risport])
def test_what_has_no_end_ends_at_the_limit(reader: Callable[[str], object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_read, "MOST", 1000)
    with pytest.raises(cg.InventoryError, match=r"^/dev/zero: inventory: line 1: 1001 bytes; expected at most 1000$"):
        reader("/dev/zero")


def test_an_audit_of_what_has_no_end_ends_at_the_limit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(_read, "MOST", 1000)
    with pytest.raises(cg.InventoryError, match="1001 bytes"):
        cg.audit("/dev/zero", destination="third-party")
    with pytest.raises(cg.InventoryError, match="1001 bytes"):
        cg.impact("/dev/zero", before=cg.RuleBook.guide(), after=cg.RuleBook.field(), destination="third-party")
    page = tmp_path / "10.0.1.11.xml"
    page.write_bytes(b"x" * 1001)
    with pytest.raises(cg.InventoryError, match="1001 bytes"):
        cg.read_device_pages(tmp_path)


@pytest.mark.parametrize("endless", ["/dev/zero", "-"])
def test_what_has_no_end_is_read_in_bounded_memory(command: list[str], endless: str) -> None:
    """The limit is far above what this test allows: the program gives up in words."""

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


def test_results_as_parquet_are_those_of_the_csv(phones: Path, out: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    python = [sys.executable, "-m", "crossgrade", "audit"]
    for inputs, to in [([phones], "third-party"), ([phones, FLEET], "third-party"), ([phones], "all")]:
        done = run(python, *inputs, "--prefix", "cg_", "--out", out.with_suffix(".parquet"), to=to)
        assert done.returncode == 0, done.stderr
        assert run(python, *inputs, "--prefix", "cg_", "--out", out, to=to).returncode == 0
        table = parquet.read_table(out.with_suffix(".parquet"))
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
