#!/usr/bin/env python3
"""What crossgrade costs beside the same answers written with pandas, polars or plain Python, on the same rows.

    pip install 'crossgrade[bench]'
    python bench_vs_dataframes.py                     a million rows, the table
    python bench_vs_dataframes.py --spark --plot bench.svg
    python bench_vs_dataframes.py --quick             a few rows, only whether all agree

Every style answers the same question for every phone: may it go to a third-party call control by the book `guide`?
It gives the same four columns: verdict, findings, target_load, license_sku. Before anything is timed, each style's
answers are compared with crossgrade's, row for row; one difference ends the program.

What is fair and what is not:

- The other styles get the rules for nothing: `rules()` reads them from crossgrade's own rule book. In life somebody
  has to find, write and maintain them. That is what crossgrade is for; the speed comes second.
- They know one destination, one book and clean spellings. Combinations of PID, VID and load that their three regular
  expressions do not read, and 3PCC phones with an Enterprise load, are left out of the fleet. crossgrade reads
  everything all the same, finds the columns by their names, and could be asked about any destination.
- Every style starts from its own kind of table in memory and ends with its own kind. Pure Python starts from a list
  of tuples.
- Slow styles are timed on fewer rows, and the table says on how many.
- One thread each, unless --threads says otherwise (pandas and plain Python have one whatever it says).
- Repetitions are interleaved, so that a busy minute of the machine hits all; the table shows medians.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import functools
import gc
import os
import platform
import re
import statistics
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import crossgrade as cg

DESTINATION = "third-party"
ANSWERS = ["verdict", "findings", "target_load", "license_sku"]
COLUMNS = ["PID", "VID", "Active Load ID", "MAC Address", "Serial Number"]
FLEET = Path(__file__).resolve().parent.parent / "data" / "fleet.csv"

# --------------------------------------------------------------------------------------------------------------------
# What the other styles know: three spellings, and a table of rules.

PID = r"^(?:CP-|Cisco )(\d{4})-?(NR)?(?:[-=G]|$)"
VID = r"^V(\d{2})$"
LOAD = r"^sip([0-9x_]+)\.(\d+)-(\d+)-(\d+)(?:SR(\d+)|-(\d\d)\d\d|(MPP|MSR)\d*)?-\d+(?:\.loads)?$"
MAC = r"^(?:SEP)?[0-9A-F]{12}$|^(?:[0-9A-F]{2}:){5}[0-9A-F]{2}$"
SERIAL = r"^[A-Z]{3}\d\d(?:0[1-9]|[1-4]\d|5[0-3])[0-9A-Z]{4}$"

START = (14, 2, 1, 1)  # Enterprise 14.2(1)SR1
OTHER_MODELS = ("3905", "6821", "6841", "6851", "6921", "7940", "7962", "8821", "8831", "8945", "9971")


class Rule(NamedTuple):
    """What is known of a model."""

    model: str
    settled: str | None
    """The verdict, if the model alone decides."""
    because: str | None
    """The finding that goes with it."""
    family: str | None
    listed: bool
    vid_from: int
    vid_to: int
    not_lower_from: int
    """The VID from which a floor of the target is worth a note."""
    advice: str | None
    load: str | None
    sku: str | None


def rules() -> list[Rule]:
    """One row for each model of the fleet, made from the rows of the book."""
    rows: dict[str, list[cg.RuleRow]] = {}
    for row in cg.RuleBook.guide().rows:
        if row.section == "floors" or DESTINATION in (row.get("destinations") or (row.get("destination"),)):
            rows.setdefault(row.section, []).append(row)
    models = {row.id: row for row in cg.RuleBook.guide().rows if row.section == "models"}
    loads = {row["load"].split(".")[0].removeprefix("sip"): row["load"] for row in rows["targets"]}
    skus = {row["series"]: row["sku"] for row in rows["licenses"]}
    floor = next(row for row in rows["floors"] if row.get("firmware-type") == "mpp")
    advice = {"features-lost-8832": "CG401", "use-wired-connection": "CG402"}

    def rule(model: str) -> Rule:
        def about(row: cg.RuleRow) -> bool:
            return bool({model, f"{model[:2]}xx"} & set(row["models"]))

        # The row that names the model itself wins over the row of its series.
        said = sorted(filter(about, rows["conversions"]), key=lambda row: model not in row["models"])
        if not said:
            return Rule(model, "not-needed", "CG107", None, False, 0, 0, 0, None, None, None)
        answer = said[0]["answer"]
        because = {"excluded": "CG104", "series-excluded": "CG103"}.get(answer)
        if because:
            return Rule(model, "ineligible", because, None, False, 0, 0, 0, None, None, None)
        family, series = models[model]["family"], models[model]["series"]
        first, _, last = said[0].get("vid", "V00-").replace("V", "").partition("-")
        listed = answer == "convertible"
        return Rule(
            model=model,
            settled=None,
            because=None,
            family=family,
            listed=listed,
            vid_from=int(first),
            vid_to=int(last or 99),
            not_lower_from=int(floor["vid"][1:3]) if about(floor) else 100,
            advice=next((advice[row.id] for row in rows["advice"] if row.id in advice and about(row)), None),
            load=loads[family] if listed else None,
            sku=skus[series] if listed else None,
        )

    return [rule(model) for model in (*models, *OTHER_MODELS)]


# --------------------------------------------------------------------------------------------------------------------
# The fleet.


def kinds() -> tuple[list[tuple[str, str, str]], int]:
    """The different products, versions and loads of the example fleet that every style reads; and how many it has."""
    text = FLEET.read_text(encoding="utf-8-sig", errors="replace")
    rows = csv.DictReader(text.splitlines())
    every = {(row["PID"] or row["Device Type"], row["VID"], row["Active Load ID"]) for row in rows}
    every = {kind for kind in every if kind[1] and kind[2]}

    def is_read(pid: str, vid: str, load: str) -> bool:
        found = re.match(LOAD, load)
        return bool(found and re.match(PID, pid) and re.match(VID, vid) and (found[7] or "-3P" not in pid))

    return sorted(kind for kind in every if is_read(*kind)), len(every)


def make_fleet(count: int) -> Any:
    """The phones as a pyarrow table of texts; the same ones in every run.

    A few combinations are frequent and most are rare, in random order; MAC address and serial number are those of the
    phone. Most MAC addresses have the form of a Unified CM device name. Some cells are empty or cut short.
    """
    import numpy as np
    import pyarrow as pa

    random = np.random.default_rng(0x5EED)
    combinations = kinds()[0]
    order = random.permutation(len(combinations))
    weights = 1 / (np.arange(len(combinations)) + 5)
    which = pa.array(random.choice(order, size=count, p=weights / weights.sum()).astype("int32"))
    columns = [pa.array(texts).take(which) for texts in zip(*combinations)]

    def texts(rows: Any) -> Any:
        """Rows of characters as texts."""
        return np.ascontiguousarray(rows).view(f"S{rows.shape[1]}").ravel()

    digits = np.frombuffer(b"0123456789ABCDEF", "u1")
    phone = random.permutation(1 << 24)[:count]
    mac = np.empty((count, 12), "u1")
    mac[:, :6] = np.frombuffer(b"00562B", "u1")
    mac[:, 6:] = digits[phone[:, None] >> np.arange(20, -1, -4) & 15]
    device = np.hstack([np.tile(np.frombuffer(b"SEP", "u1"), (count, 1)), mac])
    colons = np.full((count, 17), ord(":"), "u1")
    for pair in range(6):
        colons[:, 3 * pair : 3 * pair + 2] = mac[:, 2 * pair : 2 * pair + 2]
    form = random.integers(0, 1000, count)
    said = np.select([form < 20, form < 25, form < 150], [b"", texts(device[:, :14]), texts(colons)], texts(device))
    columns.append(pa.array(said).cast("string"))

    serial = np.empty((count, 11), "u1")
    serial[:, :3] = np.frombuffer(b"FCHFCHFVHWZP", "u1").reshape(4, 3)[random.integers(0, 4, count)]
    for place, low, high in ((3, 18, 29), (5, 1, 54)):
        number = random.integers(low, high, count)
        serial[:, place], serial[:, place + 1] = digits[number // 10], digits[number % 10]
    last = np.frombuffer(b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ", "u1")
    serial[:, 7:] = last[random.integers(0, 34, (count, 4))]
    form = random.integers(0, 1000, count)
    said = np.select([form < 50, form < 60], [b"", texts(serial[:, :10])], texts(serial))
    columns.append(pa.array(said).cast("string"))
    return pa.table(columns, names=COLUMNS)


# --------------------------------------------------------------------------------------------------------------------
# Plain Python. `decide` is what anybody would write first, and several styles use it.


class Decision(NamedTuple):
    """The answer about a combination; findings about the phone itself stand between `before` and `after`."""

    verdict: str
    before: tuple[str, ...]
    after: tuple[str, ...] = ()
    concerns_phone: bool = False
    load: str | None = None
    sku: str | None = None


def decide(rules_of: dict[str, Rule], pid: str, vid: str, load: str) -> Decision:
    number, nr = re.match(PID, pid).groups()
    rule = rules_of[number + (nr or "")]
    if rule.settled:
        return Decision(rule.settled, (rule.because,))
    family, major, minor, micro, sr, ss, mpp = re.match(LOAD, load).groups()
    fits = family == rule.family
    if fits and mpp:
        return Decision("not-needed", ("CG301",) if "-3P" in pid else ("CG301", "CG504"))
    version = int(re.match(VID, vid)[1])
    if version < rule.vid_from:
        return Decision("ineligible", ("CG203",))
    if version > rule.vid_to:
        return Decision("ineligible", ("CG204", "CG601"))
    after = []
    if not fits:
        after += ["CG304", "CG306"]
    elif (int(major), int(minor), int(micro), int(sr or ss or 0)) < START:
        after.append("CG305")
    if version >= rule.not_lower_from:
        after.append("CG308")
    if not fits:
        after.append("CG315")
    if rule.listed and rule.advice:
        after.append(rule.advice)
    after.append("CG404")
    if rule.listed:
        after.append("CG501")
    after.append("CG601")
    verdict = "eligible" if rule.listed and fits else "unknown"
    return Decision(verdict, () if rule.listed else ("CG105",), tuple(after), True, rule.load, rule.sku)


def answer(decision: Decision, mac: str, serial: str) -> tuple[str, str, str | None, str | None]:
    """The four columns of one phone."""
    findings = list(decision.before)
    if decision.concerns_phone:
        if not mac:
            findings.append("CG111")
        elif not re.match(MAC, mac):
            findings.append("CG112")
        if not serial:
            findings.append("CG113")
        elif not re.match(SERIAL, serial):
            findings.append("CG114")
    findings += decision.after
    return decision.verdict, " ".join(findings), decision.load, decision.sku


def pure_python(table: list[tuple[str, ...]], known: list[Rule]) -> list[tuple[Any, ...]]:
    remembered = functools.lru_cache(maxsize=None)(functools.partial(decide, {rule.model: rule for rule in known}))
    return [answer(remembered(pid, vid, load), mac, serial) for pid, vid, load, mac, serial in table]


# --------------------------------------------------------------------------------------------------------------------
# pandas.


def pandas_apply(frame: Any, known: list[Rule]) -> Any:
    rules_of = {rule.model: rule for rule in known}

    def of_row(row: Any) -> tuple[Any, ...]:
        decision = decide(rules_of, row["PID"], row["VID"], row["Active Load ID"])
        return answer(decision, row["MAC Address"], row["Serial Number"])

    frame = frame.copy()
    frame[ANSWERS] = frame.apply(of_row, axis=1, result_type="expand")
    return frame


def pandas_vectorised(frame: Any, known: list[Rule]) -> Any:
    import numpy as np
    import pandas as pd

    model = frame["PID"].str.extract(PID)
    load = frame["Active Load ID"].str.extract(LOAD)
    rule = (model[0] + model[1].fillna("")).rename("model").to_frame().merge(pd.DataFrame(known), "left", on="model")
    version = frame["VID"].str.extract(VID)[0].astype("int64")
    release = [load[1], load[2], load[3], load[4].fillna(load[5]).fillna("0")]
    release = functools.reduce(lambda total, part: total * 1000 + part.astype("int64"), release, 0)
    minimum = functools.reduce(lambda total, part: total * 1000 + part, START)

    settled = rule["settled"].notna()
    fits = load[0] == rule["family"]
    runs_mpp = ~settled & fits & load[6].notna()
    below = ~settled & ~runs_mpp & (version < rule["vid_from"])
    above = ~settled & ~runs_mpp & (version > rule["vid_to"])
    goes_on = ~(settled | runs_mpp | below | above)
    listed = rule["listed"].astype(bool)
    mac, serial = frame["MAC Address"], frame["Serial Number"]

    def code(text: str, when: Any) -> Any:
        return pd.Series(np.where(when, text + " ", ""), dtype="str")

    findings = [
        (rule["because"] + " ").fillna(""),
        code("CG105", goes_on & ~listed),
        code("CG111", goes_on & (mac == "")),
        code("CG112", goes_on & (mac != "") & ~mac.str.match(MAC)),
        code("CG113", goes_on & (serial == "")),
        code("CG114", goes_on & (serial != "") & ~serial.str.match(SERIAL)),
        code("CG203", below),
        code("CG204", above),
        code("CG301", runs_mpp),
        code("CG304", goes_on & ~fits),
        code("CG305", goes_on & fits & (release < minimum)),
        code("CG306", goes_on & ~fits),
        code("CG308", goes_on & (version >= rule["not_lower_from"])),
        code("CG315", goes_on & ~fits),
        (rule["advice"] + " ").where(goes_on & listed).fillna(""),
        code("CG404", goes_on),
        code("CG501", goes_on & listed),
        code("CG504", runs_mpp & ~frame["PID"].str.contains("-3P", regex=False)),
        code("CG601", goes_on | above),
    ]
    verdict = np.select(
        [settled, runs_mpp, below | above, goes_on & listed & fits],
        [rule["settled"], "not-needed", "ineligible", "eligible"],
        "unknown",
    )
    return frame.assign(
        verdict=pd.Series(verdict, dtype="str"),
        findings=functools.reduce(lambda left, right: left + right, findings).str.rstrip(),
        target_load=rule["load"].where(goes_on),
        license_sku=rule["sku"].where(goes_on),
    )


def pandas_distinct(frame: Any, known: list[Rule]) -> Any:
    import numpy as np
    import pandas as pd

    rules_of = {rule.model: rule for rule in known}
    keys = COLUMNS[:3]
    distinct = frame[keys].drop_duplicates()
    decisions = [decide(rules_of, *kind) for kind in distinct.itertuples(index=False)]
    distinct = distinct.assign(
        verdict=[decision.verdict for decision in decisions],
        concerns_phone=[decision.concerns_phone for decision in decisions],
        before=["".join(code + " " for code in decision.before) for decision in decisions],
        after=[" ".join(decision.after) for decision in decisions],
        target_load=pd.Series([decision.load for decision in decisions], distinct.index, dtype="str"),
        license_sku=pd.Series([decision.sku for decision in decisions], distinct.index, dtype="str"),
    )
    joined = frame.merge(distinct, "left", on=keys)
    mac, serial, concerns = joined["MAC Address"], joined["Serial Number"], joined["concerns_phone"]
    of_mac = np.select([~concerns, mac == "", ~mac.str.match(MAC)], ["", "CG111 ", "CG112 "], "")
    of_serial = np.select([~concerns, serial == "", ~serial.str.match(SERIAL)], ["", "CG113 ", "CG114 "], "")
    of_phone = pd.Series(of_mac, dtype="str") + pd.Series(of_serial, dtype="str")
    joined["findings"] = (joined["before"] + of_phone + joined["after"]).str.rstrip()
    return joined[[*COLUMNS, *ANSWERS]]


# --------------------------------------------------------------------------------------------------------------------
# polars.


def polars_identity(concerns: Any) -> list[Any]:
    """The findings about MAC address and serial number."""
    import polars as pl

    mac, serial = pl.col("MAC Address"), pl.col("Serial Number")
    return [
        pl.when(concerns & (mac == "")).then(pl.lit("CG111"))
        .when(concerns & ~mac.str.contains(MAC)).then(pl.lit("CG112")),
        pl.when(concerns & (serial == "")).then(pl.lit("CG113"))
        .when(concerns & ~serial.str.contains(SERIAL)).then(pl.lit("CG114")),
    ]  # fmt: skip


def polars_expressions(frame: Any, known: list[Rule]) -> Any:
    import polars as pl

    load = pl.col("loads").struct
    number = [load[name].fill_null("0").cast(pl.Int64) for name in ("2", "3", "4")]
    service = pl.coalesce(load["5"], load["6"], pl.lit("0")).cast(pl.Int64)
    release = ((number[0] * 1000 + number[1]) * 1000 + number[2]) * 1000 + service
    minimum = ((START[0] * 1000 + START[1]) * 1000 + START[2]) * 1000 + START[3]
    column = pl.col
    table = pl.DataFrame(known, schema=list(Rule._fields), orient="row", infer_schema_length=None)

    def code(text: str, when: Any) -> Any:
        return pl.when(when).then(pl.lit(text))

    settled = column("settled").is_not_null()
    return (
        frame.lazy()
        .with_columns(
            model=column("PID").str.extract(PID, 1) + column("PID").str.extract(PID, 2).fill_null(""),
            loads=column("Active Load ID").str.extract_groups(LOAD),
            version=column("VID").str.extract(VID, 1).cast(pl.Int64),
        )
        .join(table.lazy(), on="model", how="left", maintain_order="left")
        .with_columns(fits=(load["1"] == column("family")).fill_null(value=False), too_old=release < minimum)
        .with_columns(runs_mpp=~settled & column("fits") & load["7"].is_not_null())
        .with_columns(
            below=~settled & ~column("runs_mpp") & (column("version") < column("vid_from")),
            above=~settled & ~column("runs_mpp") & (column("version") > column("vid_to")),
        )
        .with_columns(goes_on=~(settled | column("runs_mpp") | column("below") | column("above")))
        .select(
            *COLUMNS,
            verdict=pl.when(settled).then("settled")
            .when("runs_mpp").then(pl.lit("not-needed"))
            .when(column("below") | column("above")).then(pl.lit("ineligible"))
            .when(column("listed") & column("fits")).then(pl.lit("eligible"))
            .otherwise(pl.lit("unknown")),
            findings=pl.concat_str(
                [
                    column("because"),
                    code("CG105", column("goes_on") & ~column("listed")),
                    *polars_identity(column("goes_on")),
                    code("CG203", column("below")),
                    code("CG204", column("above")),
                    code("CG301", column("runs_mpp")),
                    code("CG304", column("goes_on") & ~column("fits")),
                    code("CG305", column("goes_on") & column("fits") & column("too_old")),
                    code("CG306", column("goes_on") & ~column("fits")),
                    code("CG308", column("goes_on") & (column("version") >= column("not_lower_from"))),
                    code("CG315", column("goes_on") & ~column("fits")),
                    pl.when(column("goes_on") & column("listed")).then("advice"),
                    code("CG404", column("goes_on")),
                    code("CG501", column("goes_on") & column("listed")),
                    code("CG504", column("runs_mpp") & ~column("PID").str.contains("-3P", literal=True)),
                    code("CG601", column("goes_on") | column("above")),
                ],
                separator=" ",
                ignore_nulls=True,
            ),
            target_load=pl.when("goes_on").then("load"),
            license_sku=pl.when("goes_on").then("sku"),
        )
        .collect()
    )  # fmt: skip


def polars_distinct(frame: Any, known: list[Rule]) -> Any:
    import polars as pl

    rules_of = {rule.model: rule for rule in known}
    keys = COLUMNS[:3]
    distinct = frame.select(keys).unique()
    decisions = [decide(rules_of, *kind) for kind in distinct.iter_rows()]
    distinct = distinct.with_columns(
        pl.Series("verdict", [decision.verdict for decision in decisions]),
        pl.Series("concerns_phone", [decision.concerns_phone for decision in decisions]),
        pl.Series("before", [" ".join(decision.before) or None for decision in decisions], pl.String),
        pl.Series("after", [" ".join(decision.after) or None for decision in decisions], pl.String),
        pl.Series("target_load", [decision.load for decision in decisions], pl.String),
        pl.Series("license_sku", [decision.sku for decision in decisions], pl.String),
    )
    codes = ["before", *polars_identity(pl.col("concerns_phone")), "after"]
    return (
        frame.lazy()
        .join(distinct.lazy(), on=keys, how="left", maintain_order="left")
        .with_columns(findings=pl.concat_str(codes, separator=" ", ignore_nulls=True))
        .select(*COLUMNS, *ANSWERS)
        .collect()
    )


# --------------------------------------------------------------------------------------------------------------------
# crossgrade, and the least that anything could cost.


def audit(table: Any, text: str, threads: int) -> cg.Audit:
    return cg.audit(table, destination=DESTINATION, select=ANSWERS, text=text, threads=threads)


def copy_bytes(table: Any) -> list[Any]:
    """The bytes of the input, once."""
    import numpy as np

    buffers = (buffer for column in table.columns for chunk in column.chunks for buffer in chunk.buffers())
    return [np.frombuffer(buffer, "u1").copy() for buffer in buffers if buffer is not None]


@dataclass
class Style:
    """One way to get the answers."""

    name: str
    group: str
    """The styles of crossgrade that it is compared with: the kind of table that it works on."""
    run: Callable[[Any], Any]
    fleet: Any
    rows: int
    answers: Callable[[Any], Any] | None
    """What it answered, as a pyarrow table; None for what answers nothing."""
    times: list[float] = field(default_factory=list)

    @property
    def ns_per_row(self) -> float:
        return statistics.median(self.times) / self.rows

    def measure(self) -> None:
        gc.collect()
        gc.disable()
        start = time.perf_counter_ns()
        made = self.run(self.fleet)
        self.times.append(time.perf_counter_ns() - start)
        gc.enable()
        del made


def styles(fleet: Any, few: int, threads: int) -> list[Style]:
    """All of them; `few` rows for those that would take minutes."""
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    known = rules()
    rows, few = fleet.num_rows, min(few, fleet.num_rows)
    some = min(few * 5, rows)
    in_polars, in_pandas = pl.from_arrow(fleet), fleet.to_pandas()
    tuples = list(zip(*(column.to_pylist() for column in fleet.columns)))
    texts = pa.schema([(name, pa.string()) for name in ANSWERS])

    def table(columns: Any) -> Any:
        return pa.table(columns).select(ANSWERS).cast(texts)

    def of_tuples(made: list[tuple[Any, ...]]) -> Any:
        return table(dict(zip(ANSWERS, map(list, zip(*made)))))

    def of_polars(frame: Any) -> Any:
        return table(frame.select(pl.col(ANSWERS).cast(pl.String)))

    def of_pandas(frame: Any) -> Any:
        return table(pa.Table.from_pandas(frame[ANSWERS], preserve_index=False))

    def ours(host: str, read: Callable[[Any], Any], fleet: Any, answers: Any, text: str) -> list[Style]:
        def run(text: str) -> Callable[[Any], Any]:
            return lambda fleet: read(audit(fleet, text, threads))

        return [
            Style(f"crossgrade, {host}, dictionaries out", host, run("dictionary"), fleet, rows, answers),
            Style(f"crossgrade, {host}, strings out", host, run(text), fleet, rows, answers),
        ]

    return [
        *ours("pyarrow", pa.table, fleet, table, "utf8-view"),
        *ours("polars", pl.DataFrame, in_polars, of_polars, "utf8-view"),
        *ours("pandas", pd.DataFrame.from_arrow, in_pandas, of_pandas, "large-utf8"),
        Style("polars, distinct + join", "polars", lambda frame: polars_distinct(frame, known), in_polars, rows, of_polars),
        Style("polars, expressions", "polars", lambda frame: polars_expressions(frame, known), in_polars, rows, of_polars),
        Style("pandas, distinct + merge", "pandas", lambda frame: pandas_distinct(frame, known), in_pandas, rows, of_pandas),
        Style("pandas, vectorised", "pandas", lambda frame: pandas_vectorised(frame, known), in_pandas, rows, of_pandas),
        Style("pandas, apply", "pandas", lambda frame: pandas_apply(frame, known), in_pandas.head(few), few, of_pandas),
        Style("pure Python, lru_cache", "pyarrow", lambda rows: pure_python(rows, known), tuples[:some], some, of_tuples),
        Style("floor: copy the bytes of the input", "pyarrow", copy_bytes, fleet, rows, None),
    ]


def compare(all_styles: list[Style]) -> None:
    """Ends the program if a style has another answer than crossgrade."""
    first = all_styles[0]
    expected = first.answers(first.run(first.fleet)).combine_chunks()
    for style in all_styles[1:]:
        if style.answers is None:
            continue
        found = style.answers(style.run(style.fleet)).combine_chunks()
        if found == expected.slice(0, style.rows):
            continue
        for row, (left, right) in enumerate(zip(expected.to_pylist(), found.to_pylist())):
            if left != right:
                asked = first.fleet.slice(row, 1).to_pylist()[0]
                sys.exit(f"{style.name}: row {row}, {asked}\n  crossgrade: {left}\n  found:      {right}")
        sys.exit(f"{style.name}: {found.num_rows} rows instead of {style.rows}")


# --------------------------------------------------------------------------------------------------------------------
# What is not a table.


def one_phone(repeats: int, rounds: int) -> float:
    """Nanoseconds for `assess` of one phone, in a loop over 4096 different ones."""
    phones = list(zip(*(column.to_pylist() for column in make_fleet(4096).columns)))
    times = []
    for _ in range(repeats):
        start = time.perf_counter_ns()
        for _ in range(rounds):
            for pid, vid, load, mac, serial in phones:
                cg.assess(pid, vid=vid, mac=mac, serial=serial, load=load, destination=DESTINATION)
        times.append((time.perf_counter_ns() - start) / (rounds * len(phones)))
    return statistics.median(times)


def from_csv(fleet: Any, repeats: int, threads: int) -> tuple[float, float]:
    """Nanoseconds a row and bytes a row for the answers to a CSV file."""
    import pyarrow.csv

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fleet.csv")
        pyarrow.csv.write_csv(fleet, path, pyarrow.csv.WriteOptions(quoting_style="none"))
        times = []
        for _ in range(repeats):
            start = time.perf_counter_ns()
            audit(path, "dictionary", threads)
            times.append(time.perf_counter_ns() - start)
        return statistics.median(times) / fleet.num_rows, path.stat().st_size / fleet.num_rows


def in_spark(fleet: Any, repeats: int) -> dict[str, float]:
    """Nanoseconds a row in Spark, two worker processes of one core each: everything read, nothing written."""
    import pyarrow as pa
    import pyarrow.parquet
    from pyspark.sql import SparkSession

    import crossgrade.spark

    def pass_through(batches: Any) -> Any:
        yield from batches

    def add_constants(batches: Any) -> Any:
        """As many columns as the audit adds, of usual length, but no thought."""
        for batch in batches:
            for name, text in constants.items():
                batch = batch.append_column(name, pa.repeat(text, batch.num_rows))
            yield batch

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    spark = (
        SparkSession.builder.master("local-cluster[2,1,1024]")
        .config("spark.ui.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", "65536")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "fleet.parquet")
        pyarrow.parquet.write_table(fleet, path, row_group_size=max(1, fleet.num_rows // 4))
        frame = spark.read.parquet(str(path)).repartition(2).cache()
        frame.count()
        audited = crossgrade.spark.audit(frame, destination=DESTINATION, select=ANSWERS)
        constants = dict(zip(ANSWERS, ("eligible", "CG305 CG404 CG501 CG601", "sip88xx.12-0-3MPP0001-87", "L-CP-E2M-88XX-CNV=")))
        jobs = {
            "mapInArrow that does nothing": frame.mapInArrow(pass_through, frame.schema),
            "mapInArrow that adds four constant columns": frame.mapInArrow(add_constants, audited.schema),
            "crossgrade.spark.audit": audited,
        }
        times: dict[str, list[float]] = {name: [] for name in jobs}
        for repeat in range(repeats + 1):
            for name, job in jobs.items():
                start = time.perf_counter_ns()
                job.write.format("noop").mode("overwrite").save()
                if repeat:  # the first one starts the workers
                    times[name].append((time.perf_counter_ns() - start) / fleet.num_rows)
    spark.stop()
    return {name: statistics.median(each) for name, each in times.items()}


# --------------------------------------------------------------------------------------------------------------------
# What is printed.


def machine(threads: int) -> str:
    cpu = platform.processor() or platform.machine()
    about = Path("/proc/cpuinfo")
    if about.is_file():
        cpu = next((line.split(":")[1].strip() for line in about.open() if line.startswith("model name")), cpu)
    libraries = " ".join(f"{name} {version(name)}" for name in ("pyarrow", "polars", "pandas", "numpy"))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = f", load {os.getloadavg()[0]:.1f}" if hasattr(os, "getloadavg") else ""
    return (
        f"{datetime.date.today()}, {cpu}, {cores} cores, {threads} used{load}; {platform.system()}, "
        f"Python {platform.python_version()}, crossgrade {cg.__version__}, {libraries}"
    )


def ratio(value: float) -> str:
    return f"{value:.0f}x" if value >= 20 else f"{value:.1f}x"


def report(all_styles: list[Style]) -> None:
    ours = {style.name: style.ns_per_row for style in all_styles if style.name.startswith("crossgrade")}
    print("| style | rows | ns a row (best to worst) | M rows/s | crossgrade is faster: dictionaries out | strings out |")
    print("|---|---|---|---|---|---|")
    for style in all_styles:
        ns = style.ns_per_row
        best, worst = min(style.times) / style.rows, max(style.times) / style.rows
        ratios = "| |"
        if style.name not in ours and style.answers:
            against = (ours[f"crossgrade, {style.group}, {kind} out"] for kind in ("dictionaries", "strings"))
            ratios = "".join(f"| {ratio(ns / other)} " for other in against) + "|"
        print(f"| {style.name} | {style.rows:,} | {ns:,.1f} ({best:,.1f} to {worst:,.1f}) | {1000 / ns:.2f} {ratios}")


def plot(all_styles: list[Style], path: str, caption: str) -> None:
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams |= {"svg.fonttype": "none", "svg.hashsalt": "crossgrade", "font.size": 10}
    from matplotlib import pyplot

    shown = sorted(all_styles, key=lambda style: style.ns_per_row, reverse=True)
    figure, axes = pyplot.subplots(figsize=(9, 0.36 * len(shown) + 1.6), layout="constrained")
    for place, style in enumerate(shown):
        ours, floor = style.name.startswith("crossgrade"), style.answers is None
        color = "#0b6e99" if ours else "#8a8a8a" if floor else "#b4530a"
        low, high = min(style.times) / style.rows, max(style.times) / style.rows
        axes.plot([low, high], [place, place], color=color, linewidth=2, alpha=0.4)
        axes.plot(style.ns_per_row, place, "o", color=color, markersize=6)
        label = f"{style.ns_per_row:,.0f} ns"
        axes.annotate(label, (high, place), xytext=(7, 0), textcoords="offset points", va="center", color=color)
    axes.set_xscale("log")
    axes.set_xlim(right=axes.get_xlim()[1] * 4)
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.set_yticks(range(len(shown)), [style.name for style in shown])
    axes.grid(axis="x", which="major", color="#dddddd", linewidth=0.8)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(axis="y", length=0)
    axes.set_xlabel("nanoseconds a row, logarithmic: each grid line is ten times the one before; less is faster")
    axes.set_title("Four answers for each phone: median, best to worst of the run", loc="left", fontsize=11)
    figure.supxlabel(textwrap.fill(caption, 130), fontsize=7, color="#555555")
    figure.savefig(path, format="svg", metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--few", type=int, default=20_000, help="rows for pandas apply; pure Python gets five times as many")
    parser.add_argument("--repeats", type=int, default=7)
    parser.add_argument("--threads", type=int, default=1, help="for crossgrade, polars and pyarrow")
    parser.add_argument("--quick", action="store_true", help="5,000 rows; only whether all styles agree")
    parser.add_argument("--spark", action="store_true", help="also in Spark, against a job that does nothing")
    parser.add_argument("--plot", metavar="PATH", help="draw the medians, as SVG")
    options = parser.parse_args()
    if options.quick:
        options.rows, options.few = 5000, 1000
    if options.rows > 1 << 24:
        parser.error("there are no more than 16,777,216 MAC addresses to give away")

    # Read when polars is imported, which is why everything but crossgrade is imported below.
    os.environ["POLARS_MAX_THREADS"] = str(options.threads)
    import pyarrow as pa

    pa.set_cpu_count(options.threads)
    about = machine(options.threads)
    print(about)
    read, all_kinds = kinds()
    fleet = make_fleet(options.rows)
    print(
        f"{options.rows:,} phones, {len(read)} combinations of product, version and load "
        f"(of the {all_kinds} in the example fleet; the others are spelled or contradicted too oddly for the other styles)"
    )
    all_styles = styles(fleet, options.few, options.threads)
    compare(all_styles)
    verdicts = pa.table(audit(fleet, "utf8-view", options.threads))["verdict"].value_counts().to_pylist()
    counts = ", ".join(f"{row['values']} {row['counts']:,}" for row in sorted(verdicts, key=lambda row: -row["counts"]))
    print(f"All styles agree on every row that they get: {counts}.\n")
    if options.quick:
        return

    for _ in range(options.repeats):
        for style in all_styles:
            style.measure()
    report(all_styles)
    print(f"\nMedians of {options.repeats} interleaved repetitions.")
    print(f"crossgrade.assess, one phone in a loop: {one_phone(options.repeats, 10):,.0f} ns a call")
    ns, size = from_csv(fleet, options.repeats, options.threads)
    print(f"crossgrade.audit of a CSV file ({size:.0f} bytes a row), dictionaries out: {ns:,.0f} ns a row")
    if options.spark:
        print("\nSpark, two worker processes with one core each, table cached, nothing written:")
        spark = in_spark(fleet, options.repeats)
        for name, ns in spark.items():
            print(f"- {name}: {ns:,.0f} ns a row, {1000 / ns:.2f} M rows/s")
        idle, constant, busy = spark.values()
        print(f"- the audit costs {busy / idle:.2f} times what doing nothing costs, {busy / constant:.2f} times the constants")
    if options.plot:
        plot(all_styles, options.plot, f"{options.rows:,} rows (fewer for the slow styles). {about}")


if __name__ == "__main__":
    main()
