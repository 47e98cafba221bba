"""The reader of what phones say of themselves."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crossgrade._checked_arguments import cluster_said, text_said, when_said
from crossgrade._native import read_pages
from crossgrade._opened_sources import read_folder, refuse, told
from crossgrade._shared_docstrings import with_shared_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from crossgrade._checked_arguments import When
    from crossgrade._native import Fleet

    Page: TypeAlias = bytes | str | None

__all__ = ["read_device_pages"]

PAGES = "a mapping of names to bytes, str or None, an iterable of such pairs, or the path of a folder"


@with_shared_words
def read_device_pages(
    pages: Mapping[str, Page] | Iterable[tuple[str, Page]] | str | os.PathLike[str],
    *,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from their own pages, such as `/DeviceInformationX`. Every page is a phone, whatever came.

    A page is read as XML, as HTML that a browser saved, or as text that a person copied from one, in any language.
    Pages about the network, messages and statistics say by their heading which phone they are of, and no more.

    Args:
        pages: What came, by the name that you give it; best the address, or the device name, of the phone: a mapping or
            pairs of a name and `bytes`, `str`, or None where nothing came. Or the path of a folder: every file in it is
            a page, and `Fleet.notes` tells what else stands in it. Files such as `Thumbs.db` or `readme.txt` that say
            nothing of a phone are told there too, and are no pages.
        when: {when}
        cluster: Which cluster the phones are of: a page of which nothing can be read belongs to the phone of its
            address there.

    Raises:
        OSError: If the folder or a file in it cannot be read.
        TypeError: If the pages are none of these.

    >>> udi = "phone Cisco IP Phone 8851 CP-8851-K9 V05 FCH18219LDW"
    >>> page = f"<DeviceInformation><MACAddress>00CCFC123456</MACAddress><udi>{udi}</udi></DeviceInformation>"
    >>> fleet = cg.read_device_pages({"10.0.1.101": page, "10.0.1.102": "<html>Sign in</html>", "10.0.1.103": None})
    >>> fleet
    Fleet(phones=3, rows_read=3, sources=1, problems=2, cuts=0)

    >>> copied = "Cisco IP Phone CP-8851 ( SEP00CCFC123456 )\nUDI\t\tphone\n\t\tCP-8851-K9\n\t\tV05\n"
    >>> cg.read_device_pages({"copied.txt": copied}).to_dict()["vid"]
    ['V05']

    """
    if isinstance(pages, (str, os.PathLike)):
        return told(read_folder(pages, when_said(when), cluster_said(cluster)))
    return told(read_pages(_pages(pages), when=when_said(when), cluster=cluster_said(cluster)))


def _pages(pages: object) -> Iterator[tuple[str, bytes]]:
    if isinstance(pages, (bytes, bytearray, memoryview)) or not isinstance(pages, Iterable):
        refuse("pages", PAGES, pages)
    for pair in pages.items() if isinstance(pages, Mapping) else pages:
        if not isinstance(pair, tuple) or len(pair) != 2:  # noqa: PLR2004 (a pair)
            refuse("pages", "pairs of a name and bytes, str or None", pair)
        name, page = pair
        yield text_said("pages", name, "str for a name"), _page(page)


def _page(page: object) -> bytes:
    if page is None:
        return b""
    if isinstance(page, str):
        return page.encode("utf-8", "surrogatepass")
    if not isinstance(page, (bytes, bytearray, memoryview)):
        refuse("pages", "bytes, str or None for a page", page)
    return bytes(page)
