"""Every example of the docstrings and of the README is run."""

from __future__ import annotations

import doctest
import inspect
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import crossgrade as cg

if TYPE_CHECKING:
    from collections.abc import Iterator

README = Path(__file__).parents[1] / "README.md"
OPTIONS = doctest.ELLIPSIS


def examples() -> Iterator[doctest.DocTest]:
    texts = {"crossgrade": inspect.getdoc(cg)}
    for name in cg.__all__:
        value = getattr(cg, name)
        texts[name] = inspect.getdoc(value)
        if inspect.isclass(value):
            members = [key for key in vars(value) if not key.startswith("_")]
            texts |= {f"{name}.{key}": inspect.getdoc(vars(value)[key]) for key in members}
    texts["README.md"] = README.read_text(encoding="utf-8")
    for name, text in texts.items():
        test = doctest.DocTestParser().get_doctest(text or "", {"cg": cg}, name, None, None)
        if test.examples:
            yield test


@pytest.mark.parametrize("test", list(examples()), ids=lambda test: test.name)
def test_examples(test: doctest.DocTest) -> None:
    output: list[str] = []
    results = doctest.DocTestRunner(optionflags=OPTIONS).run(test, out=output.append)
    assert results.failed == 0, "".join(output)


def test_there_are_examples() -> None:
    named = {"crossgrade", "README.md", "assess", "Assessment", "RuleBook", "codes", "impact"}
    named |= {"audit", "audit_stream", "Audit", "AuditStream", "Audit.summary", "Audit.bill_of_materials"}
    named |= {"Audit.to_dict", "Fleet", "Fleet.conflicts", "Fleet.problems", "Fleet.to_csv", "Fleet.to_dict", "merge"}
    named |= {
        "read_csv",
        "read_axl",
        "read_device_pages",
        "read_inventory",
        "read_json",
        "read_risport",
        "read_table",
        "read_webex",
    }
    assert named <= {test.name for test in examples()}
