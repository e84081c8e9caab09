"""One broken plugin never takes the rest down, and is always named."""

from __future__ import annotations

import decimal
import os
import sys
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalogue import (
    Adjustment,
    Ask,
    Catalogue,
    Check,
    Contract,
    Customer,
    Fee,
    InputError,
    Money,
    PluginError,
    Product,
    Terms,
    hookimpl,
)
from catalogue.plugin.discovery import (
    ALLOW_VARIABLE,
    BUILT_IN,
    EXTENSIONS,
    PRODUCTS,
    EntryPoint,
)
from catalogue.plugin.registry import Registry

PLAIN = """\
code = "plain"
name = "Plain service"
name_zh = "普通服务"
family = "tests"
segment = "any"

[sources.tariff]
title = "Test tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"

[versions.ask.amount]
required = true

[versions.rate]
fixed = 0.04
min = 0.03
"""


class Plain(Product):
    """A product that costs nothing."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        zero = Money.zero("CNY")
        return Contract("CNY", totals={"principal": zero, "interest": zero})


def surcharge(amount: str = "5") -> Any:
    class Surcharge:
        @hookimpl
        def fees(self, ctx: Any) -> list[Fee]:
            return [
                Fee("surcharge", "Surcharge", "附加费", Money.of(amount), "flat", "Branch notice")
            ]

    return Surcharge()


Bank = Callable[..., Catalogue]
ASK = Ask("plain", amount="100")


def test_an_extension_adds_a_fee_to_a_product_that_it_does_not_own(bank: Bank) -> None:
    quote = bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"branch": surcharge()}).quote(ASK)
    assert [(fee.code, fee.amount, fee.by) for fee in quote.fees] == [
        ("surcharge", Money.of(5), "branch")
    ]
    assert quote.totals["fees"] == quote.totals["paid"] == Money.of(5)
    assert any(plugin.startswith("branch") for plugin in quote.plugins)


def test_an_extension_adds_a_check(bank: Bank) -> None:
    class Sanctions:
        @hookimpl
        def eligibility(self, ctx: Any) -> list[Check]:
            return [Check("sanctions", "fail", "Is on the list", "在名单上", "List of today")]

    quote = bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"list": Sanctions()}).quote(ASK)
    assert not quote.eligible
    assert quote.checks[0].by == "list"


def test_an_adjustment_changes_the_rate_within_the_bounds_of_the_definition(bank: Bank) -> None:
    class Campaign:
        @hookimpl
        def adjustments(self, ctx: Any, terms: Terms) -> list[Adjustment]:
            return [Adjustment("spring", "Spring", "春季", Decimal("-0.025"), "Notice")]

    quote = bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"spring": Campaign()}).quote(ASK)
    assert quote.rate is not None
    assert quote.rate.annual == Decimal("0.03")  # 4 % less 2.5 % stops at the minimum of 3 %
    assert "bounded at 3%" in quote.warnings[0]


class Faults:
    """What a bad extension may do in a hook, and the words that must name it."""

    @staticmethod
    def raises(ctx: Any) -> Any:
        raise ValueError("no such table")

    @staticmethod
    def exits(ctx: Any) -> Any:
        sys.exit(0)

    @staticmethod
    def recurses(ctx: Any) -> Any:
        return Faults.recurses(ctx)

    @staticmethod
    def wrong_type(ctx: Any) -> Any:
        return 12.5

    @staticmethod
    def wrong_item(ctx: Any) -> Any:
        return ["a fee"]

    @staticmethod
    def not_money(ctx: Any) -> Any:
        return [Fee("x", "X", "X", 12, "flat", "none")]  # type: ignore[arg-type]

    @staticmethod
    def no_source(ctx: Any) -> Any:
        return [Fee("x", "X", "X", Money.of(1), "flat", "")]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (Faults.raises, "raised ValueError: no such table"),
        (Faults.exits, "raised SystemExit"),
        (Faults.recurses, "raised RecursionError"),
        (Faults.wrong_type, "returned float 12.5; expected a list of Fee"),
        (Faults.wrong_item, "returned str 'a fee'; expected a list of Fee"),
        (Faults.not_money, "raised TypeError"),
        (Faults.no_source, "source is '', not a text"),
    ],
)
def test_a_faulty_extension_is_named_and_the_quote_goes_on(
    bank: Bank, fault: Callable[..., Any], words: str
) -> None:
    class Bad:
        @hookimpl
        def fees(self, ctx: Any) -> Any:
            return fault(ctx)

    files, own = {"plain.toml": PLAIN}, {"plain": Plain()}
    quote = bank(files, own, {"bad": Bad(), "good": surcharge()}).quote(ASK)
    assert [fee.code for fee in quote.fees] == ["surcharge"]
    assert any("bad" in told and words in told for told in quote.warnings), quote.warnings
    with pytest.raises(PluginError, match="bad"):
        bank(files, own, {"bad": Bad()}, strict=True).quote(ASK)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (None, "hook 'price' returned NoneType None; expected Contract"),
        (Decimal("NaN"), "returned Decimal"),
        (ZeroDivisionError("x"), "hook 'price' raised ZeroDivisionError: x"),
    ],
)
def test_a_fault_of_the_products_own_plugin_is_an_error_that_names_it(
    bank: Bank, answer: Any, words: str
) -> None:
    class Wrong(Product):
        def price(self, ctx: Any, terms: Terms) -> Any:
            if isinstance(answer, Exception):
                raise answer
            return answer

    cat = bank({"plain.toml": PLAIN}, {"plain": Wrong()})
    with pytest.raises(PluginError, match="plugin 'plain'") as caught:
        cat.quote(ASK)
    assert words in str(caught.value)


def test_an_input_error_of_a_plugin_is_the_askers_fault(bank: Bank) -> None:
    class Refuses(Product):
        def price(self, ctx: Any, terms: Terms) -> Contract:
            raise InputError("amount: too round")

    with pytest.raises(InputError, match="amount: too round"):
        bank({"plain.toml": PLAIN}, {"plain": Refuses()}).quote(ASK)


def test_the_process_is_put_back_after_a_plugin(bank: Bank, tmp_path: Path) -> None:
    class Spoils:
        @hookimpl
        def fees(self, ctx: Any) -> Any:
            decimal.getcontext().prec = 3
            os.chdir(tmp_path)
            sys.setrecursionlimit(900)
            print("a plugin's chatter")
            return []

    before = (decimal.getcontext().prec, os.getcwd(), sys.getrecursionlimit())
    bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"spoils": Spoils()}).quote(ASK)
    assert (decimal.getcontext().prec, os.getcwd(), sys.getrecursionlimit()) == before


def test_output_of_a_plugin_stays_off_stdout(
    bank: Bank, capsys: pytest.CaptureFixture[str]
) -> None:
    class Chats:
        @hookimpl
        def fees(self, ctx: Any) -> Any:
            print("a plugin's chatter")

    bank({"plain.toml": PLAIN}, {"plain": Plain()}, {"chats": Chats()}).quote(ASK)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "chatter" in captured.err


def test_a_misspelt_hook_is_told_with_a_suggestion() -> None:
    class Typo:
        @hookimpl
        def feees(self, ctx: Any) -> Any:
            return []

        @hookimpl
        def fees(self, ctx: Any) -> Any:
            return []

    registry = Registry([])
    registry.add(Typo(), "typo")
    assert [p.message for p in registry.problems] == ["unknown hook 'feees'; did you mean 'fees'?"]


def test_a_plugin_without_any_hook_is_told() -> None:
    registry = Registry([])
    registry.add(object(), "empty")
    assert "implements no hook" in registry.problems[0].message


def test_an_unknown_argument_of_a_hook_is_told() -> None:
    class Wrong:
        @hookimpl
        def fees(self, ctxx: Any) -> Any:
            return []

    registry = Registry([])
    registry.add(Wrong(), "wrong")
    assert "ctxx" in registry.problems[0].message


def test_a_nearly_right_method_of_a_product_is_refused_when_the_class_is_made() -> None:
    with pytest.raises(
        PluginError, match=r"Slip\.eligiblity is not a hook; did you mean 'eligibility'"
    ):

        class Slip(Product):
            def eligiblity(self) -> None: ...


def _module(name: str, **members: Any) -> str:
    module = types.ModuleType(name)
    vars(module).update(members)
    sys.modules[name] = module
    return name


def test_a_plugin_that_cannot_be_imported_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "leaves_at_import.py").write_text("raise SystemExit(0)\n")
    (tmp_path / "breaks_at_import.py").write_text("import no_such_module_anywhere\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    entries = [
        EntryPoint(EXTENSIONS, "leaves", "leaves_at_import", "", "acme", "1.0"),
        EntryPoint(EXTENSIONS, "breaks", "breaks_at_import", "", "acme", "1.0"),
        EntryPoint(PRODUCTS, "gone", "no_such_plugin_module", "plugin", "acme", "1.0"),
    ]
    registry = Registry(entries)
    assert list(registry.extensions()) == []
    assert [problem.text() for problem in registry.problems] == [
        "plugin 'leaves' (acme 1.0): cannot be imported: SystemExit: 0",
        "plugin 'breaks' (acme 1.0): cannot be imported:"
        " ModuleNotFoundError: No module named 'no_such_module_anywhere'",
    ]
    with pytest.raises(PluginError, match=r"plugin 'gone' \(acme 1\.0\): cannot be imported"):
        registry.owner("gone")


def test_two_strangers_with_one_code_both_lose_it_and_both_are_named() -> None:
    module = _module("test_two_strangers", plugin=Plain())
    entries = [
        EntryPoint(PRODUCTS, "gold", module, "plugin", "acme", "1"),
        EntryPoint(PRODUCTS, "gold", module, "plugin", "zenith", "2"),
    ]
    registry = Registry(entries)
    with pytest.raises(PluginError, match=r"claimed twice: by acme \(.*\) and by zenith"):
        registry.owner("gold")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_built_in_code_cannot_be_taken(order: tuple[int, int]) -> None:
    ours = Plain()
    module = _module("test_built_in_code", ours=ours, theirs=Plain())
    entries = [
        EntryPoint(PRODUCTS, "home-loan", module, "ours", BUILT_IN, "1"),
        EntryPoint(PRODUCTS, "home-loan", module, "theirs", "acme", "1"),
    ]
    registry = Registry([entries[at] for at in order])
    assert registry.owner("home-loan") is ours
    assert "claimed twice" in registry.problems[0].message
    assert registry.problems[0].distribution == "acme 1"


def test_only_allowed_distributions_load(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        EntryPoint(PRODUCTS, "ours", "a", "", BUILT_IN, "1"),
        EntryPoint(PRODUCTS, "acme-loan", "b", "", "acme", "1"),
        EntryPoint(PRODUCTS, "zenith-loan", "c", "", "zenith", "1"),
    ]
    monkeypatch.setenv(ALLOW_VARIABLE, "acme")
    assert set(Registry(entries).product_entries) == {"ours", "acme-loan"}
    monkeypatch.setenv(ALLOW_VARIABLE, "")
    assert set(Registry(entries).product_entries) == {"ours"}


def test_a_definition_without_a_plugin_says_what_is_missing(bank: Bank) -> None:
    with pytest.raises(PluginError, match="has a definition but no plugin"):
        bank({"plain.toml": PLAIN}).quote(ASK)


def test_plugins_do_not_change_the_bytes_of_another_products_quote(bank: Bank) -> None:
    first = bank({"plain.toml": PLAIN}, {"plain": Plain()})
    second = bank({"plain.toml": PLAIN}, {"plain": Plain(), "other": Plain()})
    customer = Customer(kind="company")
    day = date(2024, 11, 1)
    assert (
        first.quote(ASK, customer, as_of=day).to_json()
        == second.quote(ASK, customer, as_of=day).to_json()
    )
