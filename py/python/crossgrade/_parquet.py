"""Parquet files, read by whichever library is installed, a piece at a time."""

from __future__ import annotations

import os
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["is_parquet", "pieces"]

MAGIC = b"PAR1"


def is_parquet(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins as Parquet does, whatever it is called. What can be read only once is not looked at."""
    if not Path(path).is_file():
        return False
    with Path(path).open("rb") as file:
        return file.read(len(MAGIC)) == MAGIC


def pieces(path: str | os.PathLike[str]) -> Iterator[Any]:
    """Read a file as tables one after another; the first has no rows, so that an empty file has columns too."""
    if find_spec("pyarrow") is not None:
        return _with_pyarrow(path)
    if find_spec("polars") is not None:
        return _with_polars(path)
    message = (
        f"{os.fspath(path)}: Parquet is read by pyarrow or polars, and neither is installed;"
        " expected one, such as `pip install crossgrade[parquet]` brings"
    )
    raise ImportError(message)


def _with_pyarrow(path: str | os.PathLike[str]) -> Iterator[Any]:
    # What is optional is imported when it is asked for, and untyped.
    file = import_module("pyarrow.parquet").ParquetFile(path)
    return chain([file.schema_arrow.empty_table()], file.iter_batches())


def _with_polars(path: str | os.PathLike[str]) -> Iterator[Any]:
    frame = import_module("polars").scan_parquet(Path(path), glob=False)
    return chain([frame.head(0).collect()], frame.collect_batches(maintain_order=True))
