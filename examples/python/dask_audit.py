#!/usr/bin/env python3
"""Audit a fleet in Dask, partition by partition, in two processes.

    pip install 'crossgrade[dask]'
    python dask_audit.py [PHONES.parquet] [--to third-party] [--out FOLDER]

There is no helper to call: a partition is a pandas DataFrame, and `crossgrade.audit` takes one.
"""

from __future__ import annotations

import tempfile
from functools import partial

import dask
import dask.dataframe as dd
import pandas as pd
from fleet import example_fleet, parser

import crossgrade as cg


def audited(phones: pd.DataFrame, destination: str) -> pd.DataFrame:
    """A partition with its answers."""
    # One thread: Dask shares out the cores. Plain strings: the categories of two partitions would differ.
    answers = pd.DataFrame.from_arrow(cg.audit(phones, destination=destination, text="utf8-view", threads=1))
    # Arrow knows no index.
    return answers.set_index(phones.index)


def main() -> None:
    options = parser(__doc__).parse_args()
    audit = partial(audited, destination=options.to)
    with tempfile.TemporaryDirectory() as folder:
        phones = dd.read_parquet(options.path or example_fleet(folder), split_row_groups=2)
        # Dask wants to know the columns before the first row. An audit of no rows tells, and raises what is wrong with
        # the call, here instead of in a worker.
        answers = phones.map_partitions(audit, meta=audit(phones._meta))
        # Processes are started afresh and import this file, hence the guard below. Threads work too: crossgrade lets
        # other Python threads run while it works.
        with dask.config.set(scheduler="processes", num_workers=2):
            for verdict, count in answers["verdict"].value_counts().compute().sort_index().items():
                print(f"{verdict:<12}{count:>10,}")
            if options.out:
                answers.to_parquet(options.out, write_index=False)


if __name__ == "__main__":
    main()
