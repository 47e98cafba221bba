"""Records of JSON and answers of AXL: each is what its keys say, from bytes, paths, parsed answers and objects of zeep."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

AXL = {
    "name": "SEP00CCFC000081",
    "model": "Cisco 8845",
    "product": "Cisco 8845",
    "class": "Phone",
    "devicePoolName": {"_value_1": "Oslo", "uuid": "{1}"},
    "loadInformation": {"_value_1": "sip8845_65.12-8-1-0001-455", "special": False},
}
RISPORT = {"name": "SEP00CCFC000082", "model": 683, "status": "Registered", "activeLoadId": "sip88xx.14-0-1-0101-29"}
WEBEX = {"product": "Cisco 8841", "mac": "00CCFC000083", "workspaceId": "x"}
FLAT = {"mac": "00CCFC000084", "product": "CP-8841", "hw_ver": "V05"}
EVERY = [
    (AXL, cg.SourceKind.AXL, cg.read_axl, None),
    (RISPORT, cg.SourceKind.RISPORT, cg.read_risport, "enterprise"),
    (WEBEX, cg.SourceKind.WEBEX, cg.read_webex, "mpp"),
    (FLAT, cg.SourceKind.JSON, cg.read_json, None),
]
LIST_PHONE = b"""<e:Envelope xmlns:e="x"><e:Body><n:listPhoneResponse xmlns:n="http://www.cisco.com/AXL/API/12.5"><return>
<phone><name>SEP001122334455</name><model>Cisco 8845</model></phone></return></n:listPhoneResponse></e:Body></e:Envelope>"""


class Zeep:
    """An object as zeep makes it."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__values__ = values


@pytest.mark.parametrize(("record", "kind", "read", "firmware_type"), EVERY)
def test_a_record_is_what_its_keys_say(
    record: dict[str, Any],
    kind: cg.SourceKind,
    read: Callable[..., cg.Fleet],
    firmware_type: str | None,
    tmp_path: Path,
) -> None:
    path = tmp_path / "records"
    path.write_text(json.dumps({"data": {"list": [record]}}))
    for source in [path, path.read_bytes(), [record], {"devices": [record]}, [Zeep(record)]]:
        for fleet in [read(source), cg.read_inventory(source)]:
            assert [source.kind for source in fleet.sources] == [kind]
            assert fleet.to_dict()["firmware_type"] == [firmware_type]
            assert fleet.rows_read == 1
    assert sum(cg.audit([record], destination="webex-calling").summary().verdicts.values()) == 1


def test_records_of_several_kinds_are_several_sources() -> None:
    fleet = cg.read_inventory([record for record, *_ in EVERY])
    assert [source.kind for source in fleet.sources] == [kind for _, kind, *_ in EVERY]
    assert fleet.to_dict()["mac"] == ["00CCFC000081", "00CCFC000082", "00CCFC000083", "00CCFC000084"]


def test_answers_of_axl_are_read_and_prove_nothing_of_what_runs() -> None:
    fleet = cg.read_inventory(LIST_PHONE)
    assert fleet.sources[0].kind is cg.SourceKind.AXL
    assert fleet.to_dict()["pid"] == ["Cisco 8845"]
    fleet = cg.read_axl({"return": {"phone": [AXL]}}, keep=["devicePoolName"])
    (status,) = fleet.to_dict()["status"]
    assert status == "configured in device pool Oslo with load sip8845_65.12-8-1-0001-455"
    assert (fleet.to_dict()["load"], fleet.to_dict()["devicePoolName"]) == ([None], ["Oslo"])
    assert len(cg.read_axl({"return": None})) == 0


def test_another_kind_is_refused_by_what_it_is_and_damage_names_the_cure() -> None:
    for read, record, found in [
        (cg.read_webex, AXL, "an answer of AXL"),
        (cg.read_risport, AXL, "an answer of AXL"),
        (cg.read_axl, RISPORT, "an answer of RisPort"),
        (cg.read_json, WEBEX, "a device list of Webex"),
    ]:
        with pytest.raises(cg.InventoryError, match=found):
            read([record])
    with pytest.raises(cg.InventoryError, match="json.dumps"):
        cg.read_inventory(repr(AXL | {"x": None}).encode())
    with pytest.raises(cg.InventoryError, match='"total": 3 and has no device'):
        cg.read_inventory({"total": 3, "items": []})


def test_columns_of_records_are_keys() -> None:
    fleet = cg.read_json([{"mac": "00CCFC000001", "asset": "CP-8841-K9="}], columns={"pid": "asset"})
    assert fleet.to_dict()["pid"] == ["CP-8841-K9="]
