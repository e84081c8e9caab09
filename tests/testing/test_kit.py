"""The kit is itself tested: each broken product fails for the reason that it is broken for."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue import Catalogue, Check, Contract, Fee, InputError, Money, Terms
from catalogue.products.loan import Loan
from catalogue.products.results import PlainRow
from catalogue.testing import ProductConformance, broken_invariants, conformance

DEFINITION = """\
code = "kit-loan"
name = "Kit loan"
name_zh = "测试贷款"
family = "kit"
segment = "company"

[sources.tariff]
title = "Test tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"

[versions.ask.amount]
required = true
min = 1_000
max = 1_000_000

[versions.ask.tenor]
required = true
min = "1m"
max = "3y"

[versions.rate]
fixed = 0.06

[versions.fees.arrangement]
name = "Arrangement fee"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.01

[[versions]]
effective_from = 2024-01-01
source = "tariff"
basis = "illustrative"

[versions.ask.amount]
min = 5_000

[[examples]]
name = "one year"
as_of = 2024-11-01
ask = { amount = 12_000, tenor = "12m" }
expect = { "totals.fees" = "120.00" }
"""


def kit(folder: Path, plugin: Any, text: str = DEFINITION) -> ProductConformance:
    """A conformance class on one plugin object."""
    (folder / "kit-loan.toml").write_text(text, "utf-8")

    class Kit(ProductConformance):
        code = "kit-loan"

        def load(self, as_of: date) -> Catalogue:
            made = Catalogue.load(folder, as_of, entries=[])
            made.registry.add(plugin, "kit-loan", product=True)
            return made

    return Kit()


class Sound(Loan):
    """Nothing wrong."""


def test_a_sound_product_passes_every_test_of_the_kit(tmp_path: Path) -> None:
    made = kit(tmp_path, Sound())
    tests = [name for name in dir(made) if name.startswith("test_")]
    assert len(tests) == 9
    for name in tests:
        getattr(made, name)()


class WrongTotal(Loan):
    """Says less interest than its rows."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        made = super().price(ctx, terms)
        return attrs.evolve(made, totals={**made.totals, "interest": Money.of(1)})


class KeepsABalance(Loan):
    """Forgets the last row."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        made = super().price(ctx, terms)
        return attrs.evolve(made, schedule=tuple(made.schedule)[:-1] or tuple(made.schedule))


class ChargesTwice(Loan):
    """Adds a fee under a code that stands already."""

    def fees(self, ctx: Any, terms: Terms, contract: Contract) -> list[Fee]:
        return [Fee("arrangement", "Again", "再次", Money.of(1), "flat", "none")]


class OpensElsewhere(Loan):
    """Its second row does not begin where the first one ended."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        made = super().price(ctx, terms)
        rows = [as_plain(row) for row in made.schedule]
        rows[0] = attrs.evolve(rows[0], closing=rows[0].closing + 1)
        return attrs.evolve(made, schedule=tuple(rows))


class GoesBack(Loan):
    """Its second row is due before the first."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        made = super().price(ctx, terms)
        rows = [as_plain(row) for row in made.schedule]
        rows[1:2] = [attrs.evolve(row, due=rows[0].due - timedelta(1)) for row in rows[1:2]]
        return attrs.evolve(made, schedule=tuple(rows))


class PaysLess(Loan):
    """One of its payments is no flow."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        made = super().price(ctx, terms)
        return attrs.evolve(made, flows=made.flows[:-1])


class ForgetsChinese(Loan):
    """Its check cites a source in English only."""

    def eligibility(self, ctx: Any, terms: Terms, contract: Contract) -> list[Check]:
        return [Check("desk", "pass", "The desk agrees", "柜台同意", "desk rule 7")]


class ChecksTwice(Loan):
    """Two checks have one id."""

    def eligibility(self, ctx: Any, terms: Terms, contract: Contract) -> list[Check]:
        return [Check("desk", "pass", "The desk agrees", "柜台同意", "柜台规定")] * 2


class CheaperAbove(Loan):
    """A fee of its own on the amount that falls when the amount rises."""

    def fees(self, ctx: Any, terms: Terms, contract: Contract) -> list[Fee]:
        charge = Money.of(5 if terms.amount == Money.of(12_000) else 4)
        return [Fee("own", "Own", "自有", charge, "flat", "none", base=terms.amount)]


def as_plain(row: Any) -> PlainRow:
    """A row that can be changed."""
    return PlainRow(**{field.name: getattr(row, field.name) for field in attrs.fields(PlainRow)})


class Remembers(Loan):
    """Keeps state between quotes."""

    def __init__(self) -> None:
        self.asked = 0

    def price(self, ctx: Any, terms: Terms) -> Contract:
        self.asked += 1
        made = super().price(ctx, terms)
        return attrs.evolve(made, totals={**made.totals, "asked": Money(self.asked, "CNY")})


class Mumbles(Loan):
    """Refuses without saying what is wrong."""

    def price(self, ctx: Any, terms: Terms) -> Contract:
        if ctx.ask.amount.amount != Decimal(12_000):
            raise InputError("no")
        return super().price(ctx, terms)


@pytest.mark.parametrize(
    ("plugin", "test", "words"),
    [
        (WrongTotal(), "test_every_worked_example_is_quoted_and_sound", "totals.interest"),
        (
            KeepsABalance(),
            "test_every_worked_example_is_quoted_and_sound",
            "the last row closes at",
        ),
        (OpensElsewhere(), "test_every_worked_example_is_quoted_and_sound", "row 2: opens at"),
        (GoesBack(), "test_every_worked_example_is_quoted_and_sound", "before the row above it"),
        (PaysLess(), "test_every_worked_example_is_quoted_and_sound", "totals.paid"),
        (ForgetsChinese(), "test_every_worked_example_is_quoted_and_sound", "source_zh is empty"),
        (
            ChecksTwice(),
            "test_every_worked_example_is_quoted_and_sound",
            "check desk: stands twice",
        ),
        (CheaperAbove(), "test_fees_do_not_fall_when_the_amount_rises", "fee own: 5.00 CNY on"),
        (ChargesTwice(), "test_every_worked_example_is_quoted_and_sound", "stands twice"),
        (Remembers(), "test_two_runs_give_the_same_bytes", "asked"),
        (Mumbles(), "test_drawn_asks_are_sound_or_refused_clearly", "unclear"),
    ],
)
def test_a_broken_product_fails_for_its_reason(
    tmp_path: Path, plugin: Any, test: str, words: str
) -> None:
    with pytest.raises(AssertionError) as caught:
        getattr(kit(tmp_path, plugin), test)()
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "test", "words"),
    [
        ("[versions.rate]", "[versions.figures]\nlost = 5\n[versions.rate]",
         "test_every_figure_is_used_or_declared_informative", "figure lost"),
        ('"totals.fees" = "120.00"', '"totals.fees" = "121.00"',
         "test_every_worked_example_gives_its_figures", "totals.fees is '120.00', the example says '121.00'"),
        ('"totals.fees" = "120.00"', '"results.lost" = "1"',
         "test_every_worked_example_gives_its_figures", "the quote has no results.lost"),
        ('expect = { "totals.fees" = "120.00" }', "",
         "test_every_worked_example_gives_its_figures", "no example states a figure"),
        ('"percent"\nbase = "ask.amount"\nrate = 0.01',
         '"slab"\nbase = "ask.amount"\ntiers = [{ up_to = 15_000, rate = 0.01 }, { rate = 0.001 }]',
         "test_fees_do_not_fall_when_the_amount_rises", "fee arrangement: "),
        ("min = 5_000", "min = 50_000", "test_every_worked_example_is_quoted_and_sound", "below the minimum"),
    ],
)  # fmt: skip
def test_a_broken_definition_fails_for_its_reason(
    tmp_path: Path, old: str, new: str, test: str, words: str
) -> None:
    made = kit(tmp_path, Sound(), DEFINITION.replace(old, new))
    with pytest.raises((AssertionError, InputError)) as caught:
        getattr(made, test)()
    assert words in str(caught.value)


def test_a_version_that_no_example_reaches_is_told(tmp_path: Path) -> None:
    text = DEFINITION.replace("[[examples]]", "[[versions]]\neffective_from = 2026-01-01\nsource = "
                              '"tariff"\nbasis = "illustrative"\n[versions.ask.amount]\nmin = 900_000\n'
                              "[[examples]]")  # fmt: skip
    with pytest.raises(AssertionError, match="no example can be quoted on 2026-01-01"):
        kit(tmp_path, Sound(), text).test_every_version_can_be_quoted()


def test_the_invariants_are_plain_functions_too(tmp_path: Path) -> None:
    made = kit(tmp_path, Sound())
    example = made.example()
    assert broken_invariants(made.quote(made.baseline(example), example)) == []


def test_a_fee_that_is_meant_to_step_down_is_named(tmp_path: Path) -> None:
    made = kit(tmp_path, CheaperAbove())
    type(made).fees_may_fall = ("own",)
    made.test_fees_do_not_fall_when_the_amount_rises()


def test_a_version_that_refuses_the_examples_says_why(tmp_path: Path) -> None:
    text = DEFINITION.replace(
        'ask = { amount = 12_000, tenor = "12m" }', 'ask = { amount = 7_000, tenor = "12m" }'
    )
    made = kit(tmp_path, Sound(), text.replace("min = 1_000\n", "min = 10_000\n", 1))
    with pytest.raises(AssertionError, match=r"2020-01-01.*refused: one year: amount"):
        made.test_every_version_can_be_quoted()


class TestAnotherProcess:
    """A built-in product is quoted by another interpreter too."""

    kit = type("Kit", (ProductConformance,), {"code": "cheque"})

    def test_the_same_quote_passes(self) -> None:
        self.kit().test_two_runs_give_the_same_bytes()

    def test_another_quote_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(
            conformance,
            "in_a_new_process",
            lambda *asked: [{"quote_id": "another"}] * len(asked[2]),
        )
        with pytest.raises(
            AssertionError, match=r"cheque asked .*by another process differ in quote_id: another"
        ):
            self.kit().test_two_runs_give_the_same_bytes()
