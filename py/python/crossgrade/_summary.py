"""What an audit comes to: counts by verdict, model, finding, license and load."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, final

from crossgrade._enums import InventoryField

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crossgrade._enums import Destination, DeviceClass, Effect, LicenseNeed, Verdict
    from crossgrade._native import RuleBook

__all__ = ["ColumnReport", "FindingCount", "LicenseCount", "LicenseOrder", "Summary"]


@dataclass(frozen=True, slots=True)
class FindingCount:
    """Of how many phones a finding speaks."""

    code: str
    """The code of the finding."""
    name: str
    """Its name in words."""
    effect: Effect
    """What it does to the verdict."""
    phones: int
    """How many."""


@dataclass(frozen=True, slots=True)
class LicenseCount:
    """How many licenses of one SKU have to be bought."""

    sku: str
    """The license."""
    service_sku: str | None
    """The support that goes with it."""
    eligible: int
    """For phones that are eligible."""
    unknown: int
    """For phones whose verdict is still unknown: needed if they turn out eligible."""
    not_needed: int
    """For phones that run Multiplatform firmware already, but without a license."""


@dataclass(frozen=True, slots=True)
class LicenseOrder:
    """A row of a bill of materials."""

    sku: str
    """The license to order."""
    service_sku: str | None
    """The support to order with it."""
    quantity: int
    """How many."""


@final
@dataclass(frozen=True, repr=False, slots=True)
class ColumnReport:
    """Which column of an inventory was read as what; `str()` is the list for a person."""

    read: Mapping[InventoryField, tuple[str, ...]]
    """By field, the columns that it was read from, best first; none if there was no such column."""
    not_read: tuple[str, ...]
    """The columns that were read as nothing, and are not kept."""
    kept: Mapping[str, str]
    """The columns that are kept: by the names that they have in results, their headers."""
    text: str
    """The list for a person."""

    def read_from(self, field: InventoryField | str) -> tuple[str, ...]:
        """Name the columns that a field was read from, best first."""
        return self.read[InventoryField(field)]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        read = {str(field): list(columns) for field, columns in self.read.items() if columns}
        kept = f", kept={dict(self.kept)}" if self.kept else ""
        return f"ColumnReport(read={read}, not_read={list(self.not_read)}{kept})"


@final
@dataclass(frozen=True, kw_only=True, repr=False, slots=True)
class Summary:
    """What the answers of an audit come to; `str()` is the report for a person.

    Every phone is counted once in `verdicts`. It can be pickled.
    """

    rulebook: RuleBook
    """The rule book that answered."""
    destination: Destination
    """Where the phones shall go."""
    target: str | None
    """What the caller chose to install, in canonical spelling, if anything."""
    verdicts: Mapping[Verdict, int]
    """How many phones got which verdict."""
    models: Mapping[str | None, Mapping[Verdict, int]]
    """The same by model; None for phones whose model cannot be read."""
    no_phones: Mapping[DeviceClass, int]
    """How many rows are no phones (CG108), by kind of device. Their verdict is ineligible, and they are counted there too."""
    findings: tuple[FindingCount, ...]
    """Of how many phones each finding speaks, by code and effect."""
    licenses: tuple[LicenseCount, ...]
    """Licenses to buy, by SKU."""
    license_needs: Mapping[LicenseNeed, int]
    """How many phones have which need of a license."""
    loads: Mapping[str, int]
    """Loads to stage for eligible phones, and for how many."""
    install_first: Mapping[str, int]
    """Loads that eligible phones have to install first, because what runs is too old."""
    without_load: int
    """Eligible phones for which the rule book knows no load."""
    missing_evidence: Mapping[str, int]
    """What would settle unknown phones, and how many."""
    text: str
    """The report for a person."""

    @property
    def phones(self) -> int:
        """How many phones there are."""
        return sum(self.verdicts.values())

    @property
    def not_a_phone(self) -> int:
        """How many rows are no phones: part of the ineligible, and no work for anybody."""
        return sum(self.no_phones.values())

    def bill_of_materials(self, include_unknown: bool = False) -> tuple[LicenseOrder, ...]:  # noqa: FBT001, FBT002
        """List the licenses to order.

        They are for phones that are eligible, and for phones that run MPP firmware without a license (CG506); on request for
        unknown phones too, which need theirs if they turn out eligible.
        """
        orders = (
            LicenseOrder(
                count.sku,
                count.service_sku,
                count.eligible + count.not_needed + (count.unknown if include_unknown else 0),
            )
            for count in self.licenses
        )
        return tuple(order for order in orders if order.quantity)

    def to_dict(self) -> dict[str, Any]:
        """Write it as dictionaries, lists, texts, numbers and None."""
        book = self.rulebook
        return {
            "rulebook": {"edition": book.edition, "revision": book.revision, "digest": book.digest},
            "destination": str(self.destination),
            "target": self.target,
            "phones": self.phones,
            "verdicts": _counts(self.verdicts),
            "models": [{"model": model, **_counts(counts)} for model, counts in self.models.items()],
            "not_a_phone": self.not_a_phone,
            "no_phones": _counts(self.no_phones),
            "findings": [
                {"code": count.code, "name": count.name, "effect": str(count.effect), "phones": count.phones}
                for count in self.findings
            ],
            "licenses": [
                {
                    "sku": count.sku,
                    "service_sku": count.service_sku,
                    "eligible": count.eligible,
                    "unknown": count.unknown,
                    "not_needed": count.not_needed,
                }
                for count in self.licenses
            ],
            "license_needs": _counts(self.license_needs),
            "loads": _counts(self.loads),
            "install_first": _counts(self.install_first),
            "without_load": self.without_load,
            "missing_evidence": _counts(self.missing_evidence),
        }

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        target = "" if self.target is None else f", target={self.target!r}"
        verdicts = ", ".join(f"{verdict}={phones}" for verdict, phones in self.verdicts.items())
        label = f"destination='{self.destination}'{target}, rulebook={self.rulebook.edition!r}"
        return f"Summary(phones={self.phones}, {label}, {verdicts})"

    def _repr_html_(self) -> str:
        """Show the counts of verdicts by model in a notebook."""
        first = html.escape(self.text.partition("\n")[0])
        head = "".join(f"<th>{html.escape(verdict)}</th>" for verdict in self.verdicts)
        rows = [(model or "not readable", counts) for model, counts in self.models.items()]
        body = "".join(
            f"<tr><th>{html.escape(name)}</th>{''.join(f'<td>{phones}</td>' for phones in counts.values())}</tr>"
            for name, counts in [*rows, ("total", self.verdicts)]
        )
        apart = f"; {self.not_a_phone} of the ineligible are no phones" if self.no_phones else ""
        return f"<table><caption>{first}{apart}</caption><tr><th>model</th>{head}</tr>{body}</table>"


def _counts(counts: Mapping[Any, int]) -> dict[str, int]:
    return {str(key): phones for key, phones in counts.items()}
