"""Balances that an ask gives: unchanged (`amount`) or from given days on (rows of date and amount)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Terms
from catalogue.values import Money


def balance_steps(ctx: QuoteContext, terms: Terms, field: str) -> list[tuple[date, date, Money]]:
    """(from, to, balance) over the term; `to` is not counted.

    Raises:
        InputError: neither stated or both, days out of order, before the value date or after the
            term, a first day after the value date, a balance below zero.
    """
    rows = ctx.ask.get(field)
    end = terms.maturity
    if end is None:
        raise InputError("tenor: is missing; balances are taken over a term")
    if rows is None:
        if terms.amount is None:
            raise InputError(f"amount: is missing; state it, or {field}=date:amount;…")
        return [(terms.start, end, terms.amount)]
    if "amount" in ctx.ask.stated:
        raise InputError(f"amount: stated together with {field}; state one of them")
    if not rows:
        raise InputError(f"{field}: is empty; state date:amount from {terms.start} on")
    dates = [row["date"] for row in rows]
    if dates[0] != terms.start:
        raise InputError(f"{field}[1].date: {dates[0]} is not the value date {terms.start}")
    _check_order(field, dates, end)
    for number, row in enumerate(rows, 1):
        if row["amount"].minor < 0:
            raise InputError(f"{field}[{number}].amount: {row['amount'].text()} is below zero")
    ends = [*dates[1:], end]
    return [(row["date"], until, row["amount"]) for row, until in zip(rows, ends, strict=True)]


def _check_order(field: str, dates: Sequence[date], end: date) -> None:
    for number, (before, day) in enumerate(pairwise(dates), 2):
        if day <= before:
            raise InputError(f"{field}[{number}].date: {day} does not follow {before}")
    if dates[-1] >= end:
        raise InputError(f"{field}[{len(dates)}].date: {dates[-1]} is not before the end, {end}")


def balance_days(ctx: QuoteContext, terms: Terms, field: str) -> Fraction:
    """Σ balance × days over the term."""
    return sum(
        (
            Fraction(balance.amount) * (until - since).days
            for since, until, balance in balance_steps(ctx, terms, field)
        ),
        Fraction(0),
    )


def average_balance(ctx: QuoteContext, terms: Terms, field: str) -> Money:
    """The average by days, to the minor unit."""
    steps = balance_steps(ctx, terms, field)
    days = (steps[-1][1] - steps[0][0]).days
    average = Money.rounded(balance_days(ctx, terms, field) / days, terms.currency)
    ctx.explain("terms.average_balance", average, "Σ balance × days ÷ days", {"days": days})
    return average


def lowest_balance(ctx: QuoteContext, terms: Terms, field: str) -> Money:
    """The lowest balance of the term."""
    return min(balance for _, _, balance in balance_steps(ctx, terms, field))
