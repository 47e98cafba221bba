from __future__ import annotations

import _thread
import dataclasses
import inspect
import json
import os
import threading
from pathlib import Path
from typing import Any

import pytest

import crossgrade as cg
from books import OVERLAY

GUIDE = cg.RuleBook.guide()
FIELD = cg.RuleBook.field()
ACME = GUIDE.overlay(OVERLAY)
FLEET = Path(__file__).parents[2] / "examples" / "data" / "fleet.csv"
THREE = b"PID,VID\nCP-7841-K9=,V04\nCP-8841-K9=,V15\n\xff,\nCP-7841-K9=,V05\n"
LARGE = b"PID,VID\n" + b"CP-7841-K9=,V04\n" * 1_000_000


def test_which_phones_get_another_answer() -> None:
    impact = cg.impact(THREE, before=GUIDE, after=ACME, destination="third-party")
    (row,) = impact.rows
    assert (row.line, row.product) == (2, "CP-7841-K9=")
    load = cg.assess("CP-7841-K9=", vid="V04", destination="third-party").firmware
    assert load is not None
    assert row.before == cg.Outcome(cg.Verdict.ELIGIBLE, load.load, None, cg.LicenseNeed.PURCHASE, "L-CP-E2M-78XX-CNV=")
    assert row.after == cg.Outcome(cg.Verdict.INELIGIBLE, None, None, None, None)
    assert "e2m-7841" in row.rules
    assert impact.verdicts == (cg.ImpactCount("eligible", "ineligible", 1),)
    assert impact.loads == (cg.ImpactCount(load.load, None, 1),)
    assert impact.licenses == (cg.ImpactCount("purchase L-CP-E2M-78XX-CNV=", None, 1),)
    assert (impact.phones, len(impact), bool(impact)) == (4, 1, True)
    assert impact.before == cg.RuleBookLabel(GUIDE.edition, GUIDE.revision, GUIDE.digest)
    assert impact.after.edition == ACME.edition
    assert repr(impact) == (
        "Impact(before='guide', after='guide + acme 1.0.0', destination='third-party', phones=4, changed=1)"
    )
    assert str(impact).startswith("To third-party call control, from rule book guide ")


@pytest.mark.parametrize("destination", cg.Destination)
@pytest.mark.parametrize(("before", "after"), [(GUIDE, FIELD), (FIELD, GUIDE), (FIELD, FIELD)])
def test_attributes_are_the_keys_of_the_json(
    destination: cg.Destination, before: cg.RuleBook, after: cg.RuleBook
) -> None:
    impact = cg.impact(FLEET, before=before, after=after, destination=destination)
    document = impact.to_dict()
    assert document == json.loads(impact.to_json())
    attributes = {"schema": document["schema"]}
    for name in ["before", "after"]:
        attributes[name] = dataclasses.asdict(getattr(impact, name))
    attributes |= {
        "destination": impact.destination,
        "target": impact.target,
        "phones": impact.phones,
        "changed": len(impact),
    }
    for name in ["verdicts", "loads", "install_first", "findings", "licenses", "rows"]:
        attributes[name] = [dataclasses.asdict(part) for part in getattr(impact, name)]
    assert json.dumps(attributes, ensure_ascii=False, separators=(",", ":")) == impact.to_json()
    assert len(impact) == len(impact.rows) == len({row.line for row in impact.rows})
    assert bool(impact) == (before != after and len(impact.rows) > 0)
    assert all(row.before != row.after for row in impact.rows)


def test_every_row_is_what_the_books_answer() -> None:
    fleet = b"PID,VID\n" + b"".join(
        b"CP-%d-K9=,V%02d\n" % (model, vid) for model in (7821, 8841, 8845) for vid in (1, 14, 26)
    )
    impact = cg.impact(fleet, before=GUIDE, after=FIELD, destination="webex-calling")
    changed = {row.line: row for row in impact.rows}
    for line, text in enumerate(fleet.decode().splitlines()[1:], 2):
        pid, vid = text.split(",")
        outcomes = []
        for book in [GUIDE, FIELD]:
            answer = cg.assess(pid, vid=vid, destination="webex-calling", rulebook=book)
            load = answer.firmware.load if answer.firmware else None
            need, sku = (answer.license.need, answer.license.sku) if answer.license else (None, None)
            first = next((gate.install_first for gate in answer.gates if gate.install_first), None)
            outcomes.append(cg.Outcome(answer.verdict, load, first, need, sku))
        if outcomes[0] == outcomes[1]:
            assert line not in changed
        else:
            assert [changed[line].before, changed[line].after] == outcomes
    assert impact.phones == 9


def test_the_fleet_is_a_path_or_what_the_file_holds(tmp_path: Path) -> None:
    file = tmp_path / "fleet.csv"
    file.write_bytes(THREE)
    expected = cg.impact(THREE, before=GUIDE, after=ACME, destination="third-party")

    class OsPath:
        def __fspath__(self) -> str:
            return str(file)

    for fleet in [file, str(file), OsPath()]:
        impact = cg.impact(fleet, before=GUIDE, after=ACME, destination="third-party")
        named = impact.to_json().replace(f'"{file} line', '"document line')
        assert named == expected.to_json()
        again = cg.impact(fleet, before=GUIDE, after=ACME, destination="third-party")
        assert impact == again
        assert hash(impact) == hash(again)


@pytest.mark.parametrize("fleet", [None, 5, [5], os.stat_result(range(10))])
def test_other_types_are_no_fleet(fleet: Any) -> None:  # noqa: ANN401
    found = "NoneType" if fleet is None else "int"
    message = rf"^argument 'fleet': expected a table .*, a path, .*, not {found}$"
    with pytest.raises(TypeError, match=message):
        cg.impact(fleet, before=GUIDE, after=ACME, destination="third-party")


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize("book", [None, "guide", 5])
def test_other_types_are_no_book(name: str, book: Any) -> None:  # noqa: ANN401
    books: dict[str, Any] = {"before": GUIDE, "after": ACME, name: book}
    with pytest.raises(TypeError, match=rf"^argument '{name}': expected RuleBook, not {type(book).__name__}$"):
        cg.impact(THREE, **books, destination="third-party")


def test_errors(tmp_path: Path) -> None:
    books: dict[str, Any] = {"before": GUIDE, "after": FIELD}
    with pytest.raises(cg.RequestError, match=r"^destination: "):
        cg.impact(THREE, **books, destination="the moon")
    with pytest.raises(cg.RequestError, match="needs MPP firmware"):
        cg.impact(THREE, **books, destination="third-party", target="sip88xx.14-2-1-0101-26")
    with pytest.raises(cg.InventoryError, match=r"^document: inventory: the file is empty") as caught:
        cg.impact(b"", **books, destination="third-party")
    assert caught.value.source == "document"
    file = tmp_path / "empty.csv"
    with pytest.raises(FileNotFoundError):
        cg.impact(file, **books, destination="third-party")
    file.touch()
    with pytest.raises(cg.InventoryError) as caught:
        cg.impact(file, **books, destination="third-party")
    assert caught.value.source == str(file)


def test_the_later_book_judges_the_target() -> None:
    newest = next(row["load"] for row in FIELD.rows if row.section == "targets" and row.id == "load-third-party-88xx")
    release = cg.assess("8841", destination="third-party", rulebook=FIELD).firmware
    assert release is not None
    assert release.load == newest
    impact = cg.impact(THREE, before=GUIDE, after=FIELD, destination="third-party", target=release.release)
    assert impact.target == release.release
    assert f", target='{release.release}', " in repr(impact)


def test_signature() -> None:
    parameters = inspect.signature(cg.impact).parameters
    assert list(parameters) == ["fleet", "before", "after", "destination", "target", "columns", "keep", "progress"]
    keywords = [name for name, parameter in parameters.items() if parameter.kind is parameter.KEYWORD_ONLY]
    assert keywords == list(parameters)[1:]


def test_progress_and_what_it_raises() -> None:
    calls: list[int] = []

    def progress(done: int) -> None:
        calls.append(done)
        raise KeyError(done)

    with pytest.raises(KeyError):
        cg.impact(LARGE, before=GUIDE, after=FIELD, destination="third-party", progress=progress)
    assert len(calls) == 1
    assert calls[0] < 1_000_000
    cg.impact(THREE, before=GUIDE, after=FIELD, destination="third-party", progress=progress)
    assert len(calls) == 1, "short work tells nothing"


def test_ctrl_c_ends_long_work_and_others_work_meanwhile() -> None:
    def interrupt(done: int) -> None:
        if done > 0 and not timer.is_alive():
            timer.start()

    # The other thread can only run because the work holds no lock.
    timer = threading.Thread(target=_thread.interrupt_main)
    with pytest.raises(KeyboardInterrupt):
        cg.impact(LARGE, before=GUIDE, after=FIELD, destination="third-party", progress=interrupt)
    timer.join()


def test_impacts_are_frozen() -> None:
    impact = cg.impact(THREE, before=GUIDE, after=ACME, destination="third-party")
    for name in ["rows", "phones", "another"]:
        with pytest.raises(AttributeError):
            setattr(impact, name, None)
    for part in [*impact.rows, *impact.verdicts, impact.before, impact.rows[0].before]:
        assert hash(part) == hash(dataclasses.replace(part))
        assert not hasattr(part, "__dict__")
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(part, dataclasses.fields(part)[0].name, None)
