"""Documents in, a fleet out: each is named, and opened when its turn comes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crossgrade._checked_arguments import cluster_said, text_said, when_said
from crossgrade._native import Fleet, read_documents
from crossgrade._opened_sources import document, file_name, is_one, refuse
from crossgrade._parsed_answers import is_answer, to_json
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from crossgrade._audit import Columns, Keep
    from crossgrade._checked_arguments import When

__all__ = ["answers_read", "documents_read"]

ANSWER = "a path, bytes, an open file, a list of those, or a parsed answer (a dict, a list, an object of zeep)"


def documents_read(  # noqa: PLR0913 (they are keywords)
    source: object,
    kind: str | None,
    expected: str,
    *,
    sheets: list[str] | None = None,
    columns: Columns | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
    merged: bool = False,
) -> Fleet:
    """Read documents of a kind, or of whichever they are."""
    documents = _documents(source, kind or "document", expected, name)
    return read_documents(
        documents,
        kind=kind,
        sheets=sheets,
        columns=columns,
        keep=keep,
        when=when_said(when),
        cluster=cluster_said(cluster),
        merged=merged and not is_one(source),
    )


def answers_read(  # noqa: PLR0913 (they are keywords)
    source: object,
    kind: str | None,
    *,
    keep: Keep | None,
    name: str | None,
    when: When,
    cluster: str | None = None,
    columns: Columns | None = None,
    merged: bool = True,
) -> Fleet:
    """Read documents, or what a program parsed of an answer."""
    if is_answer(source) or (isinstance(source, (list, tuple)) and not all(map(is_one, source))):
        source = to_json(source)
    return documents_read(
        source, kind, ANSWER, columns=columns, keep=keep, name=name, when=when, cluster=cluster, merged=merged
    )


def _documents(source: object, kind: str, expected: str, name: str | None) -> Iterable[tuple[str, Any]]:
    """Name each document, and open it when its turn comes."""
    name = None if name is None else text_said("name", name)
    if is_one(source):
        return (document(one, name or file_name(one) or kind) for one in [source])
    if not isinstance(source, (list, tuple)) or not all(map(is_one, source)):
        refuse("source", expected, source)
    if not source:
        message = f"inventory: an empty list; expected {expected}"
        raise InventoryError(message)
    return (
        document(one, f"{name} {place}" if name else file_name(one) or f"{kind} {place}")
        for place, one in enumerate(source, 1)
    )
