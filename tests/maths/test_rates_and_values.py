"""Nominal and effective rates, and closed-form values."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths import (
    annuity_future_value,
    annuity_present_value,
    effective_from_nominal,
    future_value,
    level_payment,
    nominal_from_effective,
    present_value,
)

rates = st.integers(1, 900_000).map(lambda n: Decimal(n) / 1_000_000)


def test_effective_by_hand() -> None:
    assert effective_from_nominal("0.10", 2) == Decimal("0.1025")
    assert effective_from_nominal("0.10", 1) == Decimal("0.10")
    assert effective_from_nominal(0, 12) == 0
    assert nominal_from_effective("0.1025", 2) == Decimal("0.1")


@given(rates, st.integers(1, 366))
def test_round_trip(rate: Decimal, per_year: int) -> None:
    effective = effective_from_nominal(rate, per_year)
    assert effective >= rate
    assert abs(nominal_from_effective(effective, per_year) - rate) <= Decimal("1e-17")


@given(st.integers(1, 10**10), rates, st.integers(1, 240))
def test_against_numpy_financial(minor: int, rate: Decimal, periods: int) -> None:
    amount = Decimal(minor) / 100
    step = float(rate) / 12
    pairs = [
        (annuity_present_value(amount, rate, periods), -npf.pv(step, periods, float(amount))),
        (annuity_future_value(amount, rate, periods), -npf.fv(step, periods, float(amount), 0)),
        (
            annuity_future_value(amount, rate, periods, due=True),
            -npf.fv(step, periods, float(amount), 0, when="begin"),
        ),
        (
            future_value(amount, rate, periods, per_year=12),
            -npf.fv(step, periods, 0, float(amount)),
        ),
    ]
    for exact, expected in pairs:
        assert float(exact) == pytest.approx(expected, rel=1e-9, abs=0.006)


@given(st.integers(10**4, 10**10), rates, st.integers(1, 240))
def test_values_are_inverse(minor: int, rate: Decimal, periods: int) -> None:
    amount = Decimal(minor) / 100
    grown = future_value(amount, rate / 2, periods, per_year=12)
    assert abs(present_value(grown, rate / 2, periods, per_year=12) - amount) <= Decimal("0.01")
    payment = level_payment(amount, rate, periods)
    slack = Decimal(periods) / 200 + Decimal("0.01")
    assert abs(annuity_present_value(payment, rate, periods) - amount) <= slack


def test_zero_rate_and_zero_periods() -> None:
    assert annuity_future_value(100, 0, 12) == annuity_present_value(100, 0, 12) == 1200
    assert future_value("0.05", "0.5", 0) == Decimal("0.05")


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: effective_from_nominal("12", 12), "0.12 is 12 %"),
        (lambda: effective_from_nominal("0.1", 0), "per_year: 0 is below"),
        (lambda: effective_from_nominal("0.1", True), "per_year"),
        (lambda: nominal_from_effective("-1", 12), "rate"),
        (lambda: nominal_from_effective(Decimal("NaN"), 12), "rate"),
        (lambda: future_value(1, "-0.1", 1), "below"),
        (lambda: future_value(-1, "0.1", 1), "amount: -1 is below"),
        (lambda: annuity_future_value(1, "0.1", 5301), "periods: 5301 is above"),
    ],
)
def test_refusals(call: Any, text: str) -> None:
    with pytest.raises(InputError, match=text):
        call()
