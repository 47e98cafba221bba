"""Readers of what services answer: RisPort, AXL, Webex; and of JSON of any tool, and of a document of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crossgrade._checked_arguments import cluster_said, when_said
from crossgrade._opened_sources import is_folder, read_folder, told
from crossgrade._read_documents import answers_read
from crossgrade._shared_docstrings import with_shared_words

if TYPE_CHECKING:
    from crossgrade._audit import Columns, Keep
    from crossgrade._checked_arguments import When
    from crossgrade._native import Fleet
    from crossgrade._opened_sources import Answer

__all__ = ["read_axl", "read_inventory", "read_json", "read_risport", "read_webex"]


@with_shared_words
def read_risport(
    source: Answer,
    *,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from answers of Unified CM's RisPort service to `selectCmDevice` or `selectCmDeviceExt`.

    A phone that is registered there is known to run Enterprise firmware. A capture of `show risdb query phone` of the
    command line of Unified CM is such an answer too.

    Args:
        source: {answers} RisPort tells 1,000 devices at a time: of a list of documents, phones are merged.
        keep: The elements of devices that come with the phones, as columns do of a table: `["LoginUserId"]`.
        name: {name}
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If nothing can be read at all, the service answers with an error, or no device has an element
            to keep.
        OSError: {unread}
        TypeError: {no_source}

    >>> device = {"Name": "SEP00CCFC123456", "Model": 683, "Status": "Registered", "ActiveLoadID": None}
    >>> fleet = cg.read_risport({"CmNodes": [{"Name": "cucm-pub", "CmDevices": [device]}]}, name="cluster Oslo")
    >>> print(fleet)
    1 phone from 1 row
      cluster Oslo (risport): pid 1, mac 1, firmware_type 1
    ...

    """
    return told(answers_read(source, "risport", keep=keep, name=name, when=when, cluster=cluster))


@with_shared_words
def read_webex(source: Answer, *, keep: Keep | None = None, name: str | None = None, when: When = None) -> Fleet:
    """Read phones from device lists of Webex: the JSON of `GET /v1/devices`, or CSV of Control Hub.

    A phone that Webex lists with its status is known to run Multiplatform firmware; one that is added and not yet
    activated, one of another maker, and a row of the template for migrations are not.

    Args:
        source: {answers}
        keep: {keep} Of JSON the members of devices: `["locationId"]`.
        name: {name}
        when: {when}

    Raises:
        InventoryError: If nothing can be read at all, the service answers with an error, or no device has a member
            to keep.
        OSError: {unread}
        TypeError: {no_source}

    >>> fleet = cg.read_webex({"items": [{"product": "Cisco 8841", "mac": "00CCFC123456"}]})
    >>> cg.audit(fleet, destination="webex-calling").summary().verdicts[cg.Verdict.NOT_NEEDED]
    1

    """
    return told(answers_read(source, "webex", keep=keep, name=name, when=when))


@with_shared_words
def read_axl(
    source: Answer,
    *,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    """Read phones as Unified CM is configured with them: `listPhone`, `getPhone` and `executeSQLQuery` of AXL.

    Such a phone may be switched off, or converted since: nothing is evidence of what runs. The device pool and load
    that it is configured with stand in its status.

    Args:
        source: {answers}
        keep: The elements of phones that come with them, as columns do of a table: `["ownerUserName"]`.
        name: {name}
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If nothing can be read at all, the service answers with an error, or no phone has an element
            to keep.
        OSError: {unread}
        TypeError: {no_source}

    >>> phone = {"name": "SEP00CCFC123456", "model": "Cisco 8841", "devicePoolName": {"_value_1": "Oslo"}}
    >>> fleet = cg.read_axl({"return": {"phone": [phone]}}, keep={"pool": "devicePoolName"})
    >>> fleet.to_dict()["pid"], fleet.to_dict()["firmware_type"], fleet.to_dict()["pool"]
    (['Cisco 8841'], [None], ['Oslo'])

    """
    return told(answers_read(source, "axl", keep=keep, name=name, when=when, cluster=cluster))


@with_shared_words
def read_json(  # noqa: PLR0913 (they are keywords)
    source: Answer,
    *,
    columns: Columns | None = None,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    """Read phones from JSON of any tool: each device is an object, whose keys are read like the headers of a table.

    Tables as `DataFrame.to_json` writes them are read in every `orient` but `values`. Answers of RisPort, Webex and
    AXL have readers of their own, and `read_inventory` tells them apart; here their records are flat ones, and prove as
    much as rows of a table.

    Args:
        source: {answers}
        columns: {columns} The columns are the keys of devices.
        keep: {keep} The columns are the keys of devices.
        name: {name}
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If no object says anything of a device, or none has a key to keep.
        OSError: {unread}
        TypeError: {no_source}

    >>> device = {"macAddress": "00CCFC123456", "model": "CP-8841", "hw_ver": "V05", "room": 12}
    >>> fleet = cg.read_json([device], keep=["room"])
    >>> fleet.to_dict()["vid"], fleet.to_dict()["room"]
    (['V05'], ['12'])

    """
    return told(
        answers_read(source, "json", columns=columns, keep=keep, name=name, when=when, cluster=cluster, merged=False)
    )


@with_shared_words
def read_inventory(
    source: Answer,
    *,
    keep: Keep | None = None,
    name: str | None = None,
    when: When = None,
    cluster: str | None = None,
) -> Fleet:
    r"""Read phones from a document of any kind, which is recognized by its content.

    Args:
        source: {answers} Or the path of a folder, whose files are pages of phones.
        keep: As those of the reader of its kind; a page of a phone has none.
        name: {name}
        when: {when}
        cluster: {cluster}

    Raises:
        InventoryError: If nothing can be read at all, or no source has a column to keep.
        OSError: {unread}
        TypeError: {no_source}

    >>> fleet = cg.read_inventory(b"PID,VID\nCP-7821-K9=,V03\n", name="bag of phones", when="2026-11-20")
    >>> fleet.sources[0].kind
    <SourceKind.CSV: 'csv'>

    """
    if is_folder(source):
        return told(read_folder(source, when_said(when), cluster_said(cluster)))
    return told(answers_read(source, None, keep=keep, name=name, when=when, cluster=cluster, merged=False))
