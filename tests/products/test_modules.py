"""Product modules read alike: the same order in every class, the plugin last, helpers of one module private."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PLUGINS = sorted(
    path for path in (ROOT / "plugins").glob("*/*.py") if path.parent.name != "scoring"
)
MODULES = [*PLUGINS, *sorted((ROOT / "catalogue/products").glob("*.py"))]
ORDER = ("terms", "price", "results", "fees", "eligibility")


def _body(path: Path) -> list[ast.stmt]:
    return ast.parse(path.read_text("utf-8")).body


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_what_a_quote_asks_for_stands_in_the_order_of_the_pipeline(path: Path) -> None:
    for kind in (node for node in _body(path) if isinstance(node, ast.ClassDef)):
        names = [node.name for node in kind.body if isinstance(node, ast.FunctionDef)]
        asked = [name for name in names if name in ORDER]
        assert asked == sorted(asked, key=ORDER.index), kind.name


@pytest.mark.parametrize("path", PLUGINS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_a_plugin_ends_with_its_object_and_keeps_its_helpers(path: Path) -> None:
    body = _body(path)
    if path.name == "__init__.py":
        return
    last = body[-1]
    assert isinstance(last, ast.Assign)
    assert ast.unparse(last.targets[0]) == "plugin"
    public = [
        node.name
        for node in body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    assert public == []
