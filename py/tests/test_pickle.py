from __future__ import annotations

import copy
import dataclasses
import multiprocessing
import pickle
from typing import Any

import pytest

import crossgrade as cg
from books import DATA, OVERLAY, SECOND

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_answers_and_their_parts(answer: cg.Assessment, protocol: int) -> None:
    parts = [answer.phone, *answer.findings, *answer.gates, answer.firmware, answer.license, answer.rulebook]
    members = [answer.verdict, answer.destination, answer.direction]
    for value in [answer, *parts, *members, *cg.codes()[:3]]:
        # Dataclasses with slots need protocol 2; crossgrade needs no older one.
        if protocol < 2 and dataclasses.is_dataclass(value):
            continue
        same = pickle.loads(pickle.dumps(value, protocol))
        assert same == value
        assert type(same) is type(value)
        assert hash(same) == hash(value)
        assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(answer.verdict, protocol)) is answer.verdict
    assert pickle.loads(pickle.dumps(answer, protocol)).to_json() == answer.to_json()


def test_the_raw_texts_are_kept() -> None:
    answer = cg.assess(b"CP-\xff", vid="\udcff", mac="\ud800", destination="unified-cm", target="14.2(1)SR1")
    same = pickle.loads(pickle.dumps(answer))
    assert repr(same) == repr(answer)
    assert str(same) == str(answer)


def test_another_digest_is_refused() -> None:
    answer = cg.assess("8841", destination="third-party")
    find, (edition, revision, digest) = answer.rulebook.__reduce__()
    assert find(edition, revision, digest) == answer.rulebook
    with pytest.raises(cg.RuleBookError, match=r"^rule book: pickled with guide 2020\.1\.0 \(000000000000\); this "):
        find("guide", "2020.1.0", "0" * 64)

    pickled = pickle.dumps(answer)
    assert pickled.count(digest.encode()) == 1
    with pytest.raises(cg.RuleBookError, match="assess the phone again"):
        pickle.loads(pickled.replace(digest.encode(), b"0" * 64))


GUIDE = cg.RuleBook.guide()
WHOLE = (DATA / "guide.toml").read_text(encoding="utf-8")
OVER_FIELD = OVERLAY.replace('edition = "guide"', 'edition = "field"')
DAY = cg.RuleBook.field_dates()[-2]
BOOKS = {
    "guide": GUIDE,
    "field": cg.RuleBook.field(),
    **{f"field as of {day}": cg.RuleBook.field(day) for day in cg.RuleBook.field_dates()},
    "field before all dates": cg.RuleBook.field("1999-12-31"),
    "whole": cg.RuleBook.from_toml(WHOLE),
    "whole, checked": cg.RuleBook.check(WHOLE),
    "whole and overlays": cg.RuleBook.from_toml(WHOLE).overlay(OVERLAY).overlay(SECOND),
    "overlay": GUIDE.overlay(OVERLAY),
    "overlay, checked": cg.RuleBook.check(OVERLAY),
    "overlay over field, checked": cg.RuleBook.check(OVER_FIELD),
    "overlay over field of a day": cg.RuleBook.field(DAY).overlay(OVER_FIELD),
    "two overlays": GUIDE.overlay(OVERLAY).overlay(SECOND),
    "checked and overlay": cg.RuleBook.check(OVERLAY).overlay(SECOND),
}


def is_same(book: cg.RuleBook, other: cg.RuleBook) -> bool:
    return all(
        getattr(book, name) == getattr(other, name) for name in ["edition", "revision", "digest", "as_of", "rows"]
    )


@pytest.mark.parametrize("book", BOOKS.values(), ids=list(BOOKS))
@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_books(book: cg.RuleBook, protocol: int) -> None:
    pickled = pickle.dumps(book, protocol)
    same = pickle.loads(pickled)
    assert same == book
    assert is_same(same, book)
    # And once more: what was made again is made of the same.
    assert pickle.dumps(same, protocol) == pickled
    assert is_same(copy.deepcopy(book), book)
    answer = cg.assess("CP-7841-K9=", vid="V04", destination="third-party", rulebook=book)
    again = pickle.loads(pickle.dumps(answer, protocol))
    assert again == answer
    assert again.to_json() == answer.to_json()


def test_a_pickle_holds_what_the_book_was_made_of() -> None:
    def made_of(book: cg.RuleBook) -> tuple[Any, ...]:
        _, (edition, revision, digest, *rest) = book.__reduce__()
        assert (edition, revision, digest) == (book.edition, book.revision, book.digest)
        return tuple(rest)

    field = cg.RuleBook.field()
    assert made_of(GUIDE) == made_of(field) == ()
    assert made_of(BOOKS["overlay"]) == made_of(BOOKS["overlay, checked"]) == (GUIDE.digest, (OVERLAY,))
    assert made_of(BOOKS["two overlays"]) == made_of(BOOKS["checked and overlay"]) == (GUIDE.digest, (OVERLAY, SECOND))
    assert made_of(BOOKS["overlay over field, checked"]) == (field.digest, (OVER_FIELD,))
    day = cg.RuleBook.field(DAY)
    assert made_of(BOOKS["overlay over field of a day"]) == (day.digest, (OVER_FIELD,))
    assert made_of(BOOKS["whole"]) == made_of(BOOKS["whole, checked"]) == (None, (WHOLE,))
    assert made_of(BOOKS["whole and overlays"]) == (None, (WHOLE, OVERLAY, SECOND))


def test_answers_that_share_a_book_are_pickled_with_one() -> None:
    book = GUIDE.overlay(OVERLAY)
    answers = [cg.assess(pid, destination="third-party", rulebook=book) for pid in ["7841", "8841", "8845"]]
    pickled = pickle.dumps(answers)
    assert pickled.count(b"Answer of Cisco TAC") == 1
    same = pickle.loads(pickled)
    assert same == answers
    assert same[0].rulebook is same[2].rulebook


def test_a_loaded_book_that_is_another_is_refused() -> None:
    again, (edition, revision, digest, base, texts) = GUIDE.overlay(OVERLAY).__reduce__()  # type: ignore[misc]
    assert again(edition, revision, digest, base, texts) == GUIDE.overlay(OVERLAY)
    refused = {
        "made again by this crossgrade it is another": (base, (OVERLAY.replace("V05-", "V06-"),)),
        "this crossgrade has guide": ("0" * 64, texts),
        "cannot make it again: rule book: 1 problem": (base, (OVERLAY.replace("V05-", "V5 and up"),)),
        "cannot make it again: rule book: 7 problems": (None, texts),
    }
    for message, made_of in refused.items():
        with pytest.raises(cg.RuleBookError) as caught:
            again(edition, revision, digest, *made_of)
        start = rf"rule book: pickled with guide + acme 1.0.0 {revision} ({digest[:12]}); "
        assert str(caught.value).startswith(start)
        assert message.split(":", maxsplit=1)[0] in str(caught.value)
        assert bool(caught.value.problems) == ("problem" in message)
    with pytest.raises(cg.RuleBookError):
        again(edition, revision, "0" * 64, base, texts)


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_documents_and_their_parts(protocol: int) -> None:
    book = GUIDE.overlay(OVERLAY)
    diff, why = GUIDE.diff(book), book.explain("CG203")
    impact = cg.impact(b"PID,VID\n7841,V04\n", before=GUIDE, after=book, destination="third-party")
    parts: list[Any] = [*diff.changes, diff.before, *why.rows, why.about, *impact.rows, *impact.loads, book.rows[0]]
    for value in [diff, why, impact, *parts]:
        if protocol < 2 and hasattr(type(value), "__slots__"):
            continue
        same = pickle.loads(pickle.dumps(value, protocol))
        assert same == value
        assert type(same) is type(value)
        assert hash(same) == hash(value)
        assert str(same) == str(value)
        assert copy.deepcopy(value) == value
    assert pickle.loads(pickle.dumps(impact, protocol)).rows == impact.rows


def work(book: cg.RuleBook, pid: str) -> tuple[str, cg.Assessment, cg.RuleBookDiff]:
    """Runs in another process."""
    return book.digest, cg.assess(pid, vid="V04", destination="third-party", rulebook=book), GUIDE.diff(book)


def test_books_travel_between_processes() -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        for book in BOOKS.values():
            digest, answer, diff = pool.apply(work, (book, "CP-7841-K9="))
            assert digest == book.digest
            assert answer == cg.assess("CP-7841-K9=", vid="V04", destination="third-party", rulebook=book)
            assert is_same(answer.rulebook, book)
            assert diff == GUIDE.diff(book)


def test_answers_travel_between_processes(answer: cg.Assessment) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(cg.Assessment.to_json, (answer,)) == answer.to_json()


@pytest.mark.parametrize(
    "error",
    [
        cg.CrossgradeError("what"),
        cg.RequestError("what"),
        cg.RuleBookError("what", (cg.Problem(1, 2, "gates", "one"), cg.Problem(3, 4, "file", "two"))),
        cg.InventoryError("what", "fleet.csv", 3, "PID"),
    ],
)
def test_exceptions(error: cg.CrossgradeError) -> None:
    same = pickle.loads(pickle.dumps(error))
    assert type(same) is type(error)
    assert str(same) == "what"
    assert vars(same) == vars(error)
