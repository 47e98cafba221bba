"""Columns of the caller: from every source, through merges, into every table."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import crossgrade as cg
from crossgrade.exceptions import InventoryError

if TYPE_CHECKING:
    from pathlib import Path

ROOMS = b"MAC,Model,Room,Location\n00CCFC000001,Cisco 7821,1.23,Oslo\n00CCFC000002,Cisco 8841,=1+1,\n"
WEBEX = b"Product,MAC Address,Room,Location\nCisco 7821,00CCFC000001,1.23,Oslo\nCisco 8841,00CCFC000002,=1+1,\n"
LABELS = b"PID,MAC,VID,Room\nCP-7821-K9=,00CCFC000001,V03,9.9\n"
RISPORT = {
    "CmNodes": [{"Name": "pub", "CmDevices": [{"Name": "SEP00CCFC000001", "Model": 621, "LoginUserId": "kari"}]}]
}


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "crossgrade", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"))))


def test_every_reader_keeps_columns() -> None:
    kept = {"room": "Room", "site": "Location"}
    for fleet in (
        cg.read_csv(ROOMS, keep=kept),
        cg.read_inventory(ROOMS, keep=kept),
        cg.read_webex(WEBEX, keep=kept),
        cg.read_table(pa.table({"PID": ["x", None], "Room": ["1.23", "=1+1"], "Location": ["Oslo", None]}), keep=kept),
    ):
        assert fleet.kept_columns == ("room", "site")
        assert fleet.column_names[-2:] == ("room", "site")
        assert (fleet.to_dict()["room"], fleet.to_dict()["site"]) == (["1.23", "=1+1"], ["Oslo", None])
        assert pa.table(fleet)["room"].to_pylist() == ["1.23", "=1+1"]
        again = cg.read_csv(fleet.to_csv(), keep=["room", "site"])
        assert again.to_dict()["room"] == ["1.23", "=1+1"]
    assert cg.read_risport(RISPORT, keep=["LoginUserId"]).to_dict()["LoginUserId"] == ["kari"]
    webex = cg.read_webex({"items": [{"product": "Cisco 8841", "locationId": 7}]}, keep=["locationId"])
    assert webex.to_dict()["locationId"] == ["7"]
    numbers = cg.read_table(pa.table({"PID": ["x", "y"], "Floor": [3, None]}), keep=["Floor"])
    assert numbers.to_dict()["Floor"] == ["3", None]


def test_a_merge_keeps_what_the_best_source_says() -> None:
    fleet = cg.merge(
        cg.read_csv(LABELS, name="labels", keep=["Room"]), cg.read_csv(ROOMS, name="rooms", keep=["Room", "Location"])
    )
    assert fleet.kept_columns == ("Room", "Location")
    table = fleet.to_dict()
    assert (table["Room"], table["Location"]) == (["9.9", "=1+1"], ["Oslo", None])
    assert table["problem"] == ['Room: "9.9" (labels line 2) or "1.23" (rooms line 2): the first is kept', None]
    audit = cg.audit(fleet, destination="third-party")
    assert pa.table(audit)["Room"].to_pylist() == ["9.9", "=1+1"]
    assert "Room" not in audit.to_dict()


def test_one_source_of_a_call_has_to_have_a_column() -> None:
    fleet = cg.read_csv([ROOMS, LABELS], keep=["Location"])
    assert fleet.to_dict()["Location"] == ["Oslo", None, None]
    with pytest.raises(InventoryError, match=r'no column "Floor" to keep; expected one of \["MAC", "Model"') as error:
        cg.read_csv([ROOMS, LABELS], keep=["Floor"])
    assert (error.value.column, error.value.source) == ("Floor", None)
    with pytest.raises(InventoryError, match="rooms: inventory: there is no column"):
        cg.read_csv(ROOMS, name="rooms", keep=["Floor"])


def test_a_name_that_is_taken_is_refused_with_the_way_out() -> None:
    for keep in (["Description"], {"Verdict": "Room"}, {"room": "Room", "ROOM": "Location"}):
        with pytest.raises(
            InventoryError, match=r"expected another name, such as --keep my_.*, or keep=\{\"my_"
        ) as error:
            cg.read_csv(ROOMS, keep=keep)
        assert error.value.column is not None
    for wrong in ("Room", 7, [7], {"room": None}):
        with pytest.raises(
            TypeError, match="argument 'keep': expected a list of str, a mapping of names to headers, or None"
        ):
            cg.read_csv(ROOMS, keep=wrong)  # type: ignore[arg-type]


def test_a_table_keeps_its_columns_and_has_one_once_more_under_another_name() -> None:
    audit = cg.audit(ROOMS, destination="third-party", keep={"Room": "Room", "site": "Location"}, select=["verdict"])
    assert audit.column_names == ("MAC", "Model", "Room", "Location", "site", "verdict")
    assert audit.columns.kept == {"Room": "Room", "site": "Location"}
    assert list(audit.to_dict()) == ["verdict"]
    table = pa.table(audit)
    assert table["site"].to_pylist() == ["Oslo", ""]
    numbers = pa.table({"PID": ["x"], "Floor": pa.array([3], pa.int8())})
    audit = cg.audit(numbers, destination="third-party", keep={"level": "Floor"}, text="utf8", select=["verdict"])
    assert pa.table(audit).schema.types == [pa.string(), pa.int8(), pa.int8(), pa.string()]
    with pytest.raises(InventoryError, match="the table has another column of this name"):
        cg.audit(ROOMS, destination="third-party", keep={"room": "Location"})


def test_an_impact_tells_what_is_kept() -> None:
    fleet = b"PID,VID,Room\nCP-8851NR-K9=,V15,1.23\n"
    before, after = cg.RuleBook.field("2024-08-25"), cg.RuleBook.field("2024-08-26")
    impact = cg.impact(fleet, before=before, after=after, destination="webex-calling", target="12.0(5)", keep=["Room"])
    assert [row.kept for row in impact.rows] == [{"Room": "1.23"}]
    assert json.loads(impact.to_json())["rows"][0]["kept"] == {"Room": "1.23"}
    without = cg.impact(fleet, before=before, after=after, destination="webex-calling", target="12.0(5)")
    assert [row.kept for row in without.rows] == [{}]


@pytest.mark.parametrize("out", ["results.csv", "results.parquet"])
def test_the_command_line_has_one_way_for_one_file_and_for_several(tmp_path: Path, out: str) -> None:
    rooms, labels, results = tmp_path / "rooms.csv", tmp_path / "labels.csv", tmp_path / out
    rooms.write_bytes(ROOMS)
    labels.write_bytes(LABELS.replace(b",Room", b"").replace(b",9.9", b""))
    for files in ([rooms], [rooms, labels]):
        done = run("audit", *files, "--to", "all", "--keep", "Room", "--keep", "site=Location", "--out", results)
        assert done.returncode == 0, done.stderr
        table = rows(results) if out.endswith("csv") else pq.read_table(results).to_pylist()
        assert [row["Room"] for row in table] == ["1.23", "'=1+1" if out.endswith("csv") else "=1+1"]
        assert [row["site"] or "" for row in table] == ["Oslo", ""]
        assert "Room, Location as site" in done.stdout


def test_the_command_line_tells_a_mistake(tmp_path: Path) -> None:
    rooms, pages = tmp_path / "rooms.csv", tmp_path / "pages"
    rooms.write_bytes(ROOMS)
    pages.mkdir()
    (pages / "10.0.0.1.xml").write_bytes(b"<DeviceInformation/>")
    for files in ([rooms], [rooms, rooms], [pages]):
        done = run("audit", *files, "--to", "third-party", "--keep", "Floor")
        assert done.returncode == 1
        assert 'there is no column "Floor" to keep' in done.stderr
    for wrong in ("Status", "a,a", ""):
        done = run("audit", rooms, "--to", "third-party", "--keep", wrong)
        assert done.returncode == 2
        assert "argument --keep: inventory: a column cannot be kept as " in done.stderr
    done = run(
        "rulebook", "impact", rooms, "guide", "field", "--to", "webex-calling", "--json", "--keep", "Room,site=Location"
    )
    assert done.returncode == 0
    assert json.loads(done.stdout)["schema"] == "crossgrade.impact/1"
    assert (
        run("rulebook", "impact", rooms, "guide", "field", "--to", "webex-calling", "--keep", "Floor").returncode == 1
    )
    assert run("rulebook", "impact", rooms, "guide", "field", "--to", "webex-calling", "--keep", "pid").returncode == 2
