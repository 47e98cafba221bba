"""The closed sets of words.

Each member is its word: a `str` that equals, prints and serializes as the word of the JSON. The words are those of the
library, in its order; `tests/test_sync.py` compares them.
"""

from __future__ import annotations

import enum

from crossgrade import _native

__all__ = [
    "Authorization",
    "CallControl",
    "Destination",
    "DeviceClass",
    "Direction",
    "Effect",
    "Field",
    "FirmwareType",
    "GateStatus",
    "InventoryField",
    "LicenseNeed",
    "ResultColumn",
    "SourceKind",
    "Stage",
    "TextLayout",
    "Verdict",
]


class _Word(str, enum.Enum):
    """A word, which prints as itself (as `enum.StrEnum` does from Python 3.11 on)."""

    def __str__(self) -> str:
        return str.__str__(self)

    def __format__(self, format_spec: str) -> str:
        return str.__format__(self, format_spec)


class Verdict(_Word):
    """The answer in one word."""

    UNKNOWN = "unknown"
    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    NOT_NEEDED = "not-needed"


class Effect(_Word):
    """What a finding does to the verdict."""

    SETTLED = "settled"
    BLOCKS = "blocks"
    UNSETTLED = "unsettled"
    REQUIRES = "requires"
    ADVISES = "advises"
    NOTES = "notes"


class Field(_Word):
    """A field of the question, as evidence that would settle a finding."""

    PID = "pid"
    VID = "vid"
    MAC = "mac"
    SERIAL = "serial"
    LOAD = "load"
    RELEASE = "release"
    FIRMWARE_TYPE = "firmware_type"
    AUTHORIZATION = "authorization"
    TARGET = "target"


class GateStatus(_Word):
    """Whether a gate, a minimum release, is passed."""

    UNKNOWN = "unknown"
    MET = "met"
    UNMET = "unmet"


class Stage(_Word):
    """When a gate must be passed: before the conversion, or by what is installed."""

    START = "start"
    TARGET = "target"


class LicenseNeed(_Word):
    """Whether a license has to be had."""

    UNKNOWN = "unknown"
    PURCHASE = "purchase"
    ISSUED_BY_CONTROL_HUB = "issued-by-control-hub"
    NOT_REQUIRED = "not-required"


class FirmwareType(_Word):
    """What kind of firmware a phone runs."""

    ENTERPRISE = "enterprise"
    MPP = "mpp"
    TLEXE2M = "tlexe2m"
    PHONEOS = "phoneos"


class Authorization(_Word):
    """The "Transition authorization type" that a licensed conversion leaves on a phone."""

    CLASSIC = "Classic"
    WXC = "WxC"
    BLANK = "blank"


class DeviceClass(_Word):
    """What kind of device something is that is no desk phone."""

    SOFT_CLIENT = "soft-client"
    CTI = "cti"
    ATA = "ata"
    GATEWAY = "gateway"
    ROOM_SYSTEM = "room-system"
    EXPANSION_MODULE = "expansion-module"
    CONFERENCE_BRIDGE = "conference-bridge"
    MEDIA_RESOURCE = "media-resource"
    LOGICAL_DEVICE = "logical-device"
    OTHER_ENDPOINT = "other-endpoint"
    SUM_ROW = "sum-row"


class Direction(_Word):
    """The direction of a conversion."""

    ENTERPRISE_TO_MPP = "enterprise-to-mpp"
    MPP_TO_ENTERPRISE = "mpp-to-enterprise"


class Destination(_Word):
    """The call control that a phone shall register with."""

    WEBEX_CALLING = "webex-calling"
    THIRD_PARTY = "third-party"
    UNIFIED_CM = "unified-cm"


class InventoryField(_Word):
    """A field that inventories have columns for."""

    PID = "pid"
    VID = "vid"
    MAC = "mac"
    SERIAL = "serial"
    LOAD = "load"
    FIRMWARE = "firmware"
    FIRMWARE_TYPE = "firmware_type"
    AUTHORIZATION = "authorization"
    CONTRADICTIONS = "contradictions"


class ResultColumn(_Word):
    """A column that an audit adds to the columns of an inventory."""

    READ_MODEL = "read_model"
    READ_VID = "read_vid"
    READ_MAC = "read_mac"
    READ_FIRMWARE_TYPE = "read_firmware_type"
    READ_RELEASE = "read_release"
    VERDICT = "verdict"
    FINDINGS = "findings"
    DECIDED_BY = "decided_by"
    EVIDENCE_NEEDED = "evidence_needed"
    START_GATE = "start_gate"
    TARGET_GATE = "target_gate"
    INSTALL_FIRST = "install_first"
    TARGET_LOAD = "target_load"
    LOAD_SERVER = "load_server"
    LICENSE_NEED = "license_need"
    LICENSE_SKU = "license_sku"
    SERVICE_SKU = "service_sku"
    LICENSE_FILE = "license_file"
    WHY = "why"


class SourceKind(_Word):
    """What kind of thing phones were read from."""

    DEVICE_PAGE = "device-page"
    RISPORT = "risport"
    WEBEX = "webex"
    AXL = "axl"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    TABLE = "table"
    SETTLEMENT = "settlement"


class TextLayout(_Word):
    """How an audit lays out the texts of its result columns.

    Dictionaries are the fastest and smallest; the others are for readers that take no dictionaries, such as Spark.
    """

    DICTIONARY = "dictionary"
    UTF8 = "utf8"
    LARGE_UTF8 = "large-utf8"
    UTF8_VIEW = "utf8-view"


class CallControl(_Word):
    """A call control by its product name, in any of the spellings that are read; `third-party` is any other.

    >>> cg.CallControl.ASTERISK.destination
    <Destination.THIRD_PARTY: 'third-party'>
    >>> cg.CallControl("Cisco Unified Communications Manager (Call Manager)")
    <CallControl.UNIFIED_CM: 'Unified CM'>
    """

    WEBEX_CALLING = "Webex Calling"
    RING_CENTRAL = "Ring Central"
    VERIZON = "Verizon"
    ASTERISK = "Asterisk"
    CENTILE = "Centile"
    METASWITCH = "Metaswitch"
    BROADWORKS = "BroadWorks"
    UNIFIED_CM = "Unified CM"
    HOSTED_COLLABORATION_SOLUTION = "Hosted Collaboration Solution"
    THREE_CX = "3CX"
    FREEPBX = "FreePBX"
    WAZO = "Wazo"
    SIPGATE = "sipgate"
    ZOOM_PHONE = "Zoom Phone"
    THIRD_PARTY_CALL_CONTROL = "third-party call control"
    SPARK_CALLING = "Spark Calling"

    @classmethod
    def _missing_(cls, value: object) -> CallControl | None:
        return cls(_native.call_control_read(value)) if isinstance(value, str) else None

    @property
    def destination(self) -> Destination | None:
        """The destination that it is; None if phones only come from there."""
        return _native.call_control_destination(self.value)

    def registers(self, firmware_type: FirmwareType | str) -> bool:
        """Whether phones with this type of firmware register with it.

        >>> cg.CallControl.UNIFIED_CM.registers("mpp")
        False
        """
        return _native.call_control_registers(self.value, firmware_type)

    def why(self, firmware_type: FirmwareType | str) -> str:
        """Whether phones with this type of firmware register with it, and why, in one sentence.

        >>> cg.CallControl("CUCM").why("enterprise")
        'Phones with Enterprise firmware register with Unified CM: Enterprise firmware is made for Unified CM (S0).'
        """
        return _native.call_control_why(self.value, firmware_type)
