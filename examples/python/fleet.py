"""The example fleet as Parquet, for the programs of this folder."""

from __future__ import annotations

import argparse
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

import crossgrade as cg

FLEET = Path(__file__).resolve().parent.parent / "data" / "fleet.csv"


def parser(about: str | None) -> argparse.ArgumentParser:
    """The arguments that the programs have in common."""
    made = argparse.ArgumentParser(description=(about or "").split("\n", 1)[0])
    made.add_argument("path", nargs="?", help="a Parquet file of phones; the example fleet if none is given")
    made.add_argument("--to", default="third-party", choices=[str(word) for word in cg.Destination])
    made.add_argument("--out", help="where to write the phones with their answers, as Parquet")
    return made


def example_fleet(folder: str) -> str:
    """Write the example fleet as Parquet below a folder, and return its path.

    crossgrade's own reader makes the table: an audit that selects no result column is the table as it was read. Two rows of
    that file are broken, as in life: a byte is no UTF-8, a comma is not quoted. The reader keeps them, where those of most
    engines stop or drop them. In the table they are rows like any other. An audit of the file itself does better: it knows
    that no cell of the row with the comma can be trusted, and answers `unknown`.
    """
    path = Path(folder, "fleet.parquet")
    phones = pa.table(cg.audit(FLEET, destination="third-party", select=[]))
    # Several row groups, so that there is something to share out.
    pq.write_table(phones, path, row_group_size=64)
    return str(path)
