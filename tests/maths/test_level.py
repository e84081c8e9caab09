"""The level payment and its inverses."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy_financial as npf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths import affordable_principal, level_payment, periods_for, rate_for
from catalogue.maths.annuity import Uniform, exact_level, level_minor

amounts = st.integers(100_00, 10**12).map(lambda minor: Decimal(minor) / 100)
rates = st.integers(0, 360_000).map(lambda n: Decimal(n) / 1_000_000)


def test_by_hand() -> None:
    # 1000 * 0.01 / (1 - 1.01**-3) = 10 / 0.0294098… = 340.022…
    assert level_payment(1000, "0.12", 3) == Decimal("340.02")
    # quarterly 3 %: 1000 * 0.03 / (1 - 1.03**-2) = 522.610837…
    assert level_payment(1000, "0.12", 2, per_year=4) == Decimal("522.61")
    # no interest
    assert level_payment(100, 0, 3) == Decimal("33.33")
    assert level_payment(100, 0, 8) == Decimal("12.50")
    # (1000 * 1.01**2 - 500) / 2.01 = 258.7562…
    assert level_payment(1000, "0.12", 2, balloon=500) == Decimal("258.76")
    assert level_payment(1000, "0.12", 1, currency="JPY") == Decimal(1010)


def test_a_tie_goes_up() -> None:
    # 0.25 in 2 payments without interest: 12.5 cents each
    assert level_payment("0.25", 0, 2) == Decimal("0.13")


@given(amounts, rates, st.integers(1, 360))
def test_against_numpy_financial(principal: Decimal, rate: Decimal, periods: int) -> None:
    expected = -npf.pmt(float(rate) / 12, periods, float(principal))
    # npf.pmt loses digits at rates near zero, where 1 - (1 + i)**-n cancels.
    tolerance = 0.006 + 1e-9 * expected
    assert abs(float(level_payment(principal, rate, periods)) - expected) <= tolerance


@given(st.integers(1, 10**15), rates, st.integers(0, 400))
def test_floats_settle_only_what_is_beyond_doubt(owed: int, rate: Decimal, count: int) -> None:
    num, den = rate.as_integer_ratio()
    growth = Uniform(num, den * 12, count)
    quick = level_minor((owed, 1), growth)
    listed = level_minor((owed, 1), [(num, den * 12)] * count)
    top, bottom, _ = exact_level((owed, 1), growth)
    rounded = int(Fraction(top, bottom) + Fraction(1, 2))
    assert quick == listed
    assert quick in (rounded, rounded + 1)  # + 1: the rule for tiny loans
    if owed > 10**9:
        assert quick == rounded


@given(st.integers(1, 10**9).map(lambda n: Decimal(n) / 100), rates, st.integers(1, 360))
def test_affordable_principal_is_the_largest(payment: Decimal, rate: Decimal, periods: int) -> None:
    most = affordable_principal(payment, rate, periods)
    cent = Decimal("0.01")
    if most > 0:
        assert level_payment(most, rate, periods) <= payment
    assert level_payment(most + cent, rate, periods) > payment


@given(amounts, rates, st.integers(1, 360))
def test_periods_round_trip(principal: Decimal, rate: Decimal, periods: int) -> None:
    payment = level_payment(principal, rate, periods)
    try:
        found = periods_for(principal, payment, rate)
    except InputError:
        # Only where the payment has rounded down to the interest itself.
        assert payment <= round(principal * rate / 12, 2)
        return
    assert found <= periods
    assert level_payment(principal, rate, found) <= payment
    if found > 1:
        assert level_payment(principal, rate, found - 1) > payment


def test_periods_as_numpy_financial_has_them() -> None:
    # nper(0.06 / 12, -200, 10000) = 57.68: the 58th payment is smaller
    assert npf.nper(0.005, -200, 10000) == pytest.approx(57.6811, abs=1e-3)
    assert periods_for(10000, 200, "0.06") == 58
    assert periods_for(12, 1, 0) == 12


@given(amounts, rates, st.integers(1, 360))
def test_rate_round_trip(principal: Decimal, rate: Decimal, periods: int) -> None:
    principal += 100_000
    payment = level_payment(principal, rate, periods)
    if payment * periods < principal:
        return
    # Half a cent of rounding in the payment moves the rate by about 0.005 / (principal * n / 24).
    assert abs(rate_for(principal, payment, periods) - float(rate)) < 2e-5


@pytest.mark.parametrize(
    ("call", "text"),
    [
        (lambda: level_payment(1000, "-0.01", 3), "below"),
        (lambda: level_payment(1000, "12", 3), "0.12 is 12 %"),
        (lambda: level_payment(1000, "0.12", 0), "periods: 0 is below the minimum 1"),
        (lambda: level_payment(1000, "0.12", 3, per_year=0), "per_year: 0 is below"),
        (lambda: level_payment(1000, "0.12", 3, balloon=1001), "more than the principal"),
        (lambda: level_payment("x" * 500, "0.12", 3), "is not a plain number"),
        (lambda: periods_for(1000, 10, "0.12"), "first period's interest is 10.00"),
        (lambda: periods_for(10**9, 1, 0), "not within 5300 periods"),
        (lambda: rate_for(1000, 10, 5), "5 payments of 10.00 do not repay 1000.00"),
        (lambda: affordable_principal(0, "0.1", 5), "payment: 0 must be more than 0"),
    ],
)
def test_refusals(call: Any, text: str) -> None:
    with pytest.raises(InputError, match=text):
        call()
