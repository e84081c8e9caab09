"""docs/tutorial.md: every command is run in a fresh environment and prints what the page shows.

`REFRESH_DOCS=1 pytest tests/docs/test_tutorial.py` writes the files and the output into the page.
"""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path

import pytest

from ..fresh import Fresh, Ran  # noqa: TID252 - tests are no package to import from
from .blocks import DOCS, blocks, replaced

PAGE = DOCS / "tutorial.md"
NAME = "solar-lease"
PACKAGE = DOCS / "tutorial" / NAME
QUOTE_ID = "33e057515d2bbec6d593"
"""In the place of every quote's id, which changes with the engine's version."""
REFRESH = os.environ.get("REFRESH_DOCS") == "1"


def run(fresh: Fresh, command: str, folder: Path) -> Ran:
    """A command of the page."""
    tool, *words = shlex.split(command)
    if tool == "pip":
        assert words[:3] == ["install", "--quiet", "-e"]
        fresh.install(folder / words[3])
        return Ran(0, "", "")
    if tool == "pytest":
        return fresh.pytest(words, plugins=NAME, folder=folder)
    assert tool == "catalogue", command
    return fresh.catalogue(*words, plugins=NAME, folder=folder)


def shown(text: str) -> str:
    """Output without what differs from run to run, and without rows of other packages."""
    text = re.sub(r"in \d+\.\d+s", "in 3.14s", text)
    text = re.sub(
        r"  [0-9a-f]{20} \(bank-catalogue [\d.]+\)", f"  {QUOTE_ID} (bank-catalogue 0.1.0)", text
    )
    lines = (line.rstrip() for line in text.splitlines())
    other = re.compile(r".*,(bank-catalogue|.*off,left out by CATALOGUE_PLUGINS)")
    return "".join(f"{line}\n" for line in lines if not other.match(line))


def test_the_page_runs_from_top_to_bottom(fresh: Fresh, tmp_path: Path) -> None:
    changes: list[tuple[tuple[int, int], str]] = []
    for block in blocks(PAGE):
        if block.file is not None:
            kept = (PACKAGE / block.file).read_text("utf-8")
            target = tmp_path / NAME / block.file
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(kept, "utf-8")
            changes.append((block.span, kept))
            assert REFRESH or block.text == kept, f"{block.where} is not {block.file}"
        elif block.kind == "console":
            made = ""
            for command, output in block.commands():
                ran = run(fresh, command, tmp_path)
                assert ran.code == block.exit, f"{block.where}: {command}\n{ran.out}{ran.err}"
                printed = shown(ran.out + ran.err)
                made += f"$ {command}\n{printed}"
                assert REFRESH or printed == output, f"{block.where}: {command}"
            changes.append((block.span, made))
        else:
            assert block.kind == "toml"
            known = (tmp_path / NAME / "pyproject.toml").read_text("utf-8")
            assert block.text in known, block.where
    if REFRESH:
        PAGE.write_text(replaced(PAGE.read_text("utf-8"), changes), "utf-8")


def test_the_finished_package_is_what_the_page_builds(fresh: Fresh, tmp_path: Path) -> None:
    """Files that the page does not show are those of `new-plugin`, but for the README."""
    assert fresh.catalogue("new-plugin", NAME, folder=tmp_path).code == 0
    written = {p.relative_to(tmp_path / NAME) for p in (tmp_path / NAME).rglob("*") if p.is_file()}
    kept = {
        p.relative_to(PACKAGE) for p in PACKAGE.rglob("*")
        if p.is_file() and not re.search(r"__pycache__|egg-info", str(p))
    }  # fmt: skip
    told = {Path(block.file) for block in blocks(PAGE) if block.file}
    assert kept == written | told
    for path in kept - told - {Path("README.md")}:
        assert (PACKAGE / path).read_text("utf-8") == (tmp_path / NAME / path).read_text("utf-8")


@pytest.mark.parametrize("limit", [120])
def test_the_plugin_stays_short(limit: int) -> None:
    text = (PACKAGE / "solar_lease/plugin.py").read_text("utf-8")
    assert len(text.splitlines()) < limit
