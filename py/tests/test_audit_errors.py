"""What is wrong with a call is said at once, with what would be right."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

import crossgrade as cg

pa = pytest.importorskip("pyarrow")

TABLE = pa.table({"PID": ["CP-7821-K9="], "VID": ["V03"]})
NONE = "none of the known words at character 1 of"
TEXT = "text (Utf8, LargeUtf8, Utf8View or a dictionary of those)"
CURE = (
    'in pandas, read the file with dtype=str, or use astype("Int64") for type codes; '
    "columns={field: None} reads the field from no column"
)
FUNCTIONS = [cg.audit, cg.audit_stream]


def words(enum: Any) -> str:  # noqa: ANN401
    return ", ".join(enum)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        (
            {"select": ["verdikt"]},
            f'result column: {NONE} "verdikt"; expected one of {words(cg.ResultColumn)}',
        ),
        (
            {"text": "wide"},
            f'text layout: {NONE} "wide"; expected one of {words(cg.TextLayout)}',
        ),
        (
            {"columns": {"pdi": "PID"}},
            f'inventory field: {NONE} "pdi"; expected one of {words(cg.InventoryField)}',
        ),
        ({"threads": 0}, "threads: found 0; expected at least 1"),
        ({"threads": -(10**30)}, f"threads: found {-(10**30)}; expected at least 1"),
        (
            {"destination": "unified-cm", "target": "sip88xx.12-0-3MPP0001-87"},
            "target sip88xx.12-0-3MPP0001-87: it is MPP firmware; unified-cm needs Enterprise firmware, such as "
            f"sip88xx.14-2-1-0101-26 (rule book guide {cg.RuleBook.guide().revision})",
        ),
    ],
)
def test_requests(function: Any, keywords: dict[str, Any], message: str) -> None:  # noqa: ANN401
    with pytest.raises(cg.RequestError) as caught:
        function(TABLE, **{"destination": "third-party", **keywords})
    assert str(caught.value) == message
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        ({"select": "verdict"}, "argument 'select': expected a list of result columns or None, not str"),
        ({"select": 5}, "argument 'select': expected a list of result columns or None, not int"),
        ({"select": [5]}, "argument 'select': expected str, not int"),
        ({"text": None}, "argument 'text': expected str, not NoneType"),
        ({"prefix": None}, "argument 'prefix': expected str, not NoneType"),
        ({"threads": 2.5}, "argument 'threads': expected int or None, not float"),
        ({"columns": ["PID"]}, "argument 'columns': expected a mapping of fields to column names, not list"),
        ({"columns": {5: "PID"}}, "argument 'columns': expected str, not int"),
        ({"columns": {"pid": 5}}, "argument 'columns': expected str, a list of str or None for a field, not int"),
        ({"columns": {"pid": [5]}}, "argument 'columns': expected str, a list of str or None for a field, not int"),
        ({"progress": None}, "argument 'progress': expected bool or a function, not NoneType"),
        ({"rulebook": "guide"}, "argument 'rulebook': expected RuleBook or None, not str"),
        ({"destination": 5}, "argument 'destination': expected str, not int"),
    ],
)
def test_types(function: Any, keywords: dict[str, Any], message: str) -> None:  # noqa: ANN401
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        function(TABLE, **{"destination": "third-party", **keywords})


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize("table", [None, 5, [5], {"fleet": TABLE}, object()])
def test_what_is_no_table(function: Any, table: Any) -> None:  # noqa: ANN401
    message = (
        "argument 'table': expected a table (of pandas, polars, pyarrow, DuckDB), a path, a folder of pages, bytes, an open"
        f" file, a parsed answer, or a list of those, not {'int' if table == [5] else type(table).__name__}"
    )
    with pytest.raises(TypeError, match=f"^{re.escape(message)}$"):
        function(table, destination="third-party")


@pytest.mark.parametrize("function", FUNCTIONS)
@pytest.mark.parametrize(
    ("table", "keywords", "message", "column"),
    [
        (
            pa.table({"PID": ["8841"], "VID": [15]}),
            {},
            f'audit: column "VID", read as the vid, is of type Int64; expected {TEXT}, or nothing but nulls ({CURE})',
            "VID",
        ),
        (
            pa.table({"PID": ["8841"], "verdict": ["x"]}),
            {},
            'audit: there is a column "verdict" already; expected a prefix that makes result columns differ',
            "verdict",
        ),
        (
            TABLE,
            {"select": ["verdict", "verdict"]},
            "audit: the result column verdict is selected twice; expected each once",
            None,
        ),
        (
            TABLE,
            {"columns": {"pid": "Part"}},
            'inventory: there is no column "Part" to read the pid from; expected one of ["PID", "VID"]',
            "Part",
        ),
        (
            pa.table({"PID": ["x"], "product_id": ["y"]}),
            {},
            'inventory: columns "PID" and "product_id" could both be the pid; rename or remove one, or name the one that counts:'
            ' --columns pid=HEADER on a command line, columns={"pid": HEADER} in Python, "pid=HEADER" in columns in C,'
            " ChosenColumn::new in Rust",
            "PID",
        ),
        (
            TABLE,
            {"columns": {"pid": None, "vid": None}},
            (
                'inventory: no column of ["PID", "VID"] is one that is read; '
                "expected at least a column such as PID, Model or Device Type; say which column is which: --columns"
                ' pid=HEADER on a command line, columns={"pid": HEADER} in Python, "pid=HEADER" in columns in C,'
                " ChosenColumn::new in Rust"
            ),
            None,
        ),
        ([], {}, "audit: nothing to read; expected a path", None),
        (pa.chunked_array([["8841"]]), {}, "audit: found a single column of type Utf8; expected a table", None),
    ],
)
def test_inventories(function: Any, table: Any, keywords: dict[str, Any], message: str, column: str | None) -> None:  # noqa: ANN401
    with pytest.raises(cg.InventoryError) as caught:
        function(table, destination="third-party", **keywords)
    assert str(caught.value) == message
    assert (caught.value.source, caught.value.row, caught.value.column) == (None, None, column)


def test_floats_may_hold_nothing_but_nulls() -> None:
    """Whether they do is seen when the rows are read."""
    values, nulls = pa.table({"Model": [None, 8841.0]}), pa.table({"Model": pa.array([None, None], pa.float64())})
    message = (
        'audit: column "Model", read as the pid, is of type Float64; '
        f"expected {TEXT}, integers, or nothing but nulls ({CURE})"
    )
    with pytest.raises(cg.InventoryError) as caught:
        cg.audit(values, destination="third-party")
    assert (str(caught.value), caught.value.column) == (message, "Model")
    stream = cg.audit_stream(values, destination="third-party")
    with pytest.raises(pa.ArrowInvalid, match=re.escape(message)):
        pa.table(stream)
    assert len(cg.audit(nulls, destination="third-party")) == 2


def test_a_clash_is_resolved_by_a_prefix() -> None:
    table = pa.table({"PID": ["8841"], "verdict": ["x"]})
    assert cg.audit(table, destination="third-party", prefix="cg_").column_names[1:3] == ("verdict", "cg_read_model")


def test_names_that_c_cannot_tell_are_refused_or_replaced() -> None:
    with pytest.raises(cg.InventoryError, match="holds a NUL; expected a name without"):
        cg.audit(TABLE, destination="third-party", prefix="\0")
    table = pa.table(cg.audit(b"PID,a\0b\n8841,x\n", destination="third-party"))
    assert table.column_names[:2] == ["PID", "a\ufffdb"]


def test_signatures() -> None:
    expected = [
        "table",
        "destination",
        "target",
        "rulebook",
        "columns",
        "keep",
        "select",
        "prefix",
        "text",
        "threads",
        "progress",
    ]
    for function in FUNCTIONS:
        parameters = inspect.signature(function).parameters
        assert list(parameters) == expected
        keywords = [name for name, parameter in parameters.items() if parameter.kind is parameter.KEYWORD_ONLY]
        assert keywords == expected[1:]
