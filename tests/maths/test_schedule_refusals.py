"""What a schedule refuses, and what its object promises."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import attrs
import pytest

from catalogue.errors import InputError
from catalogue.maths import schedule

JAN = date(2024, 1, 1)


def build(**changes: Any) -> Any:
    terms: dict[str, Any] = {
        "principal": 10000,
        "annual_rate": "0.06",
        "start": JAN,
        "periods": 12,
        **changes,
    }
    return schedule(**terms)


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({"principal": 0}, "principal: 0 must be more than 0"),
        ({"principal": -1}, "principal: -1 is below"),
        ({"principal": "1e5"}, "no exponent"),
        ({"principal": "１００"}, "only the digits 0-9"),
        ({"principal": "100.001"}, "too many decimals"),
        ({"principal": "NaN"}, "NaN and infinity"),
        ({"principal": Decimal("Infinity")}, "principal"),
        ({"principal": 10**16}, "more than 15 digits"),
        ({"principal": 100.5}, "is a float"),
        ({"principal": True}, "principal"),
        ({"principal": None}, "principal"),
        ({"principal": "100.5", "currency": "JPY"}, "decimals"),
        ({"annual_rate": "-0.01"}, "annual_rate.*below"),
        ({"annual_rate": "6"}, r"a rate is a fraction: 0.06 is 6 %"),
        ({"annual_rate": float("nan")}, "annual_rate"),
        ({"annual_rate": []}, "no rate given"),
        ({"annual_rate": [(date(2024, 2, 1), "0.06")]}, "no rate in force on the start"),
        ({"start": datetime(2024, 1, 1)}, "start"),
        ({"start": "2024-13-01"}, "start"),
        ({"periods": 1.5}, "periods"),
        ({"periods": True}, "periods"),
        ({"method": "linear"}, "method: 'linear' is unknown"),
        ({"method": "equal_principal"}, "did you mean 'equal-principal'"),
        ({"day_count": "act/364"}, "allowed: act/360"),
        ({"grace": 12}, "12 of 12 periods leaves none"),
        ({"grace": -1}, "grace: -1"),
        ({"grace": 3, "method": "bullet"}, "grace: has no meaning with method 'bullet'"),
        ({"balloon": 10001}, "balloon: it is more than the principal"),
        ({"balloon": 5, "method": "at-maturity"}, "balloon: has no meaning"),
        ({"rounding": "up"}, "rounding: 'up' is unknown; allowed: half_up, half_even"),
        ({"currency": "CNX"}, "CNX"),
        ({"payment_multiple": 0}, "payment_multiple: 0 must be more than 0"),
        ({"payment_multiple": 1, "method": "bullet"}, "payment_multiple: has no meaning"),
        ({"principal_parts": [1]}, "only method 'custom' takes them"),
        ({"method": "custom", "principal_parts": [10000]}, "1 given for 12 periods"),
        ({"method": "custom", "principal_parts": [900] * 12}, "add up to 10800.00"),
        ({"drawdowns": [(JAN, 5000)]}, "add up to 5000.00, the principal is 10000.00"),
        ({"drawdowns": [(date(2024, 2, 1), 10000)]}, "it must be on start"),
        ({"drawdowns": [(JAN, 1), (date(2025, 1, 1), 9999)]}, "outside the loan's life"),
        ({"drawdowns": [(JAN, 5000, 1)]}, "is not a .date, amount. pair"),
        ({"drawdowns": ["2024"]}, "is not a .date, amount. pair"),
        ({"extra_mode": "longer"}, "extra_mode: 'longer' is unknown"),
        ({"grace_interest": "waive"}, "grace_interest: 'waive' is unknown"),
        ({"interest_only_months": [13]}, "above the maximum 12"),
        ({"principal_frequency": "quarterly"}, "has no meaning with method 'level'"),
        (
            {"principal_frequency": "weekly", "method": "equal-principal"},
            "not a whole number of 'monthly'",
        ),
        (
            {"interest_frequency": "yearly", "method": "bullet"},
            "interest_frequency: 'yearly' is unknown",
        ),
        ({"adjust_interest": True}, "set day_count"),
        ({"first_due": date(2023, 12, 1)}, "is not after the start"),
    ],
)
def test_refusals(changes: dict[str, Any], text: str) -> None:
    with pytest.raises(InputError, match=text):
        build(**changes)


def test_custom_row_beyond_what_is_drawn() -> None:
    with pytest.raises(InputError, match=r"row 1 repays 6000\.00, more than the balance 5000\.00"):
        build(
            periods=2,
            method="custom",
            principal_parts=[6000, 4000],
            drawdowns=[(JAN, 5000), (date(2024, 2, 10), 5000)],
        )


def test_interest_above_the_payment_is_said_or_capitalised() -> None:
    # Two years to the first due date: 10,000 * 12 % * 2 = 2,400 of interest at once.
    terms = {
        "annual_rate": "0.12",
        "periods": 360,
        "first_due": date(2026, 1, 1),
    }
    with pytest.raises(InputError, match=r"on 2026-01-01 the interest 2400\.00 is more than"):
        build(**terms)
    plan = build(interest_shortfall="capitalise", **terms)
    assert plan[0].principal < 0
    assert plan[0].closing > 10000
    assert plan[359].closing == 0
    assert plan.total_principal == 10000
    payments = {row.payment for row in plan[:-1]}
    assert len(payments) == 1


def test_more_periods_than_cents() -> None:
    plan = build(principal="0.05", annual_rate=0, periods=12)
    assert [str(row.payment) for row in plan] == ["0.01"] * 5
    plan = build(principal="0.01", periods=360)
    assert len(plan) == 1


def test_the_largest_schedules() -> None:
    plan = build(
        principal="999999999999999.99",
        annual_rate="0.0435",
        start=date(2050, 1, 1),
        periods=5300,
        frequency="weekly",
    )
    assert len(plan) == 5300
    assert plan[5299].closing == 0
    assert sum(plan.columns.principal) == 99999999999999999


def test_a_level_payment_that_rounds_to_the_interest_ends_early() -> None:
    # 75 % a month: the exact payment is 7,500.00 and less than 1e-80 more; no cent can say that.
    # One cent more, 7,500.01, repays within 0.01 * (1.75**25 - 1) / 0.75 = 15,800 > 10,000.
    steep = build(annual_rate="900%", periods=360)
    assert steep[0].payment == Decimal("7500.01")
    assert len(steep) == 25
    assert steep[-1].closing == 0


def test_rows_columns_and_slices() -> None:
    plan = build()
    rows = list(plan)
    assert len(plan) == len(rows) == 12
    assert plan[0] == rows[0]
    assert plan[-1] == rows[-1]
    assert plan[2:4] == rows[2:4]
    assert rows[0].n == 1
    assert plan.columns.payment[0] == 86066
    assert rows[0].payment == Decimal("860.66")
    assert rows[0].fee == 0
    assert str(rows[0].fee) == "0.00"
    with pytest.raises(IndexError, match="row 12"):
        plan[12]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rows[0].fee = Decimal(1)  # type: ignore[misc]


def test_equality_and_hash_follow_the_figures() -> None:
    assert build() == build(annual_rate="6%")
    assert hash(build()) == hash(build())
    assert build() != build(annual_rate="0.061")
    assert build() != build(currency="USD")
    assert build() != 5
    assert repr(build()) == ("<Schedule of 12 rows, 2024-01-01 to 2025-01-01, interest 327.96 CNY>")


def test_fees_are_added_to_the_payments_of_a_copy() -> None:
    plan = build()
    dear = plan.with_fees({1: 500, 12: 25})
    assert (dear[0].fee, dear[0].payment) == (Decimal("5.00"), plan[0].payment + 5)
    assert dear.total_fee == Decimal("5.25")
    assert dear.total_payment == plan.total_payment + Decimal("5.25")
    assert plan.total_fee == 0
    with pytest.raises(InputError, match="fee row: 13 is above the maximum 12"):
        plan.with_fees({13: 1})


def test_flows_are_the_borrower_s() -> None:
    plan = build(method="bullet", periods=2)
    assert plan.flows() == [
        (JAN, Decimal("10000.00")),
        (date(2024, 2, 1), Decimal("-50.00")),
        (date(2024, 3, 1), Decimal("-10050.00")),
    ]
    assert sum(amount for _, amount in plan.minor_flows()) == -100_00


def test_the_caller_s_decimal_context_does_not_matter() -> None:
    from decimal import localcontext

    with localcontext() as context:
        context.prec = 3
        plan = build(principal="1234567.89")
        assert plan[0].opening == Decimal("1234567.89")
        assert plan.total_principal == Decimal("1234567.89")
