from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path
from typing import Any

import pytest

import crossgrade as cg
from crossgrade.__main__ import main
from crossgrade._terminal import Progress

GUIDE = f"rule book guide {cg.RuleBook.guide().revision}"
FLEET = Path(__file__).parents[2] / "examples" / "data" / "fleet.csv"
EXAMPLE = os.environ.get("CROSSGRADE_FLEET_AUDIT")
# A debug build warns on the error stream, which is about the build and not about the command line.
ENVIRONMENT = os.environ | {"PYTHONWARNINGS": "ignore"}


def run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "crossgrade", *map(str, arguments)]
    return subprocess.run(command, env=ENVIRONMENT | environment, capture_output=True, check=False)


@pytest.fixture
def fleet(tmp_path: Path) -> Path:
    file = tmp_path / "fleet.csv"
    file.write_bytes(
        b"PID;VID;Device Name\nCP-7821-K9=;V01;SEP00CCFC123456\nCP-8841-K9=;V05;SEP00CCFC123457\n\xff;;\nCP;1\n"
    )
    return file


def test_assess_prints_the_text_of_the_answer() -> None:
    done = run("assess", "CP-7821-K9=", "--vid", "V03", "--to", "third-party")
    answer = cg.assess("CP-7821-K9=", vid="V03", destination="third-party")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == f"{answer}\n".encode()


def test_registers_says_whether_and_why() -> None:
    done = run("registers", "Cisco Unified CM", "mpp")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == cg.CallControl.UNIFIED_CM.why("mpp") + "\n"
    assert run("registers", "Avaya Aura", "mpp").returncode == 2
    for name in ("Zoom", "third-party"):
        done = run("registers", name, "mpp")
        assert done.stdout.decode() == cg.CallControl(name).why("mpp") + "\n"


def test_assess_hands_every_option_over(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    keywords: dict[str, Any] = {
        "vid": "V05",
        "mac": "00CCFC123456",
        "serial": "FCH20100312",
        "load": "sip78xx.14-2-1-0101-26",
        "release": "14.2(1)SR1",
        "firmware_type": "enterprise",
        "authorization": "blank",
        "target": "12.0(3)",
    }
    arguments = [text for key, value in keywords.items() for text in (f"--{key.replace('_', '-')}", value)]
    assert main(["assess", "CP-7841-K9=", "--to", "third-party", "--json", *arguments]) == 0
    out = capfdbinary.readouterr().out
    assert out == cg.assess("CP-7841-K9=", **keywords, destination="third-party").to_json().encode() + b"\n"
    assert None not in json.loads(out)["phone"].values()


@pytest.mark.parametrize(
    ("arguments", "verdict"),
    [
        (["CP-7841-K9=", "--vid", "V05"], b"eligible"),
        (["CP-7821-K9=", "--vid", "V01"], b"ineligible"),
        ([""], b"unknown"),
        (["CP-8841-3PCC-K9=", "--firmware-type", "mpp"], b"not-needed"),
    ],
)
def test_every_verdict_is_a_success(
    arguments: list[str], verdict: bytes, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert main(["assess", *arguments, "--to", "third-party"]) == 0
    assert capfdbinary.readouterr().out.splitlines()[0].endswith(b": " + verdict)


@pytest.mark.skipif(os.name == "nt", reason="arguments are texts on Windows")
def test_an_argument_that_is_no_text_is_unreadable_evidence() -> None:
    command: list[str | bytes] = [
        sys.executable,
        "-m",
        "crossgrade",
        "assess",
        b"\xff",
        "--json",
        "--to",
        "third-party",
    ]
    done = subprocess.run(command, capture_output=True, check=True)
    assert done.stdout == cg.assess(b"\xff", destination="third-party").to_json().encode() + b"\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: COMMAND"),
        (["assess", "8841"], "the following arguments are required: --to"),
        (["audit", str(FLEET)], "the following arguments are required: --to"),
        (
            ["assess", "8841", "--to", "the moon"],
            'crossgrade assess: destination: none of the known words at character 1 of "the',
        ),
        (
            ["assess", "8841", "--to", "all"],
            'crossgrade assess: destination: none of the known words at character 1 of "all"',
        ),
        (["audit", str(FLEET), "--to", "the moon"], "crossgrade audit: destination: "),
        (
            ["assess", "8841", "--to", "unified-cm", "--target", "12.0(3)"],
            f"crossgrade assess: target 12.0(3): {GUIDE} knows it as MPP firmware only; unified-cm needs Enterprise",
        ),
        (
            ["audit", str(FLEET), "--to", "all", "--target", "12.0(3)"],
            f"crossgrade audit: target 12.0(3): {GUIDE} knows it as MPP firmware only",
        ),
    ],
)
def test_a_wrong_command_line_exits_with_2(
    arguments: list[str], message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    try:
        code: object = main(arguments)
    except SystemExit as exit_:
        code = exit_.code
    out, err = capfd.readouterr()
    assert (code, out) == (2, "")
    assert message in err


@pytest.mark.parametrize("command", [[], ["assess"], ["audit"]])
def test_help_names_what_there_is(command: list[str]) -> None:
    done = run(*command, "--help")
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    for word in ["assess", "audit"] if not command else ["--to", "--target", *cg.Destination]:
        assert word in text
    assert ("all" in text.split()) == (command == ["audit"])


def test_version() -> None:
    done = run("--version")
    assert done.returncode == 0
    assert cg.__version__ in done.stdout.decode()
    assert cg.RuleBook.guide().digest in done.stdout.decode()


def test_the_console_script_is_the_same_program() -> None:
    script = shutil.which("crossgrade", path=sysconfig.get_path("scripts"))
    assert script is not None
    done = subprocess.run([script, "--version"], capture_output=True, check=True)
    assert done.stdout == run("--version").stdout


def test_audit_reports_and_writes_results(fleet: Path) -> None:
    out = fleet.with_name("results.csv")
    done = run("audit", fleet, "--to", "third-party", "--out", out, "--prefix", "cg_")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(f"{fleet}: 4 phones, semicolon separated, Windows-1252\n".encode())
    assert done.stdout.endswith(f"Results written to {out}\n".encode())
    lines = out.read_bytes().split(b"\n")
    assert lines[0].startswith(b"\xef\xbb\xbfPID;VID;Device Name;cg_read_model;")
    assert lines[1].startswith(b"CP-7821-K9=;V01;SEP00CCFC123456;7821;V01;00CCFC123456;")
    # What is not UTF-8 is taken for Windows-1252.
    assert "\u00ff".encode() in lines[3]
    assert len(lines) == 6


def test_audit_asks_all_destinations(fleet: Path) -> None:
    done = run("audit", fleet, "--to", "all")
    reports = [line for line in done.stdout.splitlines() if line.startswith(b"To ")]
    assert len(reports) == len(cg.Destination)


@pytest.mark.parametrize("content", [None, b"", b"color,weight\nred,5\n"])
def test_a_file_that_cannot_be_read_exits_with_1(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "fleet.csv"
    if content is not None:
        file.write_bytes(content)
    done = run("audit", file, "--to", "third-party")
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.decode().startswith(f"crossgrade audit: {file}: ")
    assert done.stderr.count(b"\n") == 1


def test_results_never_overwrite_the_inventory(fleet: Path) -> None:
    before = fleet.read_bytes()
    done = run("audit", fleet, "--to", "third-party", "--out", fleet)
    assert done.returncode == 1
    assert b"would overwrite the inventory" in done.stderr
    assert fleet.read_bytes() == before


def test_a_file_that_cannot_be_written_exits_with_1(fleet: Path) -> None:
    done = run("audit", fleet, "--to", "third-party", "--out", fleet.parent / "none" / "out.csv")
    assert done.returncode == 1
    assert b"none" in done.stderr
    assert done.stdout == b"", "what cannot be written is told before the report"


@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_the_output_is_utf8_whatever_the_locale(tmp_path: Path, locale: str) -> None:
    file = tmp_path / "fleet.csv"
    file.write_bytes("PID,Gebäude\nCP-8841-K9=,1\n".encode())
    done = run("audit", file, "--to", "third-party", LC_ALL=locale, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert "not read       Gebäude\n".encode() in done.stdout


EXAMPLE_ARGUMENTS = [
    ["--to", "third-party"],
    ["--to", "webex-calling"],
    ["--to", "unified-cm"],
    ["--to", "all"],
    ["--to", "webex-calling", "--target", "12.0(3)"],
    ["--to", "all", "--out", "OUT", "--prefix", "cg_"],
    ["--to", "all", "--rulebook", "field", "--out", "OUT"],
    ["--to", "webex-calling", "--rulebook", "field@2024-09-01", "--target", "12.0(5)"],
]


@pytest.mark.skipif(EXAMPLE is None, reason="CROSSGRADE_FLEET_AUDIT does not name the built Rust example")
@pytest.mark.parametrize("arguments", EXAMPLE_ARGUMENTS, ids=" ".join)
def test_audit_prints_what_the_rust_example_prints(arguments: list[str], tmp_path: Path) -> None:
    assert EXAMPLE is not None
    out = tmp_path / "out.csv"
    arguments = ["audit", str(FLEET), *(str(out) if argument == "OUT" else argument for argument in arguments)]
    python = run(*arguments)
    written = out.read_bytes() if out.exists() else None
    rust = subprocess.run([EXAMPLE, *arguments[1:]], capture_output=True, check=True)
    assert python.returncode == 0, python.stderr
    assert python.stdout == rust.stdout
    assert written == (out.read_bytes() if out.exists() else None)


CLUSTER = FLEET.parent / "cluster"
SEVERAL = [
    ["--to", "third-party", "export.csv", "risport.xml", "pages"],
    ["--to", "all", "--risport", "risport.xml", "--pages", "pages", "export.csv", "--out", "OUT"],
    [
        "export.csv",
        "labels.csv",
        "risport.xml",
        "webex.json",
        "pages",
        "--to",
        "unified-cm",
        "--out",
        "OUT",
        "--prefix",
        "cg_",
    ],
    ["--to", "webex-calling", "pages"],
    ["--to", "webex-calling", "--rulebook", "field", "risport.xml"],
    ["--to", "unified-cm", "--webex", "webex.json", "--csv", "export.csv"],
]


@pytest.mark.skipif(EXAMPLE is None, reason="CROSSGRADE_FLEET_AUDIT does not name the built Rust example")
@pytest.mark.parametrize("arguments", SEVERAL, ids=" ".join)
def test_audit_of_several_files_prints_what_the_rust_example_prints(arguments: list[str], tmp_path: Path) -> None:
    assert EXAMPLE is not None
    out = tmp_path / "out.csv"
    inputs = {file.name for file in CLUSTER.iterdir()}
    arguments = [str(CLUSTER / argument) if argument in inputs else argument for argument in arguments]
    arguments = [str(out) if argument == "OUT" else argument for argument in arguments]
    python = run("audit", *arguments)
    written = out.read_bytes() if out.exists() else None
    rust = subprocess.run([EXAMPLE, *arguments], capture_output=True, check=True)
    assert python.returncode == 0, python.stderr
    assert python.stdout == rust.stdout
    assert written == (out.read_bytes() if out.exists() else None)


def test_a_file_that_breaks_off_is_audited_up_to_there_and_is_a_failure(tmp_path: Path) -> None:
    cut = tmp_path / "risport.xml"
    answer = (CLUSTER / "risport.xml").read_bytes()
    cut.write_bytes(answer[: answer.index(b"SEP00CCFC000005")])
    call = run("audit", str(cut), "--to", "third-party")
    assert call.returncode == 1
    # Five of six answers are whole; the sixth is cut, and is the second row of no phone.
    assert "5 phones from 6 rows" in call.stdout.decode()
    assert "not all of it could be read" in call.stderr.decode()


def test_files_may_be_named_between_options_but_no_unknown_option(tmp_path: Path) -> None:
    files = [str(CLUSTER / name) for name in ["export.csv", "risport.xml"]]
    assert (
        run("audit", files[0], "--to", "third-party", files[1]).stdout
        == run("audit", *files, "--to", "third-party").stdout
    )
    assert run("audit", files[0], "--to", "third-party", "--colour").returncode == 2
    assert run("audit", "--to", "third-party").returncode == 2


def test_long_work_says_how_far_it_is(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    seconds = iter([0.0, 0.9, 1.1, 1.1, 2.0, 2.2, 2.2])
    monkeypatch.setattr(time, "monotonic", lambda: next(seconds))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = Progress(9)
    for done in [2, 4, 6, 8]:
        progress(done)
    progress.end()
    assert capsys.readouterr() == ("", "\r4 of 9 phones\r8 of 9 phones\r9 of 9 phones\n")


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    progress = Progress(9)
    progress(9)
    progress.end()
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(os.name == "nt", reason="signals are sent otherwise on Windows")
def test_ctrl_c_ends_long_work() -> None:
    """The phones come through a pipe, and are enough for some seconds of work once the last has come."""
    phones = b"CP-7841-K9=,V05,SEP00CCFC123456,sip78xx.12-8-1-0001-455\n" * 1_000_000
    command = [sys.executable, "-m", "crossgrade", "audit", "-", "--to", "all"]
    with subprocess.Popen(
        command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"PID,VID,Device Name,Active Load\n" + phones)
        process.stdin.close()
        process.stdin = None
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert (out, err) == (b"", b"crossgrade audit: interrupted\n")


@pytest.mark.skipif(os.name == "nt", reason="pipes break otherwise on Windows")
def test_a_reader_that_has_seen_enough_is_no_error(fleet: Path) -> None:
    command = [sys.executable, "-m", "crossgrade", "audit", str(fleet), "--to", "all"]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
