from __future__ import annotations

import copy
import dataclasses
import multiprocessing
import pickle

import pytest

import crossgrade as cg

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


def test_answers_travel_between_processes(answer: cg.Assessment) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(cg.Assessment.to_json, (answer,)) == answer.to_json()


@pytest.mark.parametrize(
    "error",
    [
        cg.CrossgradeError("what"),
        cg.RequestError("what"),
        cg.RuleBookError("what", ("one", "two")),
        cg.InventoryError("what", "fleet.csv", 3, "PID"),
    ],
)
def test_exceptions(error: cg.CrossgradeError) -> None:
    same = pickle.loads(pickle.dumps(error))
    assert type(same) is type(error)
    assert str(same) == "what"
    assert vars(same) == vars(error)
