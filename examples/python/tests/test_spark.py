"""`crossgrade.spark.audit`, on worker processes of this machine."""

from __future__ import annotations

import datetime as dt
import decimal
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from conftest import in_order, needs_java

import crossgrade as cg
import crossgrade.spark

pytestmark = [
    needs_java,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    # What PySpark itself leaves open or uses is its own affair.
    pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::DeprecationWarning"),
]

OVERLAY = """
schema = 1
overlay = "acme"
version = "1.0.0"
base = { edition = "guide", revision = ">=2026.11" }
[sources]
TAC = { title = "Answer of Cisco TAC", section = "case 1", language = "en", read = 2026-11-20 }
[amendments.acme-1]
date = 2026-11-20
sources = ["TAC"]
confidence = "high"
says = "the 7841 needs V09"
[amendments.acme-1.conversions]
e2m-7841 = { vid = "V09-" }
"""


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session = (
        SparkSession.builder.master("local[2]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "Europe/Berlin")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "50")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def frame(spark: Any, phones: pa.Table) -> Any:
    return spark.createDataFrame(phones).repartition(3).cache()


def test_every_column_and_row(frame: Any, phones: pa.Table) -> None:
    for destination in cg.Destination:
        audited = crossgrade.spark.audit(frame, destination=destination)
        expected = pa.table(cg.audit(phones, destination=destination, text="utf8"))
        assert audited.columns == expected.column_names
        assert audited.schema.fields[: len(frame.columns)] == frame.schema.fields
        assert {field.dataType.simpleString() for field in audited.schema.fields} == {"string"}
        assert in_order(audited.toArrow()) == in_order(expected)


def test_an_overlaid_book_travels(frame: Any, phones: pa.Table) -> None:
    book = cg.RuleBook.guide().overlay(OVERLAY)
    options: dict[str, Any] = {"destination": "third-party", "select": ["verdict", "findings"]}
    found = in_order(crossgrade.spark.audit(frame, rulebook=book, **options).toArrow())
    assert found == in_order(pa.table(cg.audit(phones, rulebook=book, **options)))
    assert found != in_order(pa.table(cg.audit(phones, **options)))


def test_options(spark: Any) -> None:
    frame = spark.createDataFrame([("CP-7821-K9=", "V03", 683), ("CP-7821-K9=", "V01", 683)], "a string, VID string, b int")
    audited = crossgrade.spark.audit(
        frame,
        destination="third-party",
        target="12.0(3)",
        columns={"pid": "a"},
        select=iter(["target_load", cg.ResultColumn.VERDICT]),
        prefix="cg_",
    )
    assert audited.columns == ["a", "VID", "b", "cg_target_load", "cg_verdict"]
    # An ineligible phone gets no load.
    assert {tuple(row)[1:] for row in audited.collect()} == {
        ("V03", 683, "sip78xx.12-0-3MPP0001-87", "eligible"),
        ("V01", 683, None, "ineligible"),
    }
    by_code = crossgrade.spark.audit(frame, destination="third-party", columns={"pid": "b"}, select=["read_model"])
    assert {row["read_model"] for row in by_code.collect()} == {"8841"}


def test_partitions_without_rows(frame: Any, spark: Any) -> None:
    few = crossgrade.spark.audit(frame.limit(2).repartition(8), destination="third-party")
    assert few.count() == 2
    none = crossgrade.spark.audit(frame.where("false"), destination="third-party")
    assert none.collect() == []
    empty = spark.createDataFrame([], "PID string, VID string")
    assert crossgrade.spark.audit(empty, destination="third-party", select=["verdict"]).toArrow().num_rows == 0


def test_other_columns_stay_as_they_are(spark: Any) -> None:
    row = {
        "PID": "CP-7821-K9=",
        "byte": 1,
        "short": 2,
        "long": 2**40,
        "float": 0.5,
        "double": 0.25,
        "flag": True,
        "bytes": b"\xff\x00",
        "date": dt.date(2026, 11, 21),
        "time": dt.datetime(2026, 11, 21, 12, 30, tzinfo=dt.timezone.utc),
        "local": dt.datetime(2026, 11, 21, 12, 30),  # noqa: DTZ001
        "money": decimal.Decimal("12.50"),
        "list": ["a", None],
        "map": {"a": 1},
        "struct": (1, ["x"]),
        "nothing": None,
    }
    schema = """
        PID string not null, byte tinyint, short smallint, long bigint, float float, double double, flag boolean,
        bytes binary, date date, time timestamp, local timestamp_ntz, money decimal(10,2), list array<string>,
        map map<string,int>, struct struct<a:int,b:array<string>>, nothing void
    """
    frame = spark.createDataFrame([tuple(row.values())], schema)
    audited = crossgrade.spark.audit(frame, destination="third-party", select=["verdict"])
    assert audited.schema.fields[:-1] == frame.schema.fields
    assert audited.drop("verdict").collect() == frame.collect()
    assert audited.drop("verdict").toArrow() == frame.toArrow()


def test_large_texts(frame: Any, spark: Any, phones: pa.Table) -> None:
    option = "spark.sql.execution.arrow.useLargeVarTypes"
    spark.conf.set(option, "true")
    try:
        found = crossgrade.spark.audit(frame, destination="third-party").toArrow()
    finally:
        spark.conf.unset(option)
    assert in_order(found) == in_order(pa.table(cg.audit(phones, destination="third-party")))


def test_a_stream(frame: Any, spark: Any, phones: pa.Table, tmp_path: Path) -> None:
    folders = [str(tmp_path / name) for name in ("phones", "answers", "checkpoint")]
    frame.write.parquet(folders[0])
    arriving = spark.readStream.schema(frame.schema).parquet(folders[0])
    audited = crossgrade.spark.audit(arriving, destination="third-party", select=["verdict"])
    writing = audited.writeStream.option("checkpointLocation", folders[2]).trigger(availableNow=True)
    writing.format("parquet").start(folders[1]).awaitTermination()
    expected = pa.table(cg.audit(phones, destination="third-party", select=["verdict"]))
    assert in_order(spark.read.parquet(folders[1]).toArrow()) == in_order(expected)


def test_mistakes_are_raised_by_the_call(spark: Any) -> None:
    frame = spark.createDataFrame([("grey", True)], "colour string, heavy boolean")
    with pytest.raises(cg.InventoryError, match='"colour", "heavy"'):
        crossgrade.spark.audit(frame, destination="third-party")
    with pytest.raises(cg.InventoryError, match="Part No"):
        crossgrade.spark.audit(frame, destination="third-party", columns={"pid": "Part No"})
    with pytest.raises(cg.InventoryError, match="Boolean"):
        crossgrade.spark.audit(frame, destination="third-party", columns={"pid": "colour", "vid": "heavy"})
    with pytest.raises(cg.InventoryError, match='"verdict"'):
        crossgrade.spark.audit(spark.createDataFrame([("a", "b")], "PID string, verdict string"), destination="third-party")
    phones = spark.createDataFrame([("CP-7821-K9=",)], "PID string")
    with pytest.raises(cg.RequestError, match="mars"):
        crossgrade.spark.audit(phones, destination="mars")
    with pytest.raises(cg.RequestError, match="Enterprise"):
        crossgrade.spark.audit(phones, destination="third-party", target="sip88xx.14-2-1-0101-26")
    with pytest.raises(cg.RequestError, match="colour"):
        crossgrade.spark.audit(phones, destination="third-party", select=["colour"])
    with pytest.raises(TypeError, match="select"):
        crossgrade.spark.audit(phones, destination="third-party", select="verdict")
    with pytest.raises(TypeError, match="rulebook"):
        crossgrade.spark.audit(phones, destination="third-party", rulebook="guide")


def test_importing_the_package_does_not_import_pyspark() -> None:
    code = "import sys, crossgrade, crossgrade.spark; print({'pyspark', 'pyarrow', 'pandas'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
