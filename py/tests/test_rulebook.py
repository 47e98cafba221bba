from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import json
import threading
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg
from books import DATA, OVERLAY, PROBLEMS, SECOND

if TYPE_CHECKING:
    from collections.abc import Callable

GUIDE = cg.RuleBook.guide()
FIELD = cg.RuleBook.field()
DATES = cg.RuleBook.field_dates()
ACME = GUIDE.overlay(OVERLAY)

READERS: list[Callable[[str], cg.RuleBook]] = [cg.RuleBook.from_toml, cg.RuleBook.check, GUIDE.overlay]
DOCUMENTS: list[cg.RuleBook | cg.RuleBookDiff | cg.Explanation] = [
    GUIDE,
    FIELD,
    ACME,
    GUIDE.diff(FIELD),
    FIELD.diff(GUIDE),
    GUIDE.diff(ACME),
    GUIDE.diff(GUIDE),
    FIELD.explain("CG203"),
    FIELD.explain("CG101"),
    FIELD.explain("8851NR"),
    FIELD.explain("D01"),
    ACME.explain("e2m-7841"),
]


def test_the_default_is_one_object() -> None:
    assert cg.RuleBook.guide() is GUIDE
    assert cg.assess("8841", destination="third-party").rulebook is GUIDE
    assert (GUIDE.edition, GUIDE.as_of) == ("guide", None)


def test_field() -> None:
    assert FIELD.edition == "field"
    assert FIELD != GUIDE
    assert FIELD == cg.RuleBook.field(None) == cg.RuleBook.field(as_of=None)
    assert FIELD.as_of == DATES[-1]


def test_the_days_on_which_field_changed() -> None:
    assert all(type(day) is dt.date for day in DATES)
    assert list(DATES) == sorted(set(DATES))
    books = [cg.RuleBook.field(day) for day in DATES]
    assert [book.as_of for book in books] == list(DATES)
    assert len({book.digest for book in books}) == len(DATES)


@pytest.mark.parametrize("day", DATES, ids=str)
def test_field_as_of_a_day(day: dt.date) -> None:
    book = cg.RuleBook.field(day)
    assert book == cg.RuleBook.field(as_of=day) == cg.RuleBook.field(as_of=day.isoformat())
    before = cg.RuleBook.field(day - dt.timedelta(days=1))
    assert before != book
    assert before.as_of is None or before.as_of < day


def test_days_outside_of_the_book() -> None:
    assert cg.RuleBook.field("9999-12-31") == FIELD
    assert cg.RuleBook.field(dt.date.max) == FIELD
    assert cg.RuleBook.field(dt.date.min) == cg.RuleBook.field("0001-01-01")
    assert cg.RuleBook.field(dt.date.min).as_of is None


@pytest.mark.parametrize("day", ["", "2024", "2024-02-30", "01.09.2024", "2024-09-01T00:00", "today", "\udcff"])
def test_a_text_that_is_no_day(day: str) -> None:
    with pytest.raises(cg.RequestError, match=r"^date: .*expected a day such as 2024-08-26$"):
        cg.RuleBook.field(day)


@pytest.mark.parametrize("day", [20240901, 1.5, b"2024-09-01", (2024, 9, 1), dt.time(), dt.datetime(2024, 9, 1)])  # noqa: DTZ001
def test_other_types_are_no_day(day: Any) -> None:  # noqa: ANN401
    kind = type(day).__name__
    message = rf"^argument 'as_of': expected str \(such as '2024-09-01'\), datetime\.date or None, not {kind}$"
    with pytest.raises(TypeError, match=message):
        cg.RuleBook.field(day)


def test_books_from_the_authored_texts() -> None:
    guide = (DATA / "guide.toml").read_text(encoding="utf-8")
    field = (DATA / "field.toml").read_text(encoding="utf-8")
    for book in [cg.RuleBook.from_toml(guide), cg.RuleBook.check(guide)]:
        assert book == GUIDE
        assert book.to_json() == GUIDE.to_json()
    for book in [GUIDE.overlay(field), cg.RuleBook.check(field), cg.RuleBook.from_toml(guide).overlay(field)]:
        assert book == FIELD
        assert book.as_of == FIELD.as_of


def test_an_overlay_answers_and_the_book_stays() -> None:
    digest = GUIDE.digest
    phone = {"pid": "CP-7841-K9=", "vid": "V04", "destination": "third-party"}
    assert cg.assess(**phone, rulebook=ACME).verdict is cg.Verdict.INELIGIBLE
    assert cg.assess(**phone).verdict is cg.Verdict.ELIGIBLE
    assert GUIDE.digest == digest
    assert ACME.edition == "guide + acme 1.0.0"
    assert ACME.revision == GUIDE.revision
    assert ACME.as_of == dt.date(2026, 11, 20)
    assert ACME == cg.RuleBook.check(OVERLAY) == GUIDE.overlay(OVERLAY.replace("\n", "\r\n"))
    answer = cg.assess(**phone, rulebook=ACME)
    assert answer.rulebook is ACME
    assert answer != cg.assess(**phone)
    assert answer.to_dict()["rulebook"]["edition"] == ACME.edition


def test_overlays_over_overlays() -> None:
    both = ACME.overlay(SECOND)
    assert both.edition == "guide + acme 1.0.0 + acme-too 2.0.0"
    assert [change.id for change in ACME.diff(both).changes if change.section == "conversions"] == ["e2m-7861"]
    with pytest.raises(cg.RuleBookError, match='unknown source "TAC"'):
        GUIDE.overlay(SECOND)


def test_an_overlay_is_laid_over_the_book_that_it_names() -> None:
    over_field = OVERLAY.replace('edition = "guide"', 'edition = "field"')
    assert cg.RuleBook.check(over_field) == FIELD.overlay(over_field)
    with pytest.raises(cg.RuleBookError, match='written for "field"'):
        GUIDE.overlay(over_field)


@pytest.mark.parametrize("read", READERS[1:], ids=lambda read: read.__name__)
def test_every_problem_is_told_with_its_place(read: Callable[[str], cg.RuleBook]) -> None:
    with pytest.raises(cg.RuleBookError) as caught:
        read(PROBLEMS)
    problems = caught.value.problems
    assert [(problem.line, problem.place) for problem in problems] == [
        (6, "colour"),
        (13, "amendments.acme-1.confidence"),
    ]
    assert all(type(problem) is cg.Problem for problem in problems)
    assert str(caught.value) == "\n".join(["rule book: 2 problems", *map(str, problems)])
    assert problems[0] == dataclasses.replace(problems[0])
    with pytest.raises(dataclasses.FrozenInstanceError):
        problems[0].line = 1  # type: ignore[misc]


def test_a_relaxation_has_to_say_so() -> None:
    with pytest.raises(cg.RuleBookError, match="relax = true"):
        GUIDE.overlay(OVERLAY.replace("V05-", "V02-"))


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_texts_that_are_no_book(read: Callable[[Any], cg.RuleBook]) -> None:
    for text in ["", "[", "schema = 1", "\x00", "schema = 1 \ufffd"]:
        with pytest.raises(cg.RuleBookError) as caught:
            read(text)
        assert caught.value.problems, text
    with pytest.raises(cg.RuleBookError, match="surrogates") as caught:
        read(OVERLAY + "# \udcff")
    assert caught.value.problems == ()
    for other in [None, OVERLAY.encode(), 5, DATA]:
        with pytest.raises(TypeError, match=rf"^argument 'text': expected str, not {type(other).__name__}$"):
            read(other)


def test_check_json() -> None:
    clean = json.loads(cg.RuleBook.check_json(OVERLAY))
    assert clean["clean"] is True
    assert clean["rulebook"] == {key: getattr(ACME, key) for key in ["edition", "revision", "digest"]}
    assert clean["problems"] == []
    with pytest.raises(cg.RuleBookError) as caught:
        cg.RuleBook.check(PROBLEMS)
    broken = json.loads(cg.RuleBook.check_json(PROBLEMS))
    assert (broken["clean"], broken["rulebook"]) == (False, None)
    assert broken["problems"] == [dataclasses.asdict(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("document", DOCUMENTS, ids=repr)
def test_documents(document: cg.RuleBook | cg.RuleBookDiff | cg.Explanation) -> None:
    keys = document.to_dict()
    assert keys == json.loads(document.to_json())
    # What a caller does to the dictionary is the caller's own.
    keys.clear()
    assert document.to_dict() == json.loads(document.to_json())
    assert json.dumps(document.to_dict(), ensure_ascii=False, separators=(",", ":")) == document.to_json()
    assert len({document, document}) == 1
    for name in ["changes", "rows", "another"]:
        with pytest.raises(AttributeError):
            setattr(document, name, None)


def as_json(row: cg.RuleRow) -> dict[str, Any]:
    fields = {key: list(value) if isinstance(value, tuple) else value for key, value in row.fields}
    return {"section": row.section, "id": row.id, "fields": fields}


@pytest.mark.parametrize("book", [GUIDE, FIELD, ACME], ids=repr)
def test_rows(book: cg.RuleBook) -> None:
    assert [as_json(row) for row in book.rows] == book.to_dict()["rows"]
    assert len({(row.section, row.id) for row in book.rows}) == len(book.rows)
    for row in book.rows:
        assert type(row) is cg.RuleRow
        for key, value in row.fields:
            assert row[key] == row.get(key) == value
            assert isinstance(value, (str, tuple))
        assert row.get("no such key") is None
        assert row.get("no such key", "-") == "-"
        with pytest.raises(KeyError):
            row["no such key"]
    assert len(set(book.rows)) == len(book.rows)


def change_as_json(change: cg.Change) -> dict[str, Any]:
    def plain(value: str | tuple[str, ...] | None) -> object:
        return list(value) if isinstance(value, tuple) else value

    fields: Any = [
        {"key": field.key, "before": plain(field.before), "after": plain(field.after)} for field in change.fields
    ]
    if change.kind != "changed":
        said = "after" if change.kind == "added" else "before"
        assert all(field["before" if said == "after" else "after"] is None for field in fields)
        fields = {field["key"]: field[said] for field in fields}
    return {"change": change.kind, "section": change.section, "id": change.id, "fields": fields}


@pytest.mark.parametrize(("before", "after"), [(GUIDE, FIELD), (FIELD, GUIDE), (GUIDE, ACME), (GUIDE, GUIDE)])
def test_diff(before: cg.RuleBook, after: cg.RuleBook) -> None:
    diff = before.diff(other=after)
    keys = diff.to_dict()
    assert [change_as_json(change) for change in diff.changes] == keys["changes"]
    assert len(diff) == len(diff.changes)
    assert bool(diff) == (before != after)
    assert dataclasses.asdict(diff.before) == keys["before"]
    assert dataclasses.asdict(diff.after) == keys["after"]
    assert diff.before.digest == before.digest
    assert repr(diff) == (
        f"RuleBookDiff(before='{before.edition}', after='{after.edition}', changes={len(diff.changes)})"
    )
    assert str(diff).startswith(f"from {before.edition} {before.revision} to {after.edition} {after.revision}\n")
    assert diff == before.diff(after)
    assert hash(diff) == hash(before.diff(after))
    assert (diff == after.diff(before)) == (before == after)
    assert diff.changes is diff.changes


def test_what_an_overlay_changes() -> None:
    (change,) = (change for change in GUIDE.diff(ACME).changes if change.section == "conversions")
    assert (change.kind, change.id) == ("changed", "e2m-7841")
    assert cg.FieldChange("vid", "V04-", "V05-") in change.fields
    assert cg.FieldChange("sources", ("S1", "S2"), ("TAC",)) in change.fields
    kinds = {change.id: change.kind for change in ACME.diff(GUIDE).changes}
    assert kinds == {"e2m-7841": "changed", "acme-1": "removed", "TAC": "removed"}


@pytest.mark.parametrize(
    ("about", "kind", "id_"),
    [
        ("CG203", "code", "CG203"),
        ("vid-below-range", "code", "CG203"),
        (" cg203 ", "code", "CG203"),
        ("8851NR", "model", "8851NR"),
        ("CP-8841-K9=", "model", "8841"),
        ("e2m-7821", "row", "e2m-7821"),
        ("S2", "row", "S2"),
        ("D03", "row", "D03"),
        ("A02", "row", "A02"),
    ],
)
def test_explain(about: str, kind: str, id_: str) -> None:
    why = FIELD.explain(about)
    keys = why.to_dict()
    assert why.about == cg.Subject(kind, id_)
    assert dataclasses.asdict(why.about) == keys["about"]
    assert dataclasses.asdict(why.rulebook) == keys["rulebook"]
    for name in ["rows", "amendments", "disagreements", "sources", "errata"]:
        rows = getattr(why, name)
        assert isinstance(rows, tuple)
        assert [as_json(row) for row in rows] == keys[name]
        assert set(rows) <= set(FIELD.rows)
    assert list(why.codes) == keys["codes"]
    assert (why.code is None) == (kind != "code")
    if why.code is not None:
        assert why.code in cg.codes()
        assert {key: getattr(why.code, key) for key in keys["code"]} == keys["code"]
    assert repr(why) == f"Explanation({kind}='{id_}', rulebook='field', rows={len(why.rows)})"
    assert FIELD.edition in str(why).splitlines()[0]
    assert why == FIELD.explain(about)
    assert why != GUIDE.explain("S1")


@pytest.mark.parametrize("about", ["", "no such thing", "CG999", "\udcff"])
def test_what_nothing_explains(about: str) -> None:
    with pytest.raises(
        cg.RequestError, match=r"^explain: .* is no finding code, no model and no row of guide; expected"
    ):
        GUIDE.explain(about)


def test_other_types_of_arguments() -> None:
    anything: Any = GUIDE
    for other in [None, "guide", GUIDE.digest, 5]:
        with pytest.raises(TypeError, match=rf"^argument 'other': expected RuleBook, not {type(other).__name__}$"):
            anything.diff(other)
    for other in [None, b"CG203", GUIDE]:
        with pytest.raises(TypeError, match=rf"^argument 'about': expected str, not {type(other).__name__}$"):
            anything.explain(other)


def test_signatures() -> None:
    expected = {
        "field": ["as_of"],
        "from_toml": ["text"],
        "overlay": ["text"],
        "check": ["text"],
        "check_json": ["text"],
        "diff": ["other"],
        "explain": ["about"],
    }
    for name, parameters in expected.items():
        assert list(inspect.signature(getattr(GUIDE, name)).parameters) == parameters


def test_threads_share_books() -> None:
    phone = {"pid": "CP-7841-K9=", "vid": "V04", "destination": "third-party"}
    expected = [cg.assess(**phone, rulebook=book).to_json() for book in [GUIDE, FIELD, ACME]]
    diff, why = GUIDE.diff(ACME), ACME.explain("7841")
    found: list[bool] = []

    def look() -> None:
        for _ in range(20):
            books = [cg.RuleBook.guide(), cg.RuleBook.field(), GUIDE.overlay(OVERLAY)]
            found.append([cg.assess(**phone, rulebook=book).to_json() for book in books] == expected)
            found.append(books[2].rows == ACME.rows)
            found.append(diff.changes == GUIDE.diff(books[2]).changes)
            found.append(why.rows == books[2].explain("7841").rows)

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 320
