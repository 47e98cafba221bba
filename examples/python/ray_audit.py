#!/usr/bin/env python3
"""Audit a fleet in Ray Data, block by block, in the worker processes of a local Ray.

    pip install 'crossgrade[ray]'
    python ray_audit.py [PHONES.parquet] [--to third-party] [--out FOLDER]

There is no helper to call: a batch is a pyarrow Table, and `crossgrade.audit` takes one.
"""

from __future__ import annotations

import os
import tempfile

# Before Ray is imported. It reports to its makers how it is used, unless told not to; and its servers listen on every
# network interface, unless told that this is no cluster (that the name is about Windows and macOS is history).
os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
os.environ.setdefault("RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER", "0")

import pyarrow as pa
import pyarrow.parquet as pq
import ray
import ray.data
from fleet import example_fleet, parser

import crossgrade as cg


def audited(phones: pa.Table, destination: str) -> pa.Table:
    """A batch with its answers."""
    # One thread: Ray shares out the cores. Plain strings: the dictionaries of two blocks would differ.
    return pa.table(cg.audit(phones, destination=destination, text="utf8", threads=1))


def main() -> None:
    options = parser(__doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.path or example_fleet(folder)
        # An audit of no rows raises what is wrong with the call, here instead of in a worker.
        audited(pq.read_schema(path).empty_table(), options.to)

        ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False)
        ray.data.DataContext.get_current().enable_progress_bars = False
        answers = ray.data.read_parquet(path).map_batches(
            audited,
            fn_kwargs={"destination": options.to},
            batch_format="pyarrow",
            # Every batch begins without memory of the one before, so large ones are better.
            batch_size=65_536,
            zero_copy_batch=True,
        )
        # Decided once, for both results.
        answers = answers.materialize()
        counts = answers.groupby("verdict", num_partitions=2).count().take_all()
        for row in sorted(counts, key=lambda row: row["verdict"]):
            print(f"{row['verdict']:<12}{row['count()']:>10,}")
        if options.out:
            answers.write_parquet(options.out)
        ray.shutdown()


if __name__ == "__main__":
    main()
