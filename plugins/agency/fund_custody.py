"""Fund custody (基金托管): a fee accrued every day on the value of the day before, paid by the month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.agency import AgencyService, own_fee
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Fee, PlainRow, Result, Terms
from catalogue.values import Money, add_months, is_leap, percent_text


@attrs.frozen
class Month:
    """The fee of one month of the term, and the shares of the rate that its days were charged."""

    n: int
    due: date
    days: int
    fee: Money
    shares: tuple[Decimal, ...]


class FundCustody(AgencyService):
    """Daily accrual, each day rounded to the fen, as fund contracts have it."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """One row a month; the core places the month's fee in it."""
        zero = Money.zero(self.fee_currency).amount
        rows = tuple(
            PlainRow(month.n, month.due, month.days, zero, zero, zero, zero, zero, zero)
            for month in months_of(ctx, terms)
        )
        return attrs.evolve(super().price(ctx, terms), schedule=rows)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee of every month, due at its end."""
        source = ctx.source("figures", "custody_rate")
        rate = ctx.figure("custody_rate", key=ctx.ask["kind"])
        made = []
        for month in months_of(ctx, terms):
            words = (f"custody-{month.n}", f"Custody fee, month {month.n}", f"托管费第{month.n}月")
            formula = (
                f"Σ of {month.days} days: value of the day before × {percent_text(rate)}"
                f"{share_words(month.shares)} ÷ days of the year"
            )
            made.append(own_fee(ctx, words, month.fee, formula, source=source, due=month.due))
        return made

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Days, and the fee of the first day."""
        fees = list(daily_fees(ctx, terms))
        _, first, share = fees[0]
        ctx.explain(
            "result.first_day", first, "value of the day before × rate × share ÷ days of the year",
            {"value": terms.amount, "share": share, "year_basis": ctx.ask["year_basis"]},
        )  # fmt: skip
        return [
            Result("days", "Days of the term", "计提天数", len(fees), "days"),
            Result("first_day", "Fee of the first day", "首日托管费", first),
        ]


def share_words(shares: Sequence[Decimal]) -> str:
    """How the size lowered the rate: nothing, one share, or the shares between which it moved."""
    lowest, highest = min(shares), max(shares)
    if lowest == highest:
        return "" if lowest == 1 else f" × {percent_text(lowest)} by size"
    return f" × {percent_text(lowest)} to {percent_text(highest)} by size of the day"


def term_days(terms: Terms) -> Iterator[date]:
    """The days of the term: from the value date to the day before maturity."""
    if terms.maturity is None:
        raise InputError("tenor: is missing; custody runs over a term")
    for offset in range((terms.maturity - terms.start).days):
        yield terms.start + timedelta(days=offset)


def values_by_day(ctx: QuoteContext, terms: Terms) -> list[tuple[date, Money]]:
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


def daily_fees(ctx: QuoteContext, terms: Terms) -> Iterator[tuple[date, Money, Decimal]]:
    """(day, fee, share): value of the day before × rate × share of its size ÷ days of the year, to the fen."""
    values = values_by_day(ctx, terms)
    rate = Fraction(ctx.figure("custody_rate", key=ctx.ask["kind"]))
    ctx.figure("size_share", at=values[0][1])  # recorded once; the other days read the same bands
    bands = ctx.version.figures["size_share"]
    actual, step = ctx.ask["year_basis"] == "actual", 0
    for day in term_days(terms):
        while step + 1 < len(values) and values[step + 1][0] <= day:
            step += 1
        value = values[step][1].amount
        year = 366 if actual and is_leap(day.year) else 365
        share = bands.at(value)
        yield day, Money.rounded(Fraction(value) * rate * Fraction(share) / year), share


def months_of(ctx: QuoteContext, terms: Terms) -> list[Month]:
    """The term month by month, counted from the value date, the last one as long as it is."""
    made: list[Month] = []
    fees: list[Money] = []
    shares: list[Decimal] = []
    due = add_months(terms.start, 1)
    for day, fee, share in daily_fees(ctx, terms):
        if day >= due:
            made.append(Month(len(made) + 1, due, len(fees), Money.total(fees), tuple(shares)))
            fees, shares, due = [], [], add_months(terms.start, len(made) + 1)
        fees.append(fee)
        shares.append(share)
    last = terms.maturity or due
    return [*made, Month(len(made) + 1, last, len(fees), Money.total(fees), tuple(shares))]


plugin = FundCustody()
