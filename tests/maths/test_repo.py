"""Pledged and outright repo, pledge values, interbank lending."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths.repo import (
    money_market_interest,
    outright_repo,
    outright_repo_second,
    pledge_value,
    pledged_repo,
)

START, END = date(2024, 3, 1), date(2024, 3, 29)


def test_pledged_repo_by_actual_days_over_365():
    # 73,000,000 × 2 % × 28 ÷ 365 = 112,000, in a leap year too
    got = pledged_repo(73_000_000, "0.02", start=START, end=END)
    assert (got.days, str(got.interest), str(got.second)) == (28, "112000.00", "73112000.00")


def test_over_the_leap_day():
    # 28 February to 1 March: 2 days in 2024, 1 in 2023; 36,500,000 × 1 % ÷ 365 = 1000 a day
    for year, interest in ((2024, "2000.00"), (2023, "1000.00")):
        got = pledged_repo(36_500_000, "0.01", start=date(year, 2, 28), end=date(year, 3, 1))
        assert str(got.interest) == interest


def test_interbank_lending_by_360():
    # 36,000,000 × 2 % × 28 ÷ 360
    got = money_market_interest(36_000_000, "0.02", start=START, end=END)
    assert str(got.interest) == "56000.00"


def test_pledge_by_ratio_and_by_haircut():
    # face 10,000,000 × 0.93; 10,000,000 × 102.345 % × 0.92 = 9,415,740
    assert str(pledge_value(10_000_000, ratio="0.93").amount) == "9300000.00"
    got = pledge_value(10_000_000, haircut="0.08", price="102.345")
    assert (str(got.amount), str(got.ratio)) == ("9415740.00", "0.92")


def test_pledge_is_rounded_down():
    # 1.00 × 99.999 % × 1 = 0.99999
    assert str(pledge_value(1, ratio=1, price="99.999").amount) == "0.99"


@pytest.mark.parametrize("kwargs", [{}, {"ratio": 1, "haircut": 0}])
def test_pledge_needs_one_of_the_two(kwargs):
    with pytest.raises(InputError, match="ratio, haircut: give one of them"):
        pledge_value(1, **kwargs)


def outright(**kwargs):
    terms = {
        "first_clean": "99.5",
        "first_accrued": "0.5",
        "second_clean": "99.4",
        "second_accrued": "0.75",
        "start": START,
        "end": END,
    } | kwargs
    return outright_repo(36_500_000, **terms)


def test_outright_repo_without_coupon():
    # 36,500,000 against 36,554,750: 54,750 ÷ 36,500,000 × 365 ÷ 28 = 1.955357 %
    got = outright()
    assert (str(got.first), str(got.second)) == ("36500000.00", "36554750.00")
    assert (str(got.interest), got.days) == ("54750.00", 28)
    assert got.annual_rate == Decimal("0.01955357")


def test_a_coupon_between_belongs_to_the_buyer_and_earns_the_rate():
    # coupon 3 on 15 March, 14 days to the end: interest = 97.15 + 3 − 100 = 0.15 per 100;
    # r = 0.15 × 365 ÷ (100 × 28 − 3 × 14) = 54.75 ÷ 2758
    got = outright(second_clean="97.1", second_accrued="0.05", coupons=[(date(2024, 3, 15), 3)])
    assert (str(got.coupons), str(got.interest)) == ("1095000.00", "54750.00")
    assert got.annual_rate == Decimal("0.01985134")


def test_second_amount_from_the_rate_with_a_coupon():
    # 36,500,000 × (1 + 2 % × 28/365) − 1,095,000 × (1 + 2 % × 14/365)
    # = 36,556,000 − 1,095,840 = 35,460,160
    got = outright_repo_second(
        36_500_000, "0.02", start=START, end=END, coupons=[(date(2024, 3, 15), 1_095_000)]
    )
    assert str(got) == "35460160.00"


@given(
    st.integers(1, 364),
    st.integers(0, 2000),
    st.integers(0, 500),
    st.integers(0, 364),
)
def test_rate_and_second_amount_are_inverse(days, bp, coupon, when):
    rate, first = Decimal(bp).scaleb(-4), 1_000_000_000
    end = START + timedelta(days=days)
    day = START + timedelta(days=1 + when % days)
    per_hundred = Decimal(coupon).scaleb(-2)
    second = outright_repo_second(
        first, rate, start=START, end=end, coupons=[(day, per_hundred * 10_000_000)]
    )
    got = outright_repo(
        first,
        first_clean=99,
        first_accrued=1,
        second_clean=second / 10_000_000,
        second_accrued=0,
        start=START,
        end=end,
        coupons=[(day, per_hundred)],
    )
    # half a fen over a day of 10^9 is 2 × 10^-9 a year; the rate has 8 decimals
    assert abs(got.annual_rate - rate) <= Decimal("1.1e-8")


def test_outright_repo_of_nothing():
    with pytest.raises(InputError, match="face: 0; it must be more than 0"):
        outright_repo(
            0,
            first_clean=1,
            first_accrued=0,
            second_clean=1,
            second_accrued=0,
            start=START,
            end=END,
        )


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"end": START}, "end: 2024-03-01 is the start too"),
        ({"end": date(2024, 2, 1)}, "end: 2024-02-01 is before start"),
        ({"coupons": [(START, 3)]}, "coupons: 2024-03-01 is not after"),
        ({"coupons": [(date(2024, 4, 1), 3)]}, "coupons: 2024-04-01 is not after"),
        ({"coupons": [(date(2024, 3, 2), 200)]}, "they repay the whole first amount"),
        ({"first_clean": 0}, "first_clean: 0 must be more than 0"),
        ({"year_days": 366}, "year_days: 366; allowed"),
    ],
)
def test_bad_outright_repo_is_named(kwargs, text):
    with pytest.raises(InputError, match=text):
        outright(**kwargs)
