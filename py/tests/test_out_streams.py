"""Standard streams of both command lines: results to a pipe or a terminal, input from standard input."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from command_lines import ENVIRONMENT, FLEET, run

from crossgrade._native import shown_lines

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, modes, pipes and signals are others on Windows")


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


CLOSED = b"standard output was closed before all results were written\n"


def test_a_reader_that_goes_away_is_no_failure(command: list[str], phones: Path) -> None:
    """Nobody claims that the results were written, and the report is for somebody else."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody:  # noqa: PTH123 (a descriptor)
        done = subprocess.run(
            [*command, str(phones), "--to", "third-party", "--out", "-"],
            env=ENVIRONMENT,
            stdout=nobody,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 0
    assert b"Verdicts" in done.stderr
    assert done.stderr.endswith(CLOSED)
    assert b"Results written" not in done.stderr


def test_a_reader_of_a_named_pipe_may_go_away_too(command: list[str], out: Path, tmp_path: Path) -> None:
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID,VID\n" + b"CP-7821-K9=,V03\n" * 10_000)
    os.mkfifo(out)
    reader = threading.Thread(target=lambda: out.open("rb").close())
    reader.start()
    done = run(command, phones, "--out", out)
    reader.join()
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.endswith(f"{out} was closed before all results were written\n".encode())


def test_a_report_needs_no_reader(command: list[str], phones: Path, out: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as nobody:  # noqa: PTH123 (a descriptor)
        arguments = [*command, str(phones), "--to", "all", "--out", str(out)]
        for streams in [{"stdout": nobody, "stderr": subprocess.PIPE}, {"stdout": nobody, "stderr": nobody}]:
            done = subprocess.run(arguments, env=ENVIRONMENT, check=False, **streams)  # type: ignore[call-overload]
            assert (done.returncode, done.stderr or b"") == (0, b"")
            assert out.read_bytes().count(b"\n") == 3


@pytest.mark.parametrize("closed", [[0], [1], [2], [0, 1, 2]])
def test_streams_that_are_closed_from_the_beginning(
    command: list[str], phones: Path, out: Path, closed: list[int]
) -> None:
    """No file that is opened is taken for one of them."""

    def close() -> None:
        for descriptor in closed:
            os.close(descriptor)

    expected = run(command, phones, "--out", out)
    results = out.read_bytes()
    out.unlink()
    done = run(command, phones, "--out", out, preexec_fn=close)
    assert (done.returncode, out.read_bytes()) == (0, results)
    assert done.stdout == (b"" if 1 in closed else expected.stdout)
    assert run(command, phones.with_name("none.csv"), "--out", out, preexec_fn=close).returncode == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="Linux has it")
def test_a_full_standard_output_is_a_failure(command: list[str], phones: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        for out in [[], ["--out", "-"]]:
            arguments = [*command, str(phones), "--to", "third-party", *out]
            done = subprocess.run(arguments, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, check=False)
            assert done.returncode == 1
            assert b"standard output: No space left on device" in done.stderr
        # If nobody listens, nobody can be told.
        done = subprocess.run(
            [*command, str(phones), "--to", "third-party", "--out", "-"],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=full,
            check=False,
        )
        assert done.returncode == 0
        assert done.stdout.count(b"\n") == 3


def on_terminal(arguments: list[str]) -> bytes:
    """Return what a terminal gets on standard output."""
    terminal, program = os.openpty()
    with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=program, stderr=subprocess.DEVNULL) as process:
        os.close(program)
        got = b""
        # A terminal whose program has ended is an error on Linux and an end elsewhere.
        with contextlib.suppress(OSError):
            while piece := os.read(terminal, 1 << 16):
                got += piece
    os.close(terminal)
    assert process.returncode == 0
    return got.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("name", ["-", "/dev/stdout", "/dev/tty"])
def test_a_terminal_gets_results_that_it_does_not_obey(command: list[str], tmp_path: Path, name: str) -> None:
    harm = "\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\u200bB\u00fcro"
    phones = tmp_path / "phones.csv"
    phones.write_text(f'PID;VID;"Note\t{harm}"\n' + f"CP-7821-K9=;V03;{harm}\n" * 5000)
    arguments = [*command, str(phones), "--to", "third-party", "--out"]
    exact = subprocess.run([*arguments, "-"], env=ENVIRONMENT, capture_output=True, check=True).stdout
    assert exact.count(harm.encode()) == 5001
    if name == "/dev/tty":
        arguments = [sys.executable, "-c", TERMINAL, *arguments]
    got = on_terminal([*arguments, name]).decode()
    if name != "-":
        got = got[: got.rindex("\n", 0, got.index(" phones, semicolon separated")) + 1]
    assert got == shown_lines(exact.decode())
    assert not any(letter in got for letter in "\x1b\x07\x9b\u202e\u200b")


TERMINAL = """
import fcntl, os, sys, termios
os.setsid()
fcntl.ioctl(1, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Makes standard output the terminal of the program that it becomes."""


@pytest.mark.parametrize("is_terminal", [True, False])
def test_only_a_terminal_is_told_how_far_the_work_is(
    command: list[str],
    out: Path,
    tmp_path: Path,
    is_terminal: bool,  # noqa: FBT001
) -> None:
    """Whoever takes the results is slow; in a log, each number would stay."""
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID,VID,MAC\n" + b"CP-7821-K9=,V03,00CCFC123456\n" * 20_000)
    os.mkfifo(out)
    terminal, program = os.openpty() if is_terminal else os.pipe()
    arguments = [*command, str(phones), "--to", "third-party", "--out", str(out)]
    with subprocess.Popen(arguments, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=program) as process:
        os.close(program)
        with out.open("rb") as results:
            results.read(1)
            time.sleep(1.5)
            results.read()
        told = b""
        with contextlib.suppress(OSError):
            while piece := os.read(terminal, 1 << 16):
                told += piece
    os.close(terminal)
    assert process.returncode == 0
    assert told.endswith(b" phones\r\n") if is_terminal else told == b""
