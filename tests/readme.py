"""Runs the examples of a Markdown file and compares what they print.

A fence followed directly by a ``text`` fence prints exactly that:

- ``python``: run by this interpreter, in which the package is installed;
- ``c``: compiled against the header and the library of ``cargo build -p crossgrade-capi``;
- ``rust``: an example below ``examples/rust`` whose source is this text.

A ``console`` fence holds commands behind ``$ `` and below each its output; a line ``...`` stands for any lines,
``…`` for any characters, and ``2026.11.0`` for the revision of the rule book, whichever it is. Commands start with ``python`` (this interpreter) or ``cargo``; one that ends with
``# exit code 1`` must fail so. A ``toml`` fence must stand in a file of ``examples/data``, or in ``core/data``.
``<!-- not run -->`` before a fence says that it is not.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
FENCE = re.compile(r"(?P<mark><!-- not run -->\n)?^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)


def run(command: list[str], exit_code: int = 0, **options: object) -> str:
    """What the command prints; it must end with this exit code."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)  # type: ignore[call-overload]
    if done.returncode != exit_code:
        raise SystemExit(f"{shlex.join(command)} ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return str(done.stdout)


def run_c(source: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "program")
        Path(folder, "program.c").write_text(source, encoding="utf-8")
        library = TARGET / "debug"
        run(
            ["cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", f"-I{ROOT}/ffi-c/include"]
            + [f"{program}.c", f"-L{library}", "-lcrossgrade", f"-Wl,-rpath,{library}", "-o", str(program)]
        )
        return run([str(program)])


def run_rust(source: str) -> str:
    for path in sorted((ROOT / "examples" / "rust").glob("*.rs")):
        # The file may begin with a comment of its own.
        if source.strip() in path.read_text(encoding="utf-8"):
            return run(["cargo", "run", "--locked", "-q", "--release", "--example", path.stem])
    raise SystemExit(f"no example below examples/rust has this source:\n{source}")


def is_same(expected: str, found: str) -> bool:
    """Whether the output is the expected one, in which ``...``, ``…`` and a revision stand for others as told above."""
    parts = [re.escape(part) for part in re.split(r"^\.\.\.\n", expected, flags=re.MULTILINE)]
    parts = [part.replace("…", ".*").replace(re.escape("2026.11.0"), r"\d+\.\d+\.\d+") for part in parts]
    return re.fullmatch(r"(?:.*\n)*?".join(parts), found) is not None


def check(what: str, expected: str, found: str) -> None:
    if not is_same(expected, found):
        raise SystemExit(f"{what}\nexpected:\n{expected}\nfound:\n{found}")


def console(body: str) -> int:
    commands = re.split(r"^\$ ", body, flags=re.MULTILINE)[1:]
    for text in commands:
        command, _, expected = text.partition("\n")
        exit_code = re.search(r"# exit code (\d+)$", command)
        words = shlex.split(command, comments=True)
        if words[0] not in {"python", "cargo"}:
            raise SystemExit(f"console examples run python or cargo, not {words[0]}")
        if words[0] == "python":
            words[0] = sys.executable
        else:
            words[1:1] = ["--quiet"]
        check(command, expected, run(words, int(exit_code[1]) if exit_code else 0))
    return len(commands)


def quoted(path: Path, body: str) -> None:
    """The lines stand in a file of the examples or of the data, in this order and side by side."""
    files = [*(ROOT / "examples" / "data").glob("*.toml"), *(ROOT / "core" / "data").glob("*.toml")]
    if not any(body in file.read_text(encoding="utf-8") for file in files):
        raise SystemExit(f"{path}: no file of examples/data or core/data has these lines:\n{body}")


def main(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    fences = list(FENCE.finditer(text))
    count = 0
    for fence, following in zip(fences, [*fences[1:], None], strict=True):
        kind, body = fence["kind"], fence["body"]
        if fence["mark"] or kind == "text":
            continue
        if kind == "console":
            count += console(body)
            continue
        if kind == "toml":
            quoted(path, body)
            continue
        runner = {"python": lambda source: run([sys.executable, "-c", source]), "c": run_c, "rust": run_rust}.get(kind)
        is_shown = following is not None and following["kind"] == "text" and not text[fence.end() : following.start()].strip()
        if runner is None or following is None or not is_shown:
            raise SystemExit(f"{path}: a {kind} example without output below it:\n{body}")
        check(f"{path}: {kind} example", following["body"], runner(body))
        count += 1
    if count == 0:
        raise SystemExit(f"{path}: no example")
    print(f"{path}: {count} examples print what the page says")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        main(ROOT / name)
