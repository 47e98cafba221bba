from __future__ import annotations

import dataclasses
import inspect
import json
import pickle
import subprocess
import sys
import threading
from typing import Any

import pytest

import crossgrade as cg

FIELDS = ["pid", "vid", "mac", "serial", "load", "release", "firmware_type", "authorization"]
QUESTION: dict[str, Any] = {
    "pid": "CP-7841-K9=",
    "vid": "V05",
    "mac": "00CCFC123456",
    "serial": "FCH20100312",
    "load": "sip78xx.14-2-1-0101-26",
    "release": "14.2(1)SR1",
    "firmware_type": "enterprise",
    "authorization": "blank",
}


def test_signature() -> None:
    parameters = inspect.signature(cg.assess).parameters
    assert list(parameters) == [*FIELDS, "destination", "target", "rulebook"]
    assert [name for name, parameter in parameters.items() if parameter.default is parameter.empty] == [
        "pid",
        "destination",
    ]
    keywords = [name for name, parameter in parameters.items() if parameter.kind is parameter.KEYWORD_ONLY]
    assert keywords == list(parameters)[1:]


def test_every_name_of_all_is_there_and_documented() -> None:
    assert cg.__all__ == sorted(cg.__all__)
    for name in cg.__all__:
        value = getattr(cg, name)
        assert isinstance(value, str) or (value.__doc__ and not value.__doc__.startswith(name)), name


def test_every_public_member_is_documented() -> None:
    for kind in [cg.Assessment, cg.RuleBook, cg.RuleBookDiff, cg.Explanation, cg.Impact, cg.CallControl]:
        for name, member in vars(kind).items():
            assert name.startswith("_") or isinstance(member, cg.CallControl) or member.__doc__, f"{kind}.{name}"


def test_public_classes_say_what_they_are_made_of() -> None:
    """Every field of every public dataclass is public, or belongs to a document."""
    for name in cg.__all__:
        kind = getattr(cg, name)
        if dataclasses.is_dataclass(kind):
            fields = [field.name for field in dataclasses.fields(kind)]
            assert fields == ["_json", "_text"] or not any(field.startswith("_") for field in fields), name


def test_version_and_build() -> None:
    assert cg.__version__.count(".") == 2
    assert cg.__build__ in {"debug", "release"}


def test_only_a_debug_build_warns() -> None:
    done = subprocess.run([sys.executable, "-c", "import crossgrade"], capture_output=True, check=True)
    assert (b"built without optimizations" in done.stderr) == (cg.__build__ == "debug")


@pytest.mark.parametrize("destination", [*cg.Destination, *map(str, cg.Destination)])
def test_destination_is_a_member_or_its_word(destination: str) -> None:
    answer = cg.assess("8841", destination=destination)
    assert answer.destination is cg.Destination(destination)
    assert isinstance(answer.direction, cg.Direction)


def test_enum_members_are_texts() -> None:
    by_member = cg.assess(
        "8841",
        firmware_type=cg.FirmwareType.MPP,
        authorization=cg.Authorization.BLANK,
        destination=cg.Destination.THIRD_PARTY,
    )
    by_text = cg.assess("8841", firmware_type="mpp", authorization="blank", destination="third-party")
    assert by_member == by_text
    assert by_member.verdict is cg.Verdict.NOT_NEEDED


def test_the_pid_may_be_missing() -> None:
    answer = cg.assess(None, destination="third-party")
    assert answer.verdict is cg.Verdict.UNKNOWN
    assert repr(answer).startswith("Assessment(pid=None, ")


@pytest.mark.parametrize("field", FIELDS)
def test_empty_text_is_absent(field: str) -> None:
    without = cg.assess(**QUESTION | {field: None}, destination="third-party")
    for empty in ["", b"", " ", "\u00a0"]:
        assert cg.assess(**QUESTION | {field: empty}, destination="third-party").to_json() == without.to_json()


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("text", [b"\xff", b"V03\xff", "\udcff", "\ud800"])  # noqa: PT014 (two surrogates)
def test_what_is_not_utf8_is_unreadable_evidence(field: str, text: str | bytes) -> None:
    question: dict[str, Any] = {"pid": "8841", field: text}
    answer = cg.assess(**question, destination="third-party")
    assert getattr(answer.phone, field) is None
    assert json.loads(answer.to_json()) == answer.to_dict()


def test_a_text_with_escaped_bytes_is_read_as_these_bytes() -> None:
    raw = b"CP-8841\xff"
    escaped = raw.decode("utf-8", "surrogateescape")
    assert cg.assess(escaped, destination="third-party") == cg.assess(raw, destination="third-party")


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("value", [5, 1.0, {"V03": "a"}, object(), bytearray(b"V03"), True])
def test_other_types_are_refused_by_name(field: str, value: object) -> None:
    question: dict[str, Any] = QUESTION | {field: value}
    kind = type(value).__name__
    expected = r"str, bytes, None, or a list of pairs \(text, place\)"
    with pytest.raises(TypeError, match=rf"^argument '{field}': expected {expected}, not {kind}$"):
        cg.assess(**question, destination="third-party")


@pytest.mark.parametrize("pairs", [["V03"], [("V03",)], [("V03", "a", "b")], [("V03", None)], [(3, "a")], ("V03", "a")])
def test_other_lists_than_of_pairs_are_refused_by_name(pairs: Any) -> None:  # noqa: ANN401
    with pytest.raises(
        TypeError, match=r"^argument 'vid': expected a list of pairs \(text, place\) of str or bytes, not "
    ):
        cg.assess("CP-7821-K9=", vid=pairs, destination="third-party")


@pytest.mark.parametrize("field", FIELDS)
def test_what_one_place_says_is_what_a_text_says(field: str) -> None:
    answer = cg.assess(**QUESTION, destination="third-party")
    said = QUESTION | {field: [(QUESTION[field], "labels.csv line 2"), (" ", "an empty cell")]}
    assert cg.assess(**said, destination="third-party").to_json() == answer.to_json()


def test_what_is_said_differently_is_shown_with_all_sides_and_survives_pickle() -> None:
    vid = [("V03", "page 10.0.0.7"), (b"V01", "labels.csv line 2"), ("?", "a label")]
    answer = cg.assess("CP-7821-K9=", vid=vid, destination="third-party")
    assert answer.verdict == "unknown"
    assert answer.phone.vid is None
    (contradiction,) = answer.phone.contradictions
    assert contradiction.field is cg.Field.VID
    assert [(side.said_by, side.value, side.place) for side in contradiction.sides] == [
        ("vid", "V03", "page 10.0.0.7"),
        ("vid", "V01", "labels.csv line 2"),
    ]
    again = pickle.loads(pickle.dumps(answer))
    assert again == answer
    assert again.to_json() == answer.to_json()
    assert json.loads(answer.to_json())["phone"]["contradictions"][0]["sides"][1]["place"] == "labels.csv line 2"


@pytest.mark.parametrize(
    ("argument", "expected"),
    [("destination", "str"), ("target", "str or None"), ("rulebook", "RuleBook or None")],
)
@pytest.mark.parametrize("value", [5, b"third-party", ["12.0(3)"]])
def test_other_types_of_what_is_asked_are_refused_by_name(argument: str, expected: str, value: object) -> None:
    keywords: dict[str, Any] = {"destination": "third-party", argument: value}
    with pytest.raises(TypeError, match=rf"^argument '{argument}': expected {expected}, not {type(value).__name__}$"):
        cg.assess("8841", **keywords)


def test_the_destination_is_required() -> None:
    with pytest.raises(TypeError, match="missing 1 required keyword argument: 'destination'"):
        cg.assess("8841")  # type: ignore[call-arg]


def test_the_target_is_shown_in_canonical_spelling() -> None:
    answer = cg.assess("CP-8841-K9=", destination="third-party", target="12-0-3")
    assert answer.target == "12.0(3)"
    assert answer.firmware is not None
    assert answer.firmware.release == "12.0(3)"
    assert ", target='12.0(3)', " in repr(answer)
    assert cg.assess("CP-8841-K9=", destination="third-party").target is None


def test_the_rule_book_may_be_given() -> None:
    guide = cg.RuleBook.guide()
    answer = cg.assess("8841", destination="third-party", rulebook=guide)
    assert answer.rulebook == guide
    assert hash(answer.rulebook) == hash(guide)
    assert answer == cg.assess("8841", destination="third-party")


def test_rule_book() -> None:
    guide = cg.RuleBook.guide()
    assert len(guide.digest) == 64
    assert repr(guide) == f"RuleBook(edition='guide', revision='{guide.revision}', digest='{guide.digest[:12]}...')"
    assert guide != "guide"


def test_repr_is_short_and_says_what_matters() -> None:
    answer = cg.assess("CP-7821-K9=", vid="V01", mac=b"\xff", destination="third-party")
    codes = list(dict.fromkeys(finding.code for finding in answer.findings))
    assert repr(answer) == (
        f"Assessment(pid='CP-7821-K9=', destination='third-party', verdict='ineligible', findings={codes})"
    )
    assert repr(cg.assess(b"\xff", destination="third-party")).startswith(r"Assessment(pid=b'\xff', ")


def test_equality_is_about_the_question() -> None:
    answer = cg.assess(**QUESTION, destination="third-party")
    same = cg.assess(**QUESTION, destination="third party")
    assert answer == same
    assert hash(answer) == hash(same)
    assert len({answer, same}) == 1
    # The library reads both spellings as the same evidence.
    assert answer == cg.assess(**QUESTION | {"vid": "v5", "mac": "SEP00CCFC123456"}, destination="third-party")
    others: list[object] = [
        cg.assess(**QUESTION, destination="webex-calling"),
        cg.assess(**QUESTION, destination="third-party", target="12.0(3)"),
        *(cg.assess(**QUESTION | {field: None}, destination="third-party") for field in FIELDS),
        *(cg.assess(**QUESTION | {field: "?"}, destination="third-party") for field in FIELDS),
        answer.to_json(),
        None,
    ]
    for other in others:
        assert answer != other
    assert len({answer, *others}) == len(others) + 1


def test_parts_are_frozen_and_hashable(answer: cg.Assessment) -> None:
    parts = [answer.phone, *answer.findings, *answer.gates, answer.firmware, answer.license, *cg.codes()]
    for part in parts:
        if part is None:
            continue
        assert hash(part) == hash(dataclasses.replace(part))
        assert part == dataclasses.replace(part)
        assert not hasattr(part, "__dict__")
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(part, dataclasses.fields(part)[0].name, None)
        with pytest.raises((AttributeError, TypeError)):
            setattr(part, "another", None)  # noqa: B010
    for name in ["verdict", "findings", "another"]:
        with pytest.raises(AttributeError):
            setattr(answer, name, None)
    with pytest.raises(TypeError):
        type("Sub", (cg.Assessment,), {})


def test_parts_are_of_the_types_that_the_stubs_say(answer: cg.Assessment) -> None:
    def is_texts(values: object) -> bool:
        return isinstance(values, tuple) and all(type(value) is str for value in values)

    assert type(answer.verdict) is cg.Verdict
    assert type(answer.phone) is cg.PhoneRead
    for finding in answer.findings:
        assert type(finding) is cg.Finding
        assert type(finding.effect) is cg.Effect
        assert isinstance(finding.evidence, tuple)
        assert all(type(field) is cg.Field for field in finding.evidence)
        assert is_texts(finding.sources)
    for gate in answer.gates:
        assert type(gate.on) is cg.Stage
        assert type(gate.firmware_type) is cg.FirmwareType
        assert type(gate.status) is cg.GateStatus
        assert is_texts(gate.sources)
    if answer.firmware:
        assert type(answer.firmware.firmware_type) is cg.FirmwareType
    if answer.license:
        assert type(answer.license.need) is cg.LicenseNeed


def test_str_is_the_text_for_a_person(answer: cg.Assessment) -> None:
    text = str(answer)
    assert f": {answer.verdict}\n" in text
    assert all(finding.message in text for finding in answer.findings)
    assert format(answer) == text


def test_threads_share_an_answer(answer: cg.Assessment) -> None:
    expected = answer.to_json()
    found: list[bool] = []

    def look() -> None:
        found.extend(answer.to_json() == expected and len(answer.findings) > 0 for _ in range(200))

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 800


def test_empty_target_is_absent() -> None:
    chosen = cg.assess("CP-8841-K9=", destination="third-party", target=" ")
    assert chosen == cg.assess("CP-8841-K9=", destination="third-party")


def test_gate_that_is_unmet_names_the_load_to_install_first() -> None:
    gates = cg.assess("CP-8841-K9=", load="sip88xx.12-8-1-0001-455", destination="third-party").gates
    assert [gate.install_first for gate in gates if gate.on == "start"] == ["sip88xx.14-2-1-0101-26"]
    assert [gate.install_first for gate in gates if gate.on == "target"] == [None, None]


def test_an_answer_says_what_decides() -> None:
    """The attributes are named as the result columns, and the findings are made once."""
    answer = cg.assess("CP-7821-K9=", destination="third-party")
    assert (answer.decided_by, answer.evidence_needed, answer.install_first) == (("CG201",), (cg.Field.VID,), None)
    assert answer.why == "The hardware version (VID) is missing; rule e2m-7821 asks for it."
    assert answer.findings is answer.findings
    old = cg.assess("CP-7841-K9=", vid="V05", load="sip78xx.12-8-1-0001-455", destination="third-party")
    assert (old.decided_by, old.evidence_needed, old.install_first) == ((), (), "sip78xx.14-2-1-0101-26")
    assert "install sip78xx.14-2-1-0101-26 first" in old.why


def test_what_is_no_phone_says_so() -> None:
    """It is ineligible in both directions, and nothing else is said of it."""
    for destination in cg.Destination:
        answer = cg.assess("CP-8800-A-KEM=", destination=destination)
        assert (answer.verdict, answer.decided_by) == (cg.Verdict.INELIGIBLE, ("CG108",))
        assert answer.not_a_phone is cg.DeviceClass.EXPANSION_MODULE
        assert answer.why.endswith("is a key expansion module, not a phone; it needs no migration of its own.")
        assert (answer.license, answer.gates, answer.firmware, len(answer.findings)) == (None, (), None, 1)
    for text in ["CP-8841-K9=", "nobody knows", None]:
        assert cg.assess(text, destination="third-party").not_a_phone is None


def test_a_summary_shows_apart_what_is_no_phone() -> None:
    text = "Model\nCisco IP Communicator\nCTI Port\n72\nCP-8831-K9=\n8841\nTotal 5\n"
    summary = cg.audit(cg.read_csv(text.encode()), destination="third-party").summary()
    assert summary.verdicts[cg.Verdict.INELIGIBLE] == 5
    assert (summary.not_a_phone, sum(summary.verdicts.values())) == (4, 6)
    expected = {cg.DeviceClass.SOFT_CLIENT: 1, cg.DeviceClass.CTI: 2, cg.DeviceClass.SUM_ROW: 1}
    assert summary.no_phones == expected
    assert summary.to_dict()["not_a_phone"] == 4
    assert "4 of them no phones" in str(summary)
    assert "4 of the ineligible are no phones" in summary._repr_html_()
    assert not summary.missing_evidence
