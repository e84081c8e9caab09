"""Money swept into time deposits in whole units: what stands how long, and what it earns.

The newest deposit is broken first when the balance falls. A deposit earns the time rate for each whole
term that it stands, its principal renewed at the same rate, and the demand rate for the days beyond.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.account_spans import Span
from catalogue.values import BANK_YEAR, Money, Tenor, add_months


@attrs.frozen
class SweptDeposit:
    """An amount that stood from `start` (counted) to `end` (not)."""

    start: date
    end: date
    amount: Money

    @property
    def days(self) -> int:
        """Days that it stood."""
        return (self.end - self.start).days


def swept_deposits(pieces: Sequence[Span], target: Money, unit: Money) -> list[SweptDeposit]:
    """Deposits made of what each span holds above `target` in whole units of `unit`, broken ones first.

    Spans are of one account, in order.
    """
    if unit.minor <= 0:
        raise InputError(f"unit: {unit.text()} is not above zero; sweeping needs a unit")
    standing: list[SweptDeposit] = []
    broken: list[SweptDeposit] = []
    for piece in pieces:
        spare = max((piece.balance - target).minor, 0)
        change = unit * (spare // unit.minor) - Money.total((d.amount for d in standing), "CNY")
        if change.minor > 0:
            standing.append(SweptDeposit(piece.start, piece.end, change))
        while change.minor < 0:
            last = standing.pop()
            part = min(last.amount, -change)
            broken.append(attrs.evolve(last, end=piece.start, amount=part))
            if last.amount != part:
                standing.append(attrs.evolve(last, amount=last.amount - part))
            change += part
    return broken + [attrs.evolve(each, end=pieces[-1].end) for each in standing]


def deposit_earned(
    deposit: SweptDeposit, term: Tenor, time_rate: Decimal, demand_rate: Decimal
) -> tuple[Fraction, int]:
    """(exact interest, whole terms) of a deposit: terms by months, the days beyond on a year of 360.

    >>> from catalogue.values import Money, Tenor
    >>> held = SweptDeposit(date(2024, 1, 1), date(2024, 4, 11), Money.of(36_000))
    >>> earned, terms = deposit_earned(held, Tenor.parse("3m"), Decimal("0.02"), Decimal("0.001"))
    >>> earned, terms  # 36,000 × 2 % × 3/12 + 36,000 × 0.1 % × 10/360
    (Fraction(181, 1), 1)
    """
    months = term.months
    if not months:
        raise InputError(f"term: {term} is not whole months; a sweep goes into time deposits")
    terms = 0
    while add_months(deposit.start, months * (terms + 1)) <= deposit.end:
        terms += 1
    rest = (deposit.end - add_months(deposit.start, months * terms)).days
    amount = Fraction(deposit.amount.amount)
    by_term = amount * Fraction(time_rate) * months * terms / 12
    return by_term + amount * Fraction(demand_rate) * rest / BANK_YEAR, terms
