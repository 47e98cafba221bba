"""Holds answers against docs/assessment.schema.json.

    cargo run -p crossgrade-tests --bin corpus_lines answers > answers.tsv
    python3 tests/schema.py answers.tsv

Each line of the file is a name, a tab, and an answer in JSON. Every answer must be valid, with its keys in the order of
the schema; and every answer that is broken on purpose must be refused, else the schema proves nothing. Needs Python
3.10 and the package jsonschema.
"""

from __future__ import annotations

import copy
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = Path(__file__).parents[1] / "docs" / "assessment.schema.json"


def resolved(schema: dict[str, Any], root: dict[str, Any]) -> dict[str, Any]:
    """The part of the schema that describes a value that is not null."""
    while "$ref" in schema or "anyOf" in schema:
        schema = root["$defs"][schema["$ref"].rsplit("/", 1)[1]] if "$ref" in schema else schema["anyOf"][0]
    return schema


def objects(value: Any, schema: dict[str, Any], root: dict[str, Any], path: tuple = ()) -> Iterator[tuple]:
    """Every object of an answer: its path, itself, and the part of the schema that describes it."""
    schema = resolved(schema, root)
    if isinstance(value, dict):
        yield path, value, schema
        for key, inner in value.items():
            yield from objects(inner, schema["properties"][key], root, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from objects(inner, schema["items"], root, (*path, index))


def undescribed(schema: dict[str, Any], root: dict[str, Any], path: str = "") -> Iterator[str]:
    """The keys that the schema does not describe in words."""
    for key, inner in resolved(schema, root).get("properties", {}).items():
        if "description" not in inner and "description" not in resolved(inner, root):
            yield f"{path}{key}"
        yield from undescribed(inner, root, f"{path}{key}.")
        yield from undescribed(resolved(inner, root).get("items", {}), root, f"{path}{key}[].")


def changed(answer: dict[str, Any], path: tuple, value: Any) -> dict[str, Any]:
    """The same answer with another value at one place."""
    answer = copy.deepcopy(answer)
    place: Any = answer
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return answer


def broken(answer: dict[str, Any], root: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Answers that no crossgrade gives, and what is wrong with them."""
    for path, value, _ in objects(answer, root, root):
        where = ".".join(map(str, path)) or "the answer"
        for key in value:
            without = {other: inner for other, inner in value.items() if other != key}
            yield f"{where} without {key}", changed(answer, path, without) if path else without
        more = value | {"surplus": None}
        yield f"{where} with a key too many", changed(answer, path, more) if path else more
    first = ("findings", 0)
    wrong = [
        ("an unknown schema", ("schema",), "crossgrade.assessment/2"),
        ("a short digest", ("rulebook", "digest"), "e8d0419f"),
        ("an upper-case digest", ("rulebook", "digest"), answer["rulebook"]["digest"].upper()),
        ("a revision of two numbers", ("rulebook", "revision"), "2026.11"),
        ("a PID with =", ("phone", "pid"), "CP-7821-K9="),
        ("a VID without V", ("phone", "vid"), "03"),
        ("a VID as it was typed", ("phone", "vid"), "v3"),
        ("a MAC with colons", ("phone", "mac"), "00:CC:FC:12:34:56"),
        ("a MAC in lower case", ("phone", "mac"), "00ccfc123456"),
        ("a load with .loads", ("phone", "load"), "sip78xx.14-2-1-0101-26.loads"),
        ("a release with hyphens", ("phone", "release"), "14-2-1"),
        ("an authorization in lower case", ("phone", "authorization"), "wxc"),
        ("an unknown destination", ("destination",), "spark"),
        ("the other direction", ("direction",), "mpp-to-enterprise"),
        ("a verdict that the findings do not give", ("verdict",), "not-needed"),
        ("an unknown effect", (*first, "effect"), "warns"),
        ("an effect that would give another verdict", (*first, "effect"), "blocks"),
        ("a code of another shape", (*first, "code"), "CG1"),
        ("an empty message", (*first, "message"), ""),
        ("a finding without sources", (*first, "sources"), []),
        ("evidence that is no field", (*first, "evidence"), ["color"]),
        ("a gate that nothing was compared with, and met", ("gates", 0), answer["gates"][0] | {"actual": None}),
        ("an unknown gate status", ("gates", 0, "status"), "passed"),
        ("no firmware for an eligible phone", ("firmware",), None),
        ("a load without its file", ("firmware", "file"), None),
        ("no license for an eligible phone", ("license",), None),
        ("a purchase of nothing", ("license", "sku"), None),
        ("a license file without MAC", ("license", "file"), "phone.lic"),
    ]
    for what, path, value in wrong:
        yield what, changed(answer, path, value)


def check_answers(answers: dict[str, Any], validator: Draft202012Validator) -> Iterator[str]:
    """What is wrong with answers that crossgrade gave."""
    root = validator.schema
    for name, answer in answers.items():
        errors = sorted(validator.iter_errors(answer), key=lambda error: error.json_path)
        yield from (f"{name}: {error.json_path}: {error.message}" for error in errors)
        for path, value, described in [] if errors else objects(answer, root, root):
            if list(value) != list(described["properties"]):
                yield f"{name}: the keys of {path} are in the order {list(value)}"


def is_full(answer: dict[str, Any]) -> bool:
    """Whether the answer has everything that can be broken."""
    is_to_mpp = answer["verdict"] == "eligible" and answer["direction"] == "enterprise-to-mpp"
    is_whole = is_to_mpp and answer["firmware"]["file"] and answer["license"]["file"] and answer["gates"]
    return bool(is_whole) and answer["gates"][0]["status"] == "met"


def main(arguments: list[str]) -> int:
    """Check the answers of a file; 0 if all is well."""
    if len(arguments) != 1:
        print("usage: schema.py ANSWERS.tsv", file=sys.stderr)
        return 2
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    lines = Path(arguments[0]).read_text(encoding="utf-8").splitlines()
    named = (line.partition("\t") for line in lines)
    # A target that is refused is answered by a message.
    answers = {name: json.loads(text) for name, _, text in named if text.startswith("{")}

    problems = [f"{key} has no description" for key in undescribed(schema, schema)]
    problems += check_answers(answers, validator)
    sample = None if problems else next(filter(is_full, answers.values()), None)
    broken_ones = [] if sample is None else list(broken(sample, schema))
    problems += [f"the schema accepts {what}" for what, answer in broken_ones if validator.is_valid(answer)]
    if not (problems or broken_ones):
        problems.append("no answer is eligible with a license to buy and a gate that is met: nothing to break")

    for problem in problems:
        print(f"schema: {problem}", file=sys.stderr)
    if not problems:
        print(f"schema: {len(answers)} answers are valid, {len(broken_ones)} broken ones are refused")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
