"""Staged drawdowns, changes of rate and extra repayments: one path, exact figures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from catalogue.errors import InputError
from catalogue.maths import schedule

JAN = date(2024, 1, 1)


def test_drawdown_within_a_period_counts_actual_days_over_360() -> None:
    # February: 6000 * 1 % + 6000 * 0.12 * 14 / 360 (15 February to 1 March 2024 = 15 days)
    # = 60 + 6000 * 0.12 * 15 / 360 = 60 + 30 = 90
    plan = schedule(
        12000,
        "0.12",
        start=JAN,
        periods=3,
        method="bullet",
        drawdowns=[(JAN, 6000), (date(2024, 2, 15), 6000)],
    )
    assert [str(r.interest) for r in plan] == ["60.00", "90.00", "120.00"]
    assert [str(r.drawn) for r in plan] == ["6000.00", "6000.00", "0.00"]
    assert [str(r.opening) for r in plan] == ["6000.00", "12000.00", "12000.00"]


def test_drawdown_by_day_count() -> None:
    # 6000 * 0.12 * 29 / 365 + 6000 * 0.12 * 15 / 365 = 57.2055 + 29.5890 = 86.7945
    plan = schedule(
        12000,
        "0.12",
        start=JAN,
        periods=3,
        method="bullet",
        day_count="act/365f",
        drawdowns=[(JAN, 6000), (date(2024, 2, 15), 6000)],
    )
    assert plan[1].interest == Decimal("86.79")


def test_drawdown_on_a_due_date_bears_interest_from_the_next_period() -> None:
    plan = schedule(
        12000,
        "0.12",
        start=JAN,
        periods=3,
        method="bullet",
        drawdowns=[(JAN, 6000), (date(2024, 2, 1), 6000)],
    )
    assert [str(r.interest) for r in plan] == ["60.00", "120.00", "120.00"]


def test_level_payment_is_computed_anew_after_a_drawdown() -> None:
    plan = schedule(
        12000,
        "0.12",
        start=JAN,
        periods=12,
        drawdowns=[(JAN, 6000), (date(2024, 4, 1), 6000)],
    )
    first, later = {r.payment for r in plan[:3]}, {r.payment for r in plan[3:-1]}
    assert len(first) == len(later) == 1
    assert max(first) < min(later)
    assert sum(r.drawn for r in plan) == plan.total_principal == 12000
    assert [amount for _, amount in plan.draws] == [600_000, 600_000]


def test_rate_change_splits_a_period_on_the_day() -> None:
    # February 2024 (29 days): 10 days at 6 %, 19 at 12 %: 36500 * (0.06*10 + 0.12*19) / 365
    # = 100 * (0.6 + 2.28) = 288
    plan = schedule(
        36500,
        [(JAN, "0.06"), (date(2024, 2, 11), "0.12")],
        start=JAN,
        periods=3,
        method="bullet",
        day_count="act/365f",
    )
    assert [str(r.interest) for r in plan] == ["186.00", "288.00", "372.00"]


def test_month_based_change_counts_from_the_next_period() -> None:
    plan = schedule(
        1000, [(JAN, "0.06"), (date(2024, 2, 11), "0.12")], start=JAN, periods=3, method="bullet"
    )
    assert [str(r.interest) for r in plan] == ["5.00", "5.00", "10.00"]


def test_level_payment_is_computed_anew_when_the_rate_changes() -> None:
    # 1000 at 12 %: 340.02 (3 periods). After one: 669.98 left; at 24 %, two periods:
    # 669.98 * 0.02 / (1 - 1.02**-2) = 345.0729… ; interest 13.40, then 2 % of 338.31 = 6.77
    plan = schedule(1000, [(JAN, "0.12"), (date(2024, 2, 1), "0.24")], start=JAN, periods=3)
    assert [f"{r.payment} {r.interest} {r.closing}" for r in plan] == [
        "340.02 10.00 669.98",
        "345.07 13.40 338.31",
        "345.08 6.77 0.00",
    ]


def test_a_step_without_change_of_rate_changes_nothing() -> None:
    plain = schedule(50000, "0.049", start=JAN, periods=24)
    stepped = schedule(50000, [(JAN, "0.049"), (date(2024, 7, 1), "0.0490")], start=JAN, periods=24)
    assert stepped == plain


class TestExtraPayments:
    # 120,000 at 6 %, 12 months: level 10,327.97. After 600.00, 551.36 and 502.48 of
    # interest 90,669.93 are left; less 30,000, 60,669.93 / 10,327.97 = 5.9 more payments.
    def test_shorter_keeps_the_payment(self) -> None:
        plan = schedule(
            120000, "0.06", start=JAN, periods=12, extra_payments=[(date(2024, 4, 1), 30000)]
        )
        assert len(plan) == 9
        assert plan[2].payment == Decimal("40327.97")
        assert plan[2].extra == 30000
        assert {str(r.payment) for r in plan[3:8]} == {"10327.97"}
        assert plan[8].payment < Decimal("10327.97")
        assert plan[8].closing == 0

    def test_lower_keeps_the_term(self) -> None:
        plan = schedule(
            120000,
            "0.06",
            start=JAN,
            periods=12,
            extra_payments=[(date(2024, 4, 1), 30000)],
            extra_mode="lower",
        )
        assert len(plan) == 12
        # 60,669.93 * 0.005 / (1 - 1.005**-9) = 6,910.75
        left = plan[2].closing
        assert left == Decimal("60669.93")
        assert {str(r.payment) for r in plan[3:11]} == {"6910.75"}

    def test_same_keeps_payment_and_term_with_a_smaller_last(self) -> None:
        plan = schedule(
            120000,
            "0.06",
            start=JAN,
            periods=12,
            extra_payments=[(date(2024, 4, 1), 5000)],
            extra_mode="same",
        )
        assert len(plan) == 12
        assert {str(r.payment) for r in plan[3:11]} == {"10327.97"}
        # 5,000 grow to 5,000 * 1.005**9 = 5,229.55 and are missing from the last payment
        assert abs(plan[11].payment - (Decimal("10327.97") - Decimal("5229.55"))) < Decimal("0.20")

    def test_same_is_refused_when_the_loan_would_end_early(self) -> None:
        with pytest.raises(InputError, match=r"keeps all 12 due dates.*use 'shorter' or 'lower'"):
            schedule(
                120000,
                "0.06",
                start=JAN,
                periods=12,
                extra_payments=[(date(2024, 4, 1), 30000)],
                extra_mode="same",
            )

    def test_before_a_due_date_it_is_a_row_and_interest_stays_due(self) -> None:
        # March: 1200 * 1 % less 600 * 0.12 * 17 / 360 (15 March to 1 April: 17 days) = 12 - 3.40
        plan = schedule(
            1200,
            "0.12",
            start=JAN,
            periods=4,
            method="bullet",
            extra_payments=[(date(2024, 3, 15), 600)],
        )
        assert [f"{r.due} {r.principal} {r.interest} {r.days}" for r in plan] == [
            "2024-02-01 0.00 12.00 31",
            "2024-03-01 0.00 12.00 29",
            "2024-03-15 600.00 0.00 0",
            "2024-04-01 0.00 8.60 31",
            "2024-05-01 600.00 6.00 30",
        ]

    def test_by_day_count(self) -> None:
        # 14 days on 3650, 17 on 1825, 12 %: 1.2 * 14 + 0.6 * 17 = 27.00
        plan = schedule(
            3650,
            "0.12",
            start=JAN,
            periods=4,
            method="bullet",
            day_count="act/365f",
            extra_payments=[(date(2024, 3, 15), 1825)],
        )
        assert plan[3].interest == Decimal("27.00")

    def test_the_whole_balance_leaves_only_accrued_interest(self) -> None:
        plan = schedule(
            1200,
            "0.12",
            start=JAN,
            periods=12,
            method="bullet",
            extra_payments=[(date(2024, 3, 16), 1200)],
        )
        # 12 less 1200 * 0.12 * 16 / 360 = 6.40
        last = plan[len(plan) - 1]
        assert (last.due, str(last.interest), str(last.principal)) == (
            date(2024, 4, 1),
            "5.60",
            "0.00",
        )
        assert plan.total_principal == 1200

    def test_custom_rows_shorten_from_the_end_or_shrink(self) -> None:
        common = {
            "start": JAN,
            "periods": 3,
            "method": "custom",
            "principal_parts": [100, 400, 500],
            "extra_payments": [(date(2024, 2, 1), 450)],
        }
        shorter = schedule(1000, 0, **common)  # type: ignore[arg-type]
        assert [str(r.principal) for r in shorter] == ["550.00", "400.00", "50.00"]
        lower = schedule(1000, 0, extra_mode="lower", **common)  # type: ignore[arg-type]
        assert [str(r.principal) for r in lower] == ["550.00", "200.00", "250.00"]

    @pytest.mark.parametrize(
        ("day", "amount", "text"),
        [
            (date(2024, 4, 1), 90669, "is more than the balance 90669"),
            (date(2024, 4, 15), 100000, "is more than the balance 90669"),
            (date(2023, 12, 1), 1, "outside the loan's life"),
            (JAN, 1, "outside the loan's life"),
            (date(2025, 1, 2), 1, "outside the loan's life"),
            (date(2025, 1, 1), 1, "more than the balance 0.00"),
            (date(2024, 4, 1), -5, "below"),
        ],
    )
    def test_refusals(self, day: date, amount: int, text: str) -> None:
        if amount == 90669:
            amount = 90670
        with pytest.raises(InputError, match=text):
            schedule(120000, "0.06", start=JAN, periods=12, extra_payments=[(day, amount)])

    def test_after_an_early_end_it_is_an_overpayment(self) -> None:
        extras = [(date(2024, 2, 1), 100000), (date(2024, 12, 1), 1)]
        with pytest.raises(InputError, match=r"on 2024-12-01 is more than the balance 0\.00"):
            schedule(120000, "0.06", start=JAN, periods=12, extra_payments=extras)


class TestShorterTermIsKept:
    """`shorter` keeps the payment, whenever the repayment comes, and a later rate keeps the term."""

    @staticmethod
    def _annuity(principal: Decimal, monthly: Decimal, months: int) -> Decimal:
        growth = (1 + monthly) ** months
        return (principal * monthly * growth / (growth - 1)).quantize(Decimal("0.01"))

    def test_repaid_in_the_grace(self) -> None:
        # 120,000 over 24 months after a year of interest only: 5,318.47. After 20,000 on 15 June
        # 100,000 / 5,318.47: ln(1 / (1 - 0.005 * 18.8024)) / ln 1.005 = 19.8, so 20 instalments.
        payment = self._annuity(Decimal(120000), Decimal("0.005"), 24)
        assert str(payment) == "5318.47"
        plan = schedule(
            120000,
            "0.06",
            start=JAN,
            periods=36,
            grace=12,
            extra_payments=[(date(2024, 6, 15), 20000)],
        )
        rows = [row for row in plan if row.days]
        assert [row.payment for row in rows[12:15]] == [payment] * 3
        assert len(rows) == 12 + 20
        assert rows[-1].due == date(2026, 9, 1)
        assert rows[-1].closing == 0

    def test_repaid_before_the_first_instalment(self) -> None:
        # the same payment as without it
        payment = self._annuity(Decimal(1000000), Decimal("0.04") / 12, 120)
        plan = schedule(
            1000000, "0.04", start=JAN, periods=120, extra_payments=[(date(2024, 1, 20), 300000)]
        )
        assert plan[1].payment == payment  # row 0 is the repayment
        # ln(1 / (1 - 700,000 * 0.04 / 12 / 10,124.51)) / ln(1 + 0.04 / 12) = 78.7
        assert len([row for row in plan if row.days]) == 79

    def test_lower_in_the_grace_keeps_the_term(self) -> None:
        plan = schedule(
            120000,
            "0.06",
            start=JAN,
            periods=36,
            grace=12,
            extra_payments=[(date(2024, 6, 15), 20000)],
            extra_mode="lower",
        )
        rows = [row for row in plan if row.days]
        assert len(rows) == 36
        assert rows[12].payment == self._annuity(Decimal(100000), Decimal("0.005"), 24)

    def test_equal_parts_after_a_repayment_in_the_grace(self) -> None:
        # parts of 5,000 as without it: 100,000 in 20 of them
        plan = schedule(
            120000,
            "0.06",
            start=JAN,
            periods=36,
            grace=12,
            method="equal-principal",
            extra_payments=[(date(2024, 6, 15), 20000)],
        )
        rows = [row for row in plan if row.days]
        assert len(rows) == 32
        assert {row.principal for row in rows[12:]} == {Decimal(5000)}

    @pytest.mark.parametrize("rate", ["0.038", "0.045"])
    def test_a_later_rate_keeps_the_shorter_term(self, rate: str) -> None:
        extra = [(date(2025, 6, 15), 300000)]
        start = date(2024, 1, 15)
        fixed = schedule(1000000, "0.04", start=start, periods=120, extra_payments=extra)
        moved = schedule(
            1000000,
            [(start, "0.04"), (date(2026, 1, 1), rate)],
            start=start,
            periods=120,
            extra_payments=extra,
        )
        assert [row.due for row in moved] == [row.due for row in fixed]
        # the new payment is that of the balance over the instalments that are left
        first = next(n for n, row in enumerate(moved) if row.due == date(2026, 2, 15))
        left = len(moved) - first
        opening = moved[first].opening
        assert moved[first].payment == self._annuity(opening, Decimal(rate) / 12, left)
        assert abs(moved[-1].payment - moved[first].payment) < 1
        assert moved[-1].closing == 0

    def test_two_later_rates_keep_it_too(self) -> None:
        start, extra = date(2024, 1, 15), [(date(2025, 6, 15), 300000)]
        steps = [(start, "0.04"), (date(2026, 1, 1), "0.045"), (date(2028, 1, 1), "0.03")]
        fixed = schedule(1000000, "0.04", start=start, periods=120, extra_payments=extra)
        moved = schedule(1000000, steps, start=start, periods=120, extra_payments=extra)
        assert moved[-1].due == fixed[-1].due
        assert moved[-1].closing == 0

    def test_what_rounding_leaves_makes_no_row(self) -> None:
        # 1,000,000 / 360 = 2,777.77; 200,000 repaid is 72 parts: 288 instalments, not one more of 2.24
        plan = schedule(
            1000000,
            "0.0315",
            start=date(2024, 11, 1),
            periods=360,
            method="equal-principal",
            extra_payments=[(date(2026, 10, 15), 200000)],
        )
        rows = [row for row in plan if row.days]
        assert len(rows) == 288
        # 800,000 - 287 x 2,777.77 = 2,780.01
        assert str(rows[-1].principal) == "2780.01"
