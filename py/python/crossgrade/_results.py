"""The parts of an answer. Their fields are the keys of the JSON, in its order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossgrade._enums import Authorization, Effect, Field, FirmwareType, GateStatus, LicenseNeed, Stage

__all__ = ["Contradiction", "ContradictorySide", "Finding", "FindingKind", "Firmware", "Gate", "License", "PhoneRead"]


@dataclass(frozen=True, slots=True)
class ContradictorySide:
    """One side of a contradiction."""

    said_by: Field
    """The field of the phone that says it, or that a rule says it of."""
    value: str
    """What it says, canonical; of a product as it was written."""
    place: str | None
    """Where it was said; None if nobody told."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A thing of which the evidence contradicts itself."""

    field: Field
    """What is said differently."""
    sides: tuple[ContradictorySide, ...]
    """All that was said, the best of each field first."""


@dataclass(frozen=True, slots=True)
class PhoneRead:
    """What was read of a phone, canonical; None where it is absent, unreadable, contradictory or only assumed."""

    pid: str | None
    """The product id, if the text contains one."""
    model: str | None
    """The model."""
    vid: str | None
    """The hardware version."""
    mac: str | None
    """The MAC address: 12 upper-case hexadecimal digits."""
    serial: str | None
    """The serial number."""
    load: str | None
    """The load that runs."""
    firmware_type: FirmwareType | None
    """The type of firmware that runs."""
    release: str | None
    """The release that runs."""
    authorization: Authorization | None
    """The transition authorization."""
    contradictions: tuple[Contradiction, ...]
    """What was said differently, by field, with all sides; the value of that field is None."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, what it does to the verdict, and which rule says so."""

    code: str
    """The stable code."""
    name: str
    """The name of the code in words."""
    effect: Effect
    """What it did to the verdict here, which may differ from the usual effect of the code."""
    rule: str | None
    """The id of the row of the rule book that spoke."""
    evidence: tuple[Field, ...]
    """The fields that would settle it."""
    message: str
    """What was found, as a sentence about this phone."""
    remedy: str
    """What to do about it."""
    sources: tuple[str, ...]
    """The ids of the documents behind it."""


@dataclass(frozen=True, slots=True)
class Gate:
    """A minimum release that a phone must run before the conversion, or that must be installed."""

    on: Stage
    """When it must be passed."""
    firmware_type: FirmwareType
    """The type of firmware that the releases are of."""
    minimum: str
    """The lowest release that passes."""
    actual: str | None
    """The release that was compared; None if there was nothing to compare."""
    status: GateStatus
    """Whether it is passed."""
    rule: str
    """The id of the row of the rule book."""
    sources: tuple[str, ...]
    """The ids of the documents behind it."""
    install_first: str | None
    """The load that gets the phone over a start gate that is unmet; None elsewhere. It is no key of the JSON."""


@dataclass(frozen=True, slots=True)
class Firmware:
    """The firmware to install."""

    firmware_type: FirmwareType
    """Its type."""
    release: str | None
    """Its release; None if the chosen target has nothing for the phone."""
    load: str | None
    """What a phone-load field takes; None if the rule book knows no load of the release."""
    file: str | None
    """The file that an upgrade rule names."""
    load_server: str | None
    """What a load-server field takes, where Cisco serves the load."""


@dataclass(frozen=True, slots=True)
class License:
    """The migration license of a phone."""

    need: LicenseNeed
    """Whether it has to be had."""
    sku: str | None
    """What to order, if anything is bought."""
    service_sku: str | None
    """The support that goes with it."""
    file: str | None
    """The file name to keep it under; None where nothing is bought or the MAC address is missing."""


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A code of the registry: what it means wherever it speaks."""

    code: str
    """The stable code."""
    name: str
    """Its name in words."""
    effect: Effect
    """The effect that it usually has; a `Finding` shows the one it had."""
    meaning: str
    """What it means."""
    remedy: str
    """What to do about it."""
    sources: tuple[str, ...]
    """The ids of the documents behind it, where no row of the rule book speaks."""
