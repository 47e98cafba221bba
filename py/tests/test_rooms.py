"""Files of the package import one another without a circle, and are named by what lives in them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "python" / "crossgrade"
SAYS_NOTHING = frozenset({"answers", "doors", "frames", "given", "read", "replace", "said", "stream", "words"})
"""Names that files had once: nobody could tell from them what lives there."""


def is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )


def statements(node: ast.AST) -> list[ast.AST]:
    """Return everything within, but not what only a type checker reads."""
    if isinstance(node, ast.If) and is_type_checking(node.test):
        return [within for child in node.orelse for within in statements(child)]
    return [node, *(within for child in ast.iter_child_nodes(node) for within in statements(child))]


def dotted_imports(tree: ast.AST) -> list[str]:
    """Return what is imported, in full: of `from a import b` both `a` and `a.b`, since `b` may be a module."""
    found: list[str] = []
    for node in statements(tree):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            # There are no packages within the package: a dot is the package itself.
            module = ".".join(filter(None, ["crossgrade" if node.level else "", node.module]))
            found += [module, *(f"{module}.{alias.name}" for alias in node.names)]
    return found


def imported(source: str, modules: set[str]) -> set[str]:
    """Return the modules of the package that a source imports."""
    parts = (name.split(".") for name in dotted_imports(ast.parse(source)))
    return {part[1] for part in parts if part[0] == "crossgrade" and len(part) > 1 and part[1] in modules}


def imports_of(sources: dict[str, str]) -> dict[str, set[str]]:
    return {name: imported(source, set(sources)) for name, source in sources.items()}


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Return one circle, from a module to itself; nothing if there is none."""
    done: set[str] = set()

    def walk(module: str, path: list[str]) -> list[str]:
        if module in path:
            return [*path[path.index(module) :], module]
        if module in done:
            return []
        for other in sorted(imports[module]):
            if found := walk(other, [*path, module]):
                return found
        done.add(module)
        return []

    return next((found for module in sorted(imports) if (found := walk(module, []))), [])


def sources() -> dict[str, str]:
    return {file.stem: file.read_text(encoding="utf-8") for file in PACKAGE.glob("*.py")}


def test_no_circle() -> None:
    imports = imports_of(sources())
    assert imports["_audit"], "no import was found at all"
    found = circle(imports)
    assert not found, f"a circle of imports: {' -> '.join(found)}"


def test_names_tell_what_lives_there() -> None:
    names = {name.strip("_") for name in sources()}
    assert "audit" in names
    assert not names & SAYS_NOTHING


@pytest.mark.parametrize(
    "back",
    [
        "from crossgrade._a import x",
        "from crossgrade import _a",
        "from . import _a",
        "from ._a import x",
        "import crossgrade._a",
        "def f():\n    from crossgrade._a import x",
    ],
)
def test_a_circle_is_found(back: str) -> None:
    imports = imports_of({"_a": "from crossgrade import _b", "_b": "import crossgrade._c", "_c": back, "_d": ""})
    assert circle(imports) == ["_a", "_b", "_c", "_a"]


def test_what_only_a_type_checker_reads_makes_no_circle() -> None:
    guarded = "if TYPE_CHECKING:\n    from crossgrade._a import x\nelse:\n    from crossgrade._d import x"
    imports = imports_of({"_a": "from crossgrade import _b", "_b": guarded, "_d": "import json"})
    assert imports == {"_a": {"_b"}, "_b": {"_d"}, "_d": set()}
    assert not circle(imports)
