"""Both command lines answer with the same exit code, and say the same, whatever is wrong."""

from __future__ import annotations

import csv
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command_lines import ENVIRONMENT, EXAMPLE, run

if TYPE_CHECKING:
    from pathlib import Path

ENDS_IN_A_ROW = {
    "row": b"PID,VID,Note\nCP-7821-K9=,V03,new\nCP-7821-K9=,V0",
    "quote": b'PID,VID,Note\nCP-7821-K9=,V03,new\nCP-7821-K9=,V03,"bought in\nspring',
}
ROWS = {"row": 2, "quote": 3}
"""How many rows each has: a line behind an open quote is one of them."""


@pytest.mark.parametrize("options", [[], ["--raw"]])
def test_an_answer_is_no_failure_whatever_it_is(command: list[str], tmp_path: Path, options: list[str]) -> None:
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID,VID\nCP-7821-K9=,V01\nno phone,\nCP,x,y\n")
    assert run(command, phones, *options, to="all").returncode == 0


@pytest.mark.parametrize("end", ENDS_IN_A_ROW)
@pytest.mark.parametrize("several", [False, True])
def test_a_file_that_breaks_off(command: list[str], phones: Path, out: Path, end: str, several: bool) -> None:  # noqa: FBT001
    cut = phones.with_name("cut.csv")
    cut.write_bytes(ENDS_IN_A_ROW[end])
    done = run(command, cut, *([phones] if several else []), "--out", out)
    assert done.returncode == 1
    assert b"Cut short\n" in done.stdout
    assert b"the file ends within" in done.stdout
    assert done.stderr.endswith(b": a file breaks off; what stands before is audited\n")
    # What stands before is there, and so are the two phones of the other file.
    with out.open(encoding="utf-8", newline="") as results:
        assert len(list(csv.DictReader(results))) == ROWS[end] + (2 if several else 0)


@pytest.mark.parametrize("behind", [b"# exported 2026", b"  ", b",,", b"PID,VID,Note", b"\n# exported 2026\n"])
def test_a_whole_file_with_a_short_row_is_not_cut(command: list[str], tmp_path: Path, behind: bytes) -> None:
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID,VID,Note\nCP-7821-K9=,V03,new\nCP-7821-K9=,V03\n" + behind)
    done = run(command, phones)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Broken rows, kept" in done.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--to"],
        ["FILE"],
        ["--to", "all"],
        ["FILE", "--to", "nowhere"],
        ["FILE", "--to", "third-party", "--target", "nothing"],
        ["FILE", "--to", "third-party", "--unknown"],
        ["FILE", "--to", "third-party", "--rulebook", "field@yesterday"],
        ["-", "-", "--to", "third-party"],
        ["FILE", "--to", "third-party", "--out"],
    ],
)
def test_a_wrong_command_line(command: list[str], phones: Path, arguments: list[str]) -> None:
    if command == [EXAMPLE] and not arguments:
        pytest.skip("it audits an example")
    arguments = [str(phones) if argument == "FILE" else argument for argument in arguments]
    done = subprocess.run(
        [*command, *arguments], env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")


def test_what_cannot_be_read_or_written(command: list[str], phones: Path, out: Path) -> None:
    folder = phones.parent
    clash = folder / "clash.csv"
    clash.write_bytes(b"PID,verdict\nCP-7821-K9=,x\n")
    book = folder / "book.toml"
    book.write_bytes(b"no = book")
    for arguments in [
        [folder / "none.csv"],
        [phones, "--csv", out.parent],
        [phones, "--out", folder / "none" / "out.csv"],
        [phones, "--out", out.with_suffix(".xlsx")],
        [phones, "--rulebook", folder / "none.toml"],
        [phones, "--rulebook", book],
        [clash, "--out", out],
    ]:
        done = run(command, *arguments)
        assert (done.returncode, done.stdout) == (1, b""), arguments


def test_words_that_help(command: list[str], phones: Path, out: Path) -> None:
    done = run(command, phones, to="nowhere")
    assert done.stderr.endswith(b"expected one of webex-calling, third-party, unified-cm, or all\n")
    clash = phones.with_name("clash.csv")
    hint = b"expected a prefix that makes result columns differ, such as --prefix cg_ puts in front\n"
    for header, to in [("verdict", "third-party"), ("read_vid", "third-party"), ("webex_calling_verdict", "all")]:
        clash.write_text(f"PID,{header}\nCP-7821-K9=,x\n")
        done = run(command, clash, "--out", out, to=to)
        assert done.stderr.endswith(f'there is a column "{header}" already; '.encode() + hint), done.stderr
        assert run(command, clash, "--prefix", "cg_", "--out", out, to=to).returncode == 0
    help_text = subprocess.run([*command, "--help"], env=ENVIRONMENT, capture_output=True, check=True).stdout
    assert b"exit code" in help_text


def test_rule_book_commands_know_a_file_that_breaks_off(tmp_path: Path) -> None:
    file = tmp_path / "cut.csv"
    file.write_bytes(ENDS_IN_A_ROW["row"])
    command = [
        sys.executable,
        "-m",
        "crossgrade",
        "rulebook",
        "impact",
        str(file),
        "guide",
        "field",
        "--to",
        "third-party",
    ]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
    assert done.returncode == 1
    assert done.stderr.endswith(b"a file breaks off; what stands before is compared\n")
