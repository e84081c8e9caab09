"""Rounding: ties by hand, then against exact neighbours and the decimal module's own modes."""

from __future__ import annotations

import decimal
import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import (
    from_minor,
    round_fraction,
    round_money,
    round_ratio,
    round_to_minor,
    shown,
)

RULES = ("half_up", "half_even", "up", "down")

# x, then half_up, half_even, up, down
TABLE = [
    ("2.5", 3, 2, 3, 2),
    ("3.5", 4, 4, 4, 3),
    ("-2.5", -3, -2, -3, -2),
    ("2.4", 2, 2, 3, 2),
    ("-2.6", -3, -3, -3, -2),
    ("0.5", 1, 0, 1, 0),
    ("-0.5", -1, 0, -1, 0),
    ("0.01", 0, 0, 1, 0),
    ("-0.01", 0, 0, -1, 0),
    ("7", 7, 7, 7, 7),
    ("0", 0, 0, 0, 0),
]


@pytest.mark.parametrize("row", TABLE)
def test_each_rule_by_hand(row):
    text, *expected = row
    x = Fraction(text)
    assert [round_fraction(x, rule) for rule in RULES] == expected
    assert [round_ratio(-x.numerator, -x.denominator, rule) for rule in RULES] == expected
    assert [round_to_minor(Decimal(text), 0, rule) for rule in RULES] == expected


@given(st.integers(), st.integers().filter(bool))
def test_half_up_is_nearest_and_ties_leave_zero(num, den):
    x, got = Fraction(num, den), round_ratio(num, den)
    assert abs(got - x) <= Fraction(1, 2)
    if abs(got - x) == Fraction(1, 2):
        assert abs(got) > abs(x)


@given(st.integers(), st.integers(min_value=1), st.sampled_from(RULES))
def test_sign_is_symmetric_and_error_below_one(num, den, rule):
    got = round_ratio(num, den, rule)
    assert round_ratio(-num, den, rule) == -got
    assert abs(got - Fraction(num, den)) < 1
    if rule == "half_even":
        assert got == round(Fraction(num, den))  # Python's own rule for Fraction


@given(st.decimals(-(10**20), 10**20, allow_nan=False, places=6), st.sampled_from(RULES))
def test_decimal_and_fraction_agree(x, rule):
    assert round_money(x, "CNY", rule) == round_money(Fraction(x), "CNY", rule)


@pytest.mark.parametrize(
    ("x", "currency", "rule", "expected"),
    [
        (Decimal("2.345"), "CNY", "half_up", "2.35"),
        (Decimal("2.345"), "CNY", "half_even", "2.34"),
        (Decimal("-2.345"), "CNY", "half_up", "-2.35"),
        (Decimal("1.5"), "JPY", "half_up", "2"),
        (Decimal("1.0005"), "KWD", "half_up", "1.001"),
        (Fraction(2, 3), "USD", "half_up", "0.67"),
        (7, "CNY", "half_up", "7.00"),
        (Decimal("-0.001"), "CNY", "half_up", "0.00"),
        (Decimal("1e-99999999"), "CNY", "up", "0.01"),
    ],
)
def test_money_is_quantised_to_the_minor_unit(x, currency, rule, expected):
    assert str(round_money(x, currency, rule)) == expected


def test_exact_beyond_28_digits_where_the_default_context_fails():
    big = Decimal("123456789012345678901234567890.125")
    with pytest.raises(decimal.InvalidOperation):
        big.quantize(Decimal("0.01"), context=decimal.Context(prec=28))
    assert str(round_money(big)) == "123456789012345678901234567890.13"


@pytest.mark.parametrize("rule", RULES)
def test_a_spoilt_thread_context_changes_nothing(rule):
    expected = [str(round_money(Decimal("98765.4350"), "CNY", rule)), str(from_minor(12345678, 2))]
    with decimal.localcontext() as context:
        context.prec = 2
        context.rounding = decimal.ROUND_CEILING
        context.traps[decimal.Inexact] = True
        got = [str(round_money(Decimal("98765.4350"), "CNY", rule)), str(from_minor(12345678, 2))]
    assert got == expected


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (Decimal("NaN"), "NaN is not a number"),
        (Decimal("sNaN"), "sNaN is not a number"),
        (Decimal("-Infinity"), "-Infinity is not a number"),
        (Decimal("1e38"), "more than 40 digits"),
        (Decimal("1e1000000"), "more than 40 digits"),
        (Decimal("1e999999999"), "more than 40 digits"),
        (10**38, "more than 40 digits"),
        (10**100_000, "an integer of 332193 bits has more than 40 digits"),
        (Fraction(10**38), "more than 40 digits"),
        (1.5, "1.5 is a float; pass a Decimal"),
        (True, "True is a bool"),
        ("1", "'1' is a str"),
    ],
    ids=shown,
)
def test_refused_at_once(x, text):
    began = time.perf_counter()
    with pytest.raises(InputError, match=text):
        round_money(x)
    assert time.perf_counter() - began < 1


def test_largest_amount_passes():
    assert round_to_minor(10**38 - 1, 2) == (10**38 - 1) * 100
    assert round_to_minor(Decimal("9" * 38), 2) == (10**38 - 1) * 100
    with pytest.raises(InputError, match="more than 40 digits"):
        from_minor(-(10**40), 2)


def test_unknown_rule_and_zero_denominator():
    for call in (
        lambda: round_ratio(1, 2, "halfup"),
        lambda: round_money(Decimal(1), "CNY", "halfup"),
    ):
        with pytest.raises(InputError, match=r"allowed: half_up, .*did you mean 'half_up'"):
            call()
    with pytest.raises(InputError, match="division by zero"):
        round_ratio(1, 0)


@pytest.mark.parametrize("x", [10**38, Decimal("1e38"), Fraction(-(10**38)), Decimal("-1e38")])
def test_first_amount_that_is_too_large(x):
    with pytest.raises(InputError, match="more than 40 digits of minor units"):
        round_to_minor(x, 2)
