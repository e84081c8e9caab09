"""Hooks asked without a quote: folders and rate sheets of plugins; a wrong answer takes nothing down."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from catalogue import Catalogue, PluginError, hookimpl
from catalogue.definitions.library import Library, Root
from catalogue.plugin.registry import Registry
from catalogue.quotes.catalogue import plugin_folders, plugin_sheets


class Answers:
    """A plugin that gives one answer to every hook of this file."""

    def __init__(self, given: Any) -> None:
        self.given = given

    @hookimpl
    def definition_folders(self) -> Any:
        return self.given

    @hookimpl
    def rate_sources(self) -> Any:
        return self.given

    @hookimpl
    def scorecards(self) -> Any:
        return self.given


def registry(**plugins: Any) -> Registry:
    made = Registry([])
    for name, given in plugins.items():
        made.add(Answers(given), name)
    return made


def test_a_folder_of_a_plugin_is_a_layer(tmp_path: Path) -> None:
    (tmp_path / "rates").mkdir()
    made = registry(branch=[tmp_path], other=None)
    assert plugin_folders(made) == [("branch", tmp_path)]
    assert made.problems == []


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (5, "'definition_folders' returned int 5; expected a list"),
        ("defs", "'definition_folders' returned str 'defs'; expected a list"),
        ([5], "5 is not a path"),
        (["no-such-folder"], "'no-such-folder' is not a folder"),
    ],
)
def test_a_wrong_folder_is_told_and_the_others_stay(given: Any, words: str, tmp_path: Path) -> None:
    made = registry(bad=given, good=[tmp_path])
    assert plugin_folders(made) == [("good", tmp_path)]
    (problem,) = made.problems
    assert problem.plugin == "bad"
    assert words in problem.text()


@pytest.mark.parametrize(
    ("given", "words"),
    [(7, "'rate_sources' returned int 7; expected a list"), (["lpr"], "'lpr' is not a RateSheet")],
)
def test_a_wrong_rate_sheet_is_told(given: Any, words: str) -> None:
    made = registry(bad=given)
    assert plugin_sheets(made) == {}
    assert words in made.problems[0].text()
    made.strict = True
    made.problems.clear()
    with pytest.raises(PluginError, match="bad"):
        plugin_sheets(made)


def test_two_sheets_of_one_code_name_both_plugins() -> None:
    sheet = Catalogue.load(as_of="2024-11-01").rates.sheet("lpr")
    assert plugin_sheets(registry(mine=[sheet])) == {"lpr": sheet}
    with pytest.raises(PluginError, match=r"'lpr' comes from two plugins: first and second"):
        plugin_sheets(registry(first=[sheet], second=[sheet]))


def test_a_wrong_scorecard_answer_leaves_the_rest(tmp_path: Path) -> None:
    made = registry(bad=3)
    cat = Catalogue.load(as_of="2024-11-01")
    assert Catalogue(Library([Root("test", tmp_path)]), made, cat.as_of).scorecards() == []
    assert "'scorecards' returned int 3" in made.problems[0].text()
