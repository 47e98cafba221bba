"""Tables that contradict themselves are errors, whatever hands them over: never a crash, never an answer.

How large a buffer is, only its producer knows; everything else is checked.
"""

from __future__ import annotations

import ctypes
import struct
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Callable

pa = pytest.importorskip("pyarrow")

TEXTS = ["CP-7821-K9=", "CP-8841-K9= with more than twelve bytes", None, "8851"]


class CSchema(ctypes.Structure):
    """`struct ArrowSchema`."""


CSchema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", ctypes.POINTER(ctypes.POINTER(CSchema))),
    ("dictionary", ctypes.POINTER(CSchema)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]


class CArray(ctypes.Structure):
    """`struct ArrowArray`."""


CArray._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", ctypes.POINTER(ctypes.c_void_p)),
    ("children", ctypes.POINTER(ctypes.POINTER(CArray))),
    ("dictionary", ctypes.POINTER(CArray)),
    ("release", ctypes.c_void_p),
    ("private_data", ctypes.c_void_p),
]

POINTER = ctypes.pythonapi.PyCapsule_GetPointer
POINTER.restype = ctypes.c_void_p
POINTER.argtypes = [ctypes.py_object, ctypes.c_char_p]


class Tampered:
    """A good batch, changed before it is handed over."""

    def __init__(
        self,
        batch: Any,  # noqa: ANN401
        array: Callable[[Any], object] = lambda _: None,
        schema: Callable[[Any], object] = lambda _: None,
    ) -> None:
        self.capsules = batch.__arrow_c_array__()
        schema(CSchema.from_address(POINTER(self.capsules[0], b"arrow_schema")))
        array(CArray.from_address(POINTER(self.capsules[1], b"arrow_array")))

    def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
        capsules: tuple[object, object] = self.capsules
        return capsules


def batch(layout: Any = None) -> Any:  # noqa: ANN401
    return pa.record_batch({"PID": pa.array(TEXTS, layout or pa.string()), "n": pa.array([1, 2, 3, 4])})


def refused(table: Any) -> str:  # noqa: ANN401
    with pytest.raises(cg.InventoryError) as caught:
        cg.audit(table, destination="third-party")
    return str(caught.value)


def assign(path: str, value: Any) -> Callable[[Any], None]:  # noqa: ANN401
    """Assign to a field of the table, or of its first column with `pid.`."""

    def change(array: Any) -> None:  # noqa: ANN401
        owner, _, field = path.rpartition(".")
        target = array.children[0].contents if owner == "pid" else array
        setattr(target, field, value)

    return change


def test_a_good_batch_passes() -> None:
    assert len(cg.audit(Tampered(batch()), destination="third-party")) == len(TEXTS)


@pytest.mark.parametrize(
    ("path", "value", "message"),
    [
        ("length", -1, "a length of -1 behind an offset of 0; expected both from 0"),
        ("length", 2**62, "a length of 4611686018427387904 behind an offset of 0; expected both from 0"),
        ("offset", -1, "a length of 4 behind an offset of -1; expected both from 0"),
        ("offset", 2**63 - 1, "a length of 4 behind an offset of 9223372036854775807; expected both from 0"),
        ("length", 5, 'column "PID": 4 rows; expected at least 5, as its parent needs'),
        ("offset", 1, 'column "PID": 4 rows; expected at least 5, as its parent needs'),
        ("n_children", 1, "1 children; expected 2"),
        ("n_children", -1, "-1 children; expected 2"),
        ("n_buffers", 0, "0 buffers; expected 1"),
        ("n_buffers", -5, "-5 buffers; expected 1"),
        ("pid.length", 3, 'column "PID": 3 rows; expected at least 4, as its parent needs'),
        ("pid.length", -1, 'column "PID": -1 rows; expected at least 4, as its parent needs'),
        ("pid.offset", -1, 'column "PID": a length of 4 behind an offset of -1; expected both from 0'),
        ("pid.null_count", 0, 'column "PID": a null count of 0, but 1 rows are null; expected 1 or -1'),
        ("pid.null_count", 5, 'column "PID": 5 nulls in 4 rows; expected -1 to 4'),
        ("pid.n_buffers", 1, 'column "PID": 1 buffers; expected '),
        ("pid.n_buffers", 2**62, 'column "PID": 4611686018427387904 buffers; expected '),
    ],
)
@pytest.mark.parametrize(
    "layout", [pa.string(), pa.large_string(), pa.string_view(), pa.dictionary(pa.int8(), pa.string())]
)
def test_structure(path: str, value: int, message: str, layout: Any) -> None:  # noqa: ANN401
    found = refused(Tampered(batch(layout), assign(path, value)))
    assert found.startswith(f"audit: the table is malformed: {message}")
    assert len(found) < 250


@pytest.mark.parametrize("layout", [pa.string(), pa.large_string()])
def test_offsets_that_are_missing_or_not_aligned(layout: Any) -> None:  # noqa: ANN401
    def buffer(change: Callable[[int], int | None]) -> Callable[[Any], None]:
        def tamper(array: Any) -> None:  # noqa: ANN401
            buffers = array.children[0].contents.buffers
            buffers[1] = change(buffers[1])

        return tamper

    missing = Tampered(batch(layout), buffer(lambda _: None))
    start = 'audit: the table is malformed: column "PID": '
    size = 40 if layout == pa.large_string() else 20
    assert refused(missing) == f"{start}the pointer to its offsets is NULL; expected a buffer of {size} bytes"
    odd = Tampered(batch(layout), buffer(lambda address: address + 1))
    width = size // 5
    assert refused(odd) == f"{start}its offsets are not aligned; expected an address divisible by {width}"


def strings(offsets: list[int], layout: Any) -> Any:  # noqa: ANN401
    """Make texts with these offsets; Arrow looks at the ends when a batch is made, so they are written afterwards."""
    code = "i" if layout == pa.string() else "q"
    packed = struct.pack(f"{len(offsets)}{code}", *offsets)
    zeros = pa.py_buffer(bytearray(len(packed)))
    array = pa.Array.from_buffers(layout, len(offsets) - 1, [None, zeros, pa.py_buffer(b"CP-7821-K9=")])

    def write(array: Any) -> None:  # noqa: ANN401
        ctypes.memmove(array.children[0].contents.buffers[1], packed, len(packed))

    return Tampered(pa.record_batch({"PID": array}), write)


@pytest.mark.parametrize("layout", [pa.string(), pa.large_string()])
@pytest.mark.parametrize(
    ("offsets", "row"),
    [([0, 1000, 11], 0), ([0, 8, 3], 0), ([0, 5, 3, 11], 1), ([0, -4, 11], 0), ([-1, 5, 11], 0), ([12, 5, 11], 0)],
)
def test_offsets_outside_the_data(layout: Any, offsets: list[int], row: int) -> None:  # noqa: ANN401
    table = strings(offsets, layout)
    what = "a text that lies outside the data of the column"
    assert refused(table) == f'audit: column "PID" is malformed at row {row}: {what}'
    with pytest.raises(cg.InventoryError) as caught:
        cg.audit(strings(offsets, layout), destination="third-party")
    assert (caught.value.source, caught.value.column) == (None, "PID")


@pytest.mark.parametrize("layout", [pa.string(), pa.large_string()])
@pytest.mark.parametrize("last", [-1, -(2**31)])
def test_data_that_ends_before_it_begins(layout: Any, last: int) -> None:  # noqa: ANN401
    expected = f'audit: the table is malformed: column "PID": a last offset of {last}; expected 0 to {2**47}'
    assert refused(strings([0, 5, last], layout)) == expected


@pytest.mark.parametrize("key", [2, -1, 127, -128])
@pytest.mark.parametrize("values", [pa.string(), pa.large_string(), pa.string_view()])
def test_dictionary_keys_out_of_range(key: int, values: Any) -> None:  # noqa: ANN401
    keys = pa.array([0, key, 1], pa.int8())
    column = pa.DictionaryArray.from_arrays(keys, pa.array(["7821", "8841"], values), safe=False)
    assert refused(pa.record_batch({"PID": column})) == (
        'audit: column "PID" is malformed at row 1: a dictionary key without a value'
    )


def test_a_dictionary_that_is_missing() -> None:
    layout = pa.dictionary(pa.int8(), pa.string())
    missing = Tampered(batch(layout), lambda array: setattr(array.children[0].contents, "dictionary", None))
    expected = 'audit: the table is malformed: column "PID": no dictionary; expected one, as in the schema'
    assert refused(missing) == expected


def test_a_dictionary_that_its_type_does_not_have() -> None:
    with_keys = batch(pa.dictionary(pa.int64(), pa.string()))
    numbers = pa.record_batch({"PID": pa.array([0, 1, 2, 3]), "n": pa.array([1, 2, 3, 4])})

    class Liar:
        def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
            return numbers.__arrow_c_array__()[0], with_keys.__arrow_c_array__()[1]

    expected = 'audit: the table is malformed: column "PID": a dictionary; expected none, as in the schema'
    assert refused(Liar()) == expected


def views(view: bytes, buffers: list[bytes]) -> Any:  # noqa: ANN401
    data = [None, pa.py_buffer(struct.pack("i12s", 4, b"8841") + view), *map(pa.py_buffer, buffers)]
    return pa.record_batch({"PID": pa.Array.from_buffers(pa.string_view(), 2, data)})


@pytest.mark.parametrize(
    ("view", "buffers"),
    [
        (struct.pack("i4sii", 20, b"CP-7", 0, 0), []),
        (struct.pack("i4sii", 20, b"CP-7", 1, 0), [b"x" * 40]),
        (struct.pack("i4sii", 20, b"CP-7", 0, 21), [b"x" * 40]),
        (struct.pack("i4sii", 20, b"CP-7", 0, -1), [b"x" * 40]),
        (struct.pack("i4sii", 20, b"CP-7", -1, 0), [b"x" * 40]),
        (struct.pack("i4sii", -1, b"CP-7", 0, 0), [b"x" * 40]),
        (struct.pack("i4sii", 2**31 - 1, b"CP-7", 0, 2**31 - 1), [b"x" * 40]),
    ],
)
def test_views_outside_the_data(view: bytes, buffers: list[bytes]) -> None:
    what = "a text that lies outside the data of the column"
    assert refused(views(view, buffers)) == f'audit: column "PID" is malformed at row 1: {what}'


def test_sizes_of_view_buffers() -> None:
    def last(change: Callable[[Any], None]) -> Callable[[Any], None]:
        return lambda array: change(array.children[0].contents)

    def size(column: Any) -> None:  # noqa: ANN401
        address = column.buffers[column.n_buffers - 1]
        ctypes.cast(address, ctypes.POINTER(ctypes.c_int64))[0] = -1

    def missing(column: Any) -> None:  # noqa: ANN401
        column.buffers[column.n_buffers - 1] = None

    layout = pa.string_view()
    malformed = 'audit: the table is malformed: column "PID": '
    negative = f"a data buffer of -1 bytes; expected 0 to {2**47}"
    assert refused(Tampered(batch(layout), last(size))) == f"{malformed}{negative}"
    null = "the pointer to its lengths of data buffers is NULL; expected a buffer of 8 bytes"
    assert refused(Tampered(batch(layout), last(missing))) == f"{malformed}{null}"


def test_schemas() -> None:
    def child(field: str, value: Any) -> Callable[[Any], None]:  # noqa: ANN401
        return lambda schema: setattr(schema.children[0].contents, field, value)

    def text(value: bytes) -> Any:  # noqa: ANN401
        return ctypes.cast(ctypes.create_string_buffer(value), ctypes.c_char_p)

    def message(field: str, value: Any) -> str:  # noqa: ANN401
        found = refused(Tampered(batch(), schema=child(field, value)))
        assert len(found) < 300
        return found.removeprefix("audit: the schema is malformed: column ")

    not_utf8 = "is not UTF-8 from byte 1 on; expected UTF-8"
    assert message("name", text(b"\xff\xfe")) == f"at index 0: its name {not_utf8}"
    assert message("format", text(b"\xff\xfe")) == f'"PID": its format {not_utf8}'
    too_long = "its name has more than 65536 bytes; expected at most 65536"
    assert message("name", text(b"x" * 70_000)) == f"at index 0: {too_long}"
    assert message("format", None) == '"PID": it has no format; expected one, such as "u"'
    contradicting = b"w:-1 w:99999999999 +w:-1 +w:x d: d:0,0 d:99,0 d:1,2,3 +ud: +us:-1"
    for format_ in contradicting.split():
        assert f'its format is "{format_.decode()}"; expected ' in message("format", text(format_))
    for format_ in [b"", b"?", b"+w", b"ts", b"tsx:", b"tD", b"x" * 60_000]:
        assert message("format", text(format_)).endswith("is none of the Arrow C data interface")
    for format_, expected in [(b"+vl", 1), (b"+r", 2), (b"+ud:0,1,2", 3)]:
        assert message("format", text(format_)).endswith(f"comes with 0 children; expected {expected}")
    assert message("n_children", -1) == '"PID": its format "u" comes with -1 children; expected 0'


def test_metadata_of_a_schema() -> None:
    def metadata(*parts: int | bytes) -> str:
        packed = b"".join(struct.pack("i", part) if isinstance(part, int) else part for part in parts)
        text = ctypes.cast(ctypes.create_string_buffer(packed), ctypes.c_char_p)
        tampered = Tampered(batch(), schema=lambda schema: setattr(schema.children[0].contents, "metadata", text))
        return refused(tampered).removeprefix('audit: the schema is malformed: column "PID": ')

    assert metadata(-1) == "its metadata has -1 pairs; expected 0 to 4096"
    assert metadata(2**31 - 1) == "its metadata has 2147483647 pairs; expected 0 to 4096"
    assert metadata(1, -1) == "a key of its metadata has -1 bytes; expected 0 to 65536"
    assert metadata(1, 1, b"a", -1).startswith("a value of its metadata has -1 bytes; expected 0 to ")
    assert metadata(1, 1, b"a", 2**31 - 1).startswith("the names, formats and metadata of the schema have more than")
    assert metadata(1, 1, b"\xff") == "a key of its metadata is not UTF-8; expected UTF-8"


def test_a_single_column_is_no_table() -> None:
    with pytest.raises(cg.InventoryError, match="found a single column of type Int64; expected a table"):
        cg.audit(pa.chunked_array([[1]]), destination="third-party")


@pytest.mark.parametrize("stream", [False, True])
def test_rows_that_are_null_as_a_whole(stream: bool) -> None:  # noqa: FBT001
    def table(is_null: list[bool], first: int = 0) -> Any:  # noqa: ANN401
        cells = pa.array(["CP-7821-K9="] * len(is_null))
        structs = pa.StructArray.from_arrays([cells], ["PID"], mask=pa.array(is_null))[first:]
        return pa.chunked_array([structs]) if stream else structs

    message = "audit: the table is malformed: a row that is null as a whole; expected null cells"
    assert refused(table([False, True])) == message
    assert len(cg.audit(table([False, False]), destination="third-party")) == 2
    # What counts is what is handed over.
    assert refused(table([False, True, False], first=1)) == message
    assert len(cg.audit(table([True, False, False], first=1), destination="third-party")) == 2


NESTED = """
import ctypes
import sys

import crossgrade as cg
from test_audit_malformed import CSchema

@ctypes.CFUNCTYPE(None, ctypes.POINTER(CSchema))
def release(schema):
    schema.contents.release = None

def schema(depth):
    nodes = (CSchema * (depth + 1))()
    pointers = (ctypes.POINTER(CSchema) * (depth + 1))()
    for number, node in enumerate(nodes):
        node.format, node.name = b"+s" if number < depth else b"i", b"x"
        node.release = ctypes.cast(release, ctypes.c_void_p).value
        pointers[number] = ctypes.pointer(node)
    for number in range(depth):
        nodes[number].n_children = 1
        nodes[number].children = ctypes.cast(
            ctypes.addressof(pointers) + (number + 1) * ctypes.sizeof(ctypes.c_void_p),
            ctypes.POINTER(ctypes.POINTER(CSchema)),
        )
    kept.append((nodes, pointers))
    return nodes

def shared():
    # Each level has the one below it twice: 2 to the 40th columns for whoever follows them all.
    nodes, pointers = (CSchema * 41)(), (ctypes.POINTER(CSchema) * 82)()
    for number, node in enumerate(nodes):
        node.format, node.name = b"+s" if number < 40 else b"i", b"x"
        node.release = ctypes.cast(release, ctypes.c_void_p).value
        if number < 40:
            pointers[2 * number] = pointers[2 * number + 1] = ctypes.pointer(nodes[number + 1])
            node.n_children = 2
            node.children = ctypes.cast(
                ctypes.addressof(pointers) + 2 * number * ctypes.sizeof(ctypes.c_void_p),
                ctypes.POINTER(ctypes.POINTER(CSchema)),
            )
    kept.append((nodes, pointers))
    return nodes

def counted(number, count):
    # The release callback of pyarrow would follow such a count, so these are schemas of our own.
    nodes = schema(1)
    nodes[number].n_children = count
    return nodes

def cyclic():
    # The root is moved out of its capsule, so what lies below it bites its tail.
    nodes = schema(2)
    nodes[1].children[0] = ctypes.pointer(nodes[1])
    return nodes

def capsule(nodes):
    new = ctypes.pythonapi.PyCapsule_New
    new.restype, new.argtypes = ctypes.py_object, [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]
    return new(ctypes.addressof(nodes), b"arrow_schema", None)

kept = []
audit = cg.audit(b"PID\\n8841\\n", destination="third-party")
audit.__arrow_c_stream__(capsule(schema(63)))
hostile = [counted(0, 2**40), counted(1, 2**40), counted(1, 1)]
for nodes in [schema(64), schema(200_000), cyclic(), shared(), *hostile]:
    try:
        audit.__arrow_c_stream__(capsule(nodes))
    except cg.InventoryError as error:
        print(error)
"""


def test_schemas_without_a_bottom() -> None:
    """They end in an error, not with the stack, which would end the process."""
    folder = Path(__file__).parent
    command = [sys.executable, "-c", NESTED]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    start = 'audit: the schema is malformed: column "x", field "x": '
    deep = f"{start}types within types, more than 64 deep"
    many = "it has more than 65536 columns and types within them; expected at most that"
    leaf = [f'column "x": its format "i" comes with {count} children; expected 0' for count in [2**40, 1]]
    hostile = [f"audit: the schema is malformed: {what}" for what in [many, *leaf]]
    assert done.stdout.splitlines() == [deep, deep, deep, f"{start}{many}", *hostile]


def test_a_type_that_is_not_that_of_the_array() -> None:
    """The schema says text, the array holds numbers."""
    numbers = pa.record_batch({"PID": pa.array([1, 2, 3, 4]), "n": pa.array([1, 2, 3, 4])})

    class Liar:
        def __arrow_c_array__(self, requested_schema: object | None = None) -> tuple[object, object]:
            return batch().__arrow_c_array__()[0], numbers.__arrow_c_array__()[1]

    assert refused(Liar()) == 'audit: the table is malformed: column "PID": 2 buffers; expected 3'


def outside() -> Any:  # noqa: ANN401
    """Make texts of which one lies outside the data, which Arrow does not notice."""
    offsets = pa.py_buffer(struct.pack("3i", 0, 1000, 11))
    return pa.Array.from_buffers(pa.string(), 2, [None, offsets, pa.py_buffer(b"CP-7821-K9=")])


@pytest.mark.parametrize("stream", [False, True])
def test_errors_name_the_column_in_a_stream_too(stream: bool) -> None:  # noqa: FBT001
    good = pa.record_batch({"PID": pa.array(["8841", "8851"])})
    bad = pa.record_batch({"PID": outside()})
    source = pa.RecordBatchReader.from_batches(good.schema, [good, bad])
    what = 'column "PID" is malformed at row 0: a text that lies outside the data of the column'
    if stream:
        consumer = pa.RecordBatchReader.from_stream(cg.audit_stream(source, destination="third-party"))
        assert consumer.read_next_batch().num_rows == 2
        with pytest.raises(pa.ArrowInvalid, match=what):
            consumer.read_next_batch()
    else:
        assert refused(source) == f"audit: {what}"


def test_columns_that_are_not_read_pass_through_unread() -> None:
    bad = outside()
    table = pa.record_batch({"PID": pa.array(["8841", "8851"]), "Site": bad})
    audit = cg.audit(table, destination="third-party")
    assert len(audit) == 2
    out = pa.RecordBatchReader.from_stream(audit).read_next_batch()
    assert out.column("Site").buffers()[1].address == bad.buffers()[1].address
    wanted = pa.schema([("PID", pa.string_view()), ("Site", pa.string_view()), ("verdict", pa.string_view())])
    capsule = audit.__arrow_c_stream__(wanted.__arrow_c_schema__())
    out = pa.RecordBatchReader._import_from_c_capsule(capsule).read_next_batch()  # noqa: SLF001
    assert out.schema.field("Site").type == pa.string()
    assert out.schema.field("verdict").type == pa.string_view()
