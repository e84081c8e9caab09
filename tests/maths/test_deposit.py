"""Deposit interest: the contract function, the per-deposit method, and tax on interest by date."""

from __future__ import annotations

import decimal
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths.deposit import deposit_interest, per_deposit_interest, term_interest
from catalogue.maths.deposit_result import interest_tax

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
AMOUNTS = st.decimals(0, 10**9, places=2)
RATES = st.decimals("0", "0.2", places=4)
TAX_CHANGES = [
    (date(1999, 11, 1), Decimal("0.20")),
    (date(2007, 8, 15), Decimal("0.05")),
    (date(2008, 10, 9), Decimal(0)),
]


@pytest.mark.parametrize(
    ("principal", "rate", "start", "end", "expected"),
    [
        # one year: 10000 × 1.75 %
        (10000, "0.0175", date(2024, 1, 15), date(2025, 1, 15), "175.00"),
        # 31 January to the last day of February is one month: 12000 × 3 % ÷ 12
        (12000, "0.03", date(2023, 1, 31), date(2023, 2, 28), "30.00"),
        # 29 February to 28 February of a common year is a whole year
        (10000, "0.02", date(2024, 2, 29), date(2025, 2, 28), "200.00"),
        # 15 January to 10 March: one month, then 24 actual days of a leap February and March
        # (15 February to 10 March): 36000 × 2 % × 54 ÷ 360
        (36000, "0.02", date(2024, 1, 15), date(2024, 3, 10), "108.00"),
        # the same in a common year: 23 odd days, 53 in all
        (36000, "0.02", date(2023, 1, 15), date(2023, 3, 10), "106.00"),
        # exactly half a fen goes up: 1 × 1 % × 180 ÷ 360 = 0.005
        (1, "0.01", date(2024, 1, 1), date(2024, 7, 1), "0.01"),
        (10000, "0.0175", date(2024, 1, 15), date(2024, 1, 15), "0.00"),
        (0, "0.0175", date(2024, 1, 15), date(2025, 1, 15), "0.00"),
    ],
)
def test_interest_by_chinese_practice(principal, rate, start, end, expected):
    assert str(deposit_interest(principal, rate, start=start, end=end)) == expected


@pytest.mark.parametrize(
    ("day_count", "expected"),
    [
        ("act/360", "366.00"),  # 36000 × 1 % × 366 ÷ 360
        ("act/365f", "360.99"),  # 36000 × 1 % × 366 ÷ 365 = 360.986
        ("30e/360", "360.00"),
        ("act/act-isda", "360.00"),
    ],
)
def test_other_day_counts(day_count, expected):
    got = deposit_interest(
        36000, "0.01", start=date(2024, 1, 1), end=date(2025, 1, 1), day_count=day_count
    )
    assert str(got) == expected


def test_a_varying_year_is_shown_as_its_fraction():
    # 184 of 365 days of 2023 and 182 of 366 of 2024: 36600 × 1 % × that = 184.50 + 182 = 366.50
    got = term_interest(
        36600, "0.01", start=date(2023, 7, 1), end=date(2024, 7, 1), day_count="act/act-isda"
    )
    assert str(got.gross) == "366.50"
    # 184/365 + 182/366 = (184 × 366 + 182 × 365) ÷ 133590 = 133774 ÷ 133590 = 66887 ÷ 66795
    assert got.parts[0].formula == "36600.00 × 0.01 × 66887 / 66795"


def test_the_formula_shows_days_and_year():
    got = term_interest(
        36500, "0.01", start=date(2024, 1, 1), end=date(2025, 1, 1), day_count="act/365f"
    )
    assert got.parts[0].formula == "36500.00 × 0.01 × 366 / 365"


def test_no_time_no_interest_but_a_tax_line():
    got = term_interest(
        100, "0.01", start=date(2007, 8, 15), end=date(2007, 8, 15), tax_rate=TAX_CHANGES
    )
    assert [(p.days, str(p.tax_rate), str(p.tax)) for p in got.tax_parts] == [(0, "0.05", "0.00")]


def test_tax_from_its_first_day_on():
    parts = interest_tax(
        Decimal("60.00"), TAX_CHANGES, start=date(1999, 11, 1), end=date(1999, 12, 31)
    )
    assert [(p.start, str(p.tax)) for p in parts] == [(date(1999, 11, 1), "12.00")]


def test_the_callers_decimal_context_changes_nothing():
    terms = {"start": date(2024, 1, 1), "end": date(2025, 7, 2), "tax_rate": TAX_CHANGES}
    with decimal.localcontext() as context:
        context.prec = 3
        context.rounding = decimal.ROUND_DOWN
        got = per_deposit_interest("1234567.89", "0.0175", **terms)
    # 1234567.89 × 1.75 % × 541 ÷ 360 = 32467.42…
    assert (str(got.gross), str(got.paid)) == ("32467.42", "1267035.31")


def test_only_whole_yuan_bear_interest_when_asked():
    # 100000.99 counts as 100000: × 3.65 % = 3650.00; with the fen 3650.04
    kwargs = {"start": date(2024, 5, 1), "end": date(2025, 5, 1)}
    assert str(deposit_interest("100000.99", "0.0365", **kwargs, base_unit=1)) == "3650.00"
    assert str(deposit_interest("100000.99", "0.0365", **kwargs)) == "3650.04"


def test_yen_has_no_decimals():
    got = deposit_interest(
        1_000_000, "0.0001", start=date(2024, 1, 1), end=date(2024, 12, 31), currency="JPY"
    )
    assert str(got) == "100"  # 31 December counts as the 30th: 359 ÷ 360 × 100 = 99.7


def test_float_rate_is_read_by_its_shortest_text():
    got = deposit_interest(10000, 0.0175, start=date(2024, 1, 15), end=date(2025, 1, 15))
    assert str(got) == "175.00"


def test_per_deposit_parts_show_their_inputs():
    # 50000 at 3.3 %: 3 years 4950, 5 months 687.50, 11 days 50.4166…
    got = per_deposit_interest(50000, "0.033", start=date(2020, 1, 10), end=date(2023, 6, 21))
    assert [p.formula for p in got.parts] == [
        "50000.00 × 0.033 × 3 / 1",
        "50000.00 × 0.033 × 5 / 12",
        "50000.00 × 0.033 × 11 / 360",
    ]
    assert [str(p.interest) for p in got.parts] == ["4950.00", "687.50", "50.42"]
    assert (str(got.gross), str(got.paid)) == ("5687.92", "55687.92")


@given(AMOUNTS, RATES, DAYS, DAYS)
def test_per_deposit_method_equals_30_360(principal, rate, one, other):
    start, end = sorted((one, other))
    whole = deposit_interest(principal, rate, start=start, end=end)
    parts = per_deposit_interest(principal, rate, start=start, end=end)
    assert parts.gross == whole
    assert sum((p.interest for p in parts.parts), Decimal("0.00")) == whole


@given(AMOUNTS, RATES, DAYS, DAYS, st.sampled_from(["30/360", "act/360", "act/365f"]))
def test_net_is_gross_less_tax_and_tax_parts_add_up(principal, rate, one, other, day_count):
    start, end = sorted((one, other))
    got = term_interest(
        principal, rate, start=start, end=end, day_count=day_count, tax_rate=TAX_CHANGES
    )
    assert got.gross == got.net + got.tax
    assert sum((p.interest for p in got.tax_parts), Decimal(0)) == got.gross
    assert 0 <= got.tax <= got.gross * Decimal("0.2") + Decimal("0.02")


def test_tax_by_date_over_three_rates():
    # 1 November 2006 to 1 November 2008, 30/360: 284 days to 15 August 2007 (9 months and 14),
    # 698 to 9 October 2008 (23 months and 8), 720 in all. Interest 7200: 2840, 4140, 220;
    # tax 568 + 207 + 0.
    parts = interest_tax(
        Decimal("7200.00"),
        TAX_CHANGES,
        start=date(2006, 11, 1),
        end=date(2008, 11, 1),
        day_count="30/360",
    )
    assert [(p.days, str(p.interest), str(p.tax)) for p in parts] == [
        (284, "2840.00", "568.00"),
        (414, "4140.00", "207.00"),
        (22, "220.00", "0.00"),
    ]


def test_no_tax_before_the_first_segment():
    # 31 + 30 days before 1 November 1999, 30 after: 91 days, interest 91, tax 20 % of 30
    parts = interest_tax(
        Decimal("91.00"), TAX_CHANGES, start=date(1999, 9, 1), end=date(1999, 12, 1)
    )
    assert [(p.days, str(p.tax_rate), str(p.tax)) for p in parts] == [
        (61, "0", "0.00"),
        (30, "0.20", "6.00"),
    ]


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"principal": -1}, "principal"),
        ({"principal": 10.5}, "float"),
        ({"principal": "1.234"}, "principal"),
        ({"principal": "nan"}, "principal"),
        ({"annual_rate": "4.35"}, "4.35 %|4.35%"),
        ({"annual_rate": "-0.01"}, "annual_rate.*below"),
        ({"annual_rate": float("nan")}, "annual_rate"),
        ({"end": date(2023, 1, 1)}, "end: 2023-01-01 is before start 2024-01-01"),
        ({"day_count": "30/365"}, "30/365.*act/360"),
        ({"tax_rate": [(date(2024, 1, 1), "0.1"), (date(2023, 1, 1), "0.2")]}, "must increase"),
        ({"tax_rate": []}, "tax_rate: no rate"),
        ({"tax_rate": "1.5"}, "tax_rate"),
        ({"base_unit": 0}, "base_unit"),
        ({"currency": "XXZ"}, "XXZ"),
    ],
)
def test_bad_input_is_named(kwargs, text):
    given_ = {
        "principal": 1000,
        "annual_rate": "0.02",
        "start": date(2024, 1, 1),
        "end": date(2025, 1, 1),
    } | kwargs
    with pytest.raises(InputError, match=text):
        deposit_interest(**given_)
