"""Every library's table, in every layout of text, has the answers that `assess` gives row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg
from fleets import answer, answers, columns, rows

if TYPE_CHECKING:
    from collections.abc import Callable

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")
pl = pytest.importorskip("polars")
duckdb = pytest.importorskip("duckdb")
na = pytest.importorskip("nanoarrow")

RESULTS = [str(column) for column in cg.ResultColumn]
ROWS = rows()
TABLE = pa.table(columns(ROWS))


def typed(to: Any) -> Any:  # noqa: ANN401 (a type of pyarrow)
    return TABLE.cast(pa.schema([(name, to) for name in TABLE.column_names]))


def relation() -> Any:  # noqa: ANN401
    return duckdb.from_arrow(TABLE)


class OnlyArray:
    """A table that is no stream."""

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        capsules: tuple[object, object] = TABLE.combine_chunks().to_batches()[0].__arrow_c_array__(requested_schema)
        return capsules


PRODUCERS: dict[str, Callable[[], Any]] = {
    "pyarrow table": lambda: TABLE,
    "pyarrow batch": lambda: TABLE.to_batches()[0],
    "pyarrow reader": lambda: TABLE.to_reader(max_chunksize=7),
    "pyarrow chunks that do not line up": lambda: pa.table(
        {
            name: pa.chunked_array([column.slice(0, at), column.slice(at)])
            for at, (name, column) in enumerate(zip(TABLE.column_names, TABLE.columns, strict=True), 1)
        }
    ),
    "pyarrow slice": lambda: pa.concat_tables([TABLE.slice(3, 5), TABLE])[5:],
    "pyarrow large strings": lambda: typed(pa.large_string()),
    "pyarrow views": lambda: typed(pa.string_view()),
    "pyarrow dictionaries": lambda: pa.table({name: TABLE[name].dictionary_encode() for name in TABLE.column_names}),
    "pyarrow dictionaries of 8 bits": lambda: typed(pa.dictionary(pa.int16(), pa.large_string())),
    "pandas str": lambda: pd.DataFrame(columns(ROWS), dtype="str"),
    "pandas object": lambda: pd.DataFrame(columns(ROWS), dtype=object),
    "pandas categorical": lambda: pd.DataFrame(columns(ROWS)).astype("category"),
    "pandas of arrow": lambda: TABLE.to_pandas(types_mapper=pd.ArrowDtype),
    "polars": lambda: pl.DataFrame(columns(ROWS)),
    "polars categorical": lambda: pl.DataFrame(
        columns(ROWS), schema_overrides=dict.fromkeys(columns(ROWS), pl.Categorical)
    ),
    "polars chunks": lambda: pl.concat([pl.DataFrame(TABLE[:9]), pl.DataFrame(TABLE[9:])], rechunk=False),
    "duckdb relation": relation,
    "nanoarrow": lambda: na.Array(TABLE.to_batches()[0]),
    "nanoarrow stream": lambda: na.ArrayStream(TABLE),
    "only an array": OnlyArray,
    "an audit": lambda: cg.audit(TABLE, destination="unified-cm", select=[]),
    "an audit stream": lambda: cg.audit_stream(TABLE, destination="unified-cm", select=[]),
}


@pytest.mark.parametrize("producer", PRODUCERS)
@pytest.mark.parametrize("destination", cg.Destination)
def test_answers_are_those_of_each_row(producer: str, destination: cg.Destination) -> None:
    audit = cg.audit(PRODUCERS[producer](), destination=destination)
    assert len(audit) == len(ROWS)
    table = pa.table(audit)
    assert table.column_names == list(audit.column_names) == [*TABLE.column_names, *RESULTS]
    assert table.select(RESULTS).to_pylist() == answers(ROWS, destination=destination)
    # What came in goes out.
    cells = [[cell or None for cell in row.values()] for row in table.select(TABLE.column_names).to_pylist()]
    assert cells == [[cell or None for cell in row] for row in ROWS]


@pytest.mark.parametrize("text", cg.TextLayout)
@pytest.mark.parametrize("threads", [1, 2, 7, None])
def test_layouts_and_threads_change_no_answer(text: cg.TextLayout, threads: int | None) -> None:
    many = pa.concat_tables([TABLE] * 60)
    audit = cg.audit(many, destination="webex-calling", text=text, threads=threads)
    found = pa.table(audit).select(RESULTS)
    assert found.to_pylist() == answers(ROWS, destination="webex-calling") * 60
    types = {str(field.type) for field in found.schema}
    assert (
        types
        == {
            "dictionary": {"dictionary<values=string, indices=int16, ordered=0>", "string"},
            "utf8": {"string"},
            "large-utf8": {"large_string"},
            "utf8-view": {"string_view"},
        }[text]
    )


def test_target_and_rule_book() -> None:
    request: dict[str, Any] = {"destination": "webex-calling", "target": "12.0(5)", "rulebook": cg.RuleBook.field()}
    audit = cg.audit(TABLE, **request)
    assert pa.table(audit).select(RESULTS).to_pylist() == answers(ROWS, **request)
    assert audit.target == "12.0(5)"
    assert audit.rulebook is request["rulebook"]


@pytest.mark.parametrize("dtype", ["int64", "uint16", "Int32"])
def test_type_codes_are_products(dtype: str) -> None:
    # 622 and 684 are the type codes of 7841 and 8851 in Unified CM.
    frame = pd.DataFrame({"Device Type": pd.array([622, 684, 1], dtype=dtype), "VID": ["V05", "V15", "V01"]})
    expected = [cg.assess(str(code), vid=vid, destination="third-party") for code, vid in frame.itertuples(index=False)]
    audit = cg.audit(frame, destination="third-party", select=["read_model", "verdict"])
    found = pa.table(audit).select(["read_model", "verdict"]).to_pylist()
    assert found == [{"read_model": answer.phone.model, "verdict": str(answer.verdict)} for answer in expected]
    assert found[0]["read_model"] is not None


@pytest.mark.parametrize(
    "layout", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_no_rows_and_nothing_but_nulls(layout: Any) -> None:  # noqa: ANN401
    empty = cg.audit(pa.table({"PID": pa.array([], layout)}), destination="third-party")
    assert len(empty) == 0
    assert pa.table(empty).num_rows == 0
    assert pa.table(empty).column_names == ["PID", *RESULTS]
    assert empty.summary().phones == 0
    nulls = cg.audit(pa.table({"PID": pa.array([None, None], layout)}), destination="third-party")
    assert pa.table(nulls)["verdict"].to_pylist() == ["unknown", "unknown"]


def test_a_column_of_nulls_is_a_column_without_evidence() -> None:
    table = pa.table({"PID": ["CP-7821-K9="], "VID": pa.nulls(1)})
    for same in [table, pl.DataFrame({"PID": ["CP-7821-K9="], "VID": [None]}), duckdb.from_arrow(table)]:
        assert pa.table(cg.audit(same, destination="third-party"))["verdict"].to_pylist() == ["unknown"]


def test_no_rows_of_other_libraries() -> None:
    for empty in [
        pl.DataFrame({"PID": []}),
        pl.DataFrame({"PID": []}, schema={"PID": pl.String}),
        pd.DataFrame({"PID": []}, dtype="str"),
        na.Array(pa.record_batch({"PID": pa.array([], pa.string())})),
        na.ArrayStream(pa.table({"PID": pa.array([], pa.string())})),
        duckdb.sql("select 'x' as PID where false"),
    ]:
        audit = cg.audit(empty, destination="third-party")
        assert len(audit) == 0
        assert pa.table(audit).column_names[0] == "PID"


@pytest.mark.parametrize("layout", ["binary", "large_binary", "binary_view"])
def test_bytes_that_are_no_text_are_unreadable(layout: str) -> None:
    as_text = {"binary": pa.string(), "large_binary": pa.large_string(), "binary_view": pa.string_view()}[layout]
    cells = [b"CP-7821-K9=", b"CP-\xff\xfe", b"\x80" * 40, None]
    raw = pa.array(cells, getattr(pa, layout)())
    text = pa.Array.from_buffers(as_text, len(raw), raw.buffers(), raw.null_count)
    expected = [answer["findings"] for answer in _assessed(cells)]
    for pid in [text, pa.DictionaryArray.from_arrays(pa.array([0, 1, 2, None], pa.int8()), text, safe=False)]:
        audit = cg.audit(pa.table({"PID": pid}), destination="third-party", select=["findings"])
        assert pa.table(audit)["findings"].to_pylist() == expected
        # Asking for another layout of our columns never reads theirs.
        wanted = pa.schema([("PID", pa.large_string()), ("findings", pa.string())])
        capsule = audit.__arrow_c_stream__(wanted.__arrow_c_schema__())
        found = pa.RecordBatchReader._import_from_c_capsule(capsule).read_all()  # noqa: SLF001
        assert found.schema.field("PID").type == pid.type
        assert found.schema.field("findings").type == pa.string()


def _assessed(cells: list[bytes | None]) -> list[dict[str, str | None]]:
    return [answer(cg.assess(cell, destination="third-party")) for cell in cells]


def test_columns_of_other_types_pass_through() -> None:
    others = pa.table(
        {
            "PID": ["CP-7821-K9=", "8841", None],
            "list": [["a"], [], None],
            "struct": [{"x": 1, "y": "b"}, None, {"x": 2, "y": None}],
            "map": pa.array([[("k", 1)], [], None], pa.map_(pa.string(), pa.int32())),
            "time": pa.array([0, 1, None], pa.timestamp("us", tz="UTC")),
            "decimal": pa.array([1, 2, None], pa.decimal128(10, 2)),
            "truth": [True, None, False],
            "fixed": pa.array([b"ab", b"cd", None], pa.binary(2)),
            "pairs": pa.array([[1, 2], [3, 4], None], pa.list_(pa.int16(), 2)),
            "runs": pa.RunEndEncodedArray.from_arrays([2, 3], ["x", "y"]),
            "float": [1.5, None, float("inf")],
        }
    )
    for table in [others, others.slice(1), others.slice(1, 1)]:
        audit = pa.table(cg.audit(table, destination="third-party"))
        assert audit.select(others.column_names).to_pylist() == table.to_pylist()
        assert audit.select(others.column_names).schema.equals(others.schema, check_metadata=False)


def test_metadata_of_the_input_stays() -> None:
    schema = pa.schema([pa.field("PID", pa.string(), metadata={"of": "field"})], metadata={"of": "table"})
    found = pa.table(cg.audit(pa.table({"PID": ["8841"]}, schema=schema), destination="third-party")).schema
    assert found.metadata[b"of"] == b"table"
    assert found.field("PID").metadata == {b"of": b"field"}
