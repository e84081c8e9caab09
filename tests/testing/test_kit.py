"""The kit is itself tested: each broken product fails for the reason that it is broken for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from catalogue import Catalogue, Contract, Fee, InputError, Money, Terms
from catalogue.products.loan import Loan
from catalogue.testing import ProductConformance, broken_invariants

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
    assert len(tests) == 8
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
