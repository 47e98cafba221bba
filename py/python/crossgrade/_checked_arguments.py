"""Arguments of the readers: each is checked, and told by its name if it is no such thing."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crossgrade._opened_sources import refuse

if TYPE_CHECKING:
    from typing import TypeAlias

    When: TypeAlias = str | dt.date | None

__all__ = ["cluster_said", "sheets_said", "text_said", "when_said"]


def text_said(argument: str, value: object, expected: str = "str") -> str:
    """Return a text."""
    if not isinstance(value, str):
        refuse(argument, expected, value)
    # What is no text in UTF-8 is none for the library.
    return value.encode("utf-8", "replace").decode()


def cluster_said(cluster: object) -> str | None:
    """Return the name of a cluster, if there is one."""
    return None if cluster is None else text_said("cluster", cluster, "str or None")


def when_said(when: object) -> str | None:
    """Return when something was fetched, if it is said."""
    if when is None or isinstance(when, dt.date):
        return None if when is None else str(when)
    return text_said("when", when, "str, datetime.date or None")


def sheets_said(sheets: object) -> list[str] | None:
    """Return the names of sheets, if some are named."""
    if sheets is None or isinstance(sheets, str):
        return None if sheets is None else [sheets]
    expected = "str, a list of str or None"
    if not isinstance(sheets, (list, tuple)):
        refuse("sheets", expected, sheets)
    return [text_said("sheets", sheet, expected) for sheet in sheets]
