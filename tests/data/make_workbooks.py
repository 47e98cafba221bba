"""Writes phones.xlsx with openpyxl: `python tests/data/make_workbooks.py`."""

import datetime
from pathlib import Path

from openpyxl import Workbook

workbook = Workbook()
summary = workbook.active
summary.title = "Summary"
phones = workbook.create_sheet("Phones")
for row in [
    ["Phones of Oslo"],
    [datetime.date(2026, 11, 20)],
    [],
    ["MAC Address", "Model", "VID", "Bought", "Description"],
    ["00:CC:FC:12:34:56", "Cisco 8841", "V05", datetime.date(2019, 1, 2), "Reception"],
    ["SEP00CCFC123457", 683, 3, None, "Z\u00fcrich"],
    [223456789012, 8841, "V15", None, True],
    [],
    [56789012, "CP-7841-K9= V20", None, None, "=A1"],
    ["MAC Address", "Model", "VID", "Bought", "Description"],
]:
    phones.append(row)
workbook.save(Path(__file__).with_name("phones.xlsx"))
