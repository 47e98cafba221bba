"""Every example is run as its reader would, and answers what `crossgrade.audit` answers in one process, row for row."""

from __future__ import annotations

import importlib.metadata
import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import EXAMPLES, in_order, needs_java

import crossgrade as cg

ENGINES = ["dask_audit", "duckdb_audit", "polars_streaming", "ray_audit", pytest.param("spark_audit", marks=needs_java)]


def run(name: str, *arguments: str, home: Path) -> str:
    # Ray writes below the home directory.
    environment = {**os.environ, "HOME": str(home)}
    command = [sys.executable, str(EXAMPLES / f"{name}.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", ENGINES)
def test_same_answers(name: str, phones: pa.Table, tmp_path: Path) -> None:
    out = tmp_path / "answers"
    printed = run(name, "--to", "webex-calling", "--out", str(out), home=tmp_path)
    expected = pa.table(cg.audit(phones, destination="webex-calling", text="utf8"))
    found = pq.read_table(out)
    assert found.column_names == expected.column_names
    assert in_order(found) == in_order(expected)
    counts = Counter(expected["verdict"].to_pylist())
    assert [line.split() for line in printed.splitlines()] == [[word, str(counts[word])] for word in sorted(counts)]


@pytest.mark.parametrize("name", ["dask_audit", "duckdb_audit", "polars_streaming", "ray_audit"])
def test_mistakes_are_told_before_the_work(name: str, tmp_path: Path) -> None:
    """A file without any column of an inventory. For Spark, test_spark.py sees to it."""
    path = tmp_path / "none.parquet"
    pq.write_table(pa.table({"colour": ["grey"]}), path)
    with pytest.raises(AssertionError, match=r"(?s)InventoryError: .*\"colour\""):
        run(name, str(path), home=tmp_path)


def test_dataframes_agree(tmp_path: Path) -> None:
    assert "All styles agree on every row" in run("bench_vs_dataframes", "--quick", home=tmp_path)


def test_benchmark_prints_and_draws(tmp_path: Path) -> None:
    plot = tmp_path / "bench.svg"
    arguments = ["--rows", "2000", "--few", "100", "--repeats", "1", "--plot", str(plot)]
    printed = run("bench_vs_dataframes", *arguments, home=tmp_path)
    styles = re.findall(r"^\| ((?!style|-)[^|]+) \|", printed, flags=re.MULTILINE)
    assert len(styles) == 13
    drawn = "".join(ElementTree.parse(plot).getroot().itertext())  # noqa: S314 (we wrote it)
    assert [style for style in styles if style not in drawn] == []


def test_pins_are_what_was_tested() -> None:
    """The extras of the package name the versions that these tests ran with."""
    pins = {}
    for requirement in importlib.metadata.requires("crossgrade") or []:
        found = re.match(r"([\w-]+)(?:\[\w+\])?==([\w.]+) ?; extra == \W(spark|dask|ray|duckdb|polars|bench)\W", requirement)
        if found:
            pins[found[1]] = found[2]
    assert pins
    assert pins == {name: importlib.metadata.version(name) for name in pins}
