"""A last period that ends on `maturity`, whatever its length."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths import due_dates, payoff, schedule


def test_company_loan_settled_on_the_20th_of_each_quarter():
    """1,000,000 at 3.6 % act/360 is 100.00 a day; days counted by hand."""
    plan = schedule(
        1_000_000, "0.036", start=date(2024, 3, 15), periods=4, method="bullet",
        frequency="quarterly", day_count="act/360", first_due=date(2024, 6, 20),
        maturity=date(2025, 3, 15),
    )  # fmt: skip
    # 15 Mar-20 Jun 16+30+31+20 = 97; to 20 Sep 92; to 20 Dec 91; to 15 Mar 11+31+28+15 = 85
    assert [(str(row.due), row.days, row.interest) for row in plan] == [
        ("2024-06-20", 97, Decimal("9700.00")),
        ("2024-09-20", 92, Decimal("9200.00")),
        ("2024-12-20", 91, Decimal("9100.00")),
        ("2025-03-15", 85, Decimal("8500.00")),
    ]
    assert plan.total_interest == Decimal("36500.00")  # 365 days


def test_month_based_last_period_counts_months_and_odd_days():
    plan = schedule(
        120_000, "0.12", start=date(2024, 1, 15), periods=12, method="bullet",
        first_due=date(2024, 2, 20), maturity=date(2025, 1, 15),
    )  # fmt: skip
    # first: 1 month 5 days = 35/360; last: 20 Dec-15 Jan = 26/360; a whole month 1,200.00
    assert plan[0].interest == Decimal("1400.00")
    assert plan[-1].interest == Decimal("1040.00")
    assert plan.total_interest == Decimal("14440.00")  # 1,400 + 10 x 1,200 + 1,040
    assert plan[-1].due == date(2025, 1, 15)


def test_month_based_last_period_longer_than_a_month():
    plan = schedule(
        36_000,
        "0.1",
        start=date(2024, 1, 10),
        periods=2,
        method="bullet",
        maturity=date(2024, 3, 25),
    )
    assert plan[1].interest == Decimal("450.00")  # 36,000 x 10 % x (30 + 15) / 360


def test_one_period_to_maturity():
    plan = schedule(
        36_000,
        "0.1",
        start=date(2024, 1, 10),
        periods=1,
        method="bullet",
        maturity=date(2024, 3, 25),
    )
    assert plan.total_interest == Decimal("750.00")  # 36,000 x 10 % x 75 / 360


@pytest.mark.parametrize("day_count", [None, "act/360"])
def test_level_payment_reckons_with_the_odd_last_period(day_count):
    plan = schedule(
        500_000, "0.045", start=date(2024, 1, 15), periods=24, day_count=day_count,
        first_due=date(2024, 2, 20), maturity=date(2026, 1, 15),
    )  # fmt: skip
    assert abs(plan[-1].payment - plan[0].payment) <= Decimal("0.12")  # half a fen a row
    assert plan[-1].closing == 0


def test_regular_maturity_changes_nothing():
    plain = schedule(1000, "0.05", start=date(2024, 1, 31), periods=6)
    same = schedule(1000, "0.05", start=date(2024, 1, 31), periods=6, maturity=date(2024, 7, 31))
    assert plain == same


def test_payoff_within_the_odd_last_period():
    plan = schedule(
        36_000,
        "0.1",
        start=date(2024, 1, 10),
        periods=2,
        method="bullet",
        maturity=date(2024, 3, 25),
    )
    assert payoff(plan, date(2024, 3, 5)).interest == Decimal("240.00")  # 24 days of 10.00


@pytest.mark.parametrize("maturity", [date(2024, 2, 10), date(2024, 1, 5)])
def test_maturity_must_come_after_the_period_begins(maturity):
    with pytest.raises(InputError, match=r"maturity: .* is not after 2024-02-10"):
        due_dates(date(2024, 1, 10), 2, maturity=maturity)


def test_maturity_beyond_the_limit():
    with pytest.raises(InputError, match="last due date 2201-01-01 is after"):
        due_dates(date(2190, 1, 10), 2, maturity=date(2201, 1, 1))


@given(
    st.integers(2, 40), st.integers(1, 60), st.sampled_from(["level", "equal-principal", "bullet"]),
    st.sampled_from([None, "act/360", "act/365f"]),
)  # fmt: skip
def test_closes_to_zero_and_ends_on_maturity(periods, extra_days, method, day_count):
    last = due_dates(date(2023, 5, 31), periods)[-2]
    maturity = date.fromordinal(last.toordinal() + extra_days)
    plan = schedule(
        "123456.78", "0.0735", start=date(2023, 5, 31), periods=periods, method=method,
        day_count=day_count, maturity=maturity,
    )  # fmt: skip
    assert plan[-1].due == maturity
    assert plan[-1].closing == 0
    assert plan.total_principal == Decimal("123456.78")
    if method == "level" and day_count is None and extra_days >= 5:
        # a payment rounded by half a fen a row, grown at most 30 % over these terms
        assert abs(plan[-1].payment - plan[0].payment) <= Decimal("0.01") * periods
