"""Numbers and dates from outside: every notation that Python takes and we must not."""

from __future__ import annotations

import re
import time
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import clean, parse_date, parse_decimal, parse_int, shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1234.50", "1234.50"),
        ("-0.05", "-0.05"),
        ("+7", "7"),
        ("007", "7"),
        ("0", "0"),
        ("-0.00", "0.00"),
        ("999999999999999.999999999999", "999999999999999.999999999999"),
        (12, "12"),
        (-(10**15) + 1, "-999999999999999"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E+3"), "1000"),
        (Decimal("1.0000000000000"), "1.000000000000"),  # 13 decimals, by value 0
        (Decimal("-0"), "0"),
        (Decimal("0E+999999"), "0"),
    ],
)
def test_plain_numbers(value, expected):
    assert str(parse_decimal(value, "amount")) == expected


HOSTILE = [
    ("1e5", "no exponent"),
    ("1e1000000", "no exponent"),
    ("1E-1000000", "no exponent"),
    ("1,234.50", "no separators between digits"),
    ("1_000", "no separators between digits"),
    ("1'000", "no separators between digits"),
    ("12,5", "the decimal mark is a point"),
    (" 1", "no blanks around it"),
    ("1\n", "no blanks around it"),
    ("\u30001", "no blanks around it"),
    ("", "it is empty"),
    ("  ", "it is empty"),
    ("nan", "NaN and infinity"),
    ("nan123", "NaN and infinity"),
    ("sNaN", "NaN and infinity"),
    ("-Infinity", "NaN and infinity"),
    ("inf", "NaN and infinity"),
    ("１２３", "only the digits 0-9"),
    ("٣", "only the digits 0-9"),
    ("1２", "only the digits 0-9"),
    ("²", "only the digits 0-9"),
    ("1.", "is not a plain number"),
    (".5", "is not a plain number"),
    ("1.2.3", "is not a plain number"),
    ("--1", "is not a plain number"),
    ("0x10", "is not a plain number"),
    ("¥100", "is not a plain number"),
    ("10万", "is not a plain number"),
    ("one", "is not a plain number"),
    ("1\x00", r"'1\x00' is not a plain number"),
    ("1000000000000000", "more than 15 digits before the point"),
    ("0.0000000000001", "too many decimals; allowed: at most 12 decimals"),
    ("9" * 10**6, "more than 15 digits"),
    ("0." + "1" * 10**6, "too many decimals"),
    ("1," * 10**6, "is not a plain number"),
    (10**15, "more than 15 digits"),
    (-(10**5000), "an integer of 16610 bits has more than 15 digits"),
    (Decimal("1e15"), "more than 15 digits"),
    (Decimal("1e999999999"), "more than 15 digits"),
    (Decimal("1e-999999999"), "too many decimals"),
    (Decimal("0.1234567890123"), "too many decimals"),
    (Decimal("NaN"), "NaN is not a number"),
    (Decimal("sNaN123"), "sNaN123 is not a number"),
    (Decimal("Infinity"), "Infinity is not a number"),
    (0.1, "0.1 is a float, which is seldom exactly the number written; pass a str or a Decimal"),
    (float("nan"), "nan is a float"),
    (True, "True is a bool"),
    (None, "None is a NoneType"),
    (b"1", "b'1' is a bytes"),
    ([1], "[1] is a list"),
]


@pytest.mark.parametrize(("value", "text"), HOSTILE, ids=shown)
def test_refused_at_once_with_a_short_reason(value, text):
    began = time.perf_counter()
    with pytest.raises(InputError, match=re.escape(text)) as caught:
        parse_decimal(value, "amount")
    assert time.perf_counter() - began < 0.2
    message = str(caught.value)
    assert message.startswith("amount: ")
    assert len(message) < 250
    assert clean(message, limit=None) == message  # nothing that a terminal obeys


@given(st.text(max_size=12))
def test_any_text_is_a_plain_number_or_an_input_error(text):
    try:
        found = parse_decimal(text, "x")
    except InputError:
        assert not re.fullmatch(r"[+-]?[0-9]{1,15}(\.[0-9]{1,12})?", text)
    else:
        assert re.fullmatch(r"[+-]?[0-9]+(\.[0-9]+)?", text, re.ASCII)
        assert found == Decimal(text)


@given(st.decimals(allow_nan=True, allow_infinity=True))
def test_any_decimal_is_kept_exactly_or_refused(value):
    try:
        found = parse_decimal(value, "x")
    except InputError:
        return
    assert found == value
    assert -12 <= found.as_tuple().exponent <= 0


@given(st.decimals(-(10**14), 10**14, places=12, allow_nan=False))
def test_plain_text_reads_back(value):
    assert parse_decimal(format(value, "f"), "x") == value


def test_limits_are_inclusive_and_named():
    assert parse_decimal("5", "x", minimum=5, maximum=5) == 5
    with pytest.raises(InputError, match=r"x: '4.99' is below the minimum 5"):
        parse_decimal("4.99", "x", minimum=5)
    with pytest.raises(InputError, match=r"x: 6 is above the maximum 5.5"):
        parse_decimal(6, "x", maximum=Decimal("5.5"))
    with pytest.raises(InputError, match="more than 3 digits before the point"):
        parse_decimal("1000", "x", max_integer_digits=3)
    with pytest.raises(InputError, match="at most 2 decimals"):
        parse_decimal("1.001", "x", max_decimals=2)


@pytest.mark.parametrize(
    ("value", "expected"), [("360", 360), ("-5", -5), (7, 7), (Decimal("12.0"), 12), ("0", 0)]
)
def test_whole_numbers(value, expected):
    found = parse_int(value, "periods")
    assert found == expected
    assert type(found) is int


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1.5", "periods: '1.5' is not a whole number"),
        ("12.0", "'12.0' is not a whole number"),
        (Decimal("1.5"), "1.5 is not a whole number"),
        ("1e5", "is not a plain whole number such as 12 (no exponent)"),
        ("１２", "only the digits 0-9"),
        ("", "it is empty"),
        ("9" * 5000, "more than 15 digits"),
        ("1." + "0" * 5000, "has too many decimals; allowed: no decimals"),
        (Decimal("1e1000000"), "more than 15 digits"),
        (Decimal("1e-999999999"), "is not a whole number"),
        (Decimal("NaN"), "NaN is not a number"),
        (12.0, "12.0 is a float"),
        (True, "True is a bool; write a plain whole number"),
    ],
    ids=shown,
)
def test_not_whole_numbers(value, text):
    with pytest.raises(InputError, match=re.escape(text)):
        parse_int(value, "periods")


def test_whole_number_limits():
    with pytest.raises(InputError, match="periods: '0' is below the minimum 1"):
        parse_int("0", "periods", minimum=1)
    with pytest.raises(InputError, match="periods: 361 is above the maximum 360"):
        parse_int(361, "periods", maximum=360)
    with pytest.raises(InputError, match="more than 3 digits"):
        parse_int("1000", "periods", max_digits=3)


def test_dates():
    assert parse_date("2024-02-29", "start") == date(2024, 2, 29)
    assert parse_date(date(2024, 2, 29), "start") == date(2024, 2, 29)
    assert parse_date("2200-12-31", "start") == date(2200, 12, 31)
    assert parse_date("9999-12-31", "start", maximum=None) == date(9999, 12, 31)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("20240315", "'20240315' is not a date; write YYYY-MM-DD"),
        ("2024-W11-5", "is not a date; write YYYY-MM-DD"),
        ("2024-3-15", "is not a date"),
        ("15/03/2024", "is not a date"),
        ("2024-03-15T00:00:00", "is not a date"),
        ("2024-03-15\n", "is not a date"),
        ("２０２４-03-15", "is not a date"),
        ("", "'' is not a date"),
        ("9" * 10**6, "is not a date"),
        ("2023-02-29", "'2023-02-29' is not a day of the calendar"),
        ("2024-13-01", "is not a day of the calendar"),
        ("0000-01-01", "is not a day of the calendar"),
        ("2201-01-01", "2201-01-01 is after 2200-12-31, the latest date allowed"),
        (date(9999, 12, 31), "9999-12-31 is after 2200-12-31"),
        (datetime(2024, 3, 15), "is a datetime; write a date as YYYY-MM-DD"),
        (20240315, "20240315 is an int"),
        (None, "None is a NoneType"),
    ],
    ids=shown,
)
def test_not_dates(value, text):
    with pytest.raises(InputError, match=f"^start: .*{re.escape(text)}"):
        parse_date(value, "start")


def test_date_limits_are_inclusive():
    low, high = date(2024, 1, 1), date(2024, 12, 31)
    assert parse_date(low, "x", minimum=low, maximum=high) == low
    with pytest.raises(InputError, match="x: 2023-12-31 is before 2024-01-01"):
        parse_date("2023-12-31", "x", minimum=low)
    with pytest.raises(InputError, match="x: 2025-01-01 is after 2024-12-31"):
        parse_date("2025-01-01", "x", maximum=high)


def test_the_reason_given_is_the_true_one():
    with pytest.raises(InputError, match="too many decimals"):
        parse_decimal("123456789012345.1234567890123", "x")  # 15 digits before the point are fine
    with pytest.raises(InputError, match=r"'¥100' is not a plain number such as 1234\.50$"):
        parse_decimal("¥100", "x")
