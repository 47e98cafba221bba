"""How far an audit is, for a person."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["reporter"]


def reporter(progress: object, table: object) -> Callable[[int], object] | None:
    """Find what is told now and then how many rows are done: nothing, a bar, or what the caller wants."""
    if isinstance(progress, bool):
        return _bar(table) if progress else None
    if callable(progress):
        return progress
    message = f"argument 'progress': expected bool or a function, not {type(progress).__name__}"
    raise TypeError(message)


def _bar(table: object) -> Callable[[int], object]:
    try:
        tqdm = import_module("tqdm.auto").tqdm
    except ImportError as error:
        message = (
            "progress=True shows a bar of tqdm, which is not installed; `pip install crossgrade[progress]` brings it"
        )
        raise ImportError(message) from error
    # A path and a stream do not tell their length, and that of a text is not it.
    total = None if isinstance(table, (str, bytes, list, tuple)) else _length(table)
    # The bar closes itself when the audit lets go of it.
    bar = tqdm(total=total, unit=" rows", unit_scale=True)

    def show(done: int) -> None:
        bar.update(done - bar.n)

    return show


def _length(table: Any) -> int | None:  # noqa: ANN401 (any library's table)
    try:
        return len(table)
    except TypeError:
        return None
