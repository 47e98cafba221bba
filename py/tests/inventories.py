"""Inventories as they come, small: what a cluster, phones, Webex and a spreadsheet say of the same few phones."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any
from xml.sax.saxutils import escape

CSV = b"Device Name,Model,VID\nSEP00CCFC123456,Cisco 7821,\nSEP00CCFC123457,Cisco 8841,V05\n"

DEVICES: list[dict[str, Any]] = [
    {
        "Name": "SEP00CCFC123456",
        "IPAddress": {"item": [{"IP": "10.0.1.101", "IPAddrType": "ipv4"}]},
        "Model": 621,
        "Status": "Registered",
        "ActiveLoadID": "sip78xx.14-2-1-0101-26",
        "Description": "Reception",
    },
    {
        "Name": "SEP00CCFC123458",
        "IPAddress": {"item": [{"IP": "10.0.1.103", "IPAddrType": "ipv4"}]},
        "Model": 683,
        "Status": "UnRegistered",
        "ActiveLoadID": None,
        "Description": None,
    },
]
"""Devices of a RisPort answer, as zeep names what is in them."""


def risport(devices: list[dict[str, Any]], node: str = "cucm-pub") -> dict[str, Any]:
    """Put devices into the tree of an answer."""
    nodes = [{"ReturnCode": "Ok", "Name": node, "CmDevices": {"item": devices}}]
    return {"SelectCmDeviceResult": {"TotalDevicesFound": len(devices), "CmNodes": {"item": nodes}}, "StateInfo": None}


def risport_xml(devices: list[dict[str, Any]], node: str = "cucm-pub") -> bytes:
    """Write the same as the service sends it."""

    def element(name: str, value: object) -> str:
        if isinstance(value, list):
            return "".join(element(name, item) for item in value)
        if isinstance(value, dict):
            return f"<{name}>{''.join(element(*item) for item in value.items())}</{name}>"
        return f"<{name}>{'' if value is None else escape(str(value))}</{name}>"

    body = element("selectCmDeviceReturn", risport(devices, node))
    response = f'<ns:selectCmDeviceResponse xmlns:ns="x">{body}</ns:selectCmDeviceResponse>'
    return f"<Envelope><Body>{response}</Body></Envelope>".encode()


WEBEX: dict[str, Any] = {
    "items": [
        {
            "id": "Y2lzY29zcGFyazov1",
            "displayName": "Reception",
            "product": "Cisco 8845",
            "mac": "00CCFC123459",
            "serial": "FCH20100312",
            "software": "sip8845_65.12-0-3MPP0001-87",
        },
        {"id": "Y2lzY29zcGFyazov2", "displayName": "Board", "product": "Cisco Room Kit", "software": "RoomOS 11.19"},
    ]
}


def page(mac: str, pid: str, vid: str, load: str = "sip78xx.14-2-1-0101-26") -> bytes:
    """Write what a phone tells of itself."""
    return (
        f"<DeviceInformation><MACAddress>{mac}</MACAddress><HostName>SEP{mac}</HostName><versionID>{load}</versionID>"
        f"<udi>phone\nCisco IP Phone\n{pid}\n{vid}\nFCH20100312</udi></DeviceInformation>"
    ).encode()


PAGES: dict[str, bytes | str | None] = {
    "10.0.1.101": page("00CCFC123456", "CP-7821-K9", "V03"),
    "10.0.1.103": "<html><form><input type='password'></form></html>",
    "10.0.1.104": None,
    "10.0.1.105": b"\xff\x00\xfe",
}


def xlsx(sheets: dict[str, list[list[str]]]) -> bytes:
    """Write a workbook with these texts, and nothing else that a workbook can have."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    numbered = list(enumerate(sheets, 1))
    listed = "".join(f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>' for number, name in numbered)
    related = "".join(
        f'<Relationship Id="r{number}" Type="{office}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    kinds = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{kind}.worksheet+xml"/>'
        for number, _ in numbered
    )
    parts = {
        "[Content_Types].xml": (
            f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>{kinds}</Types>'
        ),
        "_rels/.rels": (
            f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="r1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ),
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">{related}</Relationships>',
    }
    for number, name in numbered:
        rows = "".join(
            f'<row r="{row}">'
            + "".join(
                f'<c r="{chr(65 + column)}{row}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>'
                for column, cell in enumerate(cells)
            )
            + "</row>"
            for row, cells in enumerate(sheets[name], 1)
        )
        parts[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'
        )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in parts.items():
            file.writestr(part, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{text}')
    return out.getvalue()


SHEETS = {
    "Phones": [line.split(",") for line in CSV.decode().splitlines()],
    "More": [["PID", "VID", "MAC"], ["CP-8851-K9=", "V15", "00CCFC12345A"]],
}
WORKBOOK = xlsx({"Phones": SHEETS["Phones"]})
WEBEX_JSON = json.dumps(WEBEX).encode()


class Zeep:
    """An object as zeep makes it of a complex type: the values, and access by attribute."""

    def __init__(self, values: dict[str, Any]) -> None:
        self.__values__ = values

    def __getattr__(self, name: str) -> object:
        try:
            return self.__values__[name]
        except KeyError:
            raise AttributeError(name) from None


def zeep(value: Any) -> Any:  # noqa: ANN401
    """Make of a tree what zeep would."""
    if isinstance(value, dict):
        return Zeep({key: zeep(inner) for key, inner in value.items()})
    return [zeep(inner) for inner in value] if isinstance(value, list) else value
