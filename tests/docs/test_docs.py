"""README and docs cannot lag: blocks run, links resolve, every hook, command and name is told."""

from __future__ import annotations

import ast
import doctest
import importlib.util
import inspect
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

import attrs
import pytest
import tomli
from click.testing import CliRunner

import catalogue
import catalogue.maths
import catalogue.products
from catalogue.cli.main import COMMANDS, cli
from catalogue.plugin import discovery
from catalogue.plugin.hookspecs import HOOKS, hook_parameters
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import (
    Adjustment,
    Check,
    Contract,
    Fee,
    Flow,
    PlainRow,
    Result,
    Terms,
)

from .blocks import DOCS, PAGES, ROOT, Block, blocks

ALL = [block for page in PAGES for block in blocks(page)]
OWN_TEST = ("docs/tutorial.md",)
"""Pages whose blocks have a test of their own."""


def of(kind: str) -> list[Any]:
    """Blocks of a kind as pytest parameters."""
    return [
        pytest.param(block, id=block.where) for block in ALL
        if block.kind == kind and str(block.page.relative_to(ROOT)) not in OWN_TEST
    ]  # fmt: skip


def made_by_script() -> Any:
    """scripts/docs.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_script", ROOT / "scripts/docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


# -- blocks -------------------------------------------------------------------------------------


def test_every_block_says_what_it_is() -> None:
    known = {"python", "toml", "console", "text", "json", "csv", "sh"}
    assert [block.where for block in ALL if block.kind not in known] == []


def test_no_fence_is_left_open() -> None:
    for page in PAGES:
        fences = re.findall(r"^```", page.read_text("utf-8"), re.MULTILINE)
        assert len(fences) == 2 * len(blocks(page)), page


@pytest.mark.parametrize("block", of("python"))
def test_python_runs(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    if ">>> " not in block.text:
        exec(compile(block.text, block.where, "exec"), {"__name__": "docs"})
        return
    earlier: dict[str, Any] = {}
    # the blocks of a page are one session
    for one in (b for b in blocks(block.page) if b.kind == "python" and b.line <= block.line):
        if ">>> " not in one.text:
            continue
        test = doctest.DocTestParser().get_doctest(
            one.text, earlier, one.where, str(one.page), one.line
        )
        told: list[str] = []
        runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
        runner.run(test, out=told.append, clear_globs=False)
        earlier.update(test.globs)
        assert runner.failures == 0 or one.line < block.line, "".join(told)


@pytest.mark.parametrize("block", of("toml"))
def test_toml_is_toml(block: Block) -> None:
    tomli.loads(block.text)


@pytest.mark.parametrize("block", of("console"))
def test_commands_end_as_documented(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    commands = [command for command, _ in block.commands()]
    assert commands, f"{block.where}: no line begins with `$ `"
    for command in commands:
        tool, *words = shlex.split(command)
        if tool != "catalogue":
            continue
        ran = CliRunner().invoke(cli, words, prog_name="catalogue")
        assert ran.exit_code == block.exit, f"{block.where}: {command}\n{ran.output}"


# -- links --------------------------------------------------------------------------------------


def anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return {
        re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-")
        for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    }


def links() -> Iterator[tuple[Path, str]]:
    """Every link of every page that does not leave the project."""
    for page in PAGES:
        text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in re.findall(r"(?<!`)\[[^\]\n]+\]\(([^)\s]+)\)", text):
            if not target.startswith(("http://", "https://", "mailto:")):
                yield page, target


def test_links_resolve() -> None:
    found = list(links())
    assert len(found) > 10
    for page, target in found:
        path, _, anchor = target.partition("#")
        there = (page.parent / path).resolve() if path else page
        assert there.exists(), f"{page}: {target}"
        assert ROOT in (there, *there.parents), f"{page}: {target} leaves the project"
        if anchor:
            assert anchor in anchors(there), f"{page}: {target}"


def test_every_page_is_reached_from_readme() -> None:
    seen: set[Path] = set()
    waiting = [ROOT / "README.md"]
    known = list(links())
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for source, target in known:
            there = (source.parent / target.partition("#")[0]).resolve()
            if source == page and there.is_dir():
                there /= "README.md"
            if source == page and there.suffix == ".md" and there.exists():
                waiting.append(there)
    assert {
        str(p.relative_to(ROOT)) for p in set(PAGES) - seen if "plugins/" not in str(p)
    } == set()


# -- everything is told -------------------------------------------------------------------------


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_is_told_with_its_exact_arguments(hook: str) -> None:
    page = (DOCS / "plugins.md").read_text("utf-8")
    heading = f"### `{hook}({', '.join(hook_parameters(hook))})`\n"
    assert heading in page
    section = re.split(r"^##", page.split(heading)[1], maxsplit=1, flags=re.MULTILINE)[0]
    assert re.search(r"^Since \d+\.\d+\. Returns ", section, re.MULTILINE)
    example = ast.parse(re.findall(r"```python\n(.*?)```", section, re.DOTALL)[0])
    functions = [node for node in ast.walk(example) if isinstance(node, ast.FunctionDef)]
    shown = next(node for node in functions if node.name == hook)
    taken = {argument.arg for argument in shown.args.args} - {"self"}
    assert taken <= set(hook_parameters(hook))


def test_what_hooks_work_with_is_told() -> None:
    page = (DOCS / "plugins.md").read_text("utf-8")
    told = re.split(r"^## ", page.split("## What a hook works with\n")[1], flags=re.MULTILINE)[0]
    context = inspect.signature(QuoteContext.__init__).parameters.keys() - {
        "self",
        "display",
        "policies",
    }
    members = {name for name in vars(QuoteContext) if not name.startswith("_")} | context
    assert [name for name in sorted(members) if not re.search(rf"`{name}[`(]", told)] == []
    for kind in (Terms, Contract, Flow, Result, PlainRow, Fee, Check, Adjustment):
        fields = re.search(rf"^\| `{kind.__name__}` \| (.+) \|$", told, re.MULTILINE)
        assert fields is not None, kind
        assert re.findall(r"(\w+)=?(?: \([^)]*\))?(?:, |$)", fields[1]) == [
            field.name for field in attrs.fields(kind)
        ]
        optional = [
            field.name for field in attrs.fields(kind) if field.default is not attrs.NOTHING
        ]
        assert re.findall(r"(\w+)=", fields[1]) == optional


def test_every_base_class_is_told_with_its_module() -> None:
    page = (DOCS / "plugins.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| `(\w+)`.* \| `([\w/]+)` \|$", page, re.MULTILINE)
    own = catalogue.products.__path__
    modules = [import_module(f"catalogue.products.{each.name}") for each in iter_modules(own)]
    known = {
        (name, kind.__module__.rpartition(".")[2])
        for module in modules
        for name, kind in vars(module).items()
        if isinstance(kind, type)
        and issubclass(kind, Product)
        and kind.__module__ == module.__name__
    }
    assert {(name, module) for name, module, _ in rows} == known
    for name, module, example in rows:
        plugin = import_module(f"catalogue_plugins.{example.replace('/', '.')}").plugin
        assert isinstance(plugin, getattr(import_module(f"catalogue.products.{module}"), name)), (
            name
        )
    told = set(re.findall(r"\w+", catalogue.products.__doc__ or ""))
    assert [each.name for each in iter_modules(own) if each.name not in told] == []


def test_groups_and_variable_are_told() -> None:
    page = (DOCS / "plugins.md").read_text("utf-8")
    for group in discovery.GROUPS:
        assert f"| `{group}` |" in page
    assert discovery.ALLOW_VARIABLE in page


def test_every_command_is_told() -> None:
    page = (DOCS / "cli.md").read_text("utf-8")
    for name in COMMANDS:
        assert f"## `catalogue {name}`\n" in page


@pytest.mark.parametrize("module", [catalogue, catalogue.maths], ids=lambda m: m.__name__)
def test_every_public_name_is_told(module: Any) -> None:
    page = (DOCS / "python.md").read_text("utf-8")
    for name in module.__all__:
        assert re.search(rf"^\| `{name}[`(]", page, re.MULTILINE), name


def test_decisions_are_numbered_and_indexed() -> None:
    found = sorted((DOCS / "decisions").glob("[0-9]*.md"))
    index = (DOCS / "decisions/README.md").read_text("utf-8")
    for number, path in enumerate(found, 1):
        assert path.name.startswith(f"{number:04}-")
        assert path.read_text("utf-8").startswith(f"# {number}. ")
        assert f"({path.name})" in index


def test_generated_pages_are_fresh() -> None:
    stale = [str(path.relative_to(ROOT)) for path in made_by_script().stale()]
    assert stale == [], f"{', '.join(stale)}: out of date; run `python scripts/docs.py`"


def test_the_table_of_lines_tells_a_line_without_product() -> None:
    rows = list(made_by_script()._line_rows(46, [], None))
    assert rows == ["| 46 | **missing** | | | | | | | | | |"]


def test_architecture_names_every_module_of_the_larger_layers_and_no_other() -> None:
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    told = page[page.index("## Modules") : page.index("## One quote")]
    for part in told.split("**`")[1:]:
        folder, _, text = part.partition("/`**")
        named = {name.strip("/") for name in re.findall(r"`([a-z_*]+/?)`", text)}
        there = {
            path.stem
            for path in (ROOT / "catalogue" / folder).iterdir()
            if path.name[0] != "_" and (path.suffix == ".py" or path.is_dir())
        }
        for pattern in [name for name in named if name.endswith("*")]:
            matched = {name for name in there if name.startswith(pattern[:-1])}
            assert matched, pattern
            named = (named - {pattern}) | matched
        assert named - {"show"} == there, folder
