"""What a caller says of one field of a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import TypeAlias

__all__ = ["Said"]

Said: TypeAlias = "str | bytes | list[tuple[str, str]] | tuple[tuple[str, str], ...] | None"
"""A text, nothing, or several texts, each with the place where it was said."""
