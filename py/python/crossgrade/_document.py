"""What the library answers about rule books and fleets: a text for a person, and JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from typing_extensions import Self

__all__ = ["Document"]


@dataclass(frozen=True, repr=False)
class Document:
    """The text and the JSON, as the library wrote them; the views are read from the JSON when asked for.

    Documents are equal if their JSON is.
    """

    _json: str
    _text: str = field(compare=False)

    def to_json(self) -> str:
        """Write it as compact JSON, byte for byte the same in every language."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """Write it as dictionaries, lists, texts and None: what `json.loads` makes of `to_json()`."""
        keys: dict[str, Any] = json.loads(self._json)
        return keys

    @cached_property
    def _keys(self) -> dict[str, Any]:
        return self.to_dict()

    def __str__(self) -> str:
        return self._text

    def __reduce__(self) -> tuple[type[Self], tuple[str, str]]:
        """Pickle what it was made of, not the views."""
        return type(self), (self._json, self._text)
