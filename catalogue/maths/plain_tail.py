"""The tight loop for rows in which nothing happens but the instalment."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import repeat
from operator import sub
from typing import NoReturn

from catalogue.errors import InputError
from catalogue.maths._loan_args import Ratio, major
from catalogue.maths.loan_plan import LoanPlan
from catalogue.values import round_ratio

Rows = tuple[list[int], list[int], list[int]]


def plain_rows(
    plan: LoanPlan,
    first: int,
    balance: int,
    amount: int,
    factors: Iterable[Ratio],
    end: int,
    crumbs: int = 0,
) -> Rows:
    """Interest, principal and closing from row `first` on; ends early when nothing is left.

    `amount` is the whole payment of a level loan, else the principal part of each row; row `end`
    takes what is left, and so does a row that would leave less than `crumbs`.
    """
    if plan.method == "level" and plan.rule == "half_up" and isinstance(factors, repeat):
        num, den = next(factors)
        return _steady(plan, first, balance, amount, (num, den), end)
    level = plan.method == "level"
    interests: list[int] = []
    principals: list[int] = []
    closings: list[int] = []
    half_up, rule = plan.rule == "half_up", plan.rule
    left = end - first
    for num, den in factors:
        # The same figure as round_ratio; written out because it is most of a schedule's time.
        interest = (
            (2 * balance * num + den) // (2 * den)
            if half_up
            else round_ratio(balance * num, den, rule)
        )
        principal = amount - interest if level else amount
        if principal < 0 and left and not plan.capitalise_shortfall:
            refuse_shortfall(plan, plan.due[first + len(interests)], interest, amount)
        if left == 0 or balance - principal < crumbs:
            principal = balance
        balance -= principal
        interests.append(interest)
        principals.append(principal)
        closings.append(balance)
        if balance == 0:
            break
        left -= 1
    return interests, principals, closings


def _steady(
    plan: LoanPlan, first: int, balance: int, payment: int, factor: Ratio, end: int
) -> Rows:
    """A level loan with one factor for every period: only the balance is looped over."""
    num, den = factor
    double, half, whole = 2 * num, den, 2 * den
    interest = (balance * double + half) // whole
    if interest > payment and first < end and not plan.capitalise_shortfall:
        # The first interest is the largest: the balance doesn't grow after it.
        refuse_shortfall(plan, plan.due[first], interest, payment)
    # balance + interest - payment in one division: whole units go in and out of it unrounded
    opening, grown, less = balance, whole + double, half - payment * whole
    closings = [balance := (balance * grown + less) // whole for _ in range(end - first)]
    if closings and closings[-1] <= 0:  # a balance once repaid never rises again
        del closings[next(n for n, left in enumerate(closings) if left <= 0) :]
    last = closings[-1] if closings else opening
    closings.append(0)
    principals = list(map(sub, [opening, *closings], closings))
    interests = list(map(sub, repeat(payment), principals))
    interests[-1] = (last * double + half) // whole
    return interests, principals, closings


def refuse_shortfall(plan: LoanPlan, due: date, interest: int, payment: int) -> NoReturn:
    """The error of a payment that doesn't cover the interest."""
    raise InputError(
        f"schedule: on {due} the interest {major(interest, plan.currency)} is more than the level "
        f"payment {major(payment, plan.currency)}, so the balance would grow; choose another first "
        "due date or term, or interest_shortfall='capitalise'"
    )
