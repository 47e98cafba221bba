"""Several inventories become one fleet: sums agree, and where sources disagree it is told."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg
from inventories import DEVICES, PAGES, page, risport

if TYPE_CHECKING:
    from collections.abc import Iterator

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")

EXPORT = pd.DataFrame({"Device Name": ["SEP00CCFC123456", "SEP00CCFC123457"], "Model": ["Cisco 7821", "Cisco 8841"]})
CLUSTER = cg.read_risport(risport(DEVICES), name="cluster")
PHONES = cg.read_device_pages(PAGES)


def by_mac(fleet: cg.Fleet) -> dict[str | None, dict[str, Any]]:
    return {row["mac"]: row for row in pa.table(fleet).to_pylist()}


def test_a_frame_a_cluster_and_pages_are_one_fleet() -> None:
    fleet = cg.merge(EXPORT, CLUSTER, PHONES)
    report = fleet.merge_report
    assert report is not None
    assert report.rows_read == fleet.rows_read == 8
    assert report.phones == len(fleet) == report.rows_read - report.matched
    phone = by_mac(fleet)["00CCFC123456"]
    # The page knows the VID, the cluster what runs.
    assert (phone["vid"], phone["firmware_type"], phone["description"]) == ("V03", "enterprise", "Reception")
    answer = cg.assess(
        "CP-7821-K9",
        vid="V03",
        mac="00CCFC123456",
        load=phone["load"],
        firmware_type="enterprise",
        destination="third-party",
    )
    audit = pa.table(cg.audit(fleet, destination="third-party")).to_pylist()
    assert [row["verdict"] for row in audit if row["mac"] == "00CCFC123456"] == [answer.verdict] == ["eligible"]
    assert [source.name for source in fleet.sources] == ["table 1", "cluster", "pages"]


def test_sources_may_be_given_in_every_way() -> None:
    expected = cg.merge(EXPORT, CLUSTER, PHONES)

    def one_by_one() -> Iterator[Any]:
        yield EXPORT
        yield CLUSTER
        yield PHONES

    for same in [cg.merge([EXPORT, CLUSTER, PHONES]), cg.merge((EXPORT, CLUSTER, PHONES)), cg.merge(one_by_one())]:
        assert same.to_csv() == expected.to_csv()
        assert same.merge_report == expected.merge_report
    for same in [pl.from_pandas(EXPORT), pa.Table.from_pandas(EXPORT), pa.RecordBatch.from_pandas(EXPORT)]:
        assert cg.merge(same, CLUSTER, PHONES).to_csv() == expected.to_csv()
    named = cg.merge(("assets", EXPORT), CLUSTER, ("labels", pl.DataFrame({"MAC": [], "VID": []})))
    assert [source.name for source in named.sources] == ["assets", "cluster", "labels"]
    assert [source.name for source in cg.merge(CLUSTER, EXPORT).sources] == ["cluster", "table 2"]


@pytest.mark.parametrize(
    "alone", [EXPORT, CLUSTER, ("assets", EXPORT), [CLUSTER]], ids=["frame", "fleet", "pair", "list"]
)
def test_one_source_is_a_merge_too(alone: Any) -> None:  # noqa: ANN401
    fleet = cg.merge(alone)
    assert len(fleet) == 2
    assert fleet.merge_report is not None
    assert fleet.merge_report.matched == 0
    assert len(fleet.sources) == 1


def test_a_merged_fleet_is_merged_again() -> None:
    at_once = cg.merge(EXPORT, CLUSTER, PHONES)
    step_by_step = cg.merge(cg.merge(EXPORT, CLUSTER), PHONES)
    assert by_mac(step_by_step).keys() == by_mac(at_once).keys()
    assert step_by_step.rows_read == at_once.rows_read
    assert len(CLUSTER) == 2


def test_a_difference_that_matters_is_told_and_settled_by_nobody() -> None:
    labels = cg.read_csv(b"PID,VID,MAC\nCP-7821-K9=,V01,00CCFC123456\n", name="labels.csv")
    fleet = cg.merge(labels, PHONES)
    (conflict,) = fleet.conflicts
    assert conflict == cg.Conflict(
        row=0,
        field=cg.Field.VID,
        values=(
            cg.ConflictValue("V03", "pages", 1, "page 10.0.1.101"),
            cg.ConflictValue("V01", "labels.csv", 2, "labels.csv line 2"),
        ),
        is_open=True,
    )
    report = fleet.merge_report
    assert report is not None
    assert (report.conflicts, report.open_conflicts) == (1, 1)
    assert pa.table(cg.audit(fleet, destination="third-party"))["verdict"][conflict.row].as_py() == "unknown"
    assert "vid" in pa.table(fleet)["problem"][conflict.row].as_py()


def test_a_difference_that_changes_no_answer_is_told_and_the_page_counts() -> None:
    labels = cg.read_csv(b"PID,VID,MAC\nCP-8841-K9=,V05,00CCFC123456\n", name="labels.csv")
    fleet = cg.merge(
        labels, cg.read_device_pages({"p": page("00CCFC123456", "CP-8841-K9", "V06", "sip88xx.14-2-1-0101-26")})
    )
    (conflict,) = fleet.conflicts
    assert not conflict.is_open
    assert pa.table(fleet)["vid"].to_pylist() == ["V06"] == [conflict.values[0].value]


def test_what_is_no_source_is_named() -> None:
    expected = (
        "argument 'sources': expected a table (of pandas, polars, pyarrow, DuckDB), a path, a folder of pages, bytes,"
        " an open file, a parsed answer, or a list of those, not {}"
    )
    pair = (
        "argument 'sources': expected a Fleet, a table, a path, bytes, an open file, a parsed answer, or a pair of a name"
        " and one of these, not tuple"
    )
    for wrong, found in [
        (5, "int"),
        ({"export": EXPORT}, "dict"),
        (("assets", 5), "int"),
    ]:
        with pytest.raises(TypeError) as caught:
            cg.merge(wrong)  # type: ignore[arg-type]
        assert str(caught.value) == expected.format(found)
        with pytest.raises(TypeError) as caught:
            cg.merge(CLUSTER, wrong)  # type: ignore[arg-type]
        assert str(caught.value) == expected.format(found)
    for wrong in [("assets", CLUSTER), ("one.csv", "two.csv"), ("assets", EXPORT, "third")]:
        with pytest.raises(TypeError) as caught:
            cg.merge(CLUSTER, wrong)  # type: ignore[arg-type]
        assert str(caught.value) == pair
    with pytest.raises(cg.InventoryError, match=r"^table 2: inventory: no column"):
        cg.merge(CLUSTER, pd.DataFrame({"x": [1]}))


# Merged to its end, this needs more memory than the process may have, and so it would end without a word.
LARGE = """
import resource
import crossgrade as cg

resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))
fleet = cg.read_csv(b"PID,MAC\\n" + b"".join(b"CP-7821-K9=,00CCFC%06X\\n" % mac for mac in range(20_000)))
fleets = [fleet] * 100_000
print("begun", flush=True)
cg.merge(fleets)
print("merged", flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is no signal there")
def test_ctrl_c_ends_a_merge() -> None:
    program = [sys.executable, "-c", LARGE]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "begun\n"
        # One may come before the merge began, and where Python swallows it.
        for _ in range(600):
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.1)
                break
        # Python ends so where nobody catches KeyboardInterrupt, also if a second one comes while it ends.
        out, err = process.communicate()
        assert (process.returncode, out) == (-signal.SIGINT, "")
        assert "KeyboardInterrupt" in err


NAMES = b"Device Name,Model\nCSFANNA,Cisco 8841\nBOTANNA,Cisco 8841\n"


@pytest.mark.parametrize(
    ("clusters", "phones"), [((None, None), 2), (("Oslo", None), 2), (("Oslo", "Oslo"), 2), (("Oslo", "Bergen"), 4)]
)
def test_devices_without_mac_join_by_name_within_a_cluster(
    clusters: tuple[str | None, str | None], phones: int
) -> None:
    one, other = (cg.read_csv(NAMES, name=f"{place}.csv", cluster=cluster) for place, cluster in enumerate(clusters))
    fleet = cg.merge(one, other)
    assert (len(fleet), [source.cluster for source in fleet.sources]) == (phones, list(clusters))
    report = fleet.merge_report
    assert report is not None
    assert (report.matched_by_name, report.without_mac) == (4 - phones, phones)


def test_every_reader_of_devices_with_names_takes_the_cluster() -> None:
    frame = pa.table({"Device Name": ["CSFANNA"], "Model": ["Cisco 8841"]})
    fleets = [
        cg.read_table(frame, cluster="Oslo"),
        cg.read_inventory(NAMES, cluster="Oslo"),
        cg.read_risport(risport(DEVICES), cluster="Oslo"),
        cg.read_csv(NAMES, cluster="Oslo"),
    ]
    assert {source.cluster for fleet in fleets for source in fleet.sources} == {"Oslo"}
    assert cg.read_csv(NAMES).sources[0].cluster is None
    with pytest.raises(TypeError, match="^argument 'cluster': expected str or None, not int"):
        cg.read_csv(NAMES, cluster=3)  # type: ignore[arg-type]
