"""Executed by pytest, and checked by mypy as a user's program would be."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

if sys.version_info >= (3, 11):
    from typing import assert_type
else:
    from typing_extensions import assert_type


def test_what_a_type_checker_sees() -> None:
    answer = cg.assess("CP-7841-K9=", vid=b"V05", mac=None, destination=cg.Destination.THIRD_PARTY)
    assert_type(answer, cg.Assessment)
    assert_type(answer.verdict, cg.Verdict)
    assert_type(answer.phone.authorization, cg.Authorization | None)
    assert_type(answer.destination, cg.Destination)
    assert_type(answer.direction, cg.Direction)
    assert_type(answer.target, str | None)
    assert_type(answer.to_dict(), dict[str, Any])
    assert_type(answer.to_json(), str)
    for finding in answer.findings:
        assert_type(finding, cg.Finding)
        assert_type(finding.effect, cg.Effect)
        assert_type(finding.evidence, tuple[cg.Field, ...])
    for gate in answer.gates:
        assert_type(gate.status, cg.GateStatus)
        assert_type(gate.on, cg.Stage)
    if answer.firmware is not None:
        assert_type(answer.firmware.load, str | None)
    if answer.license is not None:
        assert_type(answer.license.need, cg.LicenseNeed)
    assert_type(answer.rulebook.digest, str)
    assert_type(cg.codes(), tuple[cg.FindingKind, ...])
    assert_type(cg.CallControl.ASTERISK.destination, cg.Destination | None)
    assert_type(cg.RuleBookError("").problems, tuple[str, ...])
    assert_type(cg.InventoryError("").row, int | None)


def mistakes(answer: cg.Assessment) -> None:
    """What a type checker refuses: mypy complains here about every comment that is not needed."""
    cg.assess("8841")  # type: ignore[call-arg]
    cg.assess("8841", "V03", destination="third-party")  # type: ignore[call-arg]
    cg.assess("8841", vid=3, destination="third-party")  # type: ignore[arg-type]
    cg.assess("8841", destination=None)  # type: ignore[arg-type]
    answer.verdict = cg.Verdict.ELIGIBLE  # type: ignore[misc]
    answer.phone.vid = "V03"  # type: ignore[misc]
    answer.license.sku.lower()  # type: ignore[union-attr]


@pytest.fixture
def check(tmp_path: Path) -> Callable[..., None]:
    """Run away from the sources, so that the installed package is what is checked, and no cache is left behind."""

    def check(*arguments: str) -> None:
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    return check


def test_mypy_accepts_this_file(check: Callable[..., None]) -> None:
    check("mypy", "--strict", __file__)


def test_mypy_accepts_the_package(check: Callable[..., None]) -> None:
    check("mypy", "--strict", "--package", "crossgrade")


def test_the_stubs_are_those_of_the_native_module(check: Callable[..., None]) -> None:
    check("mypy.stubtest", "crossgrade._native")
