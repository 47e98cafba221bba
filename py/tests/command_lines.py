"""Runs both command lines: that of Python and, where it is built, the Rust example."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

from test_cli import ENVIRONMENT, EXAMPLE, FLEET

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["ENVIRONMENT", "EXAMPLE", "FLEET", "OLD", "names", "run"]

OLD = b"what was there before\n"


def run(
    command: list[str],
    *arguments: str | Path,
    to: str = "third-party",
    **options: Any,  # noqa: ANN401 (those of subprocess)
) -> subprocess.CompletedProcess[bytes]:
    """Audit with a command line, and return what it answers."""
    options.setdefault("env", ENVIRONMENT)
    return subprocess.run([*command, *map(str, arguments), "--to", to], capture_output=True, check=False, **options)


def names(folder: Path) -> list[str]:
    """Return what stands in a folder."""
    return sorted(file.name for file in folder.iterdir())
