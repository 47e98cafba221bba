"""The Python half and the native half say the same words. A failure prints what to paste."""

from __future__ import annotations

import re

import pytest

import crossgrade as cg
from crossgrade import _enums, _native

WORDS = _native.words()


def member_name(word: str) -> str:
    name = re.sub(r"[^A-Z0-9]+", "_", word.upper())
    # No name of Python begins with a digit.
    return name.replace("3CX", "THREE_CX")


@pytest.mark.parametrize("name", WORDS)
def test_words_of_the_enum(name: str) -> None:
    expected = {member_name(word): word for word in WORDS[name]}
    found = {member.name: member.value for member in getattr(_enums, name, ())}
    source = "\n".join(f'    {member} = "{word}"' for member, word in expected.items())
    # As lists, because the order counts too.
    assert list(found.items()) == list(expected.items()), (
        f"paste this into crossgrade/_enums.py:\n\nclass {name}(_Word):\n{source}\n"
    )


def test_every_enum_is_native_and_public() -> None:
    assert set(_enums.__all__) == set(WORDS), f"__all__ = {sorted(WORDS)}"
    assert set(WORDS) <= set(cg.__all__)


@pytest.mark.parametrize("name", WORDS)
def test_members_are_their_words(name: str) -> None:
    for word, member in zip(WORDS[name], getattr(cg, name), strict=True):
        assert member == word
        assert str(member) == f"{member}" == word
        assert f"{member:>40}" == f"{word:>40}"
        assert hash(member) == hash(word)


def test_codes() -> None:
    kinds = cg.codes()
    assert kinds == cg.codes()
    assert all(type(kind) is cg.FindingKind for kind in kinds)
    codes = [kind.code for kind in kinds]
    assert codes == sorted(set(codes))
    assert len({kind.name for kind in kinds}) == len(kinds)
    for kind in kinds:
        assert re.fullmatch(r"CG\d{3}", kind.code)
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", kind.name)
        assert type(kind.effect) is cg.Effect
        assert kind.meaning.endswith(".")
        assert kind.remedy.endswith(".")
        assert isinstance(kind.sources, tuple)


def test_findings_are_of_the_registry(answer: cg.Assessment) -> None:
    kinds = {kind.code: kind for kind in cg.codes()}
    for finding in answer.findings:
        assert finding.name == kinds[finding.code].name


def test_call_controls() -> None:
    for call_control in cg.CallControl:
        destination = call_control.destination
        assert destination is None or type(destination) is cg.Destination
        registers = {firmware_type for firmware_type in cg.FirmwareType if call_control.registers(firmware_type)}
        # What the destination needs, and PhoneOS, which is one image for those that its release notes name.
        has_phoneos = destination not in (None, cg.Destination.THIRD_PARTY) or call_control is cg.CallControl.BROADWORKS
        assert len(registers) == (destination is not None) + has_phoneos
        assert all(call_control in call_control.why(firmware_type) for firmware_type in cg.FirmwareType)
        assert registers == {word for word in cg.FirmwareType if call_control.registers(word.value)}
    assert {call_control.destination for call_control in cg.CallControl} == {*cg.Destination, None}
    with pytest.raises(cg.RequestError, match="firmware type: "):
        cg.CallControl.ASTERISK.registers("android")


@pytest.mark.parametrize(
    "name",
    [
        "CUCM",
        "cucm",
        "Cisco Unified CM",
        "Cisco Unified Communications Manager",
        "Cisco Unified Communications Manager (Call Manager)",
        "call manager",
        "Unified CM",
    ],
)
def test_call_controls_are_read_in_every_spelling(name: str) -> None:
    assert cg.CallControl(name) is cg.CallControl.UNIFIED_CM
    phone = cg.assess("CP-8841-K9=", destination=name)
    assert phone.destination is cg.Destination.UNIFIED_CM


@pytest.mark.parametrize("name", [*cg.Destination, "3CX", "Zoom", "CUCM", "wazo", "Cisco BroadWorks"])
def test_destinations_are_named_as_call_controls(name: str) -> None:
    call_control = cg.CallControl(name)
    answer = cg.assess("CP-8841-K9=", destination=name)
    assert call_control.destination is answer.destination
    assert call_control.why("mpp").startswith("Phones with MPP firmware ")


def test_what_is_no_call_control_is_told() -> None:
    with pytest.raises(cg.RequestError, match="call control: none of the known words"):
        cg.CallControl("Avaya Aura")
    with pytest.raises(ValueError, match="3"):
        cg.CallControl(3)
    with pytest.raises(cg.RequestError, match="a service that phones come from"):
        cg.assess("CP-8841-K9=", destination="Spark Calling")
