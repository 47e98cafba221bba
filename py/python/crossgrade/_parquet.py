"""Parquet files, read by whichever library is installed, a piece at a time."""

from __future__ import annotations

import io
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["is_parquet", "pieces"]

MAGIC = b"PAR1"


def is_parquet(beginning: bytes) -> bool:
    """Whether a file that begins so is one, whatever it is called."""
    return beginning.startswith(MAGIC)


def pieces(held: Path | bytes, name: str) -> Iterator[Any]:
    """Read a file as tables one after another; the first has no rows, so that an empty file has columns too."""
    file = io.BytesIO(held) if isinstance(held, bytes) else held
    if find_spec("pyarrow") is not None:
        return _with_pyarrow(file)
    if find_spec("polars") is not None:
        return _with_polars(file)
    message = (
        f"{name}: Parquet is read by pyarrow or polars, and neither is installed;"
        " expected one, such as `pip install crossgrade[parquet]` brings"
    )
    raise ImportError(message)


def _with_pyarrow(file: Path | io.BytesIO) -> Iterator[Any]:
    # What is optional is imported when it is asked for, and untyped.
    parquet = import_module("pyarrow.parquet").ParquetFile(file)
    return chain([parquet.schema_arrow.empty_table()], parquet.iter_batches())


def _with_polars(file: Path | io.BytesIO) -> Iterator[Any]:
    frame = import_module("polars").scan_parquet(file, glob=False)
    return chain([frame.head(0).collect()], frame.collect_batches(maintain_order=True))
