"""The all-in-one account (sweep, overdraft, waived fees) and the integrated package."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

DAY = date(2024, 11, 1)
PERSON = Customer(kind="person", age=30)
COMPANY = Customer(kind="company")


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def account(cat: Catalogue, balances: str, as_of: date = DAY, **fields: Any) -> Quote:
    return cat.quote(Ask("all-in-one-account", balances=balances, **fields), PERSON, as_of=as_of)


def test_only_whole_units_above_the_target_are_swept(cat: Catalogue) -> None:
    # 6,999.99 − 5,000 = 1,999.99: one unit of 1,000 at 0.8 % for three months, 2.00;
    # 5,999.99 at 0.1 % for 92 days, 1.53
    made = account(cat, "2024-11-01:6999.99")
    assert made.result("with") == Money.of("3.53")
    # all of it at 0.1 %: 1.79
    assert made.result("without") == Money.of("1.79")
    assert made.result("gain") == Money.of("1.74")
    assert account(cat, "2024-11-01:5999.99").result("gain") == Money.of(0)


def test_a_day_before_its_term_a_deposit_earns_the_demand_rate(cat: Catalogue) -> None:
    whole = account(cat, "2024-11-01:15000")
    short = account(cat, "2024-11-01:15000;2025-01-31:5000")
    assert whole.result("gain").amount > D(15)
    assert short.result("gain") == Money.of(0)
    assert [whole.result("broken"), short.result("broken")] == [0, 1]


def test_the_newest_deposit_is_broken_first(cat: Catalogue) -> None:
    # 10,000 on 1 November, 5,000 more on 1 January, 5,000 drawn on 20 January
    made = account(cat, "2024-11-01:15000;2025-01-01:20000;2025-01-20:15000")
    # the first stands its three months: 10,000 × 0.8 % × 3/12 = 20.00;
    # 5,000 × 92 + 5,000 × 19 at 0.1 %: 1.2778 + 0.2639
    assert made.result("with") == Money.of("21.54")


def test_the_interest_tax_of_its_time(cat: Catalogue) -> None:
    rates = {}
    for day in (date(2007, 8, 14), date(2007, 8, 15), date(2008, 10, 8), date(2008, 10, 9)):
        made = account(cat, f"{day}:60000", day)
        rates[day] = made.result("interest_tax").amount / made.result("with").amount
        assert made.totals["interest_tax"] == made.result("interest_tax")
    assert [round(rate, 3) for rate in rates.values()] == [D("0.200"), D("0.050"), D("0.050"), D(0)]


def test_fees_are_waived_by_the_average_of_what_is_held(cat: Catalogue) -> None:
    for balance, total in (("50000", "0.00"), ("49999.99", "45.00")):
        # three months of 10 and three transfers of 5
        made = account(cat, f"2024-11-01:{balance}", count=3)
        assert made.totals["fees"] == Money.of(total)


def test_an_overdraft_costs_by_the_day_and_holds_no_average_down(cat: Catalogue) -> None:
    made = account(cat, "2024-11-01:-2000;2024-11-11:6000", tenor="1m")
    assert made.result("overdraft_interest") == Money.of("10.00")  # 2,000 × 0.05 % × 10
    assert made.result("average_balance") == Money.of("4000.00")  # 6,000 × 20 ÷ 30


def test_a_term_from_month_end_to_month_end(cat: Catalogue) -> None:
    # 30 November to 28 February is a whole term: 20,000 × 0.8 % × 3/12 = 40.00; 90 days by the
    # calendar for 5,500 at 0.1 %: 1.375; without the sweep 25,500: 6.375
    made = account(cat, "2024-11-30:25500", date(2024, 11, 30))
    assert made.result("terms_completed") == 1
    assert made.result("with") == Money.of("41.38")
    assert made.result("without") == Money.of("6.38")
    assert made.totals["fees"] == Money.of(30)


def test_the_account_in_2003(cat: Catalogue) -> None:
    # 100,000 × 1.71 % × 3/12 = 427.50; 5,000 × 0.72 % × 89/360 = 8.90; the tax 20 % of 436.40
    made = account(cat, "2003-01-31:105000", date(2003, 1, 31))
    assert made.result("with") == Money.of("436.40")
    assert made.result("interest_tax") == Money.of("87.28")
    assert made.totals["fees"] == Money.of(0)


def test_a_month_overdrawn_to_the_limit(cat: Catalogue) -> None:
    # 20,000 × 0.05 % × 31 = 310.00, and the account's fee
    made = account(cat, "2024-12-01:-20000", date(2024, 12, 1), tenor="1m", count=2)
    assert made.result("overdraft_interest") == Money.of(310)
    assert made.result("with") == Money.of(0)
    assert made.totals["paid"] == Money.of(330)  # 310 + 10 + 2 × 5


@pytest.mark.parametrize(
    ("balances", "words"),
    [
        ("2024-11-01:-20000.01", r"balances: -20000\.01 is over the overdraft limit of 20,000\.00"),
        ("2024-10-31:1", r"balances\[1\]\.date: 2024-10-31 is not from 2024-11-01"),
        ("2024-11-02:1;2024-11-02:2", "stated twice"),
    ],
)
def test_bad_balances_are_told(cat: Catalogue, balances: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        account(cat, balances)


@given(st.lists(st.tuples(st.integers(1, 180), st.integers(-20_000, 200_000)), max_size=6, unique_by=lambda r: r[0]))  # fmt: skip
@settings(max_examples=30)
def test_the_sweep_never_loses_against_the_demand_rate(rows: list[tuple[int, int]]) -> None:
    text = ";".join(f"{DAY + timedelta(days=at)}:{balance}" for at, balance in [(0, 30_000), *rows])
    made = account(Catalogue.load(as_of=DAY), text, tenor="6m")
    assert made.result("with") >= made.result("without")
    held = made.result("average_balance").amount
    # no more than all of it at the time rate, and a fen for rounding
    assert made.result("with").amount <= held * 181 / 360 * D("0.008") * D("1.02") + D("0.01")


def package(cat: Catalogue, as_of: date = DAY, **fields: Any) -> Quote:
    return cat.quote(Ask("integrated-package", fields), COMPANY, as_of=as_of)


def test_the_package_and_what_goes_beyond_its_quota(cat: Catalogue) -> None:
    # standard holds 80 transfers and 100 payroll items a month; single prices 5, 1 and 30
    within = package(cat, count=80, payroll_items=100, tenor="1m")
    assert within.totals["fees"] == Money.of(150)
    assert within.result("single") == Money.of(530)  # 400 + 100 + 30
    beyond = package(cat, count=81, payroll_items=101, tenor="1m")
    assert beyond.totals["fees"] == Money.of("154.80")  # and 80 % of 5 + 1


def test_more_transfers_are_included_from_2013(cat: Catalogue) -> None:
    for day, total in ((date(2012, 12, 31), "270.00"), (date(2013, 1, 1), "150.00")):
        # 30 of 80 are beyond the 50 of before: 30 × 5 × 80 % = 120
        assert package(cat, day, count=80, tenor="1m").totals["fees"] == Money.of(total)


def test_a_package_that_does_not_pay_says_so(cat: Catalogue) -> None:
    made = package(cat, package="premium", tenor="1m", count=1)
    assert made.result("saved") == Money.of(-365)  # 5 + 30 − 400
