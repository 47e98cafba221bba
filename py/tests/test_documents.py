"""The corpus of documents that Rust and C run too: `tests/sources/*.toml` and the seeds of fuzzing.

With `CROSSGRADE_DOCUMENTS_OUT=FILE` every answer is written there, in lines that `tests/src/source_documents.rs` describes. The
files that the three languages write must be the same.
"""

from __future__ import annotations

import os
import sys
import warnings
from pathlib import Path
from typing import Any

import crossgrade as cg

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

TESTS = Path(__file__).parents[2] / "tests"
ESCAPED = {ord(character): f"\\x{ord(character):02x}" for character in "\t\n\r\0"}


def load() -> list[dict[str, Any]]:
    files = sorted((TESTS / "sources").glob("*.toml"))
    cases = [case for file in files for case in tomllib.loads(file.read_text(encoding="utf-8"))["document"]]
    for kind in ("axl", "csv", "device_page", "json", "risport", "webex", "xlsx"):
        for path in sorted((TESTS / "fuzz" / "corpus" / kind).iterdir()):
            name = path.relative_to(TESTS).as_posix()
            cases.append({"name": name, "file": [{"name": name, "path": name}]})
    return cases


CASES = load()


def read(file: dict[str, str]) -> cg.Fleet:
    content = file["text"].encode() if "text" in file else (TESTS / file["path"]).read_bytes()
    return cg.read_inventory(content, name=file["name"])


def phone_lines(fleet: cg.Fleet, destination: str) -> list[tuple[str, ...]]:
    columns = fleet.to_dict()
    verdicts = cg.audit(fleet, destination=destination).to_dict()["verdict"]
    assert len(verdicts) == len(fleet)
    lines: list[tuple[str, ...]] = []
    for number, verdict in enumerate(verdicts):
        row = {name: values[number] for name, values in columns.items()}
        shown = ["" if row[name] is None else str(row[name]) for name in ("source", "row", "device", "problem")]
        answer = cg.assess(**fleet.phone(number), destination=destination)
        assert answer.verdict == verdict
        lines.append(("phone", *shown, str(verdict)))
        if not row["problem"]:  # in C the text of a broken row stands without what is wrong with it
            lines.append(("answer", answer.to_json()))
    return lines


def refused(case: dict[str, Any], error: cg.InventoryError) -> str:
    """The message without the name of the file, which Python puts in front."""
    names = [file["name"] for file in case["file"]]
    [name] = [name for name in names if str(error).startswith(f"{name}: ")]
    return str(error).removeprefix(f"{name}: ")


def answer_lines(case: dict[str, Any]) -> list[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a file that ends early is told by a warning too
        try:
            fleets = [read(file) for file in case["file"]]
            fleet = fleets[0] if len(fleets) == 1 else cg.merge(*fleets)
        except cg.InventoryError as error:
            lines = [("error", refused(case, error))]
        else:
            lines = [("rows", str(fleet.rows_read)), *phone_lines(fleet, case.get("to", "third-party"))]
            lines += [("told", told) for told in str(fleet).splitlines()]
    return ["\t".join([case["name"], *(part.translate(ESCAPED) for part in line)]) for line in lines]


def test_every_answer_is_written_for_the_other_languages() -> None:
    lines = [line for case in CASES for line in answer_lines(case)]
    assert len(lines) > len(CASES)
    if out := os.environ.get("CROSSGRADE_DOCUMENTS_OUT"):
        Path(out).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")
