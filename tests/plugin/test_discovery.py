"""Entry points are read from metadata, without importing anything."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from catalogue.plugin.discovery import DEFINITIONS, EXTENSIONS, PRODUCTS, find_entry_points


def _install(folder: Path, name: str, text: str, version: str = "1.2") -> None:
    info = folder / f"{name}-{version}.dist-info"
    info.mkdir(parents=True)
    (info / "entry_points.txt").write_text(text, "utf-8")


def test_the_three_groups_are_read_and_others_are_not(tmp_path: Path) -> None:
    _install(
        tmp_path,
        "acme_products",
        "[console_scripts]\nx = y:z\n\n[catalogue.products]\ngold-loan = acme.gold:plugin\n"
        "# a comment\n[catalogue.extensions]\nacme-fees=acme.fees\n[catalogue.definitions]\nacme = acme.defs\n",
    )
    found = find_entry_points([str(tmp_path)])
    assert found.problems == ()
    assert [(e.group, e.name, e.value, e.distribution, e.version) for e in found.entries] == [
        (PRODUCTS, "gold-loan", "acme.gold:plugin", "acme-products", "1.2"),
        (EXTENSIONS, "acme-fees", "acme.fees", "acme-products", "1.2"),
        (DEFINITIONS, "acme", "acme.defs", "acme-products", "1.2"),
    ]


def test_a_line_that_is_no_entry_point_is_told(tmp_path: Path) -> None:
    _install(tmp_path, "broken", "[catalogue.products]\ngold loan acme\nok = acme.ok\n")
    found = find_entry_points([str(tmp_path)])
    assert [entry.name for entry in found.entries] == ["ok"]
    assert found.problems == (
        "broken: entry_points.txt:2: 'gold loan acme' is not `name = module:object`",
    )


def test_metadata_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    info = tmp_path / "gbk-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_bytes("[catalogue.products]\n贷款 = a".encode("gbk"))
    found = find_entry_points([str(tmp_path)])
    assert found.entries == ()
    assert "gbk: entry_points.txt cannot be read" in found.problems[0]


def test_the_first_of_two_installations_counts(tmp_path: Path) -> None:
    for folder, target in (("first", "one"), ("second", "two")):
        _install(tmp_path / folder, "acme", f"[catalogue.products]\ngold = acme.{target}\n")
    found = find_entry_points([str(tmp_path / "first"), str(tmp_path / "second")])
    assert [entry.module for entry in found.entries] == ["acme.one"]


def test_what_pip_installed_comes_before_what_a_build_left(tmp_path: Path) -> None:
    left = tmp_path / "tree/acme.egg-info"
    left.mkdir(parents=True)
    (left / "entry_points.txt").write_text("[catalogue.products]\ngold = acme.old\n", "utf-8")
    _install(tmp_path / "site", "acme", "[catalogue.products]\ngold = acme.new\n")
    found = find_entry_points([str(tmp_path / "tree"), str(tmp_path / "site")])
    assert [entry.module for entry in found.entries] == ["acme.new"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    assert find_entry_points([str(tmp_path / "nowhere")]).entries == ()


_COMPARE = """
from importlib.metadata import entry_points
from catalogue.plugin.discovery import DEFINITIONS, GROUPS, find_entry_points
ours = {(e.group, e.name, e.value) for e in find_entry_points().entries}
theirs = {(e.group, e.name, e.value) for group in GROUPS for e in entry_points(group=group)}
print(len(ours), sorted(ours ^ theirs))
"""


def test_it_agrees_with_importlib_on_the_installed_packages(tmp_path: Path) -> None:
    # isolated, and away from the source tree, whose left-over metadata importlib would read
    done = subprocess.run(
        [sys.executable, "-I", "-c", _COMPARE],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    count, difference = done.stdout.split(" ", 1)
    assert int(count) > 40
    assert difference.strip() == "[]"
