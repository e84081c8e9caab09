"""Balances of accounts as spans between dates: what pooling and sweeping are priced on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.values import BANK_YEAR, Money


@attrs.frozen
class Span:
    """A balance that stands from `start` (included) to `end` (not included)."""

    account: str
    start: date
    end: date
    balance: Money

    @property
    def days(self) -> int:
        """Days that the balance stands."""
        return (self.end - self.start).days


def spans(
    rows: Iterable[Mapping[str, Any]], start: date, end: date, *, account: str | None = None
) -> list[Span]:
    """Spans of each account between two dates from rows of date and balance (and account).

    A balance stands until the next row of its account; before its first row it is zero. Rows outside
    the dates, or two for one account on one day, are an InputError.
    """
    by_account: dict[str, dict[date, Money]] = {}
    for number, row in enumerate(rows, 1):
        name = account or str(row["account"])
        day, balance = row["date"], row["balance"]
        if not start <= day < end:
            raise InputError(f"balances[{number}].date: {day} is not from {start} to before {end}")
        if day in by_account.setdefault(name, {}):
            raise InputError(f"balances[{number}].date: {day} is stated twice for {name}")
        by_account[name][day] = balance
    made = []
    for name, balances in by_account.items():
        days = sorted(balances)
        for day, until in zip(days, [*days[1:], end], strict=True):
            made.append(Span(name, day, until, balances[day]))
    return made


def cut(pieces: Sequence[Span]) -> list[tuple[date, date, dict[str, Money]]]:
    """(start, end, account → balance) for every stretch in which no balance changes."""
    days = sorted({span.start for span in pieces} | {span.end for span in pieces})
    return [
        (one, two, {span.account: span.balance for span in pieces if span.start <= one < span.end})
        for one, two in pairwise(days)
    ]


def interest_of(balance: Money, days: int, credit: Decimal, debit: Decimal) -> Fraction:
    """Exact interest of a balance: credit on what is held, debit (negative) on what is owed."""
    rate = credit if balance.minor >= 0 else debit
    return Fraction(balance.amount) * Fraction(rate) * days / BANK_YEAR
