"""What crossgrade raises. Every class is a `CrossgradeError`, and each of the others a `ValueError` too.

"Not eligible" is a verdict, never an exception.
"""

from __future__ import annotations

__all__ = ["CrossgradeError", "InventoryError", "RequestError", "RuleBookError"]


class CrossgradeError(Exception):
    """The base of all that crossgrade raises."""


class RequestError(CrossgradeError, ValueError):
    """A destination that is none, or a target that cannot be asked for there."""


class RuleBookError(CrossgradeError, ValueError):
    """A rule book that cannot be read, or that is not the one an answer was pickled with."""

    problems: tuple[str, ...]
    """Everything that is wrong with a book that was read, each with its place; empty for any other reason."""

    def __init__(self, message: str = "", problems: tuple[str, ...] = ()) -> None:
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
