"""Results as Parquet: the rows and columns of the CSV, written by pyarrow."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from crossgrade._enums import ResultColumn, TextLayout
from crossgrade._native import audit_sources, collect, column_clash
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import BinaryIO

    from crossgrade._audit import Columns, Keep
    from crossgrade._native import Audit, Fleet, RuleBook

__all__ = ["check_parquet", "write_parquet"]

READ = [column for column in ResultColumn if column.startswith("read_")]
"""What is read of a phone stands in a row once, whatever is asked."""
ANSWERS = [column for column in ResultColumn if column not in READ]
DESTINATION, TARGET = b"crossgrade.destination", b"crossgrade.target"


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
    phones: tuple[str, bytes] | Fleet,
    *,
    destinations: Sequence[str],
    target: str | None,
    rulebook: RuleBook,
    prefix: str,
    columns: Columns | None = None,
    keep: Keep | None = None,
    progress: Callable[[int], object],
) -> list[Audit]:
    """Write phones, a fleet or a CSV file, by name, with the result columns behind them: each is answered once."""
    source = phones if isinstance(phones, tuple) else (None, phones)

    def answered(destination: str, prefix: str, select: Sequence[ResultColumn] | None = None) -> Audit:
        return collect(
            audit_sources(
                [source],
                destination=destination,
                target=target,
                rulebook=rulebook,
                columns=columns,
                keep=keep,
                select=select,
                prefix=prefix,
                text=TextLayout.DICTIONARY,
                progress=progress,
            )
        )

    table_of = import_module("pyarrow").table
    if len(destinations) == 1:
        audits = [answered(destinations[0], prefix)]
        table = table_of(audits[0])
    else:
        first, *others = destinations
        audits = [answered(first, _prefix(prefix, first))]
        names = list(audits[0].column_names)
        behind = len(names) - len(ResultColumn)
        for column in READ:
            if f"{prefix}{column}" in names[:behind]:
                raise column_clash(f"{prefix}{column}", source[0])
            names[behind + list(ResultColumn).index(column)] = f"{prefix}{column}"
        table = table_of(audits[0]).rename_columns(names)
        for destination in others:
            audits.append(answered(destination, _prefix(prefix, destination), ANSWERS))
            part = table_of(audits[-1])
            for name in part.column_names[-len(ANSWERS) :]:
                table = table.append_column(name, part[name])
        table = table.replace_schema_metadata({**(table.schema.metadata or {}), **_asked(audits)})
    import_module("pyarrow.parquet").write_table(table, file)
    return audits


def _prefix(prefix: str, destination: str) -> str:
    return f"{prefix}{destination.replace('-', '_')}_"


def _asked(audits: Sequence[Audit]) -> dict[bytes, Any]:
    """Tell of all audits what the metadata tells of one; what they do not share is separated by spaces."""
    asked = {DESTINATION: " ".join(audit.destination for audit in audits).encode()}
    targets = dict.fromkeys(audit.target for audit in audits if audit.target is not None)
    return asked | ({TARGET: " ".join(targets).encode()} if targets else {})
