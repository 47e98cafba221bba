"""Audits of Spark DataFrames, decided where their rows are.

Needs PySpark with pyarrow, here and on the workers, and Java 17: `pip install 'crossgrade[spark]'`. On the workers the same
crossgrade has to be installed. It is imported by itself: `import crossgrade` does not look for PySpark.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pyarrow as pa
    from pyspark.sql import DataFrame
    from pyspark.sql.types import DataType

__all__ = ["audit"]


def audit(  # noqa: PLR0913 (they are keywords)
    frame: DataFrame,
    *,
    destination: cg.Destination | str,
    target: str | None = None,
    rulebook: cg.RuleBook | None = None,
    columns: Mapping[cg.InventoryField | str, str | Sequence[str] | None] | None = None,
    keep: Iterable[str] | Mapping[str, str] | None = None,
    select: Iterable[cg.ResultColumn | str] | None = None,
    prefix: str = "",
) -> DataFrame:
    """Decide about every phone of a DataFrame: the same DataFrame comes back with the answers behind it.

    The answers are those of `crossgrade.audit`, and so are the arguments. Result columns are plain strings, because Spark
    takes neither dictionaries nor unsigned integers from Arrow; the other columns stay as they are. As every
    transformation it is lazy: rows are decided when the result is asked for, each partition as one stream of batches that
    remembers the combinations it has seen.

    The rule book travels with the job, amendments and all, and a worker whose crossgrade makes another book of it refuses to
    work (`RuleBookError`).

    Args:
        frame: The phones. It may be a streaming DataFrame.
        destination: Where the phones shall go: a `Destination` or its word.
        target: What to install instead of the rule book's own load: a release, a load, or loads separated by commas.
        rulebook: The rules; `RuleBook.guide()` if none are given.
        columns: From which column a field is read, where the names do not tell.
        keep: Columns to have under these names: `["Room"]`, or `{"site": "Location"}`; the columns of the DataFrame are
            in the result anyway.
        select: Which result columns to add, in this order; all if it is not said.
        prefix: Stands in front of the name of every result column.

    Raises:
        RequestError: If the destination is none, the target cannot be asked for there, or a word is none.
        InventoryError: If the DataFrame is no inventory, a column is of a type that cannot be read, or a result column has
            the name of another column.
        ImportError: If PySpark or pyarrow is missing.

    All of that is raised here, not in a worker.

    """
    import pyarrow as pa  # noqa: PLC0415 (not a dependency of the package)
    from pyspark.sql.types import StringType, StructField, StructType  # noqa: PLC0415

    options: dict[str, Any] = {
        "destination": destination,
        "target": target,
        "rulebook": cg.RuleBook.guide() if rulebook is None else rulebook,
        "columns": columns,
        "keep": keep if keep is None or isinstance(keep, (str, Mapping)) else list(keep),
        # An iterator is used twice; a text is a mistake that is told below.
        "select": select if select is None or isinstance(select, str) else list(select),
        "prefix": prefix,
        # As plain as Spark wants it, and on the one core that Spark gave the task.
        "text": "utf8",
        "threads": 1,
    }
    fields = frame.schema.fields
    phones = pa.schema([(field.name, _arrow_type(field.dataType)) for field in fields]).empty_table()
    stream = cg.audit_stream(phones, **options)
    names = stream.column_names
    # A column that stands once more is of the type that it has.
    of_header = {field.name: field for field in fields}
    again = {name: of_header[header].dataType for name, header in stream.columns.kept.items()}

    def of_partition(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return _audited(batches, options)

    # A name that an earlier column has is another there.
    passed = [
        StructField(name, field.dataType, field.nullable, field.metadata)
        for name, field in zip(names, fields, strict=False)
    ]
    behind = (StructField(name, again.get(name, StringType())) for name in names[len(fields) :])
    schema = StructType([*passed, *behind])
    return frame.mapInArrow(of_partition, schema)


def _audited(batches: Iterator[pa.RecordBatch], options: dict[str, Any]) -> Iterator[pa.RecordBatch]:
    """Decide about the phones of a partition, in a worker."""
    import pyarrow as pa  # noqa: PLC0415

    first = next(batches, None)
    if first is None:
        return
    phones = pa.RecordBatchReader.from_batches(first.schema, chain([first], batches))
    yield from pa.RecordBatchReader.from_stream(cg.audit_stream(phones, **options))


def _arrow_type(spark_type: DataType) -> pa.DataType:
    """Tell which type Spark hands over; for those that are no phone's text, as close as an error about it needs."""
    import pyarrow as pa  # noqa: PLC0415

    known = {
        "string": pa.string(),
        "char": pa.string(),
        "varchar": pa.string(),
        "byte": pa.int8(),
        "short": pa.int16(),
        "integer": pa.int32(),
        "long": pa.int64(),
        "float": pa.float32(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "binary": pa.binary(),
        "date": pa.date32(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "timestamp_ntz": pa.timestamp("us"),
        "decimal": pa.decimal128(38, 18),
        "void": pa.null(),
    }
    return known.get(spark_type.typeName(), pa.struct([]))
