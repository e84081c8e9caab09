"""What closes a loan on a day, and what a partial repayment saves."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths import payoff, prepayment, schedule
from catalogue.values import weekend_calendar

JAN = date(2024, 1, 1)


def owed(plan: object, on: date) -> tuple[str, str]:
    found = payoff(plan, on)  # type: ignore[arg-type]
    assert found.total == found.balance + found.interest
    return str(found.balance), str(found.interest)


def test_month_based() -> None:
    loan = schedule(12000, "0.12", start=JAN, periods=12, method="bullet")
    assert owed(loan, JAN) == ("12000.00", "0.00")
    # 4 a day (12,000 * 0.12 / 360), never more than the month's 120
    assert owed(loan, date(2024, 1, 2)) == ("12000.00", "4.00")
    assert owed(loan, date(2024, 1, 31)) == ("12000.00", "120.00")
    assert owed(loan, date(2024, 2, 1)) == ("12000.00", "0.00")
    assert owed(loan, date(2025, 1, 1)) == ("0.00", "0.00")


def test_by_day_count() -> None:
    # 36,500 at 10 %: 10 a day
    loan = schedule(
        36500, "0.10", start=JAN, periods=6, method="equal-principal", day_count="act/365f"
    )
    assert owed(loan, date(2024, 1, 21)) == ("36500.00", "200.00")
    # after one of six parts: 30,416.67 left, 8.3333 a day
    assert owed(loan, date(2024, 2, 11)) == ("30416.67", "83.33")


def test_after_a_drawdown_and_an_extra_payment_of_the_same_period() -> None:
    # January: 7300 for 9 days, 10950 for 10 more, 3650 for 5 more, 10 %: 18 + 30 + 5
    loan = schedule(
        10950,
        "0.10",
        start=JAN,
        periods=3,
        method="bullet",
        day_count="act/365f",
        drawdowns=[(JAN, 7300), (date(2024, 1, 10), 3650)],
        extra_payments=[(date(2024, 1, 20), 7300)],
    )
    assert owed(loan, date(2024, 1, 10)) == ("10950.00", "18.00")
    assert owed(loan, date(2024, 1, 25)) == ("3650.00", "53.00")


def test_at_maturity_accrues_over_all_periods() -> None:
    loan = schedule(12000, "0.12", start=JAN, periods=6, method="at-maturity")
    # three whole months and 10 days: 360 + 40
    assert owed(loan, date(2024, 4, 11)) == ("12000.00", "400.00")


def test_between_interest_date_and_rolled_due_date() -> None:
    # Due 31 August 2024, a Saturday, moved to Monday 2 September; 10 a day.
    loan = schedule(
        36000,
        "0.10",
        start=date(2024, 7, 31),
        periods=2,
        method="bullet",
        day_count="act/360",
        business_day="following",
        calendar=weekend_calendar(),
    )
    assert owed(loan, date(2024, 9, 1)) == ("36000.00", "320.00")
    # On Monday August's 310 are paid; two days of September have accrued.
    assert owed(loan, date(2024, 9, 2)) == ("36000.00", "20.00")


def test_before_the_start() -> None:
    loan = schedule(100, 0, start=JAN, periods=2)
    with pytest.raises(InputError, match="2023-12-31 is before the loan's start 2024-01-01"):
        payoff(loan, date(2023, 12, 31))


@given(
    st.integers(1, 10**9),
    st.integers(0, 240),
    st.integers(1, 36),
    st.sampled_from(["level", "equal-principal", "bullet"]),
    st.sampled_from([None, "act/360", "act/act-isda", "30/360"]),
    st.integers(0, 1200),
)
def test_on_a_due_date_the_balance_is_the_schedule_s(
    minor: int, thousandths: int, periods: int, method: str, day_count: str | None, days: int
) -> None:
    plan = schedule(
        Decimal(minor) / 100,
        Decimal(thousandths) / 1000,
        start=JAN,
        periods=periods,
        method=method,
        day_count=day_count,
    )
    for row in plan:
        assert payoff(plan, row.due).total == row.closing
    on = JAN + timedelta(days=days)
    found = payoff(plan, on)
    later = [row for row in plan if row.due > on]
    if later:
        assert found.balance == later[0].opening
        assert 0 <= found.interest <= later[0].interest
    else:
        assert found.total == 0


def test_partial_repayment_compared() -> None:
    terms = {"start": JAN, "periods": 12, "on": date(2024, 4, 1), "amount": 30000}
    shorter = prepayment(120000, "0.06", **terms)  # type: ignore[arg-type]
    assert shorter.rows_saved == 3
    assert shorter.payment_after == shorter.payment_before == Decimal("10327.97")
    lower = prepayment(120000, "0.06", extra_mode="lower", **terms)  # type: ignore[arg-type]
    assert lower.rows_saved == 0
    # 9 * (10,327.97 - 6,910.75) - 30,000 = 754.98, and some cents in the last payments
    assert abs(lower.interest_saved - Decimal("754.98")) <= Decimal("0.05")
    assert shorter.interest_saved > lower.interest_saved > 0


def test_partial_repayment_between_due_dates_is_no_instalment() -> None:
    saved = prepayment(
        120000,
        "0.06",
        start=JAN,
        periods=12,
        on=date(2024, 4, 15),
        amount=100,
    )
    assert saved.rows_saved == 0
    assert len(saved.after) == len(saved.before) + 1
