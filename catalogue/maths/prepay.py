"""Early repayment: what closes a loan on a day, and what a partial repayment saves."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths._args import Amount, RateOrSteps
from catalogue.maths._loan_args import major
from catalogue.maths.repayment import schedule
from catalogue.maths.schedule_rows import Schedule
from catalogue.values import parse_date, round_fraction


@attrs.frozen
class Payoff:
    """What closes a loan on `on`: balance, interest accrued since the last due date, their sum."""

    on: date
    balance: Decimal
    interest: Decimal
    total: Decimal


@attrs.frozen
class Prepayment:
    """A loan with and without an extra repayment; savings in major units and rows."""

    before: Schedule
    after: Schedule
    interest_saved: Decimal
    rows_saved: int
    payment_before: Decimal
    payment_after: Decimal


def payoff(plan: Schedule, on: date) -> Payoff:
    """The amount that closes `plan` on `on`, all payments due until then (that day too) made.

    Interest accrues as the schedule's own does: by its day count, or month-based by actual days /
    360 but never more than a whole period; rounded once, by the schedule's rule. Where business
    days moved a due date, the interest goes to the date that it is reckoned to. After the last
    due date everything is zero; before the start: InputError.

    >>> loan = schedule(12000, "0.12", start=date(2024, 1, 1), periods=12, method="bullet")
    >>> payoff(loan, date(2024, 3, 16))  # 15 days: 12000 * 0.12 * 15 / 360
    Payoff(on=datetime.date(2024, 3, 16), balance=Decimal('12000.00'), \
interest=Decimal('60.00'), total=Decimal('12060.00'))
    """
    day = parse_date(on, "on")
    if day < plan.start:
        raise InputError(f"on: {day} is before the loan's start {plan.start}")
    balance, interest = _owed(plan, day)
    currency = plan.currency
    total = major(balance + interest, currency)
    return Payoff(day, major(balance, currency), major(interest, currency), total)


def prepayment(
    principal: Amount,
    annual_rate: RateOrSteps,
    *,
    start: date,
    periods: int,
    on: date,
    amount: Amount,
    extra_mode: str = "shorter",
    **options: Any,
) -> Prepayment:
    """What repaying `amount` on `on` changes; `options` are the other keywords of `schedule`.

    `payment_before` is the first instalment due after `on` without it, `payment_after` with it.

    >>> saved = prepayment(120000, "0.06", start=date(2024, 1, 1), periods=12,
    ...     on=date(2024, 4, 1), amount=30000, extra_mode="lower")
    >>> saved.payment_before, saved.payment_after, saved.interest_saved
    (Decimal('10327.97'), Decimal('6910.75'), Decimal('755.00'))
    """
    extras = [*options.pop("extra_payments", ())]
    common = {"start": start, "periods": periods, "extra_mode": extra_mode, **options}
    before = schedule(principal, annual_rate, extra_payments=extras, **common)
    after = schedule(principal, annual_rate, extra_payments=[*extras, (on, amount)], **common)
    saved = sum(before.columns.interest) - sum(after.columns.interest)
    return Prepayment(
        before,
        after,
        major(saved, before.currency),
        len(_instalments(before)) - len(_instalments(after)),
        _next_payment(before, on),
        _next_payment(after, on),
    )


def _owed(plan: Schedule, day: date) -> tuple[int, int]:
    """Balance and accrued interest in minor units at the end of `day`."""
    columns, loan = plan.columns, plan.plan
    made = bisect_right(columns.due, day)
    if made == len(columns.due):
        return 0, 0
    drawn = sum(amount for date_, amount in plan.draws if date_ <= day)
    bounds = loan.accrual.bounds
    paid = bisect_right(loan.due, day) - 1
    while paid > 0 and not loan.pays_interest[paid]:
        paid -= 1
    accrued = Fraction(0)
    for index in range(paid + 1, len(bounds)):
        if bounds[index - 1] >= day:
            break
        accrued += _accrued(plan, index, day)
    return drawn - sum(columns.principal[:made]), round_fraction(accrued, loan.rule)


def _accrued(plan: Schedule, index: int, day: date) -> Fraction:
    """Exact interest of period `index` to its end, or to `day` within it."""
    columns, loan = plan.columns, plan.plan
    bounds = loan.accrual.bounds
    begin = bounds[index - 1]
    drawn = sum(amount for d, amount in plan.draws if d < begin or d == bounds[0])
    repaid = sum(columns.principal[: bisect_right(columns.due, loan.due[index - 1])])
    events = loan.events.get(index)
    changes: list[tuple[date, int]] = []
    if events is not None:
        changes += events.draws
        changes += [(d, -amount) for d, amount in events.early]
    return loan.accrual.interest(index, drawn - repaid, sorted(changes), day)


def _instalments(plan: Schedule) -> list[int]:
    return [k for k, days in enumerate(plan.columns.days) if days or not plan.columns.extra[k]]


def _next_payment(plan: Schedule, on: date) -> Decimal:
    first = bisect_right(plan.columns.due, on)
    later = [k for k in _instalments(plan) if k >= first]
    return major(plan.columns.payment[later[0]] if later else 0, plan.currency)
