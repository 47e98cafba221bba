"""The audit of streams through the C face, with pyarrow on both sides of it.

    python tests/c/arrow_pyarrow.py [LIBRARY]

pyarrow exports its table with its own implementation of the Arrow C stream interface and imports what comes out; ctypes
calls the shared library. Every row must be what cg_assess says of it, in every layout of text, in batches of any size.
"""

import csv
import ctypes
import gc
import os
import sys
from pathlib import Path

import pyarrow as pa

ROOT = Path(__file__).resolve().parents[2]
FLEET = ROOT / "examples/data/fleet.csv"
OK, COLUMN_TYPE, COLUMN_CLASH = 0, 14, 15
THIRD_PARTY = 2

# The columns of the fleet, and the member of cg_phone that each is read as.
READ = {"PID": "pid", "VID": "vid", "Device Name": "mac", "Serial Number": "serial", "Active Load ID": "load",
        "Transition Authorization Type": "authorization"}


class Phone(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t)] + [
        (name, ctypes.c_char_p)
        for name in ("pid", "vid", "mac", "serial", "load", "release", "firmware_type", "authorization")
    ] + [("said", ctypes.c_void_p), ("said_count", ctypes.c_size_t)]


class Request(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t), ("destination", ctypes.c_int32), ("target", ctypes.c_char_p)]


class Options(ctypes.Structure):
    _fields_ = [
        ("struct_size", ctypes.c_size_t),
        ("select", ctypes.c_char_p),
        ("prefix", ctypes.c_char_p),
        ("columns", ctypes.POINTER(ctypes.c_char_p)),
        ("text_layout", ctypes.c_int32),
        ("threads", ctypes.c_uint32),
    ]


class Finding(ctypes.Structure):
    _fields_ = [("struct_size", ctypes.c_size_t), ("code", ctypes.c_char_p), ("name", ctypes.c_char_p),
                ("effect", ctypes.c_int32), ("rule", ctypes.c_char_p), ("evidence", ctypes.c_char_p),
                ("message", ctypes.c_char_p), ("remedy", ctypes.c_char_p), ("sources", ctypes.c_char_p)]


class ArrowStream(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in ("get_schema", "get_next", "get_last_error", "release", "private")]


def load_library(path):
    library = ctypes.CDLL(str(path))
    pointer, text = ctypes.c_void_p, ctypes.c_char_p
    library.cg_rulebook_field.restype = pointer
    library.cg_error_message.restype = text
    library.cg_error_message.argtypes = library.cg_error_free.argtypes = [pointer]
    library.cg_error_free.restype = library.cg_assessment_free.restype = None
    library.cg_assess.argtypes = [pointer] * 5
    library.cg_audit_arrow_stream.argtypes = [pointer] * 5
    library.cg_audit_arrow_stream_with.argtypes = [pointer] * 6
    library.cg_verdict_text.restype = text
    library.cg_assessment_verdict.argtypes = [pointer]
    library.cg_assessment_finding_count.argtypes = [pointer]
    library.cg_assessment_finding_count.restype = ctypes.c_size_t
    library.cg_assessment_finding.argtypes = [pointer, ctypes.c_size_t, pointer]
    library.cg_assessment_free.argtypes = [pointer]
    for name in TEXTS:
        getter = getattr(library, f"cg_assessment_{name}")
        getter.argtypes, getter.restype = [pointer], text
    return library


TEXTS = (
    "decided_by", "evidence_needed", "install_first", "target_load", "load_server", "license_sku", "service_sku",
    "license_file", "why",
)


def third_party():
    return Request(ctypes.sizeof(Request), THIRD_PARTY, None)


def answer(library, row):
    """What cg_assess says of a row, in the columns of an audit."""
    phone = Phone(ctypes.sizeof(Phone))
    for column, member in READ.items():
        setattr(phone, member, row[column].encode())
    # An inventory asks the next rank where a cell of a better one is empty.
    if not row["PID"].strip():
        phone.pid = row["Device Type"].encode()
    assessment = ctypes.c_void_p()
    book = library.cg_rulebook_field()
    request = third_party()
    status = library.cg_assess(book, ctypes.byref(phone), ctypes.byref(request), ctypes.byref(assessment), None)
    assert status == OK
    finding = Finding(ctypes.sizeof(Finding))
    codes = []
    for index in range(library.cg_assessment_finding_count(assessment)):
        assert library.cg_assessment_finding(assessment, index, ctypes.byref(finding)) == OK
        if finding.code not in codes:
            codes.append(finding.code)
    said = {name: getattr(library, f"cg_assessment_{name}")(assessment) for name in TEXTS}
    said["verdict"] = library.cg_verdict_text(library.cg_assessment_verdict(assessment))
    said["findings"] = b" ".join(codes)
    library.cg_assessment_free(assessment)
    return {name: text.decode() if text is not None else None for name, text in said.items()}


def audit(library, reader, select=None, prefix=None, layout=0, threads=0):
    """A table by cg_audit_arrow_stream_with, or the status and message of its refusal."""
    incoming, outgoing = ArrowStream(), ArrowStream()
    error = ctypes.c_void_p()
    options = Options(ctypes.sizeof(Options), select, prefix, None, layout, threads)
    request = third_party()
    reader._export_to_c(ctypes.addressof(incoming))
    status = library.cg_audit_arrow_stream_with(
        library.cg_rulebook_field(), ctypes.byref(incoming), ctypes.byref(request), ctypes.byref(options),
        ctypes.byref(outgoing), ctypes.byref(error),
    )
    if status != OK:
        message = library.cg_error_message(error).decode()
        library.cg_error_free(error)
        # Still there, and still the caller's.
        assert incoming.release and not outgoing.release
        pa.RecordBatchReader._import_from_c(ctypes.addressof(incoming)).close()
        return status, message
    assert not incoming.release and outgoing.release
    result = pa.RecordBatchReader._import_from_c(ctypes.addressof(outgoing))
    assert not outgoing.release
    return OK, result


def fleet():
    """The rows of the fleet that have a cell for each column and are UTF-8."""
    with FLEET.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
        table = csv.reader(file)
        names = next(table)
        rows = [dict(zip(names, row)) for row in table if len(row) == len(names)]
    # What is in the firmware column may be a load or a release, and cg_assess wants to know which.
    return names, [row for row in rows if "".join(row.values()).isprintable() and not row["Firmware"]]


def check(library):
    names, rows = fleet()
    expected = [answer(library, row) for row in rows]
    verdicts = {row["verdict"] for row in expected}
    assert len(rows) > 400 and verdicts == {"eligible", "ineligible", "unknown", "not-needed"}
    string = pa.table({name: pa.array([row[name] for row in rows], pa.string()) for name in names})
    layouts = {
        "string": string,
        "large_string": string.cast(pa.schema([(name, pa.large_string()) for name in names])),
        "string_view": string.cast(pa.schema([(name, pa.string_view()) for name in names])),
        "dictionary": pa.table({name: string[name].dictionary_encode() for name in names}),
        "nulls for empty": pa.table({name: pa.array([row[name] or None for row in rows]) for name in names}),
    }
    wanted = [pa.dictionary(pa.int16(), pa.string()), pa.string(), pa.large_string(), pa.string_view()]
    for layout, table in layouts.items():
        for number, text in enumerate(wanted):
            for size in (64, 10_000):
                before = table.slice(3)
                status, result = audit(library, before.to_reader(max_chunksize=size), layout=number, threads=1 + number)
                assert status == OK, result
                result = result.read_all()
                result.validate(full=True)
                assert result.select(names).equals(before), layout
                assert result.schema.field("verdict").type == text and not result.schema.field("verdict").nullable
                for name in expected[0]:
                    found = result[name].to_pylist()
                    assert found == [row[name] for row in expected[3:]], (layout, name)
    return len(rows), layouts


def check_ends(library, string):
    # No batches, batches without rows, columns of nulls.
    no_rows = pa.record_batch([pa.array([], field.type) for field in string.schema], schema=string.schema)
    for batches in ([], [no_rows], [no_rows, *string.slice(0, 2).to_batches(), no_rows]):
        status, result = audit(library, pa.RecordBatchReader.from_batches(string.schema, batches))
        assert status == OK and result.read_all().num_rows == sum(batch.num_rows for batch in batches)
    nothing = pa.table({"PID": pa.nulls(5), "VID": pa.nulls(5, pa.string()),
                        "Load": pa.nulls(5, pa.dictionary(pa.int8(), pa.string()))})
    status, result = audit(library, nothing.to_reader(), select=b"verdict")
    assert status == OK and result.read_all()["verdict"].to_pylist() == ["unknown"] * 5
    # Columns that nobody reads come out as they went in, nested ones too.
    other = pa.table({"PID": ["CP-7821-K9="] * 4, "when": pa.array([0, 1, None, 3], pa.timestamp("us", "UTC")),
                      "list": [[1], None, [], [2, 3]], "map": pa.array([[("a", 1)], None, [], [("b", 2)]],
                      pa.map_(pa.string(), pa.int32())), "bool": [True, None, False, True],
                      "struct": [{"a": 1, "b": "x"}, None, {"a": None, "b": "y"}, {"a": 2, "b": None}],
                      "run": pa.RunEndEncodedArray.from_arrays([2, 4], ["x", "y"]),
                      "decimal": pa.array([1, 2, None, 4], pa.decimal128(20, 3))})
    for begin in range(4):
        before = other.slice(begin)
        status, result = audit(library, before.to_reader(), select=b"verdict,license_sku", prefix=b"cg_")
        assert status == OK, result
        result = result.read_all()
        result.validate(full=True)
        assert result.select(other.column_names).to_pylist() == before.to_pylist(), begin
        assert result.column_names[len(other.column_names):] == ["cg_verdict", "cg_license_sku"]


def check_errors(library):
    def broken():
        yield pa.record_batch({"PID": ["CP-7821-K9="]})
        raise OSError("the disk is on fire")

    schema = pa.schema([("PID", pa.string())])
    status, result = audit(library, pa.RecordBatchReader.from_batches(schema, broken()))
    assert status == OK and result.read_next_batch().num_rows == 1
    for _ in range(2):
        try:
            result.read_next_batch()
        except (OSError, pa.ArrowException) as error:
            assert "the disk is on fire" in str(error), error
        else:
            raise AssertionError("an error in the middle of the stream was lost")
    status, message = audit(library, pa.table({"PID": ["x"], "VID": [True]}).to_reader())
    assert status == COLUMN_TYPE and '"VID"' in message
    status, message = audit(library, pa.table({"PID": ["x"], "verdict": ["y"]}).to_reader())
    assert status == COLUMN_CLASH and '"verdict"' in message


def main():
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    library = load_library(sys.argv[1] if len(sys.argv) > 1 else target / "debug/libcrossgrade.so")
    before = pa.total_allocated_bytes()
    rows, layouts = check(library)
    check_ends(library, layouts["string"])
    check_errors(library)
    del layouts
    gc.collect()
    assert pa.total_allocated_bytes() == before, "a release callback was not called"
    print(f"arrow_pyarrow: {rows} phones in five layouts, out in four, each as cg_assess says; all memory given back")


if __name__ == "__main__":
    main()
