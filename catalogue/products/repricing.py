"""Floating rates: the path of a loan's rate when its reference moves, by the repricing days agreed.

Ask fields: `repricing` (anniversary, january-1, half-yearly, quarterly, monthly, none) and
`reference_path`, rows of (from, rate): what the reference is expected to be. On each repricing day
the rate becomes the reference in force on that day × multiple + spread; between them it stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Result, Terms
from catalogue.values import add_months

_STEP_MONTHS: Mapping[str, int] = {
    "anniversary": 12,
    "half-yearly": 6,
    "quarterly": 3,
    "monthly": 1,
}


def rate_steps(ctx: QuoteContext, terms: Terms) -> list[tuple[date, Decimal]]:
    """The rate from the value date on, and every later rate with its first day.

    One entry when the ask states no path. `rate_steps` of the ask are contract rates as they are;
    `reference_path` goes through the repricing days.
    """
    if terms.rate is None:
        raise InputError(f"{ctx.code}: has no rate; the definition needs a [rate]")
    first = (terms.start, terms.rate.annual)
    stated, path = ctx.ask.get("rate_steps", ()), ctx.ask.get("reference_path", ())
    if stated and path:
        raise InputError("rate_steps: stated together with reference_path; state one of them")
    if stated:
        return [first, *_later(terms.start, stated)]
    if not path:
        return [first]
    return [first, *_repriced(ctx, terms)]


def _later(start: date, stated: Sequence[Mapping[str, Any]]) -> list[tuple[date, Decimal]]:
    """The rows of `rate_steps` in date order; each must come after the value date, on a day of its own."""
    rows = sorted((row["from"], row["rate"]) for row in stated)
    days = [day for day, _ in rows]
    if days[0] <= start:
        raise InputError(f"rate_steps: {days[0]} is not after the value date {start}")
    if len(set(days)) < len(days):
        twice = next(day for day in days if days.count(day) > 1)
        raise InputError(f"rate_steps: {twice} is stated twice")
    return rows


def repricing_days(rule: str, start: date, end: date) -> Iterator[date]:
    """The days after `start` and before `end` on which the rate is set anew.

    >>> [str(day) for day in repricing_days("january-1", date(2024, 3, 15), date(2026, 3, 15))]
    ['2025-01-01', '2026-01-01']
    """
    if rule == "january-1":
        yield from (
            date(year, 1, 1)
            for year in range(start.year + 1, end.year + 1)
            if date(year, 1, 1) < end
        )
        return
    step, number = _STEP_MONTHS[rule], 1
    while (day := add_months(start, step * number)) < end:
        yield day
        number += 1


def repricing_results(ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
    """The first day on which the rate is set anew; none for a fixed rate or a loan that ends before."""
    rate, rule = terms.rate, ctx.ask.get("repricing", "none")
    if rate is None or rate.spread is None or rate.reference is None or terms.maturity is None:
        return ()
    if rule == "none":
        return ()
    first = next(repricing_days(rule, terms.start, terms.maturity), None)
    if first is None:
        return ()
    return (Result("first_repricing", "Rate is set anew from", "首个重定价日", first, "date"),)


def _repriced(ctx: QuoteContext, terms: Terms) -> list[tuple[date, Decimal]]:
    rate, rule = terms.rate, ctx.ask.get("repricing", "anniversary")
    if rate is None or rate.spread is None or rate.reference is None:
        raise InputError("reference_path: this rate has no reference that could move")
    if rule == "none":
        raise InputError("reference_path: repricing is none, so the rate stays as agreed")
    if terms.maturity is None:
        raise InputError("reference_path: the loan has no maturity")
    multiple = Decimal(terms.extra.get("rate_multiple", 1))
    path = sorted((row["from"], row["rate"]) for row in ctx.ask["reference_path"])
    made: list[tuple[date, Decimal]] = []
    current = rate.annual
    for day in repricing_days(rule, terms.start, terms.maturity):
        known = [reference for since, reference in path if since <= day]
        annual = known[-1] * multiple + rate.spread if known else rate.annual
        if annual != current:
            made.append((day, annual))
            current = annual
    ctx.explain(
        "rate.path",
        ", ".join(f"{day}: {annual}" for day, annual in made) or "unchanged",
        "on each repricing day: expected reference × multiple + spread",
        {"repricing": rule, "multiple": multiple, "spread": rate.spread},
    )
    return made
