from __future__ import annotations

import pytest

import crossgrade as cg
from crossgrade import _native

BOOK = f"rule book guide {cg.RuleBook.guide().revision}"
ERRORS = [cg.RequestError, cg.RuleBookError, cg.InventoryError]


@pytest.mark.parametrize("error", ERRORS)
def test_every_error_is_a_crossgrade_error_and_a_value_error(error: type[Exception]) -> None:
    assert issubclass(error, cg.CrossgradeError)
    assert issubclass(error, ValueError)
    assert error.__module__ == "crossgrade.exceptions"
    with pytest.raises(cg.CrossgradeError):
        raise error


def test_the_base_is_no_value_error() -> None:
    assert not issubclass(cg.CrossgradeError, ValueError)


def test_unknown_destination() -> None:
    with pytest.raises(cg.RequestError) as caught:
        cg.assess("8841", destination="the moon")
    assert str(caught.value) == (
        'destination: none of the known words at character 1 of "the moon";'
        " expected webex-calling, third-party (any other call control), unified-cm, or a call control by its name, such as Asterisk"
    )


def test_destination_with_surrogates() -> None:
    with pytest.raises(cg.RequestError, match=r"^destination: "):
        cg.assess("8841", destination="\udcff")
    with pytest.raises(cg.RequestError, match=r"^target: "):
        cg.assess("8841", destination="third-party", target="\udcff")


@pytest.mark.parametrize(
    ("destination", "target", "message"),
    [
        (
            "third-party",
            "14.2(1)SR1",
            f"target 14.2(1)SR1: {BOOK} knows it as Enterprise firmware only; third-party needs MPP firmware, such as "
            "12.0(3)SR1",
        ),
        (
            "unified-cm",
            "sip88xx.12-0-3MPP0001-87",
            "target sip88xx.12-0-3MPP0001-87: it is MPP firmware; unified-cm needs Enterprise firmware, such as "
            f"sip88xx.14-2-1-0101-26 ({BOOK})",
        ),
    ],
)
def test_target_of_the_wrong_type(destination: str, target: str, message: str) -> None:
    with pytest.raises(cg.RequestError) as caught:
        cg.assess("8841", destination=destination, target=target)
    assert str(caught.value) == message


@pytest.mark.parametrize("target", ["newest", "sip78xx.12-0-3MPP0001-87,nonsense"])
def test_target_that_cannot_be_read(target: str) -> None:
    with pytest.raises(cg.RequestError, match=r"^target: "):
        cg.assess("8841", destination="third-party", target=target)


def read(data: bytes, source: str = "fleet.csv") -> cg.Fleet:
    return cg.read_csv(data, name=source)


def test_empty_inventory() -> None:
    with pytest.raises(cg.InventoryError, match=r"^fleet\.csv: inventory: the file is empty") as caught:
        read(b"")
    assert (caught.value.source, caught.value.row, caught.value.column) == ("fleet.csv", None, None)


def test_inventory_with_two_columns_for_one_field() -> None:
    with pytest.raises(cg.InventoryError, match="could both be the vid") as caught:
        read(b"PID,VID,vid\nCP-8841-K9=,V01,V02\n")
    assert (caught.value.source, caught.value.row, caught.value.column) == ("fleet.csv", None, "VID")


def test_results_over_a_column_of_the_inventory() -> None:
    data = b"PID,verdict\nCP-8841-K9=,none\n"
    requests = [_native.Request("third-party")]
    pieces: list[bytes] = []
    with pytest.raises(cg.InventoryError, match=r'^fleet\.csv: results: .* column "verdict"') as caught:
        _native.audit_csv(data, requests, source="fleet.csv", write=pieces.append)
    assert caught.value.column == "verdict"
    _native.audit_csv(data, requests, source="fleet.csv", write=pieces.append, prefix="cg_")
    assert b"".join(pieces).startswith(b"PID,verdict,cg_read_model,")
    # What nobody writes has no names.
    assert len(_native.audit_csv(data, requests).reports) == 1


def test_what_progress_raises_ends_the_work() -> None:
    data = b"PID\n" + b"CP-8841-K9=\n" * 1_000_000
    calls = []

    def progress(done: int) -> None:
        calls.append(done)
        raise KeyError(done)

    with pytest.raises(KeyError):
        _native.audit_csv(data, [_native.Request("third-party")], progress=progress)
    assert len(calls) == 1
    assert calls[0] < 1_000_000


def test_what_write_raises_ends_the_work() -> None:
    def write(piece: bytes) -> None:
        raise OSError(28, "no space", "out.csv")

    with pytest.raises(OSError, match="no space"):
        _native.audit_csv(b"PID\nCP-8841-K9=\n", [_native.Request("third-party")], write=write)
