"""What a change of the rules does to a fleet. Fields are the keys of the JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, final

from crossgrade._document import Document
from crossgrade._enums import Destination, Effect, LicenseNeed, Verdict
from crossgrade._native import impact_fleet
from crossgrade._opened_sources import all_opened, fleet_of, told
from crossgrade._rulebook import RuleBookLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from crossgrade._audit import Columns, Keep, Table
    from crossgrade._native import RuleBook

__all__ = ["FindingChange", "Impact", "ImpactCount", "ImpactRow", "Outcome", "impact"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an answer comes to."""

    verdict: Verdict
    """The answer in one word."""
    load: str | None
    """The load to install, where there is one."""
    install_first: str | None
    """The load to install before the conversion, where what runs is too old."""
    license_need: LicenseNeed | None
    """Whether a license has to be had, where that is said."""
    license_sku: str | None
    """The license to order, if one is bought."""


@dataclass(frozen=True, slots=True)
class ImpactRow:
    """One phone whose answer is another in the later book."""

    line: int
    """Where its row begins in its source: the line of a text, the row of a sheet, the number of a device, from 1."""
    place: str
    """The same as a person finds it: `export.csv line 2`."""
    product: str
    """The product text as it came."""
    before: Outcome
    """What the earlier book answers."""
    after: Outcome
    """What the later book answers."""
    rules: tuple[str, ...]
    """The ids of the rows about this phone and its way that differ between the books."""
    kept: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What it says in the columns that are kept, by their names."""


@dataclass(frozen=True, slots=True)
class ImpactCount:
    """How many phones got what instead of what."""

    before: str | None
    """What it was; None if there was none."""
    after: str | None
    """What it is; None if there is none."""
    phones: int
    """How many."""


@dataclass(frozen=True, slots=True)
class FindingChange:
    """Of how many phones a finding speaks that it did not speak of, and of how many no more."""

    code: str
    """The code of the finding."""
    effect: Effect
    """What it does to the verdict."""
    gained: int
    """Phones that it speaks of now and did not."""
    lost: int
    """Phones that it spoke of and does not now."""


@final
@dataclass(frozen=True, repr=False)
class Impact(Document):
    """What changes for a fleet between two books, or two days of one; `impact` makes it.

    It is immutable, hashable and picklable; its length is how many phones get another answer, and it is true if any
    does. `str()` is the report for a person. A phone counts if its verdict, loads or license are others; `findings` tells
    which work and warnings come and go besides.
    """

    @cached_property
    def before(self) -> RuleBookLabel:
        """The earlier book."""
        return RuleBookLabel(**self._keys["before"])

    @cached_property
    def after(self) -> RuleBookLabel:
        """The later book."""
        return RuleBookLabel(**self._keys["after"])

    @cached_property
    def destination(self) -> Destination:
        """Where the phones shall go."""
        return Destination(self._keys["destination"])

    @cached_property
    def target(self) -> str | None:
        """What the caller chose to install, in canonical spelling, if anything."""
        target: str | None = self._keys["target"]
        return target

    @cached_property
    def phones(self) -> int:
        """How many phones were asked about."""
        return int(self._keys["phones"])

    @cached_property
    def verdicts(self) -> tuple[ImpactCount, ...]:
        """How many phones got which verdict instead of which."""
        return tuple(ImpactCount(**count) for count in self._keys["verdicts"])

    @cached_property
    def loads(self) -> tuple[ImpactCount, ...]:
        """How many phones got which load instead of which."""
        return tuple(ImpactCount(**count) for count in self._keys["loads"])

    @cached_property
    def install_first(self) -> tuple[ImpactCount, ...]:
        """How many phones got which load to install first instead of which."""
        return tuple(ImpactCount(**count) for count in self._keys["install_first"])

    @cached_property
    def findings(self) -> tuple[FindingChange, ...]:
        """Findings that decide, ask for work or warn, and speak of other phones than before."""
        return tuple(
            FindingChange(change["code"], Effect(change["effect"]), change["gained"], change["lost"])
            for change in self._keys["findings"]
        )

    @cached_property
    def licenses(self) -> tuple[ImpactCount, ...]:
        """How many phones need which license instead of which: the need, and the SKU if one is bought."""
        return tuple(ImpactCount(**count) for count in self._keys["licenses"])

    @cached_property
    def rows(self) -> tuple[ImpactRow, ...]:
        """The phones whose answer is another, in the order of the inventory."""
        return tuple(
            ImpactRow(
                row["line"],
                row["place"],
                row["product"],
                _outcome(row["before"]),
                _outcome(row["after"]),
                tuple(row["rules"]),
                row["kept"],
            )
            for row in self._keys["rows"]
        )

    def __len__(self) -> int:
        return int(self._keys["changed"])

    def __repr__(self) -> str:
        books = f"before={self.before.edition!r}, after={self.after.edition!r}"
        target = "" if self.target is None else f", target={self.target!r}"
        return f"Impact({books}, destination='{self.destination}'{target}, phones={self.phones}, changed={len(self)})"


def _outcome(keys: Mapping[str, Any]) -> Outcome:
    need = keys["license_need"]
    return Outcome(
        Verdict(keys["verdict"]),
        keys["load"],
        keys["install_first"],
        None if need is None else LicenseNeed(need),
        keys["license_sku"],
    )


def impact(  # noqa: PLR0913 (they are keywords)
    fleet: Table,
    *,
    before: RuleBook,
    after: RuleBook,
    destination: Destination | str,
    target: str | None = None,
    columns: Columns | None = None,
    keep: Keep | None = None,
    progress: Callable[[int], object] | None = None,
) -> Impact:
    r"""Compare what two rule books answer about a fleet: which phones get another verdict, load or license.

    Args:
        fleet: A fleet, or what `audit` takes: a table, a file of any kind, a folder of pages, a parsed answer. Several
            are merged as by `merge`.
        before: The earlier book.
        after: The later book; it judges the target too.
        destination: Where the phones shall go: a `Destination` or its word.
        target: What to install instead of the books' own load: a release, a load, or loads separated by commas.
        columns: From which column a field is read, as those of `read_csv`.
        keep: The columns that come with the phones that change, as those of `read_csv`: `ImpactRow.kept`.
        progress: Is told now and then how many phones are done; what it raises ends the work.

    Raises:
        RequestError: If the destination is none, or the target cannot be asked for there.
        InventoryError: If the fleet is no inventory, or has no column to keep.
        OSError: If the file cannot be read.
        TypeError: If a book is none, or the fleet none of these.

    >>> fleet = b"PID,VID\nCP-8851NR-K9=,V15\nCP-8841-K9=,V15\n"
    >>> before, after = cg.RuleBook.field("2024-08-25"), cg.RuleBook.field("2024-08-26")
    >>> impact = cg.impact(fleet, before=before, after=after, destination="webex-calling", target="12.0(5)")
    >>> impact.phones, len(impact)
    (2, 1)
    >>> [(row.line, str(row.before.verdict), str(row.after.verdict)) for row in impact.rows]
    [(2, 'ineligible', 'eligible')]

    """
    read = told(fleet_of(all_opened(fleet, "fleet"), columns, keep))
    return impact_fleet(read, before, after, destination, target, progress)
