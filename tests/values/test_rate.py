"""Rates: what is read as which fraction, and the percentage mistaken for a fraction."""

from __future__ import annotations

import decimal
import re
import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import parse_rate, percent_text, rate_text, shown


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("0.0435", "0.0435"),
        ("4.35%", "0.0435"),
        ("4.35 %", "0.0435"),
        ("-0.5%", "-0.005"),
        ("+1%", "0.01"),
        ("100%", "1.00"),
        ("999.99%", "9.9999"),
        (Decimal("0.0435"), "0.0435"),
        (Decimal("4.35E-2"), "0.0435"),
        (0, "0"),
        ("0.999999999999", "0.999999999999"),
        ("-0", "0"),
        ("-0%", "0.00"),
    ],
)
def test_read_as_a_fraction(value, expected):
    assert str(parse_rate(value)) == expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("4.35", "rate: 4.35 is not below 1; a rate is a fraction: 0.0435 is 4.35 %"),
        (Decimal("4.35"), "0.0435 is 4.35 %"),
        (5, "0.05 is 5 %"),
        (1, "0.01 is 1 %"),
        ("-3", "-0.03 is -3 %"),
        ("1000%", "'1000%' is not below 1000 %"),
        ("-1000 %", "'-1000 %' is not below 1000 %"),
        ("0.0000000000001", "too many decimals; allowed: at most 12"),
        ("0.00000000001%", "too many decimals; allowed: at most 10"),
        ("4,35%", "the decimal mark is a point"),
        ("%", "it is empty"),
        ("4.35%%", "is not a plain number"),
        ("4.35  %", "no blanks around it"),
        ("4.35％", "is not a plain number"),
        ("1e-2", "no exponent"),
        ("nan", "NaN and infinity are not numbers here"),
        (Decimal("NaN"), "NaN is not a number"),
        (0.0435, "0.0435 is a float.*pass a str or a Decimal"),
        (True, "True is a bool"),
        (None, "None is a NoneType"),
    ],
)
def test_refused(value, text):
    with pytest.raises(InputError, match=re.escape(text).replace(r"\.\*", ".*")):
        parse_rate(value)


def test_the_name_of_the_field_comes_first():
    with pytest.raises(InputError, match=r"^spread: "):
        parse_rate("x", "spread")


@pytest.mark.parametrize(
    "value", ["1e1000000", "9" * 10**6, "0." + "9" * 10**6, "9" * 10**6 + "%"], ids=shown
)
def test_hostile_text_is_refused_at_once(value):
    began = time.perf_counter()
    with pytest.raises(InputError):
        parse_rate(value)
    assert time.perf_counter() - began < 0.2


@pytest.mark.parametrize(
    ("rate", "text", "percent"),
    [
        ("0.04350", "0.0435", "4.35%"),
        ("1E-7", "0.0000001", "0.00001%"),
        ("0", "0", "0%"),
        ("-0.00", "0", "0%"),
        ("1E+1", "10", "1000%"),
        ("100", "100", "10000%"),
        ("-0.0125", "-0.0125", "-1.25%"),
        ("0E-99999", "0", "0%"),
    ],
)
def test_written_plain(rate, text, percent):
    assert rate_text(Decimal(rate)) == text
    assert percent_text(Decimal(rate)) == percent


@pytest.mark.parametrize(
    ("rate", "places", "expected"),
    [
        ("0.043555", 2, "4.36%"),  # 4.3555 is above the tie at 4.355
        ("0.04355", 2, "4.36%"),  # 4.355: a tie goes up
        ("-0.04355", 2, "-4.36%"),
        ("0.03", 2, "3.00%"),
        ("0.005", 0, "1%"),  # 0.5: a tie goes up
        ("-0.00001", 2, "0.00%"),
    ],
)
def test_percent_to_places(rate, places, expected):
    assert percent_text(Decimal(rate), places) == expected


@pytest.mark.parametrize("rate", ["1e999999999", "1e-999999999", "NaN", "Infinity", "1" * 61])
def test_unprintable_rates_are_refused_at_once(rate):
    began = time.perf_counter()
    for show in (rate_text, percent_text, lambda r: percent_text(r, 12)):
        with pytest.raises(InputError, match="rate: "):
            show(Decimal(rate))
    assert time.perf_counter() - began < 0.2


def test_the_longest_printable_rate_and_places():
    assert percent_text(Decimal("9" * 40), 12) == "9" * 40 + "00." + "0" * 12 + "%"
    with pytest.raises(InputError, match="places: 13 is not between 0 and 12"):
        percent_text(Decimal(0), 13)


def test_a_share_may_be_the_whole():
    assert parse_rate("1", whole=True) == parse_rate(1, whole=True) == parse_rate("100%") == 1
    for more in ("1.01", "-1", "30"):
        with pytest.raises(InputError, match="is not below 1"):
            parse_rate(more, whole=True)


@given(st.decimals(Decimal("-0.999999999999"), Decimal("0.999999999999"), places=12))
def test_text_reads_back(rate):
    assert parse_rate(rate_text(rate)) == rate
    assert parse_rate(percent_text(rate)) == rate


def test_a_spoilt_thread_context_changes_nothing():
    with decimal.localcontext() as context:
        context.prec = 1
        assert str(parse_rate("0.9600")) == "0.9600"  # rounded to one digit it would be 1
        assert str(parse_rate("96.1234%")) == "0.961234"
        assert percent_text(Decimal("0.961234"), 2) == "96.12%"


def test_printable_up_to_the_limits_and_not_beyond():
    assert rate_text(Decimal("1e-60")) == "0." + "0" * 59 + "1"
    assert rate_text(Decimal("0." + "1" * 60)) == "0." + "1" * 60
    for rate in ("1e-61", "1e40", "1." + "1" * 60):
        with pytest.raises(InputError, match="more than 40 digits before the point or 60 in all"):
            rate_text(Decimal(rate))
