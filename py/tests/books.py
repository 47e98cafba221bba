"""Texts of rule books for the tests."""

from __future__ import annotations

from pathlib import Path

import crossgrade as cg

DATA = Path(__file__).parents[2] / "core" / "data"

OVERLAY = f"""\
schema = 1
overlay = "acme"
version = "1.0.0"
base = {{ edition = "guide", revision = "{cg.RuleBook.guide().revision}" }}

[sources]
TAC = {{ title = "Answer of Cisco TAC", section = "case 1", language = "en", read = 2026-11-20 }}

[amendments.acme-1]
date = 2026-11-20
sources = ["TAC"]
confidence = "high"
says = "the 7841 needs V05"
[amendments.acme-1.conversions]
e2m-7841 = {{ vid = "V05-" }}
"""

SECOND = f"""\
schema = 1
overlay = "acme-too"
version = "2.0.0"
base = {{ edition = "guide", revision = "{cg.RuleBook.guide().revision}" }}

[amendments.acme-2]
sources = ["TAC"]
confidence = "low"
says = "the 7861 needs V05"
[amendments.acme-2.conversions]
e2m-7861 = {{ vid = "V05-" }}
"""
"""An overlay over the other: it names its source."""

PROBLEMS = OVERLAY.replace('"high"', '"hgh"').replace("[sources]", "colour = 1\n[sources]")
"""Two problems, in lines 6 and 12."""
