"""What crossgrade raises. Every class is a `CrossgradeError`, and each of the others a `ValueError` too.

"Not eligible" is a verdict, never an exception.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CrossgradeError", "InventoryError", "InventoryWarning", "Problem", "RequestError", "RuleBookError"]


class CrossgradeError(Exception):
    """The base of all that crossgrade raises."""


class RequestError(CrossgradeError, ValueError):
    """What cannot be asked for.

    A destination that is none, a target that cannot be asked for there, a day that is none, or something to explain
    that is no code, model or row.
    """


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a rule book: where, what was found, what would be right."""

    line: int
    """The line, the first being 1."""
    column: int
    """The character in the line, the first being 1."""
    place: str
    """The row and key, such as `gates.start-third-party.minimum`."""
    message: str
    """What is wrong and what would be right."""

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.place}: {self.message}"


class RuleBookError(CrossgradeError, ValueError):
    """A rule book that cannot be read, or that is not the one an answer was pickled with."""

    problems: tuple[Problem, ...]
    """Everything that is wrong with a book that was read, in the order of the text; empty for any other reason."""

    def __init__(self, message: str = "", problems: tuple[Problem, ...] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


class InventoryError(CrossgradeError, ValueError):
    """An inventory that cannot be read at all. What is wrong with one row never raises."""

    source: str | None
    """The name of the file, if it has one."""
    row: int | None
    """The line in the file, the first being 1, if the error has a place."""
    column: str | None
    """The column, if the error is about one."""

    def __init__(
        self,
        message: str = "",
        source: str | None = None,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(message)
        self.source = source
        self.row = row
        self.column = column


class InventoryWarning(UserWarning):
    """The rest of an inventory could not be read.

    The rows before that place are in the fleet; `Fleet.cuts` has the place.
    """
