"""What a person reads on a terminal has no control characters of others in it, in any command line or message."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from test_cli import ENVIRONMENT, EXAMPLE

import crossgrade as cg
from books import OVERLAY
from crossgrade._command_line import main
from crossgrade._native import shown, shown_json

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[2] / "tests" / "data" / "hostile"
HARM = "\x1b]0;owned\x07\x1b[2J\r\n\x9b31m\u202e\u2066\u200b\u2028\ufeff\U000e0041"

both = pytest.mark.parametrize(
    "command",
    [
        pytest.param([sys.executable, "-m", "crossgrade", "audit"], id="python"),
        pytest.param([str(EXAMPLE)], id="rust", marks=pytest.mark.skipif(EXAMPLE is None, reason="not built")),
    ],
)


def is_harmless(text: str) -> bool:
    return all(letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cf", "Zl", "Zp"} for letter in text)


def run(command: list[str], *arguments: object) -> str:
    """Return what a terminal would get."""
    done = subprocess.run(
        [*command, *map(str, arguments), "--to", "third-party"], env=ENVIRONMENT, capture_output=True, check=False
    )
    return (done.stdout + done.stderr).decode()


def test_what_is_harmless_stays() -> None:
    text = "Büro 1, 東京 \"x\" \\ 'y' é"
    assert shown(text) == text
    assert shown_json(json.dumps(text, ensure_ascii=False)) == json.dumps(text, ensure_ascii=False)


def test_what_harms_is_escaped() -> None:
    assert is_harmless(shown(HARM))
    assert "\n" not in shown(HARM)
    escaped = shown_json(json.dumps(HARM, ensure_ascii=False))
    assert is_harmless(escaped)
    assert json.loads(escaped) == HARM


@both
@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_names_of_files_and_headers(command: list[str], tmp_path: Path) -> None:
    name = HARM.replace("/", "")
    phones = tmp_path / f"{name}.csv"
    phones.write_bytes(f'PID,VID,"{HARM}"\nCP-7821-K9=,V03,\nCP-7821-K9=,V03\n'.encode())
    said = run(command, phones, "--out", tmp_path / f"out-{name}")
    assert is_harmless(said)
    assert "Results written to" in said
    assert r"\u{1b}]0;owned\u{7}" in said
    assert len(said) < 10_000
    for arguments in [[tmp_path / f"no{name}"], [phones, phones], [phones, f"--no{name}"], [phones, "--target", HARM]]:
        assert is_harmless(run(command, *arguments)), arguments
    assert is_harmless(run(command, phones, "--rulebook", phones))
    assert is_harmless(run(command, phones, "--rulebook", tmp_path / f"no{name}"))
    assert is_harmless(run(command, phones, "--to", HARM))


@both
def test_what_a_service_says(command: list[str]) -> None:
    said = run(command, DATA / "service_error_escape.xml")
    assert "the service answers with an error" in said
    assert is_harmless(said)


@both
def test_names_of_devices_and_nodes(command: list[str], tmp_path: Path) -> None:
    device = {"Name": HARM, "Model": 621, "Status": "Registered", "ActiveLoadID": HARM, "Description": HARM}
    answer = {"CmNodes": [{"Name": HARM, "ReturnCode": HARM, "CmDevices": [device, device | {"Model": 683}]}]}
    file = tmp_path / "risport.json"
    file.write_text(json.dumps(answer))
    said = run(command, file)
    assert "answers" in said
    assert is_harmless(said)


@both
def test_reports_end(command: list[str], tmp_path: Path) -> None:
    """A header of thousands of columns and a file of broken rows have a report that a person reads."""
    file = tmp_path / "wide.csv"
    header = ",".join(f"column {number}" for number in range(4000))
    file.write_text(f"PID,{header}\n" + "CP-7821-K9=,stray\n" * 1000)
    said = run(command, file)
    assert "column 19 and 3980 more" in said
    assert "and 980 more" in said
    assert len(said) < 10_000
    file.write_text("x" * 1_000_000 + "\n" + f"{header}\n")
    assert len(run(command, file)) < 1000


@pytest.mark.parametrize(
    "arguments",
    [
        ["assess", HARM, "--to", "third-party"],
        ["assess", HARM, "--to", "third-party", "--json"],
        ["assess", "8841", "--vid", HARM, "--mac", HARM, "--load", HARM, "--to", "unified-cm"],
        ["assess", "8841", "--to", HARM],
        ["assess", "8841", "--to", "third-party", "--target", HARM],
        ["assess", "8841", "--to", "third-party", "--as-of", HARM],
        ["assess", "8841", "--to", "third-party", HARM],
        [HARM],
        ["rulebook", "show", HARM],
        ["rulebook", "check", HARM],
        ["rulebook", "diff", HARM, HARM],
    ],
)
def test_arguments_come_back_escaped(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "crossgrade", *arguments], env=ENVIRONMENT, capture_output=True, check=False
    )
    assert is_harmless(done.stdout.decode())
    assert is_harmless(done.stderr.decode())


def test_rule_books_of_others(tmp_path: Path) -> None:
    """A rule book may say anything on one line."""
    book = tmp_path / "book.toml"
    book.write_text(OVERLAY.replace('reason = "', 'reason = "\u202e\u2066').replace('says = "', 'says = "\u202e'))
    for arguments in [["check"], ["show", "--book"], ["diff", "guide"], ["show", "A1", "--book"]]:
        done = subprocess.run(
            [sys.executable, "-m", "crossgrade", "rulebook", *arguments, str(book)],
            env=ENVIRONMENT,
            capture_output=True,
            check=False,
        )
        assert is_harmless(done.stdout.decode() + done.stderr.decode())
    book.write_text(f'schema = 1\n"{"x" * 100_000}" = "{"y" * 100_000}"\n[sources]\n"\u202e" = 5\n')
    with pytest.raises(cg.RuleBookError) as raised:
        cg.RuleBook.check(book.read_text())
    assert is_harmless(str(raised.value))
    assert len(str(raised.value)) < 1000
    assert all(len(problem.message) < 400 and len(problem.place) < 160 for problem in raised.value.problems)
    assert not any("x" * 121 in str(problem) or "y" * 121 in str(problem) for problem in raised.value.problems)


LONG = "x" * (1 << 20)


def test_messages_quote_120_characters_in_python() -> None:
    answers = [
        cg.assess(LONG, destination="third-party"),
        cg.assess("CP-7841-K9=", vid=LONG, mac=LONG, serial=LONG, load=LONG, release=LONG, destination="third-party"),
    ]
    for answer in answers:
        assert all(len(finding.message) < 1000 for finding in answer.findings)
        assert len(str(answer)) < 20_000
        assert "(1048576 characters)" in str(answer)
    for call in [
        lambda: cg.assess("8841", destination=LONG),
        lambda: cg.assess("8841", destination="third-party", target=LONG),
        lambda: cg.RuleBook.guide().explain(LONG),
        lambda: cg.read_csv(LONG.encode()),
        lambda: cg.read_csv(b"PID\n8841\n", columns={"vid": LONG}),
        lambda: cg.read_csv(b"color\nred\n", name=LONG),
        lambda: cg.read_webex(json.dumps({"message": LONG}).encode()),
        lambda: cg.read_risport(f"<{LONG}/>".encode()),
        lambda: cg.read_risport(f"<a><{LONG}></b></a>".encode()),
        lambda: cg.audit(b"PID\n8841\n", destination="third-party", columns={"pid": LONG}),
    ]:
        with pytest.raises(cg.CrossgradeError) as raised:
            call()
        assert len(str(raised.value)) < 1000, str(raised.value)[:2000]
        assert "x" * 121 not in str(raised.value)


def test_messages_quote_120_characters_of_arguments_that_main_is_given(capfd: pytest.CaptureFixture[str]) -> None:
    """A program that calls it has arguments of its own."""
    for arguments in [
        ["audit", "phones.csv", "--to", "third-party", f"--{LONG}"],
        ["audit", "phones.csv", "--to", "third-party", f"--raw={LONG}"],
        ["audit", "phones.csv", "--to", "third-party", f"--{LONG}", f"-{LONG[:500]}"],
        [LONG],
    ]:
        with pytest.raises(SystemExit):
            main(arguments)
        told = capfd.readouterr().err
        assert "characters)" in told
        assert "x" * 121 not in told
        assert len(told) < 4000


@both
def test_messages_quote_120_characters_of_an_argument(command: list[str], tmp_path: Path) -> None:
    phones = tmp_path / "phones.csv"
    phones.write_bytes(b"PID\nCP-7821-K9=\n")
    argument = "x" * 5000
    for arguments in [
        [argument],
        [phones, "--out", argument],
        [phones, "--rulebook", argument],
        [phones, f"--{argument}"],
        [phones, f"--raw={argument}"],
        [phones, "--target", argument],
        [phones, "--to", argument],
        [phones, "--rulebook", f"field@{argument}"],
    ]:
        said = run(command, *arguments)
        assert "x" * 121 not in said, arguments
        assert len(said) < 2000
    long = "x" * 5000
    for arguments in [
        [long],
        ["assess", "8841", "--to", long],
        ["assess", f"--json={long}"],
        ["rulebook", "show", long],
    ]:
        done = subprocess.run(
            [sys.executable, "-m", "crossgrade", *arguments], env=ENVIRONMENT, capture_output=True, check=False
        )
        assert b"x" * 121 not in done.stderr + done.stdout
        assert done.returncode == 2


def test_messages_quote_120_characters_of_other_libraries() -> None:
    pa = pytest.importorskip("pyarrow")

    def batches() -> Iterator[Any]:
        yield from ()
        raise ValueError(LONG)

    reader = pa.RecordBatchReader.from_batches(pa.schema([("PID", pa.string())]), batches())
    with pytest.raises(cg.CrossgradeError) as raised:
        cg.audit(reader, destination="third-party")
    assert "x" * 121 not in str(raised.value)
    assert len(str(raised.value)) < 500


def test_fleets_tell_of_long_names_in_few_words() -> None:
    fleet = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V03,00CCFC123456,stray\n", name=LONG, when=LONG)
    other = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V01,00CCFC123456\n", name=HARM)
    merged = cg.merge(fleet, other)
    for text in [str(fleet), str(merged), *fleet.problems, *merged.problems]:
        assert is_harmless(text)
        assert len(text) < 1500
        assert "x" * 121 not in text
    assert all(is_harmless(value.place) for conflict in merged.conflicts for value in conflict.values)
