"""rates, plugins: what is listed, looked up, broken."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.plugin.discovery import EntryPoint
from catalogue.plugin.inspection import inspect_plugins

from .conftest import invoke


def test_rates_list_has_every_sheet() -> None:
    rows = {row["code"]: row for row in invoke("rates", "list", "--format", "json").data}
    assert rows["lpr"]["first"] == "2019-08-20"
    assert rows["fx"]["kind"] == "fx"
    table = invoke("rates", "list", "--lang", "zh").out
    assert "贷款市场报价利率" in table


def test_rates_show_has_versions_and_sources() -> None:
    ran = invoke("rates", "show", "lpr")
    assert ran.code == 0
    # the first fixing of the reformed LPR, 2019-08-20: 4.25 % and 4.85 %
    assert "2019-08-20  4.25 %  4.85 %" in ran.out
    assert "(official)" in ran.out


def test_rates_as_of_and_tenor() -> None:
    words = ("rates", "show", "lpr", "--as-of", "2024-10-21", "--format", "json")
    data = invoke(*words, "--tenor", "20y").data
    # LPR over five years from 2024-10-21: 3.60 %
    assert data["found"] == {"column": "5y", "value": "0.036", "effective_from": "2024-10-21"}
    assert len(data["versions"]) == 1
    before = invoke(
        "rates", "show", "lpr", "--as-of", "2024-10-20", "--tenor", "1y", "--format", "json"
    )
    assert before.data["found"]["value"] == "0.0335"  # 2024-07-22: 3.35 %


def test_rates_column_and_csv() -> None:
    ran = invoke("rates", "show", "lpr", "--column", "5y", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert {row["column"] for row in rows} == {"5y"}
    assert rows[0] == {
        "effective_from": "2019-08-20", "column": "5y", "side": "", "value": "0.0485", "basis": "official"
    }  # fmt: skip


def test_exchange_rates_show_their_sides() -> None:
    out = invoke("rates", "show", "fx", "--as-of", "2026-06-30").out
    assert "cash bid" in out
    assert "USD/CNY" in out


def test_plugins_are_listed_with_hooks_and_state(toy: Callable) -> None:
    data = toy("plugins", "--format", "json").data
    rows = {row["name"]: row for row in data["plugins"]}
    assert rows["lend"]["state"] == "ok"
    assert rows["lend"]["distribution"] == "toybank"
    assert rows["lend"]["version"] == "1.0"
    assert rows["lend"]["value"] == "toybank:lend"
    assert set(rows["lend"]["hooks"]) >= {"terms", "price"}
    assert rows["toy-extras"]["hooks"] == ["renderers", "cli_commands"]


def test_a_broken_plugin_is_named_and_strict_is_three(toy: Callable, toy_site: Path) -> None:
    entries = toy_site / "toybank-1.0.dist-info" / "entry_points.txt"
    entries.write_text("[catalogue.products]\nlend = toybank:gone\nkeep = nowhere\n", "utf-8")
    ran = toy("plugins")
    assert ran.code == 0
    assert "broken" in ran.out
    assert "lend (toybank): cannot be imported: AttributeError" in ran.out
    assert toy("plugins", "--strict").code == 3
    quote = toy("quote", "lend", "--amount", "5000", "--tenor", "1y")
    assert (quote.code, quote.out) == (3, "")
    assert "plugin 'lend' (toybank 1.0): cannot be imported" in quote.err


def test_the_allow_list_turns_plugins_off(toy: Callable) -> None:
    data = toy("plugins", "--format", "json", env={"CATALOGUE_PLUGINS": ""}).data
    rows = {row["name"]: row for row in data["plugins"]}
    assert rows["lend"]["state"] == "off"
    assert rows["working-capital-loan"]["state"] == "ok"


def test_a_misspelt_hook_makes_a_plugin_faulty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = (
        "from catalogue import hookimpl\n"
        "class P:\n"
        "    @hookimpl\n    def fees(self, ctx): return []\n"
        "    @hookimpl\n    def feees(self, ctx): return []\n"
    )
    (tmp_path / "misspelt_bank.py").write_text(module, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    entry = EntryPoint("catalogue.extensions", "odd", "misspelt_bank", "P", "odd-bank", "2")
    rows, problems = inspect_plugins([entry])
    assert rows[0]["state"] == "faulty"
    assert "unknown hook 'feees'; did you mean 'fees'?" in rows[0]["error"]
    assert problems == ()


def test_a_definition_folder_that_is_not_there_is_broken() -> None:
    entry = EntryPoint("catalogue.definitions", "x", "no_such_package.defs", "", "odd-bank", "2")
    rows, _ = inspect_plugins([entry])
    assert (rows[0]["state"], rows[0]["error"]) == (
        "broken",
        "the folder no_such_package.defs is not there",
    )
