from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING, Any

import pytest
from test_cli import EXAMPLE

import crossgrade as cg

if TYPE_CHECKING:
    from pathlib import Path

# A shell that runs the tests in the background, or nohup, has them ignore what ends a program, and so would every program that
# they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
for name in ("SIGHUP", "SIGQUIT", "SIGTERM"):
    end = getattr(signal, name, None)
    if end is not None and signal.getsignal(end) is signal.SIG_IGN:
        signal.signal(end, signal.SIG_DFL)

REPRESENTATIVE_QUESTIONS: dict[str, dict[str, Any]] = {
    "eligible": {
        "pid": "CP-7841-K9=",
        "vid": "V05",
        "mac": "00CCFC123456",
        "serial": "FCH20100312",
        "load": "sip78xx.14-2-1-0101-26",
        "destination": "third-party",
    },
    "eligible-with-target": {"pid": "CP-8841-K9=", "vid": "V16", "destination": "webex-calling", "target": "12.0(3)"},
    "ineligible": {"pid": "CP-7821-K9=", "vid": "V01", "destination": "third-party"},
    "unknown": {"pid": "Cisco 7821", "destination": "third-party"},
    "unknown-without-pid": {"pid": None, "vid": "V05", "destination": "webex-calling"},
    "unreadable-bytes": {"pid": b"CP-\xff", "mac": b"\xff\xfe", "destination": "unified-cm"},
    "not-needed": {
        "pid": "CP-8841-K9=",
        "firmware_type": "mpp",
        "authorization": "blank",
        "destination": "third-party",
    },
    "back-to-enterprise": {
        "pid": "CP-8841-3PCC-K9=",
        "release": "12.0(3)",
        "firmware_type": "mpp",
        "destination": "unified-cm",
    },
}


@pytest.fixture(params=REPRESENTATIVE_QUESTIONS.values(), ids=list(REPRESENTATIVE_QUESTIONS))
def answer(request: pytest.FixtureRequest) -> cg.Assessment:
    return cg.assess(**request.param)


@pytest.fixture(
    params=[
        "python",
        pytest.param("rust", marks=pytest.mark.skipif(EXAMPLE is None, reason="the Rust example is not built")),
    ]
)
def command(request: pytest.FixtureRequest) -> list[str]:
    """Each of both command lines."""
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
