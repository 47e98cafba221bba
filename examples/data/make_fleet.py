#!/usr/bin/env python3
"""Write fleet.csv, the made-up phone fleet of crossgrade's examples.

What the file imitates: a Unified CM phone list (Device Name, Description,
Device Pool, Device Type, Owner User ID) that somebody joined in a spreadsheet
with what the phones' own web pages and labels said (PID, VID, Serial Number,
Active Load ID, Transition Authorization Type), plus a Firmware column that
people filled in by hand now and then. Like such a list it has gaps, odd
spellings, devices that are no desk phones, and two rows that cannot be read:
one has a column too many (a comma in Description without quotes), one has a
byte that is not UTF-8 (Latin-1 e with acute accent in Description).

What is kept true: a phone that runs firmware runs nothing below the floor of
its hardware version, serial numbers fit the years in which a hardware version
was made (our own assumption), and a load belongs to the model's family, but
for the three rows of WRONG_FAMILY.

Form: UTF-8 with byte order mark, commas, quotes only where needed, LF.

Every name, MAC address, serial number and user id is made up.

To rewrite the file beside this script:   python3 make_fleet.py
To see whether it is up to date:          python3 make_fleet.py --check
                                          (exit code 1 if it differs)

Python 3.10 or later, standard library only. Same bytes on every run: only
random.random() is drawn from, the one method whose sequence Python promises
to keep for a seed.
"""

import csv
import io
import random
import re
import sys
from pathlib import Path

SEED = 20260317
OUT = Path(__file__).resolve().parent / "fleet.csv"

HEADER = [
    "Device Name", "Description", "Device Pool", "Device Type", "PID", "VID",
    "Serial Number", "Active Load ID", "Firmware",
    "Transition Authorization Type", "Owner User ID",
]

# How many cells of these columns are empty in the whole file.
EMPTY_VID, EMPTY_SERIAL, EMPTY_LOAD = 60, 50, 40

# Enterprise phones (Unified CM names).
ENTERPRISE = {
    "8841": 92, "7841": 70, "7821": 64, "8851": 38, "8811": 24, "7811": 20,
    "8845": 18, "7861": 16, "8861": 16, "8832": 15, "8865": 13, "7832": 12,
    "8821": 8, "8851NR": 7, "8832NR": 5, "8865NR": 5, "8831": 4, "8875": 2,
    "9841": 1, "9871": 1,
}

FAMILY = {
    "7811": "78xx", "7821": "78xx", "7841": "78xx", "7861": "78xx",
    "7832": "7832", "8811": "88xx", "8841": "88xx", "8851": "88xx",
    "8851NR": "88xx", "8861": "88xx", "8832": "8832", "8832NR": "8832",
    "8845": "8845_65", "8865": "8845_65", "8865NR": "8845_65",
    "8821": "8821", "8831": "8831", "8875": "PHONEOS", "9841": "PHONEOS",
    "9871": "PHONEOS",
}

# Enterprise loads and weights. All but 8831 and PHONEOS are in
# facts/load_names.tsv; those two are loads that Unified CM users print.
LOADS = {
    "78xx": [
        ("sip78xx.10-1-1SR1-4", 6), ("sip78xx.10-2-1-12", 7),
        ("sip78xx.11-5-1-18", 3), ("sip78xx.11-7-1-17", 3),
        ("sip78xx.12-5-1SR1-4", 7), ("sip78xx.12-5-1SR2-2", 6),
        ("sip78xx.12-7-1-0001-393", 5), ("sip78xx.12-8-1-0001-455", 9),
        ("sip78xx.14-0-1-0201-169", 5), ("sip78xx.14-0-1-0306-175", 6),
        ("sip78xx.14-1-1-0211-134", 9), ("sip78xx.14-2-1-0001-14", 5),
        ("sip78xx.14-2-1-0101-26", 13), ("sip78xx.14-2-1-0201-40", 7),
        ("sip78xx.14-3-1-0001-60", 8), ("sip78xx.14-3-1-0201-246", 6),
        ("sip78xx.14-3-1-0301-349", 5), ("sip78xx.14-4-1-0101-153", 4),
        ("sip78xx.14-4-1-0301-6", 3),
    ],
    "7832": [
        ("sip7832.14-0-1-0001-135", 3), ("sip7832.14-1-1-0211-134", 3),
        ("sip7832.14-2-1-0101-26", 5), ("sip7832.14-4-1-0201-225", 2),
        ("sip7832.14-4-1-0301-6", 2),
    ],
    "88xx": [
        ("sip88xx.10-3-1-20", 7), ("sip88xx.11-0-1-10", 6),
        ("sip88xx.11-7-1-17", 3), ("sip88xx.12-0-1-8", 2),
        ("sip88xx.12-0-1SR1-1", 3), ("sip88xx.12-5-1SR1-4", 7),
        ("sip88xx.12-5-1SR2-2", 6), ("sip88xx.12-7-1-0001-393", 5),
        ("sip88xx.12-8-1-0001-455", 9), ("sip88xx.14-0-1-0001-135", 5),
        ("sip88xx.14-0-1-0101-145", 5), ("sip88xx.14-1-1-0211-134", 10),
        ("sip88xx.14-2-1-0101-26", 15), ("sip88xx.14-3-1-0001-60", 9),
        ("sip88xx.14-3-1-0201-246", 7), ("sip88xx.14-4-1-0301-6", 5),
    ],
    "8832": [
        ("sip8832.12-1-1-23", 1), ("sip8832.12-5-1SR3-74", 3),
        ("sip8832.12-6-1-0001-668", 3), ("sip8832.14-0-1-0201-171", 3),
        ("sip8832.14-2-1-0101-26", 5), ("sip8832.14-4-1-0001-36", 2),
        ("sip8832.14-4-1-0101-153", 2),
    ],
    "8845_65": [
        ("sip8845_65.11-7-1-17", 1), ("sip8845_65.12-0-1SR1-1", 2),
        ("sip8845_65.12-5-1SR2-2", 4), ("sip8845_65.12-7-1-0001-393", 3),
        ("sip8845_65.14-0-1-0001-135", 4), ("sip8845_65.14-1-1-0001-125", 5),
        ("sip8845_65.14-2-1-0101-26", 7), ("sip8845_65.14-3-1-0301-349", 5),
        ("sip8845_65.14-4-1-0001-36", 3),
    ],
    "8821": [
        ("sip8821.11-0-5SR1-4", 1), ("sip8821.11-0-6SR2-4", 2),
        ("sip8821.11-0-6SR7-2", 2), ("sip8821.11-0-6SR8-2", 1),
    ],
    "8831": [("sip8831.10-3-1-16", 1), ("sip8831.10-3-1SR6-4", 2)],
    "PHONEOS": [("PHONEOS.3-2-1-0104-37", 1), ("PHONEOS.3-4-1-0002-50", 1)],
}

# Lowest Enterprise release per hardware version: models, from VID, release.
FLOORS = [
    ("7841", 2, (10, 1, 1, 1)), ("7841", 4, (10, 3, 1, 0)),
    ("7811", 1, (10, 3, 1, 0)), ("7821 7861", 3, (10, 3, 1, 0)),
    ("8811 8841 8851 8851NR", 8, (11, 7, 1, 0)),
    ("8811 8841 8851 8861", 15, (12, 6, 1, 0)),
    ("7841", 18, (14, 0, 1, 2)), ("7821 7841 7861", 20, (14, 0, 1, 3)),
    ("7821", 26, (14, 3, 1, 0)),
]
# A phone is not older in firmware than it left the factory (our assumption).
# The 8821 and 8831 keep their own numbering and are left out.
FACTORY = [(2017, (11, 0, 0, 0)), (2019, (12, 0, 0, 0)),
           (2021, (12, 5, 0, 0)), (2023, (14, 0, 0, 0))]

# Hardware versions: VID number, first and last year of make, weight.
V78 = [(4, 2014, 2015, 3), (5, 2015, 2015, 2), (6, 2015, 2016, 3),
       (8, 2016, 2017, 4), (9, 2017, 2017, 3), (10, 2017, 2018, 5),
       (12, 2018, 2019, 5), (14, 2019, 2019, 4), (16, 2019, 2020, 4),
       (18, 2020, 2021, 4), (20, 2021, 2021, 3), (21, 2021, 2022, 3),
       (22, 2022, 2022, 3), (24, 2022, 2023, 4)]
V88 = [(1, 2014, 2015, 2), (2, 2015, 2015, 3), (3, 2015, 2016, 4),
       (5, 2016, 2016, 4), (6, 2016, 2017, 3), (8, 2017, 2017, 5),
       (10, 2017, 2018, 5), (11, 2018, 2018, 4), (12, 2018, 2019, 6),
       (13, 2019, 2019, 5), (14, 2019, 2020, 9), (15, 2020, 2021, 10),
       (16, 2021, 2022, 9), (17, 2022, 2023, 4), (19, 2023, 2024, 3),
       (20, 2024, 2024, 1)]
VIDEO = [(1, 2015, 2016, 2), (3, 2016, 2017, 3), (5, 2017, 2018, 4),
         (7, 2018, 2019, 4), (9, 2020, 2021, 4), (11, 2021, 2022, 3),
         (12, 2022, 2024, 2)]
ROOM = [(1, 2018, 2018, 2), (2, 2018, 2019, 4), (3, 2019, 2020, 3),
        (4, 2020, 2021, 3), (5, 2022, 2023, 2)]
MADE = {
    "7811": [(1, 2014, 2016, 4), (2, 2016, 2018, 5), (3, 2018, 2019, 4),
             (5, 2020, 2021, 4), (7, 2022, 2023, 2)],
    "7821": [(1, 2013, 2013, 5), (2, 2013, 2014, 2), (3, 2014, 2014, 6), *V78,
             (25, 2023, 2024, 5), (26, 2024, 2024, 4)],
    "7841": [(1, 2013, 2013, 1), (2, 2013, 2013, 2), (3, 2013, 2014, 6), *V78,
             (25, 2023, 2023, 2), (27, 2023, 2024, 2), (28, 2024, 2024, 2),
             (30, 2024, 2024, 2)],
    "7861": [(1, 2013, 2013, 1), (3, 2013, 2014, 2), *V78],
    "8811": V88[2:], "8841": V88, "8851": V88, "8861": V88,
    "8851NR": V88[4:-1], "8845": VIDEO, "8865": VIDEO, "8865NR": VIDEO[2:],
    "8832": ROOM, "8832NR": ROOM, "7832": ROOM,
    "8821": [(1, 2016, 2017, 2), (2, 2017, 2018, 2), (4, 2019, 2022, 3)],
    "8831": [(1, 2013, 2014, 2), (3, 2015, 2017, 2)],
    "8875": [(1, 2022, 2024, 1)], "9841": [(1, 2024, 2024, 1)],
    "9871": [(1, 2024, 2024, 1)],
}

# Label PIDs that are not the plain one: model, PID, how many.
SKUS = [
    ("8841", "CP-8841-W-K9=", 4), ("8841", "CP-8841-K9++=", 2),
    ("8845", "CP-8845-A-K9=", 2), ("8832", "CP-8832-EU-K9=", 3),
    ("8832", "CP-8832-EU-W-K9=", 1), ("8832NR", "CP-8832-NR-K9=", 3),
    ("7821", "CP-7821-W-K9=", 1), ("8851", "CP-8851-W-K9=", 2),
]

# Phones made for MPP: model, PID, VID, year, load, authorization.
FACTORY_MPP = [
    ("8841", "CP-8841-3PCC-K9=", 3, 2016, "sip88xx.11-1-1MSR2-1", ""),
    ("8841", "8841-3PCC", 10, 2018, "sip88xx.11-2-3MSR1-1", ""),
    ("8841", "8841-3PCC", 11, 2018, "sip88xx.11-3-6MPP0001-273", ""),
    ("8841", "Cisco 8841 MPP", 13, 2019, "sip88xx.12-0-3MPP0001-87", ""),
    ("8841", "CP-8841-3PCC-K9", 15, 2021, "sip88xx.12-0-3MPP0001-87", "blank"),
    ("8841", "CP-8841-3PCC-K9=", 16, 2022, "sip88xx.12-0-7MPP0101-52", ""),
    ("8841", "CP-8841-3PCC-K9=", 12, 2019, "", ""),
    ("8841", "UA", 6, 2017, "", ""),
    # old MPP firmware without a token in its name, as S2's FAQ tells of it
    ("8841", "CP-8841-3PCC-K9=", 2, 2015, "sip88xx.10-3-1-20", ""),
    ("7841", "UA", 9, 2017, "sip78xx.11-2-1MPP-630", ""),
    ("7841", "CP-7841-3PCC-K9=", 21, 2022, "sip78xx.12-0-7MPP0201-66", "blank"),
    ("8851", "CP-8851-3PCC-K9=", 12, 2019, "sip88xx.11-3-6MPP0001-273", ""),
    ("8851", "CP-8851-3PC-RC-K9=", 8, 2017, "sip88xx.12-0-3MPP0001-87", ""),
    ("7821", "CP-7821-3PCC-K9=", 8, 2017, "sip78xx.11-1-2MPP-351", ""),
    ("8845", "CP-8845-3PCC-K9=", 5, 2018, "sip8845_65.11-3-4MPP0001-374", ""),
    ("8832", "CP-8832-3PCC-K9=", 3, 2019, "sip8832.12-0-3MPP0101-92", ""),
    ("8832", "CP-8832-3PCC-K9=", 2, 2018, "sip8832.11-2-3MPP-412", ""),
    ("7832", "CP-7832-3PCC-K9=", 2, 2018, "sip7832.11-3-1MSR4-1", ""),
    ("8811", "CP-8811-3PCC-K9=", 13, 2019, "sip88xx.11-3-3MPP0001-377", ""),
]
# The two user agents of the PID column: model -> text before the MAC, MAC.
AGENTS = {
    "8841": ("Cisco-CP-8841-3PCC/11.0.1", "00562B043615"),
    "7841": ("Cisco-CP-7841-3PCC/11.2.1", "00562B0A71C4"),
}
# Made for Unified CM, converted to MPP.
CONVERTED = [
    ("8841", "CP-8841-K9=", 12, 2019, "sip88xx.12-0-3MPP0001-87", "Classic"),
    ("8841", "CP-8841-K9", 15, 2021, "sip88xx.12-0-7MPP0101-52", "WxC"),
    ("8841", "CP-8841-K9", 14, 2020, "sip88xx.11-3-6MPP0001-273", "WxC"),
    ("8841", "CP-8841-K9=", 16, 2022, "sip88xx.12-0-3MPP0001-87", "blank"),
    ("8841", "CP-8841-K9", 6, 2017, "sip88xx.11-3-1MSR3-3", ""),
    ("8841", "DMS Cisco 8841", 14, 2019, "sip88xx.12-0-7MPP0501-123", "WxC"),
    ("8841", "DMS Cisco 8841", 8, 2017, "sip88xx.12-0-7MPP0101-52", ""),
    ("8841", "Cisco 8841 MPP", 10, 2018, "sip88xx.12-0-3MPP0001-87", "Classic"),
    ("8851", "CP-8851-K9=", 13, 2019, "sip88xx.12-0-7MPP0101-52", "WxC"),
    ("8851", "CP-8851-K9", 5, 2016, "sip88xx.11-3-7MPP0101-284", "Classic"),
    ("8861", "CP-8861-K9=", 11, 2018, "sip88xx.12-0-3MPP0001-87", "blank"),
    ("8861", "CP-8861-K9", 15, 2021, "sip88xx.12-0-7MPP0501-123", "WxC"),
    ("8811", "CP-8811-K9", 14, 2020, "sip88xx.11-3-6MPP0001-273", "WxC"),
    ("7841", "CP-7841-K9=", 12, 2018, "sip78xx.12-0-4MPP0101-205", "Classic"),
    ("7841", "CP-7841-K9", 22, 2022, "sip78xx.12-0-7MPP0201-66", "WxC"),
    ("7841", "CP-7841-K9", 8, 2016, "sip78xx.12-0-3MPP0001-87", ""),
    ("7821", "CP-7821-K9=", 10, 2018, "sip78xx.12-0-7MPP0201-66", "WxC"),
    ("7821", "CP-7821-K9", 18, 2021, "sip78xx.12-0-4MPP0101-205", "blank"),
    ("7811", "CP-7811-K9=", 2, 2017, "sip78xx.12-0-3MPP0001-87", "Classic"),
    ("7861", "CP-7861-K9", 14, 2019, "sip78xx.12-0-4MPP0101-205", ""),
    ("7832", "CP-7832-K9=", 3, 2019, "sip7832.12-0-7MPP0001-46", "WxC"),
    ("8832", "CP-8832-EU-K9=", 3, 2020, "sip8832.12-0-3MPP0101-92", "Classic"),
    ("8832NR", "CP-8832-NR-K9=", 4, 2021, "sip8832.12-0-7MPP0501-123", "WxC"),
    ("8845", "CP-8845-K9", 7, 2019, "sip8845_65.12-0-7MPP0201-66", "WxC"),
    ("8865", "CP-8865-K9=", 5, 2018, "sip8845_65.12-0-2MPP0001-116", ""),
    ("8851NR", "CP-8851NR-K9=", 12, 2019, "sip88xx.12-0-7MPP0501-123", "WxC"),
]
# Left over from a conversion of 2019 that was never finished.
UNFINISHED = [
    ("8841", "CP-8841-K9=", 5, 2016, "sip88xx.TLexE2M-11-2-3C-12", ""),
    ("7841", "CP-7841-K9", 9, 2017, "sip78xx.TLexE2M-11-2-3C-4", ""),
    ("8832", "CP-8832-K9=", 2, 2018, "sip8832.TLexE2M-11-2-3C-12", ""),
]
# 6800 series: Unified CM knows them only as third-party SIP devices. The 68xx
# names are those that Cisco's 6800 release notes print.
THIRD_PARTY = "Third-party SIP Device (Advanced)"
SERIES_6800 = [
    ("CP-6821-3PCC-K9=", 2, 2020, "sip6821.12-0-3MPP0203-204"),
    ("CP-6821-3PW-CE-K9=", 3, 2022, "sip6821.12-0-3MPP0203-204"),
    ("CP-6841-3PCC-K9=", 3, 2020, "sip68xx.12-0-5MPP0001-325"),
    ("CP-6851-3PCC-K9=", 4, 2021, "sip68xx.12-0-7MPP0301-92"),
    ("CP-6871-3PCC-K9=", 1, 2019, ""),
]
# Device type, PID, VID, year (None: before 2012 or unknown), load.
LEGACY = [
    ("Cisco 7940", "CP-7940G", None, None, "P0030801SR02"),
    ("Cisco 7940", "", None, None, "P0030801SR02"),
    ("Cisco 7962", "CP-7962G", 10, 2012, "SCCP42.9-4-2SR3-1S"),
    ("Cisco 7962", "CP-7962G", 12, 2013, "SCCP42.9-4-2SR3-1S"),
    ("Cisco 7962", "", None, 2012, "SCCP42.9-4-2SR3-1S"),
    ("Cisco 7962", "CP-7962G", 13, 2014, "SCCP42.9-4-2SR3-1S"),
    ("Cisco 6921", "CP-6921-C-K9=", 3, 2012, "SCCP69xx.9-4-1-3SR3"),
    ("Cisco 6921", "CP-6921-CL-K9=", 5, 2014, "SCCP69xx.9-4-1-3SR3"),
    ("Cisco 8945", "CP-8945-K9=", 4, 2013, "SCCP894x.9-4-2SR2-2"),
    ("Cisco 9971", "CP-9971-C-K9=", 6, 2012, "sip9971.9-4-2SR4-1"),
    ("Cisco 9971", "CP-9971-CL-K9=", 8, 2013, "sip9971.9-4-2SR4-1"),
    ("Cisco 3905", "CP-3905", 2, 2013, ""),
]
# Not desk phones, or not Cisco's: device name, type, PID, VID, year, load.
# MAC in a name stands for a fresh address.
FOREIGN = [
    ("ATA{mac}", "Cisco ATA 191", "ATA191-K9", 1, 2019, "ATA191.12-0-2-0001-011"),
    ("SEP{mac}", THIRD_PARTY, "SPA504G", None, None, ""),
    ("SEP0004F2A93C5E", THIRD_PARTY, "Polycom VVX 411", None, None, ""),
    ("CSFWELCOMEDESK", "Cisco Unified Client Services Framework", "", None, None, ""),
    ("AN{tail}001", "Analog Phone", "", None, None, ""),
]

# Three phones that are said to run the load of another family.
WRONG_FAMILY = [("8841", "sip8845_65.14-2-1-0101-26"),
                ("7832", "sip78xx.14-2-1-0101-26"),
                ("8865", "sip88xx.14-3-1-0001-60")]
# Two lab phones on engineering builds.
LAB = [("8841", "sip88xx.14-0-1MN-1036"),
                  ("7841", "sip78xx.14-1-1MN-366")]

OUIS = ["00CCFC"] * 4 + ["B000B4"] * 3 + ["2C3ECF"] * 3 + [
    "00562B", "1C6A7A", "6C416A", "D0EC35", "A0ECF9", "38ED18", "84B802",
    "0C75BD"]
SITES = [("Oslo", "OSL", 8), ("Porto", "OPO", 6), ("Ghent", "GNT", 4),
         ("Malmö", "MMA", 3), ("Lyon", "LYS", 3), ("Kraków", "KRK", 2),
         ("Turku", "TKU", 2)]
ROOMS = ["Birch", "Granite", "Harbour", "Lantern", "Compass", "Tern", "Juniper",
         "Slate", "Meadow", "Fjord", "Cobalt", "Orchard", "Møterom Bjørk",
         "Sala Cortiça", "Delta", "Quarry"]
PLACES = ["reception", "corridor", "kitchen", "post room", "loading bay",
          "copy room", "goods lift", "canteen", "first aid room", "workshop"]

rng = random.Random(SEED)


def below(n):
    return int(rng.random() * n)


def pick(seq):
    return seq[below(len(seq))]


def weighted(pairs):
    """One of (item, weight) pairs."""
    at = rng.random() * sum(w for _, w in pairs)
    for item, w in pairs:
        at -= w
        if at < 0:
            return item
    return pairs[-1][0]


def shuffled(seq):
    out = list(seq)
    for i in range(len(out) - 1, 0, -1):
        j = below(i + 1)
        out[i], out[j] = out[j], out[i]
    return out


def release(load):
    """(major, minor, micro, service release) of an Enterprise load name."""
    m = re.search(r"\.(\d+)-(\d+)-(\d+)(?:SR(\d+))?(?:-(\d\d)\d\d)?-\d+$", load)
    return tuple(int(g) for g in m.groups()[:3]) + (int(m[4] or m[5] or 0),)


def runs(model, vid, year, load):
    """Can this hardware run this Enterprise load?"""
    if model in ("8821", "8831", "8875", "9841", "9871"):
        return True
    have = release(load)
    return all(have >= low for models, first, low in FLOORS
               if model in models.split() and vid >= first) and all(
        have >= low for since, low in FACTORY if year >= since)


used_macs = {mac for _, mac in AGENTS.values()} | {"0004F2A93C5E"}
used_serials = set()


def new_mac():
    while True:
        mac = pick(OUIS) + "".join(pick("0123456789ABCDEF") for _ in range(6))
        if mac not in used_macs:
            used_macs.add(mac)
            return mac


def new_serial(year):
    while True:
        tail = "".join(pick("0123456789ABCDEFGHJKLMNPQRSTUVWXYZ") for _ in range(4))
        text = f"{pick(['FCH', 'FCH', 'WZP', 'FVH'])}{year - 1996:02d}{1 + below(52):02d}{tail}"
        if text not in used_serials:
            used_serials.add(text)
            return text


def vid_text(vid):
    return "" if vid is None else f"V{vid:02d}"


def row(device_type, pid, vid, year, load, kind, model=None, auth="", name=None):
    mac = new_mac()
    return {
        "Device Name": name or f"SEP{mac}", "Device Type": device_type,
        "PID": pid, "VID": vid_text(vid),
        "Serial Number": new_serial(year) if year else "",
        "Active Load ID": load, "Firmware": "",
        "Transition Authorization Type": auth,
        # not written: what the phone is, and whether a later step used it
        "model": model, "kind": kind, "mac": mac, "vid": vid, "used": kind != "ent",
    }


def enterprise_row(model):
    while True:
        vid, first, last = weighted([((v, a, b), w) for v, a, b, w in MADE[model]])
        year = first + below(last - first + 1)
        fits = [(n, w) for n, w in LOADS[FAMILY[model]] if runs(model, vid, year, n)]
        if fits:
            break
    prefix = "DP" if model in ("9841", "9871") else "CP"
    pid = weighted([("", 34), (f"{prefix}-{model}-K9", 38),
                    (f"{prefix}-{model}-K9=", 20), (f"{prefix}-{model}", 8)])
    return row(f"Cisco {model}", pid, vid, year, weighted(fits), "ent", model)


def build():
    rows = [enterprise_row(m) for m, n in ENTERPRISE.items() for _ in range(n)]
    for kind, table in (("factory", FACTORY_MPP), ("converted", CONVERTED),
                        ("unfinished", UNFINISHED)):
        for model, pid, vid, year, load, auth in table:
            r = row(f"Cisco {model}", pid, vid, year, load, kind, model, auth)
            if pid == "UA":
                text, mac = AGENTS[model]
                r |= {"Device Name": f"SEP{mac}", "mac": mac,
                      "PID": f"{text} ({mac.lower()})"}
            rows.append(r)
    rows += [row(THIRD_PARTY, *spec, "6800") for spec in SERIES_6800]
    rows += [row(*spec, "legacy") for spec in LEGACY]
    for name, *spec in FOREIGN:
        r = row(*spec, "foreign")
        r["Device Name"] = name.format(mac=r["mac"], tail=r["mac"][2:])
        rows.append(r)
    for r in rows:
        place(r)
    return rows


def place(r):
    """Description, device pool and owner."""
    site, code = weighted([((s, c), w) for s, c, w in SITES])
    floor = 1 + below(5)
    owner = ""
    device = r["Device Type"]
    if r["kind"] == "foreign" and device.startswith(("Cisco Unified", "Analog")):
        text = f"{site} {pick(PLACES)}"
    elif r["model"] in ("7832", "8832", "8832NR", "8831"):
        room = pick(ROOMS)
        text = pick([f"{site} F{floor} room {room}", f"{site}, floor {floor}, {room}",
                     f'{site} conference room "{room}"', f"{room} ({site}, F{floor})"])
    elif r["model"] == "8821":
        text = f"{site} {pick(['warehouse', 'workshop', 'night watch'])} handset {1 + below(40)}"
    elif r["model"] == "7811" or rng.random() < 0.22:
        place_name = pick(PLACES)
        text = pick([f"{site} F{floor} {place_name}", f"{site} {place_name}",
                     f"{site}, floor {floor}, {place_name}"])
    else:
        desk = floor * 100 + 1 + below(60)
        text = weighted([(f"{site} F{floor} desk {desk}", 6), (f"{site} desk {desk}", 5),
                         (f"{site}, floor {floor}, desk {desk}", 3),
                         (f"Auto {20000 + below(9999)}", 1), ("", 1)])
        owner = f"u{30000 + below(9000)}" if rng.random() < 0.8 else ""
    pool = f"DP-{code}-{'PILOT' if r['kind'] in ('factory', 'converted', '6800') else 'PHONES'}"
    r |= {"Description": text, "Device Pool": pool, "Owner User ID": owner}


def take(rows, n, want):
    """n rows, not used yet, that fit; they are used from now on."""
    found = shuffled([r for r in rows if not r["used"] and want(r)])[:n]
    assert len(found) == n, (len(found), n)
    for r in found:
        r["used"] = True
    return found


def is_plain(*models):
    return lambda r: r["model"] in models and r["Active Load ID"] and r["PID"]


def adorn(rows):
    """Label PIDs, other families' loads, odd spellings; empty cells come last."""
    for model, pid, n in SKUS:
        for r in take(rows, n, is_plain(model)):
            r["PID"] = pid
    for model, load in WRONG_FAMILY + LAB:
        # hardware that could run the release that is claimed
        r = take(rows, 1, lambda r: r["model"] == model and r["PID"]
                 and release(r["Active Load ID"]) >= (14, 0, 1, 0) and r["vid"] < 18)[0]
        r["Active Load ID"] = load
        if "MN" in load:
            r |= {"Description": "Oslo voice lab rack 2", "Owner User ID": ""}

    broken = take(rows, 1, is_plain("8841")) + take(rows, 1, is_plain("7821"))
    broken[0] |= {"Description": "Porto, floor 2 desk 214", "Device Pool": "DP-OPO-PHONES",
                  "broken": "comma"}
    broken[1] |= {"Description": "Lyon Café counter", "Device Pool": "DP-LYS-PHONES",
                  "broken": "latin-1"}

    # the label, VID and all, in the PID column
    r = take(rows, 1, lambda r: r["model"] == "7841" and r["vid"] == 4)[0]
    r |= {"PID": "CP-7841-K9=V04", "VID": ""}
    r = take(rows, 1, lambda r: r["model"] == "7841" and r["vid"] == 20)[0]
    r |= {"PID": "CP-7841-K9= V20", "VID": ""}
    for r in take(rows, 2, lambda r: r["model"] in ("7841", "7821") and 6 <= r["vid"] <= 24):
        r |= {"PID": f"CP-{r['model']}-K9=V{r['vid']:02d}", "VID": ""}
    r = take(rows, 1, lambda r: r["model"] == "8841" and r["vid"] == 15)[0]
    r |= {"PID": "PID VID: CP-8841-K9 V15", "VID": ""}
    r = take(rows, 1, lambda r: r["model"] == "8851" and r["vid"] == 12)[0]
    r |= {"PID": "PID VID: CP-8851-K9 V12", "VID": ""}
    # PIDs and model names as people type them
    for r in take(rows, 3, is_plain("8841")):
        r["PID"] = "cp-8841-k9"
    take(rows, 1, is_plain("7821"))[0]["PID"] = "cp-7821-k9="
    take(rows, 1, is_plain("8841"))[0]["PID"] = "CP8841"
    take(rows, 1, is_plain("8841"))[0]["PID"] = "683"
    take(rows, 1, is_plain("7841"))[0]["PID"] = "IP Phone 7841"
    take(rows, 1, is_plain("8851"))[0]["PID"] = "CP\u20118851\u2011K9"
    # VIDs
    for r in take(rows, 3, lambda r: r["vid"] == 3 and r["VID"]):
        r["VID"] = "v3"
    for r in take(rows, 1, lambda r: r["vid"] == 2 and r["VID"]):
        r["VID"] = "= V02"
    for r in take(rows, 1, lambda r: r["model"] == "8841" and r["vid"] == 14):
        r["VID"] = "= V14"
    for r in take(rows, 2, is_plain("8841", "8811", "7841")):
        r["VID"] = "1.0"
    take(rows, 1, is_plain("7821"))[0]["VID"] = "5"
    # loads
    for r in take(rows, 4, is_plain("8841", "8851", "7841", "7821")):
        r["Active Load ID"] += ".loads"
    r = take(rows, 1, lambda r: r["Active Load ID"] == "sip88xx.14-2-1-0101-26")[0]
    r["Active Load ID"] = "sip88xx.14.2.1.0101.26"
    # device names
    def pairs(r, sep, n=2):
        return sep.join(r["mac"][i:i + n] for i in range(0, 12, n))
    for oui, form in (("00CCFC", lambda r: pairs(r, ":")), ("00CCFC", lambda r: pairs(r, ":")),
                      ("2C3ECF", lambda r: pairs(r, "-")),
                      ("B000B4", lambda r: pairs(r, ".", 4).lower())):
        r = take(rows, 1, lambda r: r["mac"].startswith(oui))[0]
        r["Device Name"] = form(r)
    r = take(rows, 1, is_plain("7811"))[0]
    r |= {"Device Name": "PHONE-LOBBY", "Description": "Ghent lobby", "Device Pool": "DP-GNT-PHONES"}
    take(rows, 1, is_plain("8811"))[0]["Device Name"] = "SEP00CCFC12345"
    # serial numbers
    for odd in (lambda s: s[:-1], lambda s: s.lower(), lambda s: s[:5] + "60" + s[7:], lambda s: "n/a"):
        r = take(rows, 1, is_plain("8841", "7841", "7821", "8851"))[0]
        r["Serial Number"] = odd(r["Serial Number"])


def display(load, form):
    a, b, c, sr = release(load)
    text = {"paren": f"{a}.{b}({c})", "dots": f"{a}.{b}.{c}", "hyphen": f"{a}-{b}-{c}"}[form]
    if not sr:
        return text
    return text + (f"-{sr:02d}01" if form == "hyphen" else f"SR{sr}")


def type_releases(rows):
    """The Firmware column: mostly right, once out of date, twice unreadable."""
    def one(load):
        return take(rows, 1, lambda r: r["Active Load ID"] == load)[0]
    def fits(r):
        return r["model"] in FAMILY and FAMILY[r["model"]] in ("78xx", "88xx", "8845_65", "8832")
    for form, n in (("paren", 11), ("dots", 4), ("hyphen", 2)):
        for r in take(rows, n, fits):
            r["Firmware"] = display(r["Active Load ID"], form)
    one("sip78xx.14-2-1-0201-40")["Firmware"] = "14.2.1(0201.40)"
    one("sip78xx.14-3-1-0301-349")["Firmware"] = "3.1(0301.349)"
    take(rows, 1, lambda r: r["Active Load ID"].startswith("sip88xx.14-1-1"))[0]["Firmware"] = "14.(1)"
    take(rows, 1, lambda r: r["Active Load ID"].startswith("sip88xx.14-3-1"))[0]["Firmware"] = "12.8(1)"
    # the release is known, the load is not
    for r in take(rows, 5, fits):
        r |= {"Firmware": display(r["Active Load ID"], "paren"), "Active Load ID": ""}
    mpp = [r for r in rows if r["kind"] in ("factory", "converted")]
    for load, text in (("sip88xx.12-0-3MPP0001-87", "12.0.(3)"),
                       ("sip78xx.12-0-7MPP0201-66", "12.0(7)SR2"),
                       ("sip88xx.11-2-3MSR1-1", "11.2.3 MSR1")):
        next(r for r in mpp if r["Active Load ID"] == load)["Firmware"] = text


def empty_cells(rows):
    """Blank cells until the column has as many as it should."""
    for column, total, bias in (("VID", EMPTY_VID, 3), ("Serial Number", EMPTY_SERIAL, 1),
                                ("Active Load ID", EMPTY_LOAD, 1)):
        missing = total - sum(not r[column] for r in rows)
        can = shuffled([r for r in rows if not r["used"] and r[column] and not r["Firmware"]])
        # a phone whose page was not read lacks the PID as well as the VID
        can.sort(key=lambda r: rng.random() ** (bias if not r["PID"] else 1))
        for r in can[:missing]:
            r[column] = ""


def render(rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADER)
    parts = []
    for r in sorted(rows, key=lambda r: r["Device Name"]):
        out.seek(0, io.SEEK_END)
        start = out.tell()
        writer.writerow([r[h] for h in HEADER])
        if r.get("broken") == "comma":
            text = out.getvalue()[start:].replace(f'"{r["Description"]}"', r["Description"])
            out.truncate(start)
            out.seek(start)
            out.write(text)
        if r.get("broken") == "latin-1":
            parts.append(r["Description"])
    data = b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")
    for text in parts:
        data = data.replace(text.encode("utf-8"), text.encode("latin-1"))
    return data


def main(argv):
    if argv not in ([], ["--check"]):
        print("usage: make_fleet.py [--check]", file=sys.stderr)
        return 2
    rows = build()
    adorn(rows)
    type_releases(rows)
    empty_cells(rows)
    data = render(rows)
    if argv:
        same = OUT.is_file() and OUT.read_bytes() == data
        print(f"{OUT.name}: {'up to date' if same else 'differs; run make_fleet.py'}")
        return 0 if same else 1
    OUT.write_bytes(data)
    print(f"{OUT.name}: {len(rows)} phones, {len(data)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
