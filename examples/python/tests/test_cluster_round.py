"""The real round loses nothing, whatever the phones do."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

import crossgrade as cg

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import cluster_round
import made_up_cluster


@pytest.fixture(scope="module")
def fleet() -> cg.Fleet:
    export = cg.read_csv(made_up_cluster.CLUSTER / "export.csv")
    with made_up_cluster.running() as cluster:
        return cluster_round.round_of(cluster, cluster + "/{address}/DeviceInformationX", export)


def test_every_row_of_every_source_is_counted(fleet: cg.Fleet) -> None:
    report = fleet.merge_report
    assert report is not None
    # Seven of the export, seven of RisPort, and a page, or nothing, of each of the five phones with an address.
    assert report.rows_read == 7 + 7 + 5
    assert report.rows_read == report.phones + report.matched
    assert len(fleet) == 7


def test_a_phone_that_told_nothing_is_a_phone_with_the_evidence_of_the_others(fleet: cg.Fleet) -> None:
    table = fleet.to_dict()
    problems = dict(zip(table["device"], table["problem"], strict=True))
    assert problems["SEP00CCFC000001"] is None
    assert "nothing" in problems["SEP00CCFC000002"], "it is slower than anybody waits"
    assert "nothing" in problems["SEP00CCFC000003"], "it hangs up"
    assert "login page" in problems["SEP00CCFC000004"], "401"
    assert "HTML" in problems["SEP00CCFC000005"]
    answers = dict(zip(table["device"], cg.audit(fleet, destination="third-party").to_dict()["verdict"], strict=True))
    assert answers["SEP00CCFC000001"] == "eligible", "its page says V03"
    assert answers["SEP00CCFC000002"] == "unknown", "nobody knows its hardware version"
    assert answers["SEP00CCFC000007"] == "ineligible", "a 7965 of the export, which no other source knows"


def test_the_cells_of_the_notebook_run() -> None:
    notebook = json.loads(Path(cluster_round.__file__).with_suffix(".ipynb").read_text(encoding="utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102 (our own cells)
    assert len(names["phones"]) == len(names["fleet"]) == 7  # type: ignore[arg-type]
