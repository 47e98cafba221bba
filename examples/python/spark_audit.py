#!/usr/bin/env python3
"""Audit a fleet in Spark, on a cluster of two worker processes of this machine.

    pip install 'crossgrade[spark]'
    python spark_audit.py [PHONES.parquet] [--to third-party] [--out FOLDER]

Needs Java 17 or later, because Spark does. Spark hands batches of Arrow to a Python process beside each executor
(mapInArrow); crossgrade has to be installed there. Here the workers use the interpreter that runs this program.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

from fleet import example_fleet, parser
from pyspark.sql import SparkSession

import crossgrade as cg
import crossgrade.spark


def main() -> None:
    options = parser(__doc__).parse_args()
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        sys.exit("spark_audit: Spark needs Java 17 or later; found neither java on the PATH nor JAVA_HOME")

    # Without it a worker takes the first python3 on the PATH, which may lack crossgrade.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    # This machine talks to itself only.
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        SparkSession.builder.appName("crossgrade")
        # Two workers with one core and 1024 MiB each: real processes, so that everything really travels.
        .master("local-cluster[2,1,1024]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")

    with tempfile.TemporaryDirectory() as folder:
        phones = spark.read.parquet(options.path or example_fleet(folder)).repartition(4)
        # A mistake in the call is raised here. The rule book travels with the job.
        answers = crossgrade.spark.audit(phones, destination=options.to, rulebook=cg.RuleBook.guide())
        for verdict, count in answers.groupBy("verdict").count().orderBy("verdict").collect():
            print(f"{verdict:<12}{count:>10,}")
        if options.out:
            answers.write.mode("overwrite").parquet(options.out)
    spark.stop()


if __name__ == "__main__":
    main()
