"""Phones as rows, and what an audit of them has to say."""

from __future__ import annotations

from itertools import cycle, islice, product
from typing import Any

import crossgrade as cg

FIELDS = {
    "PID": "pid",
    "VID": "vid",
    "MAC": "mac",
    "Serial Number": "serial",
    "Active Load ID": "load",
    "Firmware Type": "firmware_type",
    "Transition Authorization Type": "authorization",
}
"""Headers, and the field that each is read as."""

Row = tuple["str | None", ...]


def rows(count: int = 400) -> list[Row]:
    """Make rows of every kind: known, missing, empty and unreadable cells."""
    pids = ["CP-7821-K9=", "Cisco 8851", "CP-8841-K9", "CP-8845-3PCC-K9=", "7911", "garbled \U0001f4de", "", None]
    vids = ["V01", "V03", "v15", "V?", None]
    loads = ["sip78xx.12-8-1-0001-455", "sip88xx.14-2-1-0101-26", "sip8845_65.12-0-3MPP0001-87", "nothing", "", None]
    types = [None, None, "enterprise", "mpp", "android"]
    authorizations = [None, "Classic", "WxC", "blank"]
    macs = cycle([None, "00CCFC%06X", "SEP00CCFC%06X", "00:00:00:00:00:00", "no address"])
    serials = cycle([None, "FCH2010%04d", "?", ""])
    combinations = product(pids, vids, loads, types, authorizations)
    made: list[Row] = []
    # A step that shares no factor with the number of combinations, so that every value comes early.
    for number, (pid, vid, load, firmware_type, authorization) in enumerate(islice(combinations, 0, None, 7)):
        mac, serial = next(macs), next(serials)
        mac = mac % number if mac and "%" in mac else mac
        serial = serial % number if serial and "%" in serial else serial
        made.append((pid, vid, mac, serial, load, firmware_type, authorization))
    return list(islice(cycle(made), count))


def columns(of: list[Row]) -> dict[str, list[str | None]]:
    return {header: list(cells) for header, cells in zip(FIELDS, zip(*of, strict=True), strict=True)}


def answers(of: list[Row], **request: Any) -> list[dict[str, str | None]]:  # noqa: ANN401
    """Assess each row by itself."""
    return [answer(cg.assess(**dict(zip(FIELDS.values(), row, strict=True)), **request)) for row in of]


def answer(of: cg.Assessment) -> dict[str, str | None]:
    """Put an answer into result columns."""
    firmware, need = of.firmware, of.license
    effect = {"not-needed": "settled", "ineligible": "blocks", "unknown": "unsettled"}.get(of.verdict)
    deciding = [finding for finding in of.findings if finding.effect == effect]
    evidence = {field for finding in deciding for field in finding.evidence if of.verdict == "unknown"}
    return {
        "read_model": of.phone.model,
        "read_vid": of.phone.vid,
        "read_mac": of.phone.mac,
        "read_firmware_type": _text(of.phone.firmware_type),
        "read_release": of.phone.release,
        "verdict": str(of.verdict),
        "findings": " ".join(dict.fromkeys(finding.code for finding in of.findings)),
        "decided_by": " ".join(dict.fromkeys(finding.code for finding in deciding)) or None,
        "evidence_needed": " ".join(field for field in cg.Field if field in evidence) or None,
        "start_gate": _worst(of, cg.Stage.START),
        "target_gate": _worst(of, cg.Stage.TARGET),
        "install_first": next((gate.install_first for gate in of.gates if gate.install_first), None),
        "target_load": firmware and firmware.load,
        "load_server": firmware and firmware.load_server,
        "license_need": _text(need and need.need),
        "license_sku": need and need.sku,
        "service_sku": need and need.service_sku,
        "license_file": need and need.file,
        "why": of.why,
    }


def _text(word: str | None) -> str | None:
    return None if word is None else str(word)


def _worst(of: cg.Assessment, stage: cg.Stage) -> str | None:
    order = [cg.GateStatus.MET, cg.GateStatus.UNKNOWN, cg.GateStatus.UNMET]
    found = [gate.status for gate in of.gates if gate.on == stage]
    return _text(max(found, key=order.index, default=None))
