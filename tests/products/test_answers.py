"""What a plugin answers is looked at before the core works with it: each fault is told with its place."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue import (
    Ask,
    Catalogue,
    Check,
    Contract,
    Fee,
    Flow,
    Money,
    PluginError,
    Product,
    QuotedRate,
    Result,
    Terms,
)  # fmt: skip
from catalogue.products.answers import fault_of
from catalogue.products.explanation import Cited
from catalogue.products.results import PlainRow

DAY, ONE, ZERO = date(2024, 11, 1), Money.of(1), Money.zero()
NIL = Decimal(0)
TOTALS = {"principal": ONE, "interest": ZERO}
ROW = PlainRow(1, DAY, 0, Decimal(1), Decimal(1), NIL, NIL, Decimal(1), NIL)
DEFINITION = """\
code = "answer"
name = "Answer"
name_zh = "回答"
family = "kit"
segment = "any"
[sources.s]
title = "Tariff"
title_zh = "收费表"
[[versions]]
effective_from = 2020-01-01
source = "s"
basis = "illustrative"
[versions.ask.amount]
required = true
"""


def contract(**parts: Any) -> Contract:
    """A sound contract with some parts replaced."""
    return Contract(**{"currency": "CNY", "totals": TOTALS, **parts})


def result(value: Any, unit: Any = "number") -> Contract:
    """A contract with one result."""
    return contract(results=(Result("a", "A", "某", value, unit),))


def row(**parts: Any) -> Contract:
    """A contract with one row."""
    return contract(schedule=(attrs.evolve(ROW, **parts),))


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (contract(currency="RMB"), "currency: 'RMB' is not a currency"),
        (contract(currency=None), "currency: None is not a currency"),
        (contract(totals={}), "totals: principal is missing"),
        (contract(totals=[1]), "totals: list [1]; expected a mapping"),
        (contract(totals={**TOTALS, "gain": 1.5}), "totals: gain: float 1.5; expected Money"),
        (contract(totals={**TOTALS, "gain": Money.of(1, "USD")}), "totals: gain: is in USD"),
        (contract(totals={**TOTALS, "paid": ONE}), "totals: paid is made by the core"),
        (contract(flows=(flow for flow in ())), "flows: generator"),
        (contract(flows=((DAY, 5),)), "flows: tuple"),
        (contract(flows=(Flow(DAY, 5.0, "x"),)), "flow 1: amount: float 5.0; expected Money"),
        (contract(flows=(Flow("2024", ONE, "x"),)), "flow 1: on: str '2024'; expected a date"),
        (contract(flows=(Flow(datetime(2024, 1, 1), ONE, "x"),)), "expected a date without time"),
        (contract(schedule=None), "schedule: NoneType None"),
        (contract(schedule=({"n": 1},)), "schedule row 1: dict {'n': 1} has no n, due"),
        (row(interest=0.5), "schedule row 1: interest: float 0.5; expected a Decimal"),
        (row(interest=Decimal("0.005")), "schedule row 1: interest: 0.005 has more than 2 decimals"),
        (row(n="1"), "schedule row 1: n: str '1'; expected a whole number"),
        (result(1.5), "result 'a': 1.5 is a float"),
        (result(Decimal("NaN")), "result 'a': NaN is not a number"),
        (result(object()), "is no value that a quote can hold"),
        (result(ONE, "furlong"), "result 'a': unit str 'furlong'"),
        (contract(results=(Result("a", "A", "", ONE),)), "result 'a': label_zh"),
        (contract(results=(Result("a", "A", "某", ONE),) * 2), "result 'a': stands twice"),
        (contract(apr="yes"), "apr: str 'yes'"),
        (Terms("RMB", DAY), "currency: 'RMB'"),
        (Terms("USD", DAY, ONE), "amount: is in CNY, the terms in USD"),
        (Terms("CNY", DAY, tenor="5y"), "tenor: str '5y'"),
        (Terms("CNY", DAY, maturity="2025"), "maturity: str '2025'"),
        (Terms("CNY", DAY, method=3), "method: int 3"),
        (Terms("CNY", DAY, rate=QuotedRate(Decimal("NaN"))), "rate.annual: Decimal"),
        (Terms("CNY", DAY, extra={"thing": 1.5}), "extra thing: 1.5 is a float"),
        (Fee("a", "A", "某", ONE, "1", "s", due="2024"), "fee 'a': due: str '2024'"),
        (Fee("a", "A", "某", ONE, "1", "s", base=1.5), "fee 'a': base: 1.5 is a float"),
        (Fee("a", "A", "某", ONE, "1", "s", tax=5), "fee 'a': tax: int 5"),
        (Check("a", "pass", "r", "理", "s", [1]), "check 'a': found: list [1]"),
        (Check("a", "pass", "r", "理", "s", {"x": object()}), "check 'a': found x:"),
        (Check("a", "refer", "r", "理", "s", {}, "fact"), "check 'a': missing: str 'fact'"),
        (Check("a", "refer", "r", "理", "s", bring="paper"), "check 'a': bring and bring_zh"),
    ],
)  # fmt: skip
def test_each_fault_is_told_with_its_place(answer: Any, words: str) -> None:
    assert words in (fault_of(answer) or "")


def test_sound_answers_have_no_fault() -> None:
    rate = QuotedRate(Decimal("0.05"))
    sound = contract(flows=[Flow(DAY, ONE, "x")], schedule=[ROW])
    for answer in (
        sound,
        Terms("CNY", DAY, ONE, rate=rate),
        Check("a", "pass", "r", "理", "s"),
        None,
    ):
        assert fault_of(answer) is None


def test_a_source_that_is_cited_is_known_in_chinese() -> None:
    source = Cited("Tariff", "收费表")
    assert Check("a", "pass", "r", "理", source).source_zh == "收费表"
    assert Fee("a", "A", "某", ONE, "1", source).source_zh == "收费表"
    assert Check("a", "pass", "r", "理", "desk rule", source_zh="柜台规定").source_zh == "柜台规定"
    assert Check("a", "pass", "r", "理", "desk rule").source_zh is None


# -- through the pipeline -----------------------------------------------------------------------


def refused(folder: Path, plugin: Any) -> str:
    """What is said when the plugin's product is quoted."""
    (folder / "answer.toml").write_text(DEFINITION, "utf-8")
    cat = Catalogue.load(folder, DAY, entries=[])
    cat.registry.add(plugin, "answer", product=True)
    with pytest.raises(PluginError) as caught:
        cat.quote(Ask("answer", amount=1))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def priced(price: Callable[..., Any]) -> Product:
    """A product with a `price` of its own."""
    return type("Made", (Product,), {"price": price})()


def test_a_faulty_contract_is_the_plugins_fault(tmp_path: Path) -> None:
    told = refused(tmp_path, priced(lambda self, ctx, terms: contract(totals={"principal": 1.5})))
    assert told == (
        "plugin 'answer' (local): hook 'price' returned a faulty Contract:"
        " totals: interest is missing; state it, be it zero"
    )


def test_an_error_says_the_line_of_the_plugin(tmp_path: Path) -> None:
    def price(self: Any, ctx: Any, terms: Any) -> Any:
        return ctx.ask["amount"].amount / 0

    assert ", line " in refused(tmp_path, priced(price))


class BadTextError(Exception):
    """An error that cannot be shown."""

    def __str__(self) -> str:
        raise RuntimeError("in str")


def raises_bad_text(self: Any, ctx: Any, terms: Any) -> Any:
    raise BadTextError


async def waits(self: Any, ctx: Any, terms: Any) -> Any:
    return contract()


@pytest.mark.parametrize(
    ("price", "words"),
    [
        (raises_bad_text, "raised BadTextError"),
        (waits, "returned coroutine"),
        (lambda self, ctx, terms: setattr(ctx, "as_of", "soon"), "ctx.as_of cannot be changed"),
        (lambda self, ctx, terms: ctx.warn(5), "ctx.warn: int 5 is not a text"),
        (lambda self, ctx, terms: ctx.warn("five", 5), "ctx.warn: int 5 is not a text"),
        (lambda self, ctx, terms: ctx.explain("x", 1, "f", formula_zh=5), "figure and formula are texts"),
        (lambda self, ctx, terms: ctx.explain("x", object(), "f"), "is no value that a quote can hold"),
        (lambda self, ctx, terms: ctx.explain("x", 1, "f", {"a": float("nan")}), "a: nan is a float"),
    ],
)  # fmt: skip
def test_what_a_hook_does_wrong_is_told_in_one_line(
    tmp_path: Path, price: Callable[..., Any], words: str
) -> None:
    assert words in refused(tmp_path, priced(price))


def test_an_argument_with_a_default_is_given(tmp_path: Path) -> None:
    def price(self: Any, ctx: Any, terms: Any = None) -> Any:
        return contract(totals={"principal": terms.amount})

    assert "interest is missing" in refused(tmp_path, priced(price))


def test_an_argument_that_a_hook_has_not_is_named(tmp_path: Path) -> None:
    (tmp_path / "answer.toml").write_text(DEFINITION, "utf-8")
    cat = Catalogue.load(tmp_path, DAY, entries=[])
    cat.registry.add(priced(lambda self, ctx, moon: contract()), "answer", product=True)
    (problem,) = cat.registry.problems
    assert problem.message == (
        "hook 'price' takes moon, which it is not given; its arguments are ctx, terms"
    )


class Unreadable:
    """A plugin that cannot even be looked at."""

    def __dir__(self) -> Any:
        raise RuntimeError("no directory")


def test_a_plugin_that_cannot_be_looked_at_is_named(tmp_path: Path) -> None:
    (tmp_path / "answer.toml").write_text(DEFINITION, "utf-8")
    cat = Catalogue.load(tmp_path, DAY, entries=[])
    cat.registry.add(Unreadable(), "answer", product=True)
    (problem,) = cat.registry.problems
    assert "cannot be used: RuntimeError: no directory" in problem.message
