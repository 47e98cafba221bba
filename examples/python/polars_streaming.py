#!/usr/bin/env python3
"""Audit a Parquet file in the streaming engine of polars: batches in, batches out.

    pip install 'crossgrade[polars]'
    python polars_streaming.py [PHONES.parquet] [--to third-party] [--out ANSWERS.parquet]

There is no helper to call: a batch is a polars DataFrame, and `crossgrade.audit` takes one.
"""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

import polars as pl
from fleet import example_fleet, parser

import crossgrade as cg


def audited(phones: pl.DataFrame, destination: str) -> pl.DataFrame:
    """A batch with its answers."""
    # One thread: polars shares out the cores. Its own layout of strings, so that nothing is converted.
    return pl.DataFrame(cg.audit(phones, destination=destination, text="utf8-view", threads=1))


def main() -> None:
    options = parser(__doc__).parse_args()
    audit = partial(audited, destination=options.to)
    with tempfile.TemporaryDirectory() as folder:
        out = options.out or str(Path(folder, "answers.parquet"))
        phones = pl.scan_parquet(options.path or example_fleet(folder))
        # polars wants to know the columns before the first row. An audit of no rows tells, and raises what is wrong with
        # the call.
        schema = audit(phones.collect_schema().to_frame()).schema
        # `streamable` says that a batch needs to know nothing of the others, which is so.
        phones.map_batches(audit, schema=schema, streamable=True).sink_parquet(out)

        for verdict, count in pl.scan_parquet(out).group_by("verdict").len().sort("verdict").collect().iter_rows():
            print(f"{verdict:<12}{count:>10,}")


if __name__ == "__main__":
    main()
