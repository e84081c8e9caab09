"""Money: exact in, exact out, one currency at a time, allocation without a fen lost."""

from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import CurrencyError, InputError
from catalogue.values import Money

MINOR = st.integers(-(10**17) + 1, 10**17 - 1)  # up to 15 digits before the point
WEIGHTS = st.lists(st.integers(0, 10**12), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("amount", "currency", "minor", "text", "grouped"),
    [
        ("1234.5", "CNY", 123450, "1234.50", "1,234.50"),
        ("-1234567.89", "CNY", -123456789, "-1234567.89", "-1,234,567.89"),
        (0, "CNY", 0, "0.00", "0.00"),
        ("-0", "CNY", 0, "0.00", "0.00"),
        (Decimal("0.05"), "USD", 5, "0.05", "0.05"),
        (Decimal("100.000"), "USD", 10000, "100.00", "100.00"),
        (1500, "JPY", 1500, "1500", "1,500"),
        ("1.234", "KWD", 1234, "1.234", "1.234"),
        ("999999999999999.99", "CNY", 99999999999999999, "999999999999999.99", None),
    ],
)
def test_from_major_units_and_back(amount, currency, minor, text, grouped):
    money = Money.of(amount, currency)
    assert money == Money(minor, currency)
    assert (money.text(), str(money)) == (text, f"{text} {currency}")
    assert str(money.amount) == text
    assert grouped is None or money.grouped() == grouped


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1.005", "CNY", "amount in CNY: '1.005' has too many decimals; allowed: at most 2"),
        (Decimal("1.005"), "CNY", "1.005 has too many decimals"),
        ("1.5", "JPY", "'1.5' has too many decimals; allowed: no decimals"),
        ("1e5", "CNY", "no exponent"),
        (1.5, "CNY", "1.5 is a float.*pass a str or a Decimal"),
        (True, "CNY", "True is a bool"),
        (10**15, "CNY", "more than 15 digits before the point"),
        ("1", "CNX", "'CNX' is not a currency"),
    ],
)
def test_of_refuses(amount, currency, text):
    with pytest.raises(InputError, match=text):
        Money.of(amount, currency)


@pytest.mark.parametrize("minor", [1.0, "1", True, None, Decimal(1)])
def test_minor_units_are_an_int(minor):
    with pytest.raises(InputError, match="minor units are an int"):
        Money(minor, "CNY")


def test_rounded_by_rule():
    assert Money.rounded(Decimal("2.345"), "CNY") == Money(235, "CNY")
    assert Money.rounded(Decimal("2.345"), "CNY", "half_even") == Money(234, "CNY")
    assert Money.rounded(Fraction(100, 3), "JPY", "up") == Money(34, "JPY")


@given(MINOR, MINOR, st.integers(-1000, 1000))
def test_arithmetic_is_that_of_integers(a, b, n):
    x, y = Money(a, "CNY"), Money(b, "CNY")
    assert (x + y).minor == a + b
    assert (x - y).minor == a - b
    assert (-x).minor == -a
    assert abs(x).minor == abs(a)
    assert (x * n).minor == (n * x).minor == a * n
    assert (x < y, x <= y, x > y, x >= y, x == y) == (a < b, a <= b, a > b, a >= b, a == b)
    assert bool(x) is (a != 0)
    assert Money.of(x.text()) == x


def test_equal_amounts_hash_alike_and_currencies_never_mix():
    assert hash(Money.of("1.00")) == hash(Money.of(1))
    assert {Money.of(1), Money.of("1.00")} == {Money.of(1)}
    yuan, dollar = Money(100, "CNY"), Money(100, "USD")
    assert yuan != dollar
    assert yuan != 100
    for operate in (
        lambda: yuan + dollar,
        lambda: yuan - dollar,
        lambda: yuan < dollar,
        lambda: yuan <= dollar,
        lambda: yuan > dollar,
        lambda: yuan >= dollar,
        lambda: Money.total([yuan, dollar]),
    ):
        with pytest.raises(CurrencyError, match="CNY and USD cannot be added or compared"):
            operate()


@pytest.mark.parametrize("other", [1, Decimal(1), 1.5, "1", None])
def test_only_money_is_added_or_compared(other):
    money = Money.of(1)
    for operate in (
        lambda: money + other,
        lambda: money - other,
        lambda: money < other,
        lambda: money <= other,
        lambda: money > other,
        lambda: money >= other,
    ):
        with pytest.raises(TypeError):
            operate()


@pytest.mark.parametrize("factor", [1.5, Decimal("1.1"), Fraction(1, 2), True, "2"])
def test_multiplied_by_an_int_only(factor):
    with pytest.raises(TypeError):
        Money.of(1) * factor


def test_frozen():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        Money.of(1).minor = 2


def test_total_and_zero():
    assert Money.total([], "USD") == Money.zero("USD") == Money(0, "USD")
    assert Money.total(iter([Money.of(1), Money.of("2.50")])) == Money(350, "CNY")


def test_a_spoilt_thread_context_changes_nothing():
    with decimal.localcontext() as context:
        context.prec = 1
        context.traps[decimal.Inexact] = True
        money = Money.of("123456.78") + Money.of(Decimal("0.01"))
        assert (money.text(), money.grouped()) == ("123456.79", "123,456.79")


@pytest.mark.parametrize(
    ("minor", "weights", "expected"),
    [
        (10000, [1, 1, 1], [3334, 3333, 3333]),  # thirds: the tie goes to the first
        (-10000, [1, 1, 1], [-3334, -3333, -3333]),
        (100, [50, 30, 20], [50, 30, 20]),
        # 5 x 3/10 = 1.5, 5 x 7/10 = 3.5: equal remainders, one left over
        (5, [3, 7], [2, 3]),
        # 10 x 1/6 = 1.67, 2/6 = 3.33, 3/6 = 5: the largest remainder is the first
        (10, [1, 2, 3], [2, 3, 5]),
        (1, [0, 0, 1], [0, 0, 1]),
        (0, [1, 2], [0, 0]),
        (7, [5], [7]),
        (3, [Decimal("0.5"), Fraction(1, 2), 1], [1, 1, 1]),  # 0.75, 0.75, 1.5
    ],
)
def test_allocate_by_largest_remainder(minor, weights, expected):
    assert [part.minor for part in Money(minor, "CNY").allocate(weights)] == expected


@given(MINOR, WEIGHTS)
def test_allocate_sums_exactly_and_stays_within_one_unit(minor, weights):
    parts = Money(minor, "USD").allocate(weights)
    assert Money.total(parts, "USD") == Money(minor, "USD")
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part.minor - Fraction(minor * weight, whole)) < 1
        if weight == 0:
            assert part.minor == 0
    assert [-part.minor for part in parts] == [
        p.minor for p in Money(-minor, "USD").allocate(weights)
    ]


@pytest.mark.parametrize(
    ("weights", "text"),
    [
        ([], "none is above zero"),
        ([0, 0], "none is above zero"),
        ([1, -1], "-1 is not a weight"),
        ([0.5], "0.5 is not a weight"),
        ([True], "True is not a weight"),
        ([Decimal("NaN")], "NaN is not a weight"),
        ([Decimal("Infinity")], "Infinity is not a weight"),
        ([Decimal("1e1000000")], r"1E\+1000000 is not a weight"),
        ([Decimal("-0.1")], "-0.1 is not a weight"),
        (["1"], "'1' is not a weight"),
    ],
)
def test_allocate_refuses(weights, text):
    with pytest.raises(InputError, match=text):
        Money.of(1).allocate(weights)


def test_allocate_takes_a_decimal_zero_of_any_exponent():
    assert [p.minor for p in Money(3, "CNY").allocate([Decimal("0.00"), 1])] == [0, 3]


def test_allocate_weights_up_to_60_digits():
    assert Money(2, "CNY").allocate([Decimal("1e60"), Decimal("1e60")])[0].minor == 1
    assert Money(2, "CNY").allocate([Decimal("1" * 60), Decimal("1" * 60)])[0].minor == 1
    for weight in (Decimal("1e61"), Decimal("1." + "1" * 60)):
        with pytest.raises(InputError, match="at most 60 digits"):
            Money(2, "CNY").allocate([weight])
