"""The corpus that Rust and C run too: `tests/cases/*.toml`.

With `CROSSGRADE_CORPUS_OUT=FILE` every answer is written there, one line a case: name, tab, JSON. The files that the
three languages write must be the same.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import os
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest

import crossgrade as cg

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parents[2] / "tests" / "cases"


def load() -> list[dict[str, Any]]:
    files = sorted(FOLDER.glob("*.toml"))
    return [tomllib.loads(file.read_text(encoding="utf-8")) for file in files]


FILES = load()
CASES = [case for file in FILES for case in file["case"]]
REFUSED = [case for file in FILES for case in file.get("refused", [])]


def book(case: dict[str, Any]) -> cg.RuleBook:
    name = case.get("rulebook", "guide")
    if name == "guide":
        return cg.RuleBook.guide()
    return cg.RuleBook.field(None if name == "field" else name)


def ask(case: dict[str, Any]) -> cg.Assessment:
    said = {field: [tuple(pair) for pair in pairs] for field, pairs in case.get("said", {}).items()}
    phone = {"pid": None} | case["phone"] | said
    return cg.assess(**phone, destination=case["to"], target=case.get("target"), rulebook=book(case))


def shown(value: object) -> object:
    return "null" if value is None else value


@pytest.fixture(params=CASES, ids=[case["name"] for case in CASES])
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    case: dict[str, Any] = request.param
    return case


def test_the_answer_is_what_the_documents_say(case: dict[str, Any]) -> None:
    answer = ask(case)
    says = [f"{finding.code} {finding.effect}" for finding in answer.findings]
    assert answer.verdict == case["verdict"], says
    assert set(case["says"]) <= set(says)
    assert not {finding.code for finding in answer.findings} & set(case["silent"])
    for code, words in (told.split(" ", 1) for told in case.get("tells", [])):
        assert any(finding.code == code and words in finding.message for finding in answer.findings), (code, words)
    assert set(case.get("remedies", [])) <= {f"{finding.code} {finding.remedy}" for finding in answer.findings}
    for key, expected in case.get("read", {}).items():
        assert shown(getattr(answer.phone, key)) == expected, key
    if "gates" in case:
        assert [
            f"{gate.on} {gate.firmware_type} {gate.minimum} actual {shown(gate.actual)} {gate.status}"
            for gate in answer.gates
        ] == case["gates"]
    if "load" in case:
        assert (shown(answer.firmware.load) if answer.firmware else "none") == case["load"]
    if "first" in case:
        first = next((gate.install_first for gate in answer.gates if gate.install_first), None)
        assert shown(first) == case["first"]
    if case.get("license") == "none":
        assert answer.license is None
    else:
        for key, expected in case.get("license", {}).items():
            assert shown(getattr(answer.license, key)) == expected, key
    if "disagreements" in case:
        told = [finding.rule for finding in answer.findings if finding.code == "CG601"]
        assert told == case["disagreements"]


def test_attributes_are_the_keys_of_the_json(case: dict[str, Any]) -> None:
    answer = ask(case)
    document = answer.to_dict()
    assert document == json.loads(answer.to_json())
    attributes = {
        "schema": document["schema"],
        "rulebook": {key: getattr(answer.rulebook, key) for key in ["edition", "revision", "digest"]},
        "phone": dataclasses.asdict(answer.phone),
        "destination": answer.destination,
        "direction": answer.direction,
        "target": answer.target,
        "verdict": answer.verdict,
        "findings": [dataclasses.asdict(finding) for finding in answer.findings],
        "gates": [without_help(dataclasses.asdict(gate)) for gate in answer.gates],
        "firmware": dataclasses.asdict(answer.firmware) if answer.firmware else None,
        "license": dataclasses.asdict(answer.license) if answer.license else None,
    }
    # Written out, tuples are lists, and the order of the keys counts.
    assert json.dumps(attributes, ensure_ascii=False, separators=(",", ":")) == answer.to_json()


def without_help(gate: dict[str, Any]) -> dict[str, Any]:
    """The gate without the attribute that is no key of the JSON."""
    return {key: value for key, value in gate.items() if key != "install_first"}


def test_the_answer_survives_pickle_and_copy(case: dict[str, Any]) -> None:
    answer = ask(case)
    for same in [pickle.loads(pickle.dumps(answer)), copy.deepcopy(answer), copy.copy(answer)]:
        assert same == answer
        assert hash(same) == hash(answer)
        assert same.to_json() == answer.to_json()
        assert str(same) == str(answer)
        assert repr(same) == repr(answer)


def test_bytes_are_read_as_texts_are(case: dict[str, Any]) -> None:
    phone = {field: text.encode() for field, text in case["phone"].items()}
    answer = ask(case)
    same = ask(case | {"phone": phone})
    assert same == answer
    assert same.to_json() == answer.to_json()


def refusal(case: dict[str, Any]) -> str:
    with pytest.raises(cg.RequestError) as caught:
        ask({"phone": {}} | case)
    return str(caught.value)


@pytest.mark.parametrize("case", REFUSED, ids=[case["name"] for case in REFUSED])
def test_the_book_that_answers_refuses_the_target(case: dict[str, Any]) -> None:
    assert refusal(case) == case["error"].replace("REVISION", book(case).revision)


def test_answers_for_other_languages() -> None:
    lines = [f"{case['name']}\t{ask(case).to_json()}\n" for case in CASES]
    lines += [f"{case['name']}\t{refusal(case)}\n" for case in REFUSED]
    assert len(lines) >= 150
    assert len({case["name"] for case in CASES}) == len(CASES)
    out = os.environ.get("CROSSGRADE_CORPUS_OUT")
    if out:
        Path(out).write_bytes("".join(lines).encode())
