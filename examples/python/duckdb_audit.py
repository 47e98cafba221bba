#!/usr/bin/env python3
"""Audit a Parquet file with DuckDB before and behind: one pass, in flat memory.

    pip install 'crossgrade[duckdb]'
    python duckdb_audit.py [PHONES.parquet] [--to third-party] [--out ANSWERS.parquet]

There is no helper to call: a relation of DuckDB is a stream of Arrow, and so is what `crossgrade.audit_stream` makes of it,
which DuckDB queries by the name of the variable.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import duckdb
from fleet import example_fleet, parser

import crossgrade as cg


def main() -> None:
    options = parser(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.path or example_fleet(folder)
        out = options.out or str(Path(folder, "answers.parquet"))

        # Two connections, because one cannot read a stream that itself is about to produce. One thread writes: several
        # would collect rows to keep them in order, and memory would grow with the file.
        reading, writing = duckdb.connect(), duckdb.connect(config={"threads": 1})
        # Whatever SQL can say may stand here: joins, filters, names for columns.
        phones = reading.from_parquet(path)
        # Only the columns are looked at yet, and a mistake in the call is raised.
        answers = cg.audit_stream(phones, destination=options.to, text="utf8-view")
        # Now the rows run through: Parquet, DuckDB, crossgrade, DuckDB, Parquet.
        writing.from_arrow(answers).write_parquet(out)

        for verdict, count in writing.sql(
            "select verdict, count(*) from read_parquet(?) group by verdict order by verdict", params=[out]
        ).fetchall():
            print(f"{verdict:<12}{count:>10,}")


if __name__ == "__main__":
    main()
