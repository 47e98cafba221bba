"""`rulebook check`, `show`, `diff`, `impact`; and `--rulebook` and `--as-of` of the others."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from test_cli import FLEET, run

import crossgrade as cg
from books import DATA, OVERLAY, PROBLEMS
from crossgrade.__main__ import main

if TYPE_CHECKING:
    from collections.abc import Callable

GUIDE = cg.RuleBook.guide()
FIELD = cg.RuleBook.field()
ACME = GUIDE.overlay(OVERLAY)

Call = tuple[int, str, str]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str]) -> Callable[..., Call]:
    """Run a command in this process: exit code, output, error stream."""

    def call(*arguments: object) -> Call:
        try:
            code: object = main(list(map(str, arguments)))
        except SystemExit as exit_:
            code = exit_.code
        assert isinstance(code, int)
        return (code, *capfd.readouterr())

    return call


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    file = tmp_path / "acme.toml"
    file.write_text(OVERLAY, encoding="utf-8")
    return file


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    file = tmp_path / "broken.toml"
    file.write_text(PROBLEMS, encoding="utf-8")
    return file


def test_check_of_clean_files(call: Callable[..., Call], acme: Path) -> None:
    label = f"guide + acme 1.0.0 {ACME.revision} ({ACME.digest})"
    assert call("rulebook", "check", acme) == (0, f"{acme}: no problems; rule book {label}\n", "")
    assert call("rulebook", "check", acme, "--json") == (0, cg.RuleBook.check_json(OVERLAY) + "\n", "")
    for name in ["guide.toml", "field.toml"]:
        assert call("rulebook", "check", DATA / name)[0] == 0


@pytest.mark.parametrize("spelling", ["\ufeff" + OVERLAY, OVERLAY.replace("\n", "\r\n")], ids=["bom", "crlf"])
def test_check_of_files_as_windows_writes_them(call: Callable[..., Call], tmp_path: Path, spelling: str) -> None:
    file = tmp_path / "acme.toml"
    file.write_bytes(spelling.encode())
    code, out, _ = call("rulebook", "check", file)
    assert (code, ACME.digest in out) == (0, True)


def test_check_of_files_with_problems(call: Callable[..., Call], broken: Path) -> None:
    with pytest.raises(cg.RuleBookError) as caught:
        cg.RuleBook.check(PROBLEMS)
    code, out, err = call("rulebook", "check", broken)
    assert (code, err) == (1, "")
    # As compilers print it, so that editors jump there.
    assert out.splitlines() == [
        f"{broken}:{problem.line}:{problem.column}: {problem.place}: {problem.message}"
        for problem in caught.value.problems
    ]
    assert re.match(r"^.*broken\.toml:6:1: colour: unknown key; ", out)
    assert call("rulebook", "check", broken, "--json") == (1, cg.RuleBook.check_json(PROBLEMS) + "\n", "")


@pytest.mark.parametrize("json_", [[], ["--json"]])
def test_check_of_files_that_cannot_be_read(call: Callable[..., Call], tmp_path: Path, json_: list[str]) -> None:
    missing = tmp_path / "none.toml"
    assert call("rulebook", "check", missing, *json_) == (
        1,
        "",
        f"crossgrade rulebook check: {missing}: No such file or directory\n",
    )
    latin = tmp_path / "latin.toml"
    latin.write_bytes(OVERLAY.encode() + b"# caf\xe9\n")
    line = OVERLAY.count("\n") + 1
    assert call("rulebook", "check", latin, *json_) == (
        1,
        "",
        f"crossgrade rulebook check: {latin}: line {line} is not UTF-8; expected TOML, which is written in UTF-8\n",
    )
    assert call("rulebook", "check", tmp_path, *json_)[:2] == (1, "")


BOOKS: list[tuple[list[str], cg.RuleBook]] = [
    ([], GUIDE),
    (["--book", "guide"], GUIDE),
    (["--book", "field"], FIELD),
    (["--book", "field@2024-09-01"], cg.RuleBook.field("2024-09-01")),
    (["--book", "field", "--as-of", "2024-09-01"], cg.RuleBook.field("2024-09-01")),
    (["--as-of", "2024-09-01"], cg.RuleBook.field("2024-09-01")),
]


@pytest.mark.parametrize(("options", "book"), BOOKS)
def test_show_a_book(call: Callable[..., Call], options: list[str], book: cg.RuleBook) -> None:
    assert call("rulebook", "show", *options, "--json") == (0, book.to_json() + "\n", "")
    code, out, err = call("rulebook", "show", *options)
    assert (code, err) == (0, "")
    head, *sections = out.split("\n\n")
    assert head.splitlines() == [
        f"Rule book {book.edition} {book.revision}",
        f"  digest: {book.digest}",
        f"  as of: {book.as_of or 'no dated amendments'}",
        f"  rows: {len(book.rows)}",
    ]
    found = [(lines[0].strip(), line.strip()) for lines in map(str.splitlines, sections) for line in lines[1:]]
    assert [section for section, _ in found] == [row.section for row in book.rows]
    for (_, line), row in zip(found, book.rows, strict=True):
        assert line.startswith(f"{row.id}: ")
        assert all(f"{key}: " in line for key, value in row.fields if value != row.id)


def test_what_the_listing_says_of_a_row(call: Callable[..., Call], acme: Path) -> None:
    lines = call("rulebook", "show", "--book", acme)[1].splitlines()
    assert (
        "    e2m-7841: models: 7841; destinations: third-party, webex-calling; answer: convertible; vid: V05-;"
        " sources: TAC; amendment: acme-1; date: 2026-11-20; confidence: high"
    ) in lines
    assert "    7832: family: 7832; series: 7800; sources: S2" in lines
    # Lists whose texts have commas of their own.
    (line,) = (line for line in lines if line.startswith("    D05: "))
    assert "sides: S2: 12.0(3), 8832 12.0(3)SR1 / G2: 11.3(5); " in line


@pytest.mark.parametrize("about", ["CG203", "vid-below-range", "8851NR", "CP-8841-K9=", "e2m-7821", "S2", "D01"])
def test_show_an_explanation(call: Callable[..., Call], about: str) -> None:
    assert call("rulebook", "show", about) == (0, f"{GUIDE.explain(about)}\n", "")
    assert call("rulebook", "show", about, "--book", "field", "--json") == (
        0,
        FIELD.explain(about).to_json() + "\n",
        "",
    )


def test_diff(call: Callable[..., Call], acme: Path) -> None:
    assert call("rulebook", "diff", "guide", acme) == (0, f"{GUIDE.diff(ACME)}\n", "")
    assert call("rulebook", "diff", acme, "field", "--json") == (0, ACME.diff(FIELD).to_json() + "\n", "")
    assert call("rulebook", "diff", "field@2024-08-26", "field@2024-09-09") == (
        0,
        f"{cg.RuleBook.field('2024-08-26').diff(cg.RuleBook.field('2024-09-09'))}\n",
        "",
    )


def test_impact(call: Callable[..., Call], tmp_path: Path, acme: Path) -> None:
    file = tmp_path / "fleet.csv"
    file.write_bytes(b"PID,VID\nCP-7841-K9=,V04\nCP-8841-K9=,V15\n")
    impact = cg.impact(file, before=GUIDE, after=ACME, destination="third-party")
    assert len(impact) == 1
    code, out, err = call("rulebook", "impact", file, "guide", acme, "--to", "third-party")
    assert (code, err) == (0, "")
    # What was read is told first, as by `audit`.
    assert out.startswith(f"2 phones from 2 rows\n  {file} (csv): pid 2, vid 2\n")
    assert out.endswith(f"{impact}\n")
    arguments = ["rulebook", "impact", file, "guide", acme, "--to", "third-party", "--json"]
    assert call(*arguments) == (0, impact.to_json() + "\n", "")
    chosen = cg.impact(file, before=GUIDE, after=ACME, destination="third-party", target="12.0(3)")
    assert call(*arguments, "--target", "12.0(3)") == (0, chosen.to_json() + "\n", "")


def test_nothing_changes_between_equal_books(call: Callable[..., Call]) -> None:
    assert call("rulebook", "impact", FLEET, "field", "field", "--to", "webex-calling")[0] == 0
    assert call("rulebook", "diff", "guide", "guide")[0] == 0


@pytest.mark.parametrize(("options", "book"), BOOKS)
def test_assess_with_a_book(call: Callable[..., Call], options: list[str], book: cg.RuleBook) -> None:
    options = ["--rulebook" if option == "--book" else option for option in options]
    answer = cg.assess("CP-7821-K9=", vid="V26", destination="webex-calling", rulebook=book)
    arguments = ["assess", "CP-7821-K9=", "--vid", "V26", "--to", "webex-calling", *options]
    assert call(*arguments) == (0, f"{answer}\n", "")
    assert call(*arguments, "--json") == (0, answer.to_json() + "\n", "")


@pytest.mark.parametrize(("options", "book"), BOOKS)
def test_audit_with_a_book(call: Callable[..., Call], tmp_path: Path, options: list[str], book: cg.RuleBook) -> None:
    options = ["--rulebook" if option == "--book" else option for option in options]
    out = tmp_path / "results.csv"
    code, text, _ = call("audit", FLEET, "--to", "webex-calling", "--out", out, *options)
    assert code == 0
    assert f"{book.edition} {book.revision}" in text
    answer = cg.assess("CP-8841-K9=", vid="V16", destination="webex-calling", rulebook=book)
    assert answer.firmware is not None
    assert answer.firmware.load is not None
    assert answer.firmware.load.encode() in out.read_bytes()


def test_a_file_as_book(call: Callable[..., Call], acme: Path) -> None:
    answer = cg.assess("CP-7841-K9=", vid="V04", destination="third-party", rulebook=ACME)
    found = call("assess", "CP-7841-K9=", "--vid", "V04", "--to", "third-party", "--rulebook", acme)
    assert found == (0, f"{answer}\n", "")


def test_a_file_that_is_named_as_a_book(call: Callable[..., Call], acme: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(acme.parent)
    Path("guide").write_text(OVERLAY, encoding="utf-8")
    assert call("rulebook", "show", "--book", "guide", "--json")[1] == GUIDE.to_json() + "\n"
    assert call("rulebook", "show", "--book", "./guide", "--json")[1] == ACME.to_json() + "\n"


@pytest.mark.parametrize(
    "command",
    [
        ["assess", "8841", "--to", "third-party", "--rulebook"],
        ["audit", str(FLEET), "--to", "third-party", "--rulebook"],
        ["rulebook", "show", "--book"],
        ["rulebook", "diff", "guide"],
        ["rulebook", "impact", str(FLEET), "--to", "third-party", "guide"],
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_books_that_are_none(call: Callable[..., Call], command: list[str], broken: Path) -> None:
    name = " ".join(command[:2]) if command[0] == "rulebook" else command[0]
    code, out, err = call(*command, broken)
    assert (code, out) == (1, "")
    first, *problems = err.splitlines()
    assert first == f"crossgrade {name}: {broken}: no rule book"
    assert "\n".join(problems) + "\n" == call("rulebook", "check", broken)[1]
    missing = broken.with_name("none.toml")
    message = f"{missing}: no such file; a book is guide, field, field@DATE or a file"
    assert call(*command, missing) == (1, "", f"crossgrade {name}: {message}\n")
    for day in ["", "2024-02-30", "yesterday"]:
        code, out, err = call(*command, f"field@{day}")
        assert (code, out) == (2, "")
        assert err.startswith(f"crossgrade {name}: date: ")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["rulebook"], "the following arguments are required: COMMAND"),
        (["rulebook", "check"], "the following arguments are required: FILE"),
        (["rulebook", "diff", "guide"], "the following arguments are required: B"),
        (["rulebook", "impact", "fleet.csv", "guide", "field"], "the following arguments are required: --to"),
        (
            ["rulebook", "show", "no such thing"],
            'crossgrade rulebook show: explain: "no such thing" is no finding code',
        ),
        (["rulebook", "show", "--as-of", "x"], "crossgrade rulebook show: date: "),
        (
            ["rulebook", "show", "--book", "guide", "--as-of", "2024-09-01"],
            "crossgrade rulebook show: --as-of: the book is guide; only field is known as of a day",
        ),
        (
            ["assess", "8841", "--to", "third-party", "--rulebook", "field@2024-09-01", "--as-of", "2024-09-01"],
            "crossgrade assess: --as-of: the book is field@2024-09-01; only field is known as of a day",
        ),
        (
            ["rulebook", "impact", str(FLEET), "guide", "field", "--to", "the moon"],
            "crossgrade rulebook impact: destination: ",
        ),
        (
            ["rulebook", "impact", str(FLEET), "guide", "field", "--to", "unified-cm", "--target", "12.0(3)"],
            f"crossgrade rulebook impact: target 12.0(3): rule book field {FIELD.revision} knows it as MPP firmware only",
        ),
    ],
)
def test_a_wrong_command_line_exits_with_2(call: Callable[..., Call], arguments: list[str], message: str) -> None:
    code, out, err = call(*arguments)
    assert (code, out) == (2, "")
    assert message in err


def test_a_fleet_that_cannot_be_read_exits_with_1(call: Callable[..., Call], tmp_path: Path) -> None:
    file = tmp_path / "fleet.csv"
    arguments = ["rulebook", "impact", file, "guide", "field", "--to", "third-party"]
    assert call(*arguments) == (1, "", f"crossgrade rulebook impact: {file}: No such file or directory\n")
    file.write_bytes(b"color\nred\n")
    code, out, err = call(*arguments)
    assert (code, out) == (1, "")
    assert err.startswith(f"crossgrade rulebook impact: {file}: ")


@pytest.mark.parametrize("command", [[], ["check"], ["show"], ["diff"], ["impact"]])
def test_help(call: Callable[..., Call], command: list[str]) -> None:
    code, out, err = call("rulebook", *command, "--help")
    assert (code, err) == (0, "")
    words = {
        "": ["check", "show", "diff", "impact"],
        "check": ["FILE", "--json", "exit code"],
        "show": ["ABOUT", "--book", "--as-of", "field@DATE"],
        "diff": ["A", "B", "exit code"],
        "impact": ["FILE", "--to", "--target", *cg.Destination],
    }
    for word in words["".join(command)]:
        assert word in out


def test_version_names_both_books(call: Callable[..., Call]) -> None:
    code, out, _ = call("--version")
    assert code == 0
    assert out.splitlines() == [
        f"crossgrade {cg.__version__}",
        *(f"rule book {book.edition} {book.revision} ({book.digest})" for book in [GUIDE, FIELD]),
    ]


def test_as_a_process(broken: Path) -> None:
    done = run("rulebook", "show", "8851NR", "--book", "field", "--json", LC_ALL="C", PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout) == FIELD.explain("8851NR").to_dict()
    done = run("rulebook", "check", broken)
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(os.name == "nt", reason="file names are texts on Windows")
def test_a_file_whose_name_is_no_text(tmp_path: Path) -> None:
    file = os.fsencode(tmp_path / "book") + b"\xff.toml"
    Path(os.fsdecode(file)).write_text(PROBLEMS, encoding="utf-8")
    done = run("rulebook", "check", os.fsdecode(file))
    assert done.returncode == 1
    assert "book\ufffd.toml:6:1: colour: ".encode() in done.stdout
