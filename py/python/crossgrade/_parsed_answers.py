"""Answers of services that a program has parsed already, written as the JSON that the library reads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

__all__ = ["is_answer", "to_json"]


def is_answer(value: object) -> bool:
    """Whether it is a parsed answer: a dictionary, or an object of zeep."""
    return isinstance(value, Mapping) or hasattr(value, "__values__")


def to_json(answer: object) -> bytes:
    """Write it as JSON. What JSON has no word for, such as a date, is written as its text.

    Half a surrogate pair becomes a replacement character, and NaN becomes null: one odd value must not end an answer.
    """
    try:
        text = json.dumps(answer, default=_plain, allow_nan=False, ensure_ascii=False)
    except ValueError:
        read_again = json.loads(json.dumps(answer, default=_plain), parse_constant=lambda _: None)
        text = json.dumps(read_again, ensure_ascii=False)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def _plain(value: Any) -> object:  # noqa: ANN401 (whatever a service answers with)
    # What a schema has as a complex type, zeep keeps as an object with these values.
    if hasattr(value, "__values__"):
        return dict(value.__values__)
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (bytes, bytearray)):
        return value.decode("utf-8", "replace")
    return str(value)
