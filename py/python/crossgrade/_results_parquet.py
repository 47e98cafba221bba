"""Results as Parquet: the rows and columns of the CSV, written by pyarrow."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from crossgrade._audit import audit
from crossgrade._enums import ResultColumn
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from crossgrade._native import Fleet, RuleBook

__all__ = ["check_parquet", "write_parquet"]


def check_parquet(name: str) -> None:
    """Refuse to write Parquet where nothing is installed that can."""
    if find_spec("pyarrow") is None:
        message = (
            f"{name}: Parquet is written by pyarrow, which is not installed; expected a name that ends in .csv, or"
            " pyarrow, such as `pip install crossgrade[parquet]` brings"
        )
        raise InventoryError(message)


def write_parquet(  # noqa: PLR0913 (they are keywords)
    file: BinaryIO,
    phones: bytes | Fleet,
    *,
    destinations: Sequence[str],
    target: str | None,
    rulebook: RuleBook,
    prefix: str,
    progress: Callable[[int], object],
) -> None:
    """Write phones, a fleet or what a CSV file holds, with the result columns behind them."""

    def answered(destination: str, select: Sequence[ResultColumn] | None, prefix: str) -> Any:  # noqa: ANN401 (untyped)
        answers = audit(
            phones,
            destination=destination,
            target=target,
            rulebook=rulebook,
            select=select,
            prefix=prefix,
            progress=progress,
        )
        return import_module("pyarrow").table(answers)

    if len(destinations) == 1:
        table = answered(destinations[0], None, prefix)
    else:
        # What is read of a phone stands there once; each answer carries the name of its destination.
        read = [column for column in ResultColumn if column.startswith("read_")]
        answers = [column for column in ResultColumn if column not in read]
        table = answered(destinations[0], read, prefix)
        for destination in destinations:
            part = answered(destination, answers, f"{prefix}{destination.replace('-', '_')}_")
            for name in part.column_names[-len(answers) :]:
                table = table.append_column(name, part[name])
    import_module("pyarrow.parquet").write_table(table, file)
