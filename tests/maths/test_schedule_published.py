"""Whole schedules from published sources, row by row, and the arithmetic of each method."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from catalogue.maths import Schedule, schedule

START = date(2025, 1, 31)


def table(plan: Schedule) -> list[str]:
    return [f"{r.due} {r.days} {r.principal} {r.interest} {r.payment} {r.closing}" for r in plan]


# Apache Fineract, LoanMonthEndDueDateStrategy.feature: 10,000 at 12 %, three months from 31
# January 2025 (its ACTUAL/ACTUAL year of 2025 has 365 days: act/act-isda and act/365f agree).
CLAMPED = [
    "2025-02-28 28 3305.77 92.05 3397.82 6694.23",
    "2025-03-31 31 3329.59 68.23 3397.82 3364.64",
    "2025-04-30 30 3364.64 33.19 3397.83 0.00",
]
ROLLED = [
    "2025-03-01 29 3303.22 95.34 3398.56 6696.78",
    "2025-03-31 30 3332.51 66.05 3398.56 3364.27",
    "2025-05-01 31 3364.27 34.29 3398.56 0.00",
]
MONTHS_ROLLED = [
    "2025-03-01 29 3300.22 100.00 3400.22 6699.78",
    "2025-03-31 30 3333.22 67.00 3400.22 3366.56",
    "2025-05-01 31 3366.56 33.67 3400.23 0.00",
]
MONTHS_CLAMPED = [
    "2025-02-28 28 3300.22 100.00 3400.22 6699.78",
    "2025-03-31 31 3333.22 67.00 3400.22 3366.56",
    "2025-04-30 30 3366.56 33.67 3400.23 0.00",
]


@pytest.mark.parametrize("day_count", ["act/act-isda", "act/365f"])
@pytest.mark.parametrize(
    ("overflow", "rows", "interest"), [("clamp", CLAMPED, "193.47"), ("roll", ROLLED, "195.68")]
)
def test_actual_days_with_month_ends(
    day_count: str, overflow: str, rows: list[str], interest: str
) -> None:
    plan = schedule(10000, "0.12", start=START, periods=3, day_count=day_count, overflow=overflow)
    assert table(plan) == rows
    assert plan.total_interest == Decimal(interest)
    assert plan.total_payment == 10000 + Decimal(interest)


@pytest.mark.parametrize(("overflow", "rows"), [("clamp", MONTHS_CLAMPED), ("roll", MONTHS_ROLLED)])
def test_month_based_interest_does_not_move_with_the_dates(overflow: str, rows: list[str]) -> None:
    plan = schedule(10000, "0.12", start=START, periods=3, overflow=overflow)
    assert table(plan) == rows


def test_published_bullet() -> None:
    # Apache Fineract, LoanBulletBalloon.feature, BL01: 100 at 30 %, 8 months: 2.50 a month.
    plan = schedule(100, "0.30", start=date(2024, 1, 1), periods=8, method="bullet")
    assert [str(r.payment) for r in plan] == ["2.50"] * 7 + ["102.50"]
    assert plan.total_interest == Decimal("20.00")
    assert plan[7].due == date(2024, 9, 1)


def test_level_with_grace_of_all_but_one_period_is_the_same_bullet() -> None:
    bullet = schedule(100, "0.30", start=date(2024, 1, 1), periods=8, method="bullet")
    grace = schedule(100, "0.30", start=date(2024, 1, 1), periods=8, grace=7)
    assert table(grace) == table(bullet)


def test_equal_principal() -> None:
    # 1,000 / 3 = 333.33 (rounded down), the rest 333.34; 1 % of 1000, 666.67, 333.34.
    plan = schedule(1000, "0.12", start=date(2024, 1, 15), periods=3, method="equal-principal")
    assert table(plan) == [
        "2024-02-15 31 333.33 10.00 343.33 666.67",
        "2024-03-15 29 333.33 6.67 340.00 333.34",
        "2024-04-15 31 333.34 3.33 336.67 0.00",
    ]


def test_at_maturity_is_one_row_with_all_interest() -> None:
    # 10,000 * 6 % * 6 / 12 = 300; 31 January to 31 July 2025: 181 days.
    plan = schedule(10000, "0.06", start=START, periods=6, method="at-maturity")
    assert table(plan) == ["2025-07-31 181 10000.00 300.00 10300.00 0.00"]
    # by days: 10,000 * 6 % * 181 / 360 = 301.666…
    by_days = schedule(
        10000, "0.06", start=START, periods=6, method="at-maturity", day_count="act/360"
    )
    assert by_days.total_interest == Decimal("301.67")


def test_at_maturity_splits_a_change_of_rate() -> None:
    # 6 % for three months, 12 % for three: 10,000 * (0.06 + 0.12) / 4 = 450
    plan = schedule(
        10000,
        [(START, "0.06"), (date(2025, 4, 30), "0.12")],
        start=START,
        periods=6,
        method="at-maturity",
    )
    assert plan.total_interest == Decimal("450.00")


def test_custom_rows() -> None:
    # 1 % of 1000, 900, 900, 500
    plan = schedule(
        1000,
        "0.12",
        start=date(2024, 1, 1),
        periods=4,
        method="custom",
        principal_parts=[100, 0, 400, 500],
    )
    assert table(plan) == [
        "2024-02-01 31 100.00 10.00 110.00 900.00",
        "2024-03-01 29 0.00 9.00 9.00 900.00",
        "2024-04-01 31 400.00 9.00 409.00 500.00",
        "2024-05-01 30 500.00 5.00 505.00 0.00",
    ]


def test_zero_rate() -> None:
    plan = schedule(100, 0, start=date(2024, 1, 1), periods=3)
    assert [str(r.payment) for r in plan] == ["33.33", "33.33", "33.34"]
    assert plan.total_interest == 0


def test_balloon() -> None:
    # (1000 * 1.01**2 - 500) / 2.01 = 520.10 / 2.01 = 258.756…
    # row 1: interest 10.00, principal 248.76; row 2: 7.51 on 751.24, closes 751.24
    plan = schedule(1000, "0.12", start=date(2024, 1, 1), periods=2, balloon=500)
    assert table(plan) == [
        "2024-02-01 31 248.76 10.00 258.76 751.24",
        "2024-03-01 29 751.24 7.51 758.75 0.00",
    ]


def test_balloon_with_equal_principal() -> None:
    plan = schedule(
        1000, 0, start=date(2024, 1, 1), periods=4, balloon=200, method="equal-principal"
    )
    assert [str(r.principal) for r in plan] == ["200.00", "200.00", "200.00", "400.00"]


def test_grace_that_capitalises() -> None:
    # 1000 -> 1010 -> 1020.10; then 2 level payments: 1020.10 * 0.01 / (1 - 1.01**-2) = 517.7133…
    # row 3: 10.20 interest (1 % of 1020.10 = 10.201)
    plan = schedule(
        1000, "0.12", start=date(2024, 1, 1), periods=4, grace=2, grace_interest="capitalise"
    )
    assert table(plan) == [
        "2024-02-01 31 -10.00 10.00 0.00 1010.00",
        "2024-03-01 29 -10.10 10.10 0.00 1020.10",
        "2024-04-01 31 507.51 10.20 517.71 512.59",
        "2024-05-01 30 512.59 5.13 517.72 0.00",
    ]
    assert plan.total_principal == 1000


def test_interest_only_in_named_months() -> None:
    # Due in February to May; March pays interest only: three level payments remain.
    # 1000 * 0.01 / (1 - 1.01**-3) = 340.0221…; March: 1 % of 669.98 = 6.70
    plan = schedule(1000, "0.12", start=date(2024, 1, 1), periods=4, interest_only_months=[3])
    assert table(plan) == [
        "2024-02-01 31 330.02 10.00 340.02 669.98",
        "2024-03-01 29 0.00 6.70 6.70 669.98",
        "2024-04-01 31 333.32 6.70 340.02 336.66",
        "2024-05-01 30 336.66 3.37 340.03 0.00",
    ]


def test_principal_in_every_third_row() -> None:
    plan = schedule(
        900,
        "0.12",
        start=date(2024, 1, 1),
        periods=6,
        method="equal-principal",
        principal_frequency="quarterly",
    )
    assert [str(r.principal) for r in plan] == [
        "0.00",
        "0.00",
        "450.00",
        "0.00",
        "0.00",
        "450.00",
    ]
    assert [str(r.interest) for r in plan] == ["9.00"] * 3 + ["4.50"] * 3


def test_interest_in_every_third_row() -> None:
    # 1 % of 900, 750, 600 = 22.50 with the third row; of 450, 300, 150 = 9.00 with the sixth.
    plan = schedule(
        900,
        "0.12",
        start=date(2024, 1, 1),
        periods=6,
        method="equal-principal",
        interest_frequency="quarterly",
    )
    assert [str(r.interest) for r in plan] == ["0.00", "0.00", "22.50", "0.00", "0.00", "9.00"]
    assert {str(r.principal) for r in plan} == {"150.00"}


def test_bullet_with_quarterly_interest_has_quarterly_rows() -> None:
    plan = schedule(
        1200,
        "0.12",
        start=date(2024, 1, 1),
        periods=6,
        method="bullet",
        interest_frequency="quarterly",
    )
    assert table(plan) == [
        "2024-04-01 91 0.00 36.00 36.00 1200.00",
        "2024-07-01 91 1200.00 36.00 1236.00 0.00",
    ]


def test_payment_multiple_rounds_up_and_the_last_is_smaller() -> None:
    # 8,884.88 -> 8,885 whole yuan
    plan = schedule(100000, "0.12", start=date(2024, 1, 1), periods=12, payment_multiple=1)
    assert {str(r.payment) for r in plan[:-1]} == {"8885.00"}
    assert plan[11].payment < 8885
    assert plan[11].closing == 0


def test_equalised_or_plain_annuity() -> None:
    # The plain annuity of 1 % a month is 3,400.22 whatever the days; February's 28 days then
    # leave less to pay at the end: 10000 + 92.05 - 3400.22 = 6691.83,
    # 6691.83 * 0.12 * 31 / 365 = 68.2017, 3359.81 * 0.12 * 30 / 365 = 33.1378.
    plan = schedule(10000, "0.12", start=START, periods=3, day_count="act/365f", equalised=False)
    assert table(plan) == [
        "2025-02-28 28 3308.17 92.05 3400.22 6691.83",
        "2025-03-31 31 3332.02 68.20 3400.22 3359.81",
        "2025-04-30 30 3359.81 33.14 3392.95 0.00",
    ]


def test_irregular_first_period_month_based() -> None:
    # 15 January to 1 March 2024: one month (to 15 February) and 15 days:
    # 12000 * 0.12 * (30 + 15) / 360 = 180; then 1 % of 12,000 = 120.
    plan = schedule(
        12000,
        "0.12",
        start=date(2024, 1, 15),
        periods=2,
        method="bullet",
        first_due=date(2024, 3, 1),
    )
    assert [(r.due, str(r.interest), r.days) for r in plan] == [
        (date(2024, 3, 1), "180.00", 46),
        (date(2024, 4, 1), "120.00", 31),
    ]


def test_level_payment_is_equal_over_an_irregular_first_period() -> None:
    plan = schedule(12000, "0.12", start=date(2024, 1, 15), periods=12, first_due=date(2024, 3, 1))
    payments = [r.payment for r in plan]
    assert len(set(payments[:-1])) == 1
    assert abs(payments[-1] - payments[0]) <= Decimal("0.12")


@pytest.mark.parametrize(
    ("frequency", "per_year"),
    [
        ("weekly", 52),
        ("fortnightly", 26),
        ("semi-monthly", 24),
        ("monthly", 12),
        ("quarterly", 4),
        ("semiannual", 2),
        ("annual", 1),
    ],
)
def test_month_based_interest_of_each_frequency(frequency: str, per_year: int) -> None:
    # 31,200 * 6 % = 1,872 a year: 36 a week, 72, 78, 156, 468, 936
    plan = schedule(
        31200, "0.06", start=date(2024, 1, 1), periods=2, method="bullet", frequency=frequency
    )
    assert plan[0].interest == plan[1].interest == Decimal(1872) / per_year


@pytest.mark.parametrize(("rounding", "interest"), [("half_up", "0.13"), ("half_even", "0.12")])
def test_rounding_of_a_tie(rounding: str, interest: str) -> None:
    # 12.50 * 1 % = 0.125
    plan = schedule("12.50", "0.12", start=START, periods=1, method="bullet", rounding=rounding)
    assert plan[0].interest == Decimal(interest)


def test_currency_without_minor_units() -> None:
    # 1,000,000 * 1 % / 12 = 833.33 -> 833
    plan = schedule(1_000_000, "0.01", start=START, periods=2, method="bullet", currency="JPY")
    assert [str(r.interest) for r in plan] == ["833", "833"]
