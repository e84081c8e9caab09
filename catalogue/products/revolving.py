"""A revolving loan: draws and repayments within a limit, interest by days on the balance of each day.

On one day repayments come before draws. Interest is settled on the due dates and rounded there once;
what is drawn is repaid at maturity at the latest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import attrs

from catalogue.errors import InputError
from catalogue.products.results import PlainRow
from catalogue.values import Money, day_count_fraction

Dated = Sequence[tuple[date, Money]]


@attrs.frozen
class Usage:
    """How a limit is used: the balance from each day on, and what was drawn and repaid."""

    limit: Money
    start: date
    maturity: date
    draws: tuple[tuple[date, Money], ...]
    repayments: tuple[tuple[date, Money], ...]
    balances: tuple[tuple[date, Money], ...]

    @property
    def drawn(self) -> Money:
        """All that is drawn over the life."""
        return Money.total((amount for _, amount in self.draws), self.limit.currency)

    @property
    def peak(self) -> Money:
        """The greatest balance."""
        return max(balance for _, balance in self.balances)

    def average(self) -> Money:
        """The mean balance by days."""
        ends = [*(since for since, _ in self.balances[1:]), self.maturity]
        total = sum(
            balance.minor * (end - since).days
            for (since, balance), end in zip(self.balances, ends, strict=True)
        )
        return Money.rounded(
            Fraction(total, (self.maturity - self.start).days)
            * Fraction(Money(1, self.limit.currency).amount),
            self.limit.currency,
        )


def usage(limit: Money, start: date, maturity: date, draws: Dated, repayments: Dated) -> Usage:
    """Check draws and repayments and follow the balance; what is left is repaid at maturity.

    Raises:
        InputError: a day outside the life, a balance above the limit, a repayment above the balance.
    """
    events: dict[date, list[Money]] = {}
    for what, rows, sign in (("repayments", repayments, -1), ("drawdowns", draws, 1)):
        for day, amount in rows:
            _check_event(what, day, amount, start, maturity)
            events.setdefault(day, []).append(amount * sign)
    balances = _follow(limit, start, events)
    last = balances[-1][1]
    paid = sorted(repayments)
    if last.minor:
        paid.append((maturity, last))
    kept = tuple((day, balance) for day, balance in balances if day < maturity)
    return Usage(limit, start, maturity, tuple(sorted(draws)), tuple(paid), kept)


def _check_event(what: str, day: date, amount: Money, start: date, maturity: date) -> None:
    inside = start <= day < maturity or (what == "repayments" and day == maturity)
    if not inside:
        raise InputError(f"{what}: {day} is outside the life of the limit, {start} to {maturity}")
    if amount.minor <= 0:
        raise InputError(f"{what}: {amount} on {day} is not above 0")


def _follow(
    limit: Money, start: date, events: Mapping[date, Sequence[Money]]
) -> list[tuple[date, Money]]:
    """(day, balance at its end) from the start on; never below zero nor over the limit."""
    balance = Money.zero(limit.currency)
    balances = {start: balance}
    for day in sorted(events):
        for change in events[day]:
            if (balance + change).minor < 0:
                raise InputError(
                    f"repayments: {-change} on {day} is more than the balance {balance} on that day"
                )
            balance += change
            if balance > limit:
                raise InputError(
                    f"drawdowns: the balance {balance} on {day} is over the limit {limit}"
                )
        balances[day] = balance
    return list(balances.items())


def revolving_rows(
    used: Usage, due: Sequence[date], rates: Sequence[tuple[date, Decimal]], day_count: str
) -> tuple[PlainRow, ...]:
    """Rows on settlement dates (interest, and what is repaid that day) and on days of repayment.

    `due` are the settlement dates, the last the maturity; `rates` [(from, rate)] from the start on.
    """
    repaid: dict[date, int] = {}
    for day, amount in used.repayments:
        repaid[day] = repaid.get(day, 0) + amount.minor
    interest = {
        end: _interest(used, begin, end, rates, day_count)
        for begin, end in pairwise([used.start, *due])
    }
    currency, mark, closing = used.limit.currency, used.start, 0
    rows: list[PlainRow] = []
    drawn_at = [(day, amount.minor) for day, amount in used.draws]
    for day in sorted({*repaid, *due}):
        # What is drawn on the day of a repayment comes after it.
        opening = closing + sum(minor for on, minor in drawn_at if on < day)
        drawn_at = [(on, minor) for on, minor in drawn_at if on >= day]
        principal, charge = repaid.get(day, 0), interest.get(day, 0)
        days = 0
        if day in interest:
            days, mark = (day - mark).days, day
        closing = opening - principal
        amounts = (
            Money(minor, currency).amount
            for minor in (opening, principal, charge, 0, principal + charge, closing)
        )
        rows.append(PlainRow(len(rows) + 1, day, days, *amounts))
    return tuple(rows)


def _interest(
    used: Usage, begin: date, end: date, rates: Sequence[tuple[date, Decimal]], day_count: str
) -> int:
    """Interest of a settlement period in minor units, cut where balance or rate changes."""
    cuts = {since for since, _ in (*used.balances, *rates) if begin < since < end}
    exact = Fraction(0)
    for left, right in pairwise(sorted({begin, end, *cuts})):
        balance = [amount for since, amount in used.balances if since <= left][-1]
        rate = [annual for since, annual in rates if since <= left][-1]
        exact += balance.minor * Fraction(rate) * day_count_fraction(left, right, day_count)
    unit = Fraction(Money(1, used.limit.currency).amount)
    return Money.rounded(exact * unit, used.limit.currency).minor
