"""Tables of pandas that pandas itself cannot hand on: columns of mixed values become text."""

from __future__ import annotations

import math
from importlib import import_module
from typing import Any

from crossgrade.exceptions import InventoryError

__all__ = ["handed_on", "is_table"]


def is_table(value: object) -> bool:
    """Whether it is a table of any library that speaks Arrow."""
    return hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__")


def handed_on(table: Any) -> Any:  # noqa: ANN401 (any library's table)
    """Return a table that can be read: that of pandas once more, if it has columns that Arrow has no type for.

    Such a column is text: a number and a word in one column are two texts. Values that are missing stay so.
    """
    if type(table).__module__.partition(".")[0] != "pandas" or not hasattr(table, "columns"):
        return table
    try:
        return _Taken(table.__arrow_c_stream__())
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 (pyarrow raises whatever the values in a column raise)
        return _with_texts(table)


class _Taken:
    """A stream that was asked for already."""

    def __init__(self, stream: object) -> None:
        self._stream = stream

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._stream


def _with_texts(frame: Any) -> Any:  # noqa: ANN401 (a frame of pandas)
    arrow = import_module("pyarrow")
    arrays = [_array(arrow, frame.iloc[:, place]) for place in range(frame.shape[1])]
    names = [_text(name) for name in frame.columns]
    doubled = next((name for place, name in enumerate(names) if name in names[:place]), None)
    if doubled is not None:
        message = f'inventory: the table has two columns "{doubled}"; expected names that differ'
        raise InventoryError(message, None, None, doubled)
    return arrow.table(arrays, names=names)


def _array(arrow: Any, column: Any) -> Any:  # noqa: ANN401 (those of pyarrow and pandas)
    try:
        return arrow.array(column, from_pandas=True)
    except Exception:  # noqa: BLE001 (as above)
        missing = column.isna()
        values = zip(column.tolist(), missing.tolist(), strict=True)
        return arrow.array([None if absent else _text(value) for value, absent in values], arrow.string())


def _text(value: object) -> str:
    """Write a value as a person would: a type code that became a float has no point."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    text = value.decode("utf-8", "replace") if isinstance(value, (bytes, bytearray)) else str(value)
    return text.encode("utf-8", "replace").decode()
