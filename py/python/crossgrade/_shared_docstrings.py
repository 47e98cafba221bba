"""Words of several docstrings, written once: `{name}` in a docstring stands for them."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    Reader = TypeVar("Reader", bound=Callable[..., Any])

__all__ = ["with_shared_words"]

WIDTH = 120
WORDS = {
    "files": """The path of a file, what it holds as `bytes`, or the open file. Of a list, the phones stand one file
        behind the other.""",
    "answers": """The path of an answer, the answer as `bytes`, or the open file; or what a program made of it: a
        dictionary, a list, an object of zeep.""",
    "columns": """From which column a field is read, where the names do not tell: `{"pid": "Part No", "firmware":
        None}`. None: from no column. Several: the first that says something.""",
    "keep": """The columns that come with the phones through merging, audits and results: `["Room"]`, or with the
        names that they have there: `{"site": "Location"}`. One source of a list has to have each.""",
    "name": "By which a person finds the source again; the path if it is not said.",
    "when": "When it was fetched, in your words, or a date: it is kept and shown, and decides nothing.",
    "cluster": """Which cluster it tells of, in your words. A merge joins devices without MAC address by their names,
        but never those of two clusters.""",
    "unread": "If a file cannot be read.",
    "no_source": "If the source is none of these.",
}
"""The words by the name that stands for them."""
ENTRY = re.compile(r"^( *)(\w+: .*\{(?:" + "|".join(WORDS) + r")\}.*)$", re.MULTILINE)
PLACE = re.compile(r"\{(" + "|".join(WORDS) + r")\}")


def with_shared_words(reader: Reader) -> Reader:
    """Write the words out in the docstring of a reader, for `help`."""
    if reader.__doc__ is not None:
        reader.__doc__ = ENTRY.sub(_written_out, reader.__doc__)
    return reader


def _written_out(entry: re.Match[str]) -> str:
    indent, text = entry.groups()
    text = PLACE.sub(lambda place: " ".join(WORDS[place[1]].split()), text)
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=f"{indent}    ", break_on_hyphens=False)
