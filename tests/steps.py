"""Counts the instructions that each shape of `crossgrade_tests::shapes` takes at two sizes, and fails where work grows too fast.

`tests/memory_growth.rs` counts memory, and sees no search that asks for none: this sees each step. Needs valgrind and some minutes.

    cargo build --release -p crossgrade-tests --bin growth
    python tests/steps.py target/release/growth [PART OF A NAME]
"""

from __future__ import annotations

import re
import subprocess
import sys

TIMES = 4
"""How much larger the second size is."""
MOST = 4.5
"""How many times the instructions it may take."""
LEAST = 40
"""The smallest size that is counted."""
PART = 20
"""The size is that of docs/limits.md, divided by this: valgrind takes fifty times as long."""


def instructions(program: str, name: str, size: int) -> int:
    """Count what one reading takes, with the making of its input."""
    command = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null", program, "--once", name, str(size)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    found = re.search(r"Collected : (\d+)", told)
    if found is None:
        message = f"valgrind counted nothing of {name}: {told[-200:]}"
        raise SystemExit(message)
    return int(found[1])


def main() -> int:
    """Count all shapes, or those with a part of a name."""
    program, part = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else ""
    lines = subprocess.run([program, "--names"], capture_output=True, text=True, check=True).stdout.splitlines()
    steep = 0
    for size, name in (line.split("\t", 1) for line in lines):
        if part not in name:
            continue
        small = max(int(size) // PART, LEAST)
        begin, once, more = (instructions(program, name, of) for of in (1, small, TIMES * small))
        growth = (more - begin) / max(once - begin, 1)
        is_steep = growth > MOST
        steep += is_steep
        print(f"{growth:5.2f}  {once:>12}  {name}{'  GROWS TOO FAST' if is_steep else ''}", flush=True)
    return 1 if steep else 0


if __name__ == "__main__":
    sys.exit(main())
