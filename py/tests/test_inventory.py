"""Readers: each takes what it takes from bytes, a path and a list, and loses no row."""

from __future__ import annotations

import _thread
import datetime as dt
import decimal
import json
import os
import pickle
import threading
import types
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

import crossgrade as cg
from inventories import CSV, DEVICES, PAGES, SHEETS, WEBEX, WEBEX_JSON, WORKBOOK, page, risport, risport_xml, xlsx, zeep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RISPORT = risport_xml(DEVICES)
PAGE = page("00CCFC123456", "CP-7821-K9", "V03")


class Case(NamedTuple):
    """A reader, something that it reads, and how many phones that is."""

    read: Callable[..., cg.Fleet]
    content: bytes
    kind: cg.SourceKind
    phones: int


CASES = {
    "csv": Case(cg.read_csv, CSV, cg.SourceKind.CSV, 2),
    "excel": Case(cg.read_excel, WORKBOOK, cg.SourceKind.XLSX, 2),
    "risport": Case(cg.read_risport, RISPORT, cg.SourceKind.RISPORT, 2),
    "webex": Case(cg.read_webex, WEBEX_JSON, cg.SourceKind.WEBEX, 2),
    "csv, recognized": Case(cg.read_inventory, CSV, cg.SourceKind.CSV, 2),
    "excel, recognized": Case(cg.read_inventory, WORKBOOK, cg.SourceKind.XLSX, 2),
    "risport, recognized": Case(cg.read_inventory, RISPORT, cg.SourceKind.RISPORT, 2),
    "webex, recognized": Case(cg.read_inventory, WEBEX_JSON, cg.SourceKind.WEBEX, 2),
    "page, recognized": Case(cg.read_inventory, PAGE, cg.SourceKind.DEVICE_PAGE, 1),
}
every_reader = pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
FIELDS = ["pid", "vid", "mac", "serial", "load", "release", "firmware_type", "authorization"]


def cells(fleet: cg.Fleet) -> list[list[str]]:
    """What is said of each phone, without where."""
    first = fleet.column_names.index(FIELDS[0])
    return [line.split(",")[first : first + len(FIELDS)] for line in fleet.to_csv().decode().splitlines()]


@every_reader
def test_bytes_and_paths_are_the_same_phones(case: Case, tmp_path: Path) -> None:
    read, content, kind, phones = case
    path = tmp_path / "inventory"
    path.write_bytes(content)
    of_bytes = read(content)
    assert len(of_bytes) == of_bytes.rows_read == phones
    assert cells(of_bytes)[0] == FIELDS
    (source,) = of_bytes.sources
    for same, name in [
        (path, str(path)),
        (str(path), str(path)),
        (bytearray(content), source.name),
        (memoryview(content), source.name),
    ]:
        fleet = read(same)
        assert cells(fleet) == cells(of_bytes)
        assert fleet.sources == (cg.Source(kind, name, None),)
    named = read(content, name="Oslo", when="2026-11-20 08:15")
    assert named.sources == (cg.Source(kind, "Oslo", "2026-11-20 08:15"),)
    assert "Oslo" in str(named)
    assert read(path, when=dt.date(2026, 11, 20)).sources[0].when == "2026-11-20"


@every_reader
def test_a_list_is_several_sources(case: Case, tmp_path: Path) -> None:
    read, content, kind, phones = case
    path = tmp_path / "inventory"
    path.write_bytes(content)
    fleet = read([path, content, content])
    assert fleet.rows_read == 3 * phones
    assert [source.kind for source in fleet.sources] == [kind] * 3
    names = [source.name for source in fleet.sources]
    assert names[0] == str(path)
    assert len(set(names)) == 3
    assert [source.name for source in read((path, content), name="Oslo").sources] == ["Oslo 1", "Oslo 2"]
    report = fleet.merge_report
    if read in {cg.read_risport, cg.read_webex}:
        # Pages of one list: the same phones again.
        assert report is not None
        assert report.rows_read == report.phones + report.matched == 3 * phones
        assert report.phones == len(fleet)
    else:
        assert report is None
        assert len(fleet) == 3 * phones
        assert cells(fleet)[1:] == cells(read(content))[1:] * 3


@every_reader
def test_what_is_missing_is_told_as_python_tells(case: Case, tmp_path: Path) -> None:
    missing = tmp_path / "missing"
    for source in [missing, [missing]]:
        with pytest.raises(FileNotFoundError) as caught:
            case.read(source)
        assert caught.value.filename == str(missing)
    if case.read is not cg.read_inventory:  # a folder holds pages of phones
        with pytest.raises(IsADirectoryError):
            case.read(tmp_path)


@every_reader
def test_wrong_arguments_are_named(case: Case) -> None:
    for wrong in [5, None, 2.5, object()]:
        with pytest.raises(TypeError, match=r"^argument 'source': expected a path, bytes, .*, not \w+$"):
            case.read(wrong)
    with pytest.raises(TypeError, match=r"^argument 'when': expected str, datetime\.date or None, not int$"):
        case.read(case.content, when=2026)
    with pytest.raises(TypeError, match=r"^argument 'name': expected str, not int$"):
        case.read(case.content, name=5)
    with pytest.raises(cg.InventoryError, match="an empty list; expected a path, bytes"):
        case.read([])


def test_columns_are_chosen() -> None:
    file = b"Artikel,Version,MAC\nCP-7821-K9=,V03,00CCFC123456\n"
    fleet = cg.read_csv(file, columns={"pid": "Artikel", "vid": ["Version"], "mac": None})
    assert fleet.columns is not None
    assert fleet.columns.read_from("pid") == ("Artikel",)
    assert fleet.columns.not_read == ("MAC",)
    assert cells(fleet)[1][:3] == ["CP-7821-K9=", "V03", ""]
    with pytest.raises(cg.InventoryError) as caught:
        cg.read_csv(file, columns={"vid": "Ausgabe"}, name="export.csv")
    assert (caught.value.source, caught.value.column) == ("export.csv", "Ausgabe")
    with pytest.raises(TypeError, match="argument 'columns'"):
        cg.read_csv(file, columns=["PID"])  # type: ignore[arg-type]


def test_sheets_are_named() -> None:
    assert cells(cg.read_excel(WORKBOOK))[1][:3] == ["Cisco 7821", "", "00CCFC123456"]
    workbook = xlsx(SHEETS)
    assert cells(cg.read_excel(workbook, sheets="More"))[1][:3] == ["CP-8851-K9=", "V15", "00CCFC12345A"]
    with pytest.raises(cg.InventoryError, match="Less"):
        cg.read_excel(workbook, sheets=["More", "Less"])
    with pytest.raises(TypeError, match=r"^argument 'sheets': expected str, a list of str or None, not int$"):
        cg.read_excel(WORKBOOK, sheets=1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"^argument 'sheets': expected str, a list of str or None, not int$"):
        cg.read_excel(WORKBOOK, sheets=["More", 1])  # type: ignore[list-item]
    other = xlsx({"A": [["Artikel"], ["CP-8851-K9="]]})
    assert cells(cg.read_excel(other, columns={"pid": "Artikel"}))[1][0] == "CP-8851-K9="


def test_all_sheets_with_phones_are_read() -> None:
    oslo = [["Telefoner i Oslo"], ["Enhetsnavn", "Modell"], ["SEP00CCFC123456", "Cisco 8841"], ["Sum", ""]]
    ulm = [["MAC-Adresse", "Modell"], ["00CCFC123457", "Cisco 8851"]]
    count = [["Modell", "Antall"], ["Cisco 8841", "2"]]
    fleet = cg.read_excel(xlsx({"Om": [["Laget av Kari"]], "Oslo": oslo, "Ulm": ulm, "Antall": count}), name="b.xlsx")
    assert fleet.to_dict()["source"] == ["b.xlsx sheet Oslo", "b.xlsx sheet Oslo", "b.xlsx sheet Ulm"]
    assert fleet.to_dict()["mac"] == ["00CCFC123456", None, "00CCFC123457"]
    assert "b.xlsx sheet Om: the sheet is not read, for no header of phones is found there" in fleet.notes
    assert "b.xlsx sheet Antall: the sheet is not read, for its rows count phones by model" in fleet.notes


def test_a_table_without_products_says_so_in_front() -> None:
    fleet = cg.read_csv(b"Navn,MAC-adresse,Vare\nx,00CCFC123456,CP-8841-K9=\n", name="a.csv")
    assert str(fleet).splitlines()[1].startswith("  a.csv: no column says which product a phone is")
    assert "--columns pid=HEADER" in fleet.notes[0]
    fleet = cg.read_csv(b"Navn,MAC-adresse,Vare\nx,00CCFC123456,CP-8841-K9=\n", columns={"pid": "Vare"})
    assert "no column says" not in str(fleet)


def test_a_parsed_risport_answer_is_the_answer() -> None:
    expected = cg.read_risport(RISPORT)
    assert cells(expected)[1][-2] == "enterprise"
    tree = risport(DEVICES)
    answers: list[Any] = [tree, zeep(tree), types.MappingProxyType(tree), json.loads(json.dumps(tree))]
    answers += [json.dumps(tree).encode(), zeep(tree["SelectCmDeviceResult"]), [tree]]
    for answer in answers:
        fleet = cg.read_risport(answer)
        assert cells(fleet) == cells(expected)
        assert fleet.merge_report is None
    # What programs make of numbers, dates and bytes is text again.
    odd = {**DEVICES[0], "Model": decimal.Decimal(621), "TimeStamp": dt.date(2026, 11, 20)}
    odd["ActiveLoadID"] = DEVICES[0]["ActiveLoadID"].encode()
    assert cells(cg.read_risport(risport([odd])))[1] == cells(expected)[1]
    # What no JSON reader takes ends nothing.
    for value in ["Room \ud83d", "\ude00", float("nan"), float("-inf")]:
        odd = {**DEVICES[0], "Description": value}
        fleet = cg.read_risport(risport([odd, *DEVICES[1:]]))
        assert list(fleet.cuts) == []
        assert len(fleet) == len(expected)


def test_pages_of_an_answer_are_one_fleet() -> None:
    both = [risport(DEVICES[:1]), risport(DEVICES[1:])]
    assert cells(cg.read_risport(both))[1:] == cells(cg.read_risport(RISPORT))[1:]
    assert cells(cg.read_risport(zeep(both)))[1:] == cells(cg.read_risport(RISPORT))[1:]
    merged = cg.read_risport([risport_xml(DEVICES[:1]), risport_xml(DEVICES[1:])])
    assert cells(merged)[1:] == cells(cg.read_risport(RISPORT))[1:]
    assert [source.name for source in merged.sources] == ["risport 1", "risport 2"]


def test_a_parsed_webex_answer_is_the_answer() -> None:
    expected = cells(cg.read_webex(WEBEX_JSON))
    assert expected[1][-2] == "mpp"
    for answer in [WEBEX, WEBEX["items"], [WEBEX], tuple(WEBEX["items"]), WEBEX_JSON]:
        assert cells(cg.read_webex(answer)) == expected


def test_every_page_is_a_phone(tmp_path: Path) -> None:
    def pairs() -> Iterator[tuple[str, bytes | str | None]]:
        yield from PAGES.items()

    fleet = cg.read_device_pages(PAGES)
    assert len(fleet) == fleet.rows_read == len(PAGES)
    assert [problem.split(":")[0] for problem in fleet.problems] == [f"page {name}" for name in list(PAGES)[1:]]
    assert cells(fleet)[1][:3] == ["CP-7821-K9", "V03", "00CCFC123456"]
    for same in [pairs(), list(pairs()), tuple(pairs()), types.MappingProxyType(PAGES)]:
        assert cg.read_device_pages(same).to_csv() == fleet.to_csv()
    for name, came in PAGES.items():
        content = came.encode() if isinstance(came, str) else came or b""
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder").mkdir()
    for folder in [tmp_path, str(tmp_path)]:
        assert cg.read_device_pages(folder).to_csv() == fleet.to_csv()
    assert len(cg.read_device_pages({})) == 0
    assert cg.read_device_pages(PAGES, when="today").sources[0].when == "today"


def test_a_page_is_read_as_a_browser_shows_it() -> None:
    data = Path(__file__).parents[2] / "tests" / "data" / "inventory"
    shown = (data / "device_page_8845.html").read_bytes()
    expected = ["CP-8845", "V00", "AC7E8A000190", "PUC1938ABC5", "sip8845_65.14-3-1-0201-246"]
    assert cells(cg.read_device_pages({"10.0.1.101": shown}))[1][:5] == expected
    network = cg.read_device_pages({"10.0.1.102": (data / "network_page_8865.html").read_bytes()})
    assert (cells(network)[1][:3], network.problems) == (["CP-8865", "", "00CCFC0000B1"], ())


def test_text_of_a_page_is_read_as_utf_8() -> None:
    assert cells(cg.read_device_pages({"p": PAGE.decode()})) == cells(cg.read_device_pages({"p": PAGE}))
    assert len(cg.read_device_pages({"p": "\ud800", "q\udcff": "\udcff"})) == 2


def test_what_is_no_page_is_named() -> None:
    expected = "a mapping of names to bytes, str or None, an iterable of such pairs, or the path of a folder"
    for wrong, message in [
        (5, f"argument 'pages': expected {expected}, not int"),
        (b"<DeviceInformation/>", f"argument 'pages': expected {expected}, not bytes"),
        ([b""], "argument 'pages': expected pairs of a name and bytes, str or None, not bytes"),
        ({"10.0.0.1": 5}, "argument 'pages': expected bytes, str or None for a page, not int"),
        ({5: b""}, "argument 'pages': expected str for a name, not int"),
    ]:
        with pytest.raises(TypeError) as caught:
            cg.read_device_pages(wrong)  # type: ignore[arg-type]
        assert str(caught.value) == message
    with pytest.raises(FileNotFoundError):
        cg.read_device_pages("no such folder")

    def failing() -> Iterator[tuple[str, bytes]]:
        yield "10.0.0.1", b""
        raise KeyError

    with pytest.raises(KeyError):
        cg.read_device_pages(failing())


def test_broken_rows_are_kept_and_told() -> None:
    fleet = cg.read_csv(b"PID,VID\nCP-7821-K9=,V03\nCP-7821-K9=,V03,stray\n", name="export.csv")
    assert len(fleet) == fleet.rows_read == 2
    assert fleet.problems == ("export.csv line 3: 3 columns where the header has 2",)
    assert fleet.problems[0] in str(fleet)


def test_a_cut_is_told_three_times() -> None:
    message = r"^cluster: inventory: line 1: .* what stands before it was read$"
    with pytest.warns(cg.InventoryWarning, match=message) as told:
        fleet = cg.read_risport(RISPORT[: RISPORT.index(b"<Name>SEP00CCFC123458")], name="cluster")
    assert Path(told[0].filename) == Path(__file__)
    assert cells(fleet)[1] == cells(cg.read_risport(RISPORT))[1]
    (cut,) = fleet.cuts
    assert isinstance(cut, cg.InventoryError)
    assert (cut.source, cut.row) == ("cluster", 1)
    assert str(cut) in str(fleet)
    with pytest.warns(cg.InventoryWarning, match=r"\(and 1 more, see Fleet\.cuts\)"):
        both = cg.read_risport([RISPORT[:-200], RISPORT[:-200]])
    assert len(both.cuts) == 2


def test_what_cannot_be_read_at_all_names_the_source(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_bytes(b"nothing to see here\n")
    for read in [cg.read_csv, cg.read_risport, cg.read_excel, cg.read_inventory]:
        with pytest.raises(cg.InventoryError) as caught:
            read(path)
        assert caught.value.source == str(path)
        assert str(caught.value).startswith(f"{path}: inventory: ")
        with pytest.raises(cg.InventoryError) as caught:
            read([CSV if read is cg.read_csv else path, path])
        assert caught.value.source == str(path)
    assert pickle.loads(pickle.dumps(caught.value)).source == str(path)


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    with path.open("wb") as file:
        # A hole: it takes no room.
        file.truncate(5 << 30)
    for read in [cg.read_csv, cg.read_excel, cg.read_risport, cg.read_webex, cg.read_inventory]:
        with pytest.raises(cg.InventoryError, match=f"{5 << 30} bytes; expected at most {4 << 30}"):
            read(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_is_read(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=pipe.write_bytes, args=[CSV])
    writer.start()
    assert cells(cg.read_csv(pipe)) == cells(cg.read_csv(CSV))
    writer.join()


def test_the_other_threads_go_on_and_ctrl_c_is_heard() -> None:
    file = b"PID,VID\n" + b"CP-7821-K9=,V03\n" * 20_000

    is_over = threading.Event()

    def interrupt() -> None:
        # One interrupt may come where Python swallows it, and all of this file would not fit into memory.
        while not is_over.wait(0.1):
            _thread.interrupt_main()

    # The other thread can only run because the work holds no lock.
    timer = threading.Thread(target=interrupt)
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        try:
            cg.read_csv([file] * 10_000)
        finally:
            is_over.set()
    timer.join()
