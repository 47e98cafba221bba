"""What a fleet tells of itself: where its phones came from, and where rows disagree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from crossgrade._enums import Field, SourceKind

__all__ = ["Conflict", "ConflictValue", "MergeReport", "Source"]


@dataclass(frozen=True, slots=True)
class Source:
    """One file, answer, page or table that phones were read from."""

    kind: SourceKind
    """Its kind."""
    name: str
    """Its name."""
    when: str | None
    """When it was fetched, in the words of the caller, if he said so."""
    cluster: str | None = None
    """Which cluster it tells of, in the words of the caller, if he said so."""


@dataclass(frozen=True, slots=True)
class ConflictValue:
    """One side of a conflict."""

    value: str
    """What was read, canonical."""
    source: str | None
    """The name of the source."""
    row: int
    """The row in it; the number of the device or page where there are no rows."""
    place: str
    """Both, as a person finds it: `export.csv line 2`, `page 10.0.1.11.xml`; of what a person settled also who and
    when: `settle.csv line 2, said by Anna, 2026-11-20`."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Rows that say different things about one field of a phone."""

    row: int
    """The phone: its row in the table, the first being 0."""
    field: Field
    """The field."""
    values: tuple[ConflictValue, ...]
    """What the rows say, the best source first."""
    is_open: bool
    """Whether the choice could change an answer: then no side is evidence. Otherwise the first side is."""
    more: int = 0
    """How many rows more say something else still: of one field of one phone, 64 different values are kept."""


@dataclass(frozen=True, repr=False, slots=True)
class MergeReport:
    """How many rows became how many phones; `str()` is the line for a person.

    The sums agree: `rows_read == phones + matched`.
    """

    rows_read: int
    """Rows of all sources."""
    phones: int
    """Phones that came of them."""
    matched: int
    """Rows that joined a phone that another row began."""
    matched_by_name: int
    """Those of them that joined it by the name of the device, because they have no MAC address."""
    conflicts: int
    """Fields of phones that rows disagree about."""
    open_conflicts: int
    """Conflicts in which no side is evidence."""
    orphans: int
    """Phones that only one source knows."""
    without_mac: int
    """Phones without a MAC address: a row finds them by the name of the device only."""
    settled: int
    """Rows of settlements that count."""
    text: str = field(compare=False)
    """The line for a person."""

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return (
            f"MergeReport(rows_read={self.rows_read}, phones={self.phones}, matched={self.matched},"
            f" matched_by_name={self.matched_by_name},"
            f" conflicts={self.conflicts}, open_conflicts={self.open_conflicts}, orphans={self.orphans},"
            f" without_mac={self.without_mac}, settled={self.settled})"
        )
