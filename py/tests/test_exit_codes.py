"""Both command lines answer with the same exit code, and say the same, whatever is wrong."""

from __future__ import annotations

import csv
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from command_lines import ENVIRONMENT, EXAMPLE, run

import crossgrade as cg

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
    assert f"    {cut}: inventory: line 3: the file ends within ".encode() in done.stdout
    if end == "row":
        assert f"    {cut} line 3: ".encode() in done.stdout
    assert done.stderr.endswith(f": {cut}: not all of it could be read; what was read is audited\n".encode())
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
        ["FILE", "--to", "third-party", "--to", "third-party"],
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
    right = b"webex-calling, third-party (any other call control), unified-cm, or a call control by its name, such as Asterisk, or all\n"
    assert done.stderr.endswith(right)
    clash = phones.with_name("clash.csv")
    hint = b"expected a prefix that makes result columns differ, such as --prefix cg_ puts in front\n"
    for header, to in [("verdict", "third-party"), ("read_vid", "third-party"), ("webex_calling_verdict", "all")]:
        clash.write_text(f"PID,{header}\nCP-7821-K9=,x\n")
        done = run(command, clash, "--out", out, to=to)
        assert done.stderr.endswith(f'there is a column "{header}" already; '.encode() + hint), done.stderr
        assert run(command, clash, "--prefix", "cg_", "--out", out, to=to).returncode == 0
    help_text = subprocess.run([*command, "--help"], env=ENVIRONMENT, capture_output=True, check=True).stdout
    assert b"exit code" in help_text


def test_every_file_that_breaks_off_is_named(command: list[str], phones: Path, tmp_path: Path) -> None:
    cuts = [tmp_path / f"{number:02}.csv" for number in range(22)]
    for cut in cuts:
        cut.write_bytes(ENDS_IN_A_ROW["row"])
    lines = run(command, cuts[0], phones, *cuts[1:]).stderr.decode().splitlines()
    assert len(lines) == 21
    for line, cut in zip(lines[:-1], cuts, strict=False):
        assert line.endswith(f": {cut}: not all of it could be read; what was read is audited")
    assert lines[-1].endswith(": not all of 2 more files could be read")


@pytest.mark.parametrize("option", ["--to", "--target", "--rulebook", "--out", "--prefix"])
def test_an_option_with_one_value_is_given_once(command: list[str], phones: Path, out: Path, option: str) -> None:
    values = {"--to": "third-party", "--target": "12.0(3)", "--rulebook": "field", "--out": str(out)}
    given = [option, values.get(option, "x")] * (1 if option == "--to" else 2)
    done = run(command, phones, *given)
    assert (done.returncode, done.stdout) == (2, b"")
    assert f"{option}: given twice; expected once".encode() in done.stderr
    assert not out.exists()
    # Files may be named as often as there are some, and what says nothing more may be said again.
    assert run(command, "--csv", phones, "--csv", phones, "--raw", "--raw").returncode == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", "8841", "--to", "third-party", "--vid", "V01", "--vid", "V05"],
        ["rulebook", "show", "--book", "guide", "--book", "field"],
        ["rulebook", "impact", "x.csv", "guide", "field", "--to=third-party", "--to", "third-party"],
    ],
)
def test_so_are_those_of_other_commands(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crossgrade", *arguments], env=ENVIRONMENT, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert b": given twice; expected once\n" in done.stderr


def test_a_release_that_no_book_knows_is_told_once(command: list[str], phones: Path) -> None:
    def told(*options: str, to: str = "third-party") -> list[str]:
        done = run(command, phones, *options, to=to)
        assert done.returncode == 0
        return [line.partition(": ")[2] for line in done.stderr.decode().splitlines()]

    assert told("--target", "12.0(3)") == []
    assert told("--target", "sip78xx.12-0-3MPP0001-87") == []
    warning = "warning: target 99.9(1): rule book {} has no {} load of this release; the newest that it knows is {}"
    guide, field = (f"{book.edition} {book.revision}" for book in (cg.RuleBook.guide(), cg.RuleBook.field()))
    assert told("--target", "99.9") == [warning.format(guide, "MPP", "12.0(3)SR1")]
    (line,) = told("--target", "99.9", "--rulebook", "field")
    assert line.startswith(warning.format(field, "MPP", "12.0(7)SR"))
    assert told("--target", "99.9", to="all") == [
        warning.format(guide, "MPP", "12.0(3)SR1"),
        warning.format(guide, "Enterprise", "14.2(1)SR1"),
    ]
    # The verdicts are what they were.
    done = run(command, phones, "--target", "99.9", "--out", "-")
    assert done.stdout.count(b"CG313") == 2


def test_other_commands_tell_it_too(phones: Path) -> None:
    def told(*arguments: str | Path) -> list[str]:
        call = [sys.executable, "-m", "crossgrade", *map(str, arguments), "--to", "third-party", "--target", "99.9"]
        return subprocess.run(call, env=ENVIRONMENT, capture_output=True, check=True).stderr.decode().splitlines()

    (line,) = told("assess", "8841")
    assert line.startswith("crossgrade assess: warning: target 99.9(1): rule book guide ")
    before, after = told("rulebook", "impact", phones, "guide", "field")
    assert before.startswith("crossgrade rulebook impact: warning: target 99.9(1): rule book guide ")
    assert after.startswith("crossgrade rulebook impact: warning: target 99.9(1): rule book field ")


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
    assert f"{file}: inventory: line 3: the file ends within ".encode() in done.stdout
    assert done.stderr.endswith(f": {file}: not all of it could be read; what was read is compared\n".encode())


def test_clusters_are_said_of_files(command: list[str], tmp_path: Path) -> None:
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    for file in [one, other]:
        file.write_bytes(b"Device Name,Model\nCSFANNA,Cisco 8841\n")
    assert b"2 rows read, 1 phone out: 1 row matched (1 by device name)" in run(command, one, other).stdout
    of_two = run(command, one, other, "--cluster", f"Oslo={one}", "--cluster", f"Bergen={other}")
    assert of_two.returncode == 0
    assert b"2 rows read, 2 phones out: 0 rows matched" in of_two.stdout


@pytest.mark.parametrize(
    ("clusters", "told"),
    [
        (["Oslo"], b"--cluster: Oslo has no NAME=FILE; expected such as Oslo=risport.xml"),
        (["=one.csv"], b"--cluster: =one.csv has no NAME=FILE; expected such as Oslo=risport.xml"),
        (["Oslo=other.csv"], b"--cluster: other.csv is not read; expected a FILE that is"),
        (["Oslo=one.csv", "Bergen=one.csv"], b"--cluster: one.csv is of Oslo and Bergen; expected one"),
    ],
)
def test_a_cluster_of_no_file_is_refused(command: list[str], clusters: list[str], told: bytes) -> None:
    options = [text for cluster in clusters for text in ("--cluster", cluster)]
    done = run(command, "one.csv", *options)
    assert done.returncode == 2
    assert told in done.stderr
