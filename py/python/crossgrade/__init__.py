"""Decides whether Cisco 7800 and 8800 phones can be converted between Enterprise and Multiplatform firmware, and why.

>>> import crossgrade as cg
>>> answer = cg.assess("CP-7821-K9=", vid="V03", load="sip78xx.14-2-1-0101-26", destination="third-party")
>>> answer.verdict
<Verdict.ELIGIBLE: 'eligible'>
>>> answer.license.sku
'L-CP-E2M-78XX-CNV='
"""

from __future__ import annotations

import warnings

from crossgrade._audit import audit, audit_stream
from crossgrade._enums import (
    Authorization,
    CallControl,
    Destination,
    DeviceClass,
    Direction,
    Effect,
    Field,
    FirmwareType,
    GateStatus,
    InventoryField,
    LicenseNeed,
    ResultColumn,
    SourceKind,
    Stage,
    TextLayout,
    Verdict,
)
from crossgrade._fleet import Conflict, ConflictValue, MergeReport, Source
from crossgrade._impact import FindingChange, Impact, ImpactCount, ImpactRow, Outcome, impact
from crossgrade._merge import merge
from crossgrade._native import Assessment, Audit, AuditStream, Fleet, RuleBook, __build__, __version__, assess, codes
from crossgrade._read_answers import read_axl, read_inventory, read_json, read_risport, read_webex
from crossgrade._read_pages import read_device_pages
from crossgrade._read_tables import read_csv, read_excel, read_table
from crossgrade._results import (
    Contradiction,
    ContradictorySide,
    Finding,
    FindingKind,
    Firmware,
    Gate,
    License,
    PhoneRead,
)
from crossgrade._rulebook import Change, Explanation, FieldChange, RuleBookDiff, RuleBookLabel, RuleRow, Subject
from crossgrade._summary import ColumnReport, FindingCount, LicenseCount, LicenseOrder, Summary
from crossgrade.exceptions import (
    CrossgradeError,
    InventoryError,
    InventoryWarning,
    Problem,
    RequestError,
    RuleBookError,
)

__all__ = [
    "Assessment",
    "Audit",
    "AuditStream",
    "Authorization",
    "CallControl",
    "Change",
    "ColumnReport",
    "Conflict",
    "ConflictValue",
    "Contradiction",
    "ContradictorySide",
    "CrossgradeError",
    "Destination",
    "DeviceClass",
    "Direction",
    "Effect",
    "Explanation",
    "Field",
    "FieldChange",
    "Finding",
    "FindingChange",
    "FindingCount",
    "FindingKind",
    "Firmware",
    "FirmwareType",
    "Fleet",
    "Gate",
    "GateStatus",
    "Impact",
    "ImpactCount",
    "ImpactRow",
    "InventoryError",
    "InventoryField",
    "InventoryWarning",
    "License",
    "LicenseCount",
    "LicenseNeed",
    "LicenseOrder",
    "MergeReport",
    "Outcome",
    "PhoneRead",
    "Problem",
    "RequestError",
    "ResultColumn",
    "RuleBook",
    "RuleBookDiff",
    "RuleBookError",
    "RuleBookLabel",
    "RuleRow",
    "Source",
    "SourceKind",
    "Stage",
    "Subject",
    "Summary",
    "TextLayout",
    "Verdict",
    "__build__",
    "__version__",
    "assess",
    "audit",
    "audit_stream",
    "codes",
    "impact",
    "merge",
    "read_axl",
    "read_csv",
    "read_device_pages",
    "read_excel",
    "read_inventory",
    "read_json",
    "read_risport",
    "read_table",
    "read_webex",
]

if __build__ == "debug":
    warnings.warn(
        "crossgrade was built without optimizations and is slow; build it with `maturin develop --release`",
        RuntimeWarning,
        stacklevel=2,
    )
