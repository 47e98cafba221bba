"""What rule books say: rows, differences between books, explanations. Fields are the keys of the JSON."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, final, overload

from crossgrade import _native
from crossgrade._document import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from crossgrade._results import FindingKind

__all__ = ["Change", "Explanation", "FieldChange", "RuleBookDiff", "RuleBookLabel", "RuleRow", "Subject"]

FieldValue = str | tuple[str, ...]
"""What a row says under one key: a text, or several in canonical order."""

_Default = TypeVar("_Default")


@dataclass(frozen=True, slots=True)
class RuleBookLabel:
    """How a book is told from another."""

    edition: str
    """What it is called."""
    revision: str
    """The revision of its data."""
    digest: str
    """SHA-256 over its rows, 64 lower-case hexadecimal digits."""


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A row of a rule book. `row["vid"]` is what it says under a key, `dict(row.fields)` all that it says.

    >>> row = next(row for row in cg.RuleBook.guide().rows if row.id == "e2m-7821")
    >>> row["vid"], row["models"]
    ('V03-V24', ('7821',))
    >>> row.get("running-at-least") is None
    True
    """

    section: str
    """The section that it stands in, such as `conversions`."""
    id: str
    """Its id, unique in its section."""
    fields: tuple[tuple[str, FieldValue], ...]
    """The keys of the TOML with what is said, in canonical spelling. Keys that say nothing are left out."""

    def __getitem__(self, key: str) -> FieldValue:
        return dict(self.fields)[key]

    @overload
    def get(self, key: str) -> FieldValue | None: ...
    @overload
    def get(self, key: str, default: _Default) -> FieldValue | _Default: ...
    def get(self, key: str, default: object = None) -> object:
        """Return what it says under a key, or the default if it says nothing."""
        return dict(self.fields).get(key, default)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One key of a row that says something else."""

    key: str
    """The key."""
    before: FieldValue | None
    """What it said; None if it said nothing."""
    after: FieldValue | None
    """What it says; None if it says nothing."""


@dataclass(frozen=True, slots=True)
class Change:
    """One row that is different."""

    kind: str
    """`added`, `removed` or `changed`."""
    section: str
    """The section that it stands in."""
    id: str
    """Its id."""
    fields: tuple[FieldChange, ...]
    """What is different; of a row that was added or removed, everything that it says or said."""


@final
@dataclass(frozen=True, repr=False)
class RuleBookDiff(Document):
    """What is different between two books, row by row; `RuleBook.diff` makes it.

    It is immutable, hashable and picklable; it has a length, and is true if anything is different. `str()` is the text
    for a person.

    >>> diff = cg.RuleBook.field("2024-09-09").diff(cg.RuleBook.field("2024-09-10"))
    >>> diff.before.edition, diff.after.edition, bool(diff)
    ('field as of 2024-08-26', 'field as of 2024-09-10', True)
    >>> bool(diff.changes) and {change.kind for change in diff.changes} <= {"added", "removed", "changed"}
    True
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
    def changes(self) -> tuple[Change, ...]:
        """Every row that is different, section by section, by id."""
        return tuple(_change(change) for change in self._keys["changes"])

    def __len__(self) -> int:
        return len(self.changes)

    def __repr__(self) -> str:
        return f"RuleBookDiff(before={self.before.edition!r}, after={self.after.edition!r}, changes={len(self)})"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is explained."""

    kind: str
    """`code`, `model` or `row`."""
    id: str
    """The code, the model, or the id of the row."""


@final
@dataclass(frozen=True, repr=False)
class Explanation(Document):
    """Everything that a book knows about a code, a model or a row; `RuleBook.explain` makes it.

    It is immutable, hashable and picklable. `str()` is the text for a person.

    >>> why = cg.RuleBook.guide().explain("CG203")
    >>> why.about
    Subject(kind='code', id='CG203')
    >>> [row.id for row in why.rows]
    ['e2m-7821', 'e2m-7841', 'e2m-7861']
    >>> {"S1", "S2"} <= {source.id for source in why.sources}
    True
    """

    @cached_property
    def rulebook(self) -> RuleBookLabel:
        """The book that was asked."""
        return RuleBookLabel(**self._keys["rulebook"])

    @cached_property
    def about(self) -> Subject:
        """What is explained."""
        return Subject(**self._keys["about"])

    @cached_property
    def code(self) -> FindingKind | None:
        """The code that is explained; None if it is no code."""
        code = self._keys["code"]
        return None if code is None else next(kind for kind in _native.codes() if kind.code == code["code"])

    @cached_property
    def rows(self) -> tuple[RuleRow, ...]:
        """The rows that say something about it, section by section; of a row that is explained, itself first."""
        return rows(self._keys["rows"])

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes that a row can make speak."""
        return tuple(self._keys["codes"])

    @cached_property
    def amendments(self) -> tuple[RuleRow, ...]:
        """The amendments that made its rows what they are."""
        return rows(self._keys["amendments"])

    @cached_property
    def disagreements(self) -> tuple[RuleRow, ...]:
        """The points on which the sources disagree about it."""
        return rows(self._keys["disagreements"])

    @cached_property
    def sources(self) -> tuple[RuleRow, ...]:
        """The documents behind all that."""
        return rows(self._keys["sources"])

    @cached_property
    def errata(self) -> tuple[RuleRow, ...]:
        """Errors in these documents."""
        return rows(self._keys["errata"])

    def __repr__(self) -> str:
        about = f"{self.about.kind}={self.about.id!r}"
        return f"Explanation({about}, rulebook={self.rulebook.edition!r}, rows={len(self.rows)})"


def rows(keys: Iterable[Mapping[str, Any]]) -> tuple[RuleRow, ...]:
    """Read rows from JSON."""
    return tuple(
        RuleRow(row["section"], row["id"], tuple((key, _value(value)) for key, value in row["fields"].items()))
        for row in keys
    )


def _change(keys: Mapping[str, Any]) -> Change:
    kind, said = keys["change"], keys["fields"]
    if kind == "added":
        fields = [FieldChange(key, None, _value(value)) for key, value in said.items()]
    elif kind == "removed":
        fields = [FieldChange(key, _value(value), None) for key, value in said.items()]
    else:
        fields = [FieldChange(field["key"], _value(field["before"]), _value(field["after"])) for field in said]
    return Change(kind, keys["section"], keys["id"], tuple(fields))


@overload
def _value(value: str | list[str]) -> FieldValue: ...
@overload
def _value(value: str | list[str] | None) -> FieldValue | None: ...
def _value(value: str | list[str] | None) -> FieldValue | None:
    return tuple(value) if isinstance(value, list) else value
