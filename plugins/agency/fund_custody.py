"""Fund custody (基金托管): a fee accrued every day on the value of the day before, paid by calendar month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import groupby

import attrs

from catalogue import Contract, Fee, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.agency import AgencyService
from catalogue.products.fees import own_fee
from catalogue.products.plain_rows import fee_row
from catalogue.values import add_months, is_leap, percent_text


@attrs.frozen
class Month:
    """The fee of a calendar month, or of what the term has of it, and the shares of the rate of its days.

    `due`: the first day of the next month, or the end of the term.
    """

    n: int
    first: date
    due: date
    days: int
    fee: Money
    shares: tuple[Decimal, ...]

    @property
    def name(self) -> str:
        """2024-01."""
        return self.first.isoformat()[:7]


class FundCustody(AgencyService):
    """Daily accrual, each day rounded to the fen, as fund contracts have it."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """One row a month; the core places the month's fee in it."""
        rows = tuple(
            fee_row(month.n, month.due, month.days, self.fee_currency)
            for month in _months_of(ctx, terms)
        )
        return attrs.evolve(super().price(ctx, terms), schedule=rows)

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Days, and the fee of the first day."""
        fees = list(_daily_fees(ctx, terms))
        _, first, share = fees[0]
        ctx.explain(
            "result.first_day",
            first,
            "value of the day before × rate × share ÷ days of the year",
            {"value": terms.amount, "share": share, "year_basis": ctx.ask["year_basis"]},
        )
        return [
            Result("days", "Days of the term", "计提天数", len(fees), "days"),
            Result("first_day", "Fee of the first day", "首日托管费", first),
        ]

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee of every month, due when it is over."""
        source = ctx.source("figures", "custody_rate")
        rate = ctx.figure("custody_rate", key=ctx.ask["kind"])
        made = []
        for month in _months_of(ctx, terms):
            name = month.name
            words = (f"custody-{month.n}", f"Custody fee, {name}", f"托管费 {name}")
            formula = (
                f"Σ of {month.days} day{'' if month.days == 1 else 's'}: value of the day before × {percent_text(rate)}"
                f"{_share_words(month.shares)} ÷ days of the year"
            )
            made.append(own_fee(ctx, words, month.fee, formula, source=source, due=month.due))
        return made


def _share_words(shares: Sequence[Decimal]) -> str:
    """How the size lowered the rate: nothing, one share, or the shares between which it moved."""
    lowest, highest = min(shares), max(shares)
    if lowest == highest:
        return "" if lowest == 1 else f" × {percent_text(lowest)} by size"
    return f" × {percent_text(lowest)} to {percent_text(highest)} by size of the day"


def _term_days(terms: Terms) -> Iterator[date]:
    """The days of the term: from the value date to the day before maturity."""
    if terms.maturity is None:
        raise InputError("tenor: is missing; custody runs over a term")
    for offset in range((terms.maturity - terms.start).days):
        yield terms.start + timedelta(days=offset)


def _values_by_day(ctx: QuoteContext, terms: Terms) -> list[tuple[date, Money]]:
    """(first day priced by it, net asset value) in order.

    Raises:
        InputError: days out of order or outside the term, a value below zero.
    """
    made = [(terms.start, ctx.ask.amount)]
    for number, row in enumerate(ctx.ask.get("navs", ()), 1):
        day, value = row["date"], row["amount"]
        if value.minor < 0:
            raise InputError(f"navs[{number}].amount: {value.text()} is below zero")
        before, prices = made[-1][0] - timedelta(days=1), day + timedelta(days=1)
        if day <= before:
            raise InputError(
                f"navs[{number}].date: {day} is not after {before}, the day of the value before"
            )
        if terms.maturity is not None and prices >= terms.maturity:
            raise InputError(f"navs[{number}].date: {day} prices no day before {terms.maturity}")
        made.append((prices, value))
    return made


def _daily_fees(ctx: QuoteContext, terms: Terms) -> Iterator[tuple[date, Money, Decimal]]:
    """(day, fee, share): value of the day before × rate × share of its size ÷ days of the year, to the fen."""
    values = _values_by_day(ctx, terms)
    rate = Fraction(ctx.figure("custody_rate", key=ctx.ask["kind"]))
    ctx.figure("size_share", at=values[0][1])  # recorded once; the other days read the same bands
    bands = ctx.version.figures["size_share"]
    actual, step = ctx.ask["year_basis"] == "actual", 0
    for day in _term_days(terms):
        while step + 1 < len(values) and values[step + 1][0] <= day:
            step += 1
        value = values[step][1].amount
        year = 366 if actual and is_leap(day.year) else 365
        share = bands.at(value)
        yield day, Money.rounded(Fraction(value) * rate * Fraction(share) / year), share


def _months_of(ctx: QuoteContext, terms: Terms) -> list[Month]:
    """Calendar months, as fund contracts pay them: the first and the last hold the days of the term only."""
    made = []
    by_month = groupby(_daily_fees(ctx, terms), key=lambda item: item[0].replace(day=1))
    for n, (month, items) in enumerate(by_month, 1):
        days, fees, shares = zip(*items, strict=True)
        due = add_months(month, 1)
        if terms.maturity is not None:
            due = min(due, terms.maturity)
        made.append(Month(n, days[0], due, len(days), Money.total(fees), shares))
    return made


plugin = FundCustody()
