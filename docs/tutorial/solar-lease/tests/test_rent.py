"""The rent, by hand: few months and round rates, so that every figure fits on a line."""

from __future__ import annotations

from fractions import Fraction

from solar_lease.plugin import level_rent

from catalogue import Money


def test_two_rents_in_advance() -> None:
    """One rent now and one in a month at 1 %: 101 + 101 / 1.01 = 201."""
    assert level_rent(Money.of(201), Money.zero("CNY"), Fraction(1, 100), 2) == Money.of(101)


def test_without_interest_the_rents_are_the_price_less_the_residual() -> None:
    """(1,200 - 120) / 12 = 90."""
    assert level_rent(Money.of(1200), Money.of(120), Fraction(0), 12) == Money.of(90)
