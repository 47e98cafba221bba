"""Both command lines leave nothing unfinished behind, whatever ends them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
from pathlib import Path

import pytest
from command_lines import ENVIRONMENT, OLD, names

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links, modes, pipes and signals are others on Windows")


ENDS = [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT, signal.SIGTERM] if os.name != "nt" else []


@pytest.mark.parametrize("end", ENDS)
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
        try:
            _, err = process.communicate(timeout=30)
        finally:
            # Without a writer, the program ends whatever it did about the signal.
            os.close(silent)
    assert process.returncode == 128 + end
    assert err.endswith(b"interrupted\n")
    assert (names(out.parent), out.read_bytes()) == (["out.csv"], OLD)


def unfinished(folder: Path) -> list[str]:
    return [name for name in names(folder) if name.startswith(".crossgrade-")]


def stopped_while_writing(
    command: list[str], out: Path, phones: Path, stderr: int = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """Start a program and stop it when its results are half written; with more phones, unless it is too fast."""
    count = 1 << 15
    while True:
        phones.write_bytes(b"PID,VID,MAC\n" + b"CP-7821-K9=,V03,00CCFC123456\n" * count)
        process = subprocess.Popen(
            [*command, str(phones), "--to", "all", "--out", str(out)],
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=stderr,
        )
        while process.poll() is None and not unfinished(out.parent):
            pass
        process.send_signal(signal.SIGSTOP)
        if process.returncode is None and os.WIFSTOPPED(os.waitpid(process.pid, os.WUNTRACED)[1]):
            if unfinished(out.parent):
                return process
            process.kill()
        process.communicate()
        out.write_bytes(OLD)
        count *= 2
        assert count < 1 << 26, "never seen while it wrote"


@pytest.mark.parametrize("end", ENDS)
def test_no_half_file_is_left_when_writing_is_interrupted(
    command: list[str], out: Path, tmp_path: Path, end: signal.Signals
) -> None:
    out.write_bytes(OLD)
    process = stopped_while_writing(command, out, tmp_path / "phones.csv")
    # Twice: a second request does not end the tidying up.
    process.send_signal(end)
    process.send_signal(end)
    process.send_signal(signal.SIGCONT)
    _, err = process.communicate(timeout=60)
    assert names(out.parent) == ["out.csv"]
    if process.returncode == 0:
        # The last bytes were written before the signal was heard.
        assert out.read_bytes() != OLD
        assert b"interrupted" not in err
    else:
        assert (process.returncode, out.read_bytes()) == (128 + end, OLD)
        assert err.endswith(b"interrupted\n")


def test_a_program_ends_though_nobody_reads_what_it_says(command: list[str], out: Path, tmp_path: Path) -> None:
    """The error stream is a pipe that is full: what is unfinished is removed, and the program ends all the same."""
    out.write_bytes(OLD)
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 512)
    os.set_blocking(writer, True)
    process = stopped_while_writing(command, out, tmp_path / "phones.csv", stderr=writer)
    process.send_signal(signal.SIGTERM)
    process.send_signal(signal.SIGCONT)
    process.communicate(timeout=60)
    os.close(writer)
    os.close(reader)
    assert names(out.parent) == ["out.csv"]
    # The last bytes may have been written before the signal was heard.
    assert (process.returncode, out.read_bytes() == OLD) in [(128 + signal.SIGTERM, True), (0, False)]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="other systems do not tell what is ignored")
@pytest.mark.parametrize("end", [signal.SIGHUP, signal.SIGINT, signal.SIGQUIT] if os.name != "nt" else [])
def test_what_is_ignored_stays_ignored(
    command: list[str], phones: Path, out: Path, tmp_path: Path, end: signal.Signals
) -> None:
    """`nohup` has its program ignore SIGHUP; a shell has one in the background ignore the other two."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    arguments = [*command, str(phones), str(pipe), "--to", "third-party", "--out", str(out)]
    with subprocess.Popen(
        arguments,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(end, signal.SIG_IGN),  # noqa: PLW1509 (there is one thread)
    ) as process:
        with pipe.open("wb") as writer:
            process.send_signal(end)
            writer.write(b"PID\nCP-7821-K9=\n")
        process.communicate(timeout=60)
    assert process.returncode == 0
    assert out.read_bytes().count(b"\n") == 4
