"""Demand and agreement deposits: products, settlement days, compounding, rate changes, tax."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths.deposit_demand import (
    agreement_deposit_interest,
    demand_interest,
    settlement_dates,
)


def test_one_quarter_of_changing_balances():
    # 10000 from 21 December 2023 to 10 January (20 days), 25000 to 1 February (22 days), 5000 to
    # 21 March (49 days): 200000 + 550000 + 245000 = 995000; × 0.36 % ÷ 360 = 9.95
    got = demand_interest(
        [(date(2023, 12, 21), 10000), (date(2024, 1, 10), 15000), (date(2024, 2, 1), -20000)],
        "0.0036",
        end=date(2024, 3, 21),
    )
    assert [str(p.product) for p in got.postings] == ["995000.00"]
    assert (str(got.gross), str(got.balance)) == ("9.95", "5009.95")


def test_interest_bears_interest_from_the_day_after_settlement():
    # 100000 at 3.6 %: 91 days to 21 March 2024 (from 21 December): 910.00;
    # then 100910 × 92 days × 3.6 % ÷ 360 = 928.372
    got = demand_interest([(date(2023, 12, 21), 100000)], "0.036", end=date(2024, 6, 21))
    assert [str(p.interest.gross) for p in got.postings] == ["910.00", "928.37"]
    assert [p.end for p in got.postings] == [date(2024, 3, 21), date(2024, 6, 21)]
    assert str(got.balance) == "101838.37"


def test_a_paying_in_on_the_settlement_day_counts_that_day():
    # 20 March is counted in the quarter, 21 March is not: one day of 36000 at 1 % is 1.00
    end = date(2024, 3, 21)
    assert str(demand_interest([(date(2024, 3, 20), 36000)], "0.01", end=end).gross) == "1.00"


def test_the_rate_of_the_settlement_day_holds_for_the_whole_quarter():
    rates = [(date(2023, 1, 1), "0.01"), (date(2024, 3, 1), "0.02")]
    money = [(date(2024, 1, 1), 36000)]
    # 80 days at 1 a day, doubled; or 60 days at 1 and 20 at 2
    whole = demand_interest(money, rates, end=date(2024, 3, 21))
    split = demand_interest(money, rates, end=date(2024, 3, 21), rate_rule="segment")
    assert (str(whole.gross), str(split.gross)) == ("160.00", "100.00")


def test_a_rate_of_the_posting_day_is_too_late_for_the_quarter_but_not_for_closing():
    rates = [(date(2023, 1, 1), "0.01"), (date(2024, 3, 21), "0.02")]
    quarter = demand_interest([(date(2024, 3, 1), 36000)], rates, end=date(2024, 3, 21))
    assert str(quarter.gross) == "20.00"
    rates = [(date(2023, 1, 1), "0.01"), (date(2024, 3, 11), "0.02")]
    closed = demand_interest([(date(2024, 3, 1), 36000)], rates, end=date(2024, 3, 11))
    assert str(closed.gross) == "20.00"  # 10 days at the closing day's 2 %


def test_open_account_accrues():
    got = demand_interest([(date(2024, 3, 21), 36000)], "0.01", end=date(2024, 3, 31), close=False)
    assert (got.postings, str(got.accrued), str(got.balance)) == ((), "10.00", "36000.00")


def test_yearly_settlement_of_old():
    # 1 July 2002 to 30 June 2003 is 365 days (720 × 365 ÷ 360 = 730), tax 20 %: 584 net
    got = demand_interest(
        [(date(2002, 7, 1), 100000)],
        "0.0072",
        end=date(2003, 7, 1),
        rule="yearly",
        tax_rate="0.20",
    )
    assert [p.end for p in got.postings] == [date(2003, 7, 1)]
    assert (str(got.gross), str(got.tax), str(got.balance)) == ("730.00", "146.00", "100584.00")


def test_settlement_days_by_date():
    assert settlement_dates(date(2004, 6, 30), date(2006, 6, 30), "dated") == [
        date(2004, 7, 1),
        date(2005, 7, 1),
        date(2005, 12, 21),
        date(2006, 3, 21),
        date(2006, 6, 21),
    ]


def test_only_whole_yuan_bear_interest_when_asked():
    # 99.99 counts as 99: × 10 % × 80 ÷ 360 = 2.20; with the fen 2.222
    money = [(date(2024, 1, 1), "99.99")]
    end = date(2024, 3, 21)
    assert str(demand_interest(money, "0.1", end=end, base_unit=1).gross) == "2.20"
    assert str(demand_interest(money, "0.1", end=end).gross) == "2.22"


def test_the_order_of_movements_within_a_day_does_not_matter():
    # drawn and paid in on one day: only the closing balance counts, 79 days × 100 + 1 × 50
    money = [
        (date(2024, 1, 1), 50),
        (date(2024, 1, 2), -100),
        (date(2024, 1, 2), 150),
    ]
    got = demand_interest(money, "0.01", end=date(2024, 3, 21))
    assert str(got.postings[0].product) == "7950.00"


def test_a_balance_may_fall_to_nothing():
    money = [(date(2024, 1, 1), 3600), (date(2024, 1, 11), -3600)]
    got = demand_interest(money, "0.01", end=date(2024, 3, 21))
    assert str(got.balance) == "1.00"


def test_agreement_deposit_splits_each_days_balance():
    # 30 days of 1,000,000, then 62 days of 300,000 (under the basic 500,000). Demand: 15,000,000 +
    # 18,600,000 = 33,600,000 × 0.36 % ÷ 360 = 336; agreed: 15,000,000 × 1.08 % ÷ 360 = 450
    got = agreement_deposit_interest(
        [(date(2024, 3, 21), 1_000_000), (date(2024, 4, 20), -700_000)],
        basic_amount=500_000,
        demand_rate="0.0036",
        agreed_rate="0.0108",
        end=date(2024, 6, 21),
    )
    parts = got.postings[0].interest.parts
    assert [(p.reason, str(p.amount), str(p.interest)) for p in parts] == [
        ("demand rate", "33600000.00", "336.00"),
        ("agreed rate", "15000000.00", "450.00"),
    ]
    assert str(got.net) == "786.00"


MOVES = st.lists(
    st.tuples(st.integers(0, 900), st.integers(0, 10**8).map(lambda fen: Decimal(fen).scaleb(-2))),
    min_size=1,
    max_size=12,
)


@given(MOVES, st.integers(0, 500), st.sampled_from(["quarterly", "yearly", "dated"]))
def test_balance_is_what_was_paid_in_plus_net_interest(moves, bp, rule):
    first = date(2004, 1, 1)
    money = [(first + timedelta(days=n), amount) for n, amount in moves]
    got = demand_interest(
        money, Decimal(bp).scaleb(-4), end=first + timedelta(days=901), rule=rule, tax_rate="0.2"
    )
    assert got.balance == sum(x for _, x in money) + got.net
    assert got.gross == sum(p.interest.gross for p in got.postings)
    ends = [p.end for p in got.postings]
    assert [p.start for p in got.postings[1:]] == ends[:-1]


@given(MOVES, st.integers(0, 500))
def test_equal_tiers_are_one_demand_deposit(moves, bp):
    first, rate = date(2024, 1, 1), Decimal(bp).scaleb(-4)
    money = [(first + timedelta(days=n), amount) for n, amount in moves]
    end = first + timedelta(days=901)
    plain = demand_interest(money, rate, end=end)
    tiers = agreement_deposit_interest(
        money, basic_amount=50_000, demand_rate=rate, agreed_rate=rate, end=end
    )
    assert plain.net == tiers.net


@pytest.mark.parametrize(
    ("money", "kwargs", "text"),
    [
        ([], {}, "movements: none given"),
        (
            [(date(2024, 1, 1), 100), (date(2024, 1, 2), -101)],
            {},
            "overdrawn by 1.00 at the close of 2024-01-02",
        ),
        ([(date(2024, 5, 1), 100)], {}, "end: 2024-05-01 is not after"),
        ([(date(2024, 1, 1), 1.5)], {}, "float"),
        ([(date(2024, 1, 1), 100)], {"rule": "quartely"}, "did you mean 'quarterly'"),
        ([(date(2024, 1, 1), 100)], {"rate_rule": "x"}, "rate_rule"),
        ([(date(2024, 1, 1), 100)], {"year_days": 366}, "year_days: 366; allowed"),
        (
            [(date(2024, 1, 1), 100)],
            {"annual_rate": [(date(2025, 1, 1), "0.01")]},
            "no rate in force on",
        ),
    ],
)
def test_bad_input_is_named(money, kwargs, text):
    terms = {"annual_rate": "0.01", "end": date(2024, 5, 1)} | kwargs
    with pytest.raises(InputError, match=text):
        demand_interest(money, **terms)
