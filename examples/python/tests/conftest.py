from __future__ import annotations

import os
import shutil
from pathlib import Path

import pyarrow as pa
import pytest

import crossgrade as cg

EXAMPLES = Path(__file__).resolve().parent.parent

# Spark, Ray and Dask start Python again, and shall not find another crossgrade than this one.
os.environ.pop("PYTHONPATH", None)

needs_java = pytest.mark.skipif(
    not (shutil.which("java") or os.environ.get("JAVA_HOME")), reason="Spark needs Java 17 or later; none was found"
)


@pytest.fixture(scope="session")
def phones() -> pa.Table:
    """The example fleet, as the examples make it."""
    return pa.table(cg.audit(EXAMPLES.parent / "data" / "fleet.csv", destination="third-party", select=[]))


def in_order(table: pa.Table) -> list[tuple[str, ...]]:
    """Its rows in an order that does not depend on who wrote them, nulls as a text that no cell has."""
    return sorted(tuple("\0" if cell is None else str(cell) for cell in row.values()) for row in table.to_pylist())
