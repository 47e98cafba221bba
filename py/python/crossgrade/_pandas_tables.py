"""Tables of pandas that pandas itself cannot hand on: columns of mixed values become text."""

from __future__ import annotations

import math
import warnings
from importlib import import_module
from typing import Any

from crossgrade.exceptions import InventoryWarning

__all__ = ["handed_on", "is_table", "lazy"]

LAZY = ("collect", "compute", "to_pandas", "toPandas", "fetchdf", "df")
"""Methods of tables that are computed when asked for, or of other libraries, which give one that is there."""


def is_table(value: object) -> bool:
    """Whether it is a table of any library that speaks Arrow."""
    return hasattr(value, "__arrow_c_stream__") or hasattr(value, "__arrow_c_array__")


def lazy(value: object) -> str | None:
    """Name the method that makes a table of what is none yet, such as a plan of polars or dask."""
    has_columns = hasattr(type(value), "columns") or hasattr(value, "columns")
    return next((name for name in LAZY if has_columns and callable(getattr(value, name, None))), None)


def handed_on(table: Any) -> Any:  # noqa: ANN401 (any library's table)
    """Return a table that can be read: that of pandas once more, if it has columns that Arrow has no type for.

    Such a column is text: a number and a word in one column are two texts. Values that are missing stay so. Of names in
    several levels, the last counts if it is the only one of its kind.
    """
    if not _is_of_pandas(table):
        return table
    if table.columns.nlevels > 1:
        table = table.set_axis(_single(table.columns), axis="columns")
    try:
        return _Taken(table.__arrow_c_stream__())
    except ImportError:
        raise
    except Exception:  # noqa: BLE001 (pyarrow raises whatever the values in a column raise)
        return _with_texts(table)


def _is_of_pandas(table: object) -> bool:
    """Whether it is a frame of pandas, or of a library that makes its own of that."""
    of_pandas = any(cls.__module__.partition(".")[0] == "pandas" for cls in type(table).__mro__)
    return of_pandas and hasattr(table, "columns") and hasattr(table, "iloc")


def _single(columns: Any) -> list[str]:  # noqa: ANN401 (the columns of a frame)
    """Make one name of those of several levels; what is missing in a level says nothing."""
    levels = [[_text(level) for level in name if not _is_missing(level)] for name in columns]
    last = [next((level for level in reversed(name) if level), "") for name in levels]
    whole = [" ".join(level for level in name if level) for name in levels]
    return [one if last.count(one) == 1 else all_levels for one, all_levels in zip(last, whole, strict=True)]


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and math.isnan(value))


class _Taken:
    """A stream that was asked for already."""

    def __init__(self, stream: object) -> None:
        self._stream = stream

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._stream


def _with_texts(frame: Any) -> Any:  # noqa: ANN401 (a frame of pandas)
    """Hand on each column by itself, and behind them the index, as pandas does, unless it only counts the rows."""
    arrow, pandas = import_module("pyarrow"), import_module("pandas")
    named = [(_text(name), frame.iloc[:, place]) for place, name in enumerate(frame.columns)]
    if not isinstance(frame.index, pandas.RangeIndex):
        levels = [frame.index.get_level_values(place) for place in range(frame.index.nlevels)]
        names = [
            f"__index_level_{place}__" if level.name is None else _text(level.name)
            for place, level in enumerate(levels)
        ]
        named += [(name, pandas.Series(level)) for name, level in zip(names, levels, strict=True)]
    arrays = [_array(arrow, name, column) for name, column in named]
    return arrow.Table.from_arrays(arrays, names=[name for name, _ in named])


def _array(arrow: Any, name: str, column: Any) -> Any:  # noqa: ANN401 (those of pyarrow and pandas)
    try:
        return arrow.array(column, from_pandas=True)
    except Exception:  # noqa: BLE001 (as above)
        missing = column.isna()
    try:
        values = zip(column.tolist(), missing.tolist(), strict=True)
        return arrow.array([None if absent else _text(value) for value, absent in values], arrow.string())
    except Exception as error:  # noqa: BLE001 (`str` of a value raises whatever it likes)
        return _without_text(arrow, name, len(column), error)


def _without_text(arrow: Any, name: str, rows: int, error: Exception) -> Any:  # noqa: ANN401 (those of pyarrow)
    """Make a column of a type that is refused by its name where it is asked for, and else fails nothing."""
    what = f"values that cannot be written as text: {type(error).__name__}"
    warnings.warn(f'column "{name}" has {what}; they are left out', InventoryWarning, stacklevel=2)
    return arrow.array([{what: None}] * rows, arrow.struct([(what, arrow.null())]))


def _text(value: object) -> str:
    """Write a value as a person would: a type code that became a float has no point."""
    if isinstance(value, float) and math.isfinite(value) and value == int(value):
        value = int(value)
    text = value.decode("utf-8", "replace") if isinstance(value, (bytes, bytearray)) else str(value)
    return text.encode("utf-8", "replace").decode()
