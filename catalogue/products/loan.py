"""The base of loans: repayment schedule, flows and totals from terms; families add their own rules.

Every optional field of COMMON_FIELDS that a definition declares (grace, drawdowns, extra_payments,
rate_steps, balloon …) works here, so that a loan product is its definition and a few lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths import schedule
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Flow, Result, Terms
from catalogue.values import Money, Tenor

MONTHS_PER_PERIOD: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}
_DAYS_PER_PERIOD: Mapping[str, int] = {"weekly": 7, "fortnightly": 14}


def number_of_periods(tenor: Tenor, frequency: str, start: date) -> int:
    """Payments in a tenor: every period begun counts, so that the last one falls on maturity.

    >>> number_of_periods(Tenor.parse("3y"), "quarterly", date(2024, 1, 31))
    12
    """
    if frequency == "semi-monthly":
        return 2 * number_of_periods(tenor, "monthly", start)
    if frequency in _DAYS_PER_PERIOD:
        days = (tenor.end(start) - start).days
        return max(1, round(days / _DAYS_PER_PERIOD[frequency]))
    months = tenor.months
    if months is None:
        months = max(1, -(-tenor.count // 30))
    return max(1, -(-months // MONTHS_PER_PERIOD[frequency]))


class Loan(Product):
    """A loan that is drawn, bears interest and is repaid by a schedule.

    Class attributes that a product may change: `default_method`, `default_frequency`. A product that
    computes its schedule otherwise overrides `repayment`; one with more results, `results`.
    """

    default_method = "level"
    default_frequency = "monthly"

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, with the loan's method and frequency."""
        terms = super().terms(ctx)
        return attrs.evolve(
            terms,
            method=terms.method or self.default_method,
            frequency=terms.frequency or self.default_frequency,
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Flows and totals from the schedule."""
        rows = self.repayment(ctx, terms)
        return self.contract(ctx, terms, rows)

    def contract(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Contract:
        """A contract from a schedule: drawn amounts received, payments paid."""
        currency = terms.currency
        flows = tuple(
            Flow(on, Money.of(amount, currency), "drawdown" if amount > 0 else "payment")
            for on, amount in rows.flows()
            if amount
        )
        principal, interest = need_amount(terms), Money.of(rows.total_interest, currency)
        ctx.explain(
            "totals.interest", interest, "sum of the schedule's interest, each row rounded to the minor unit",
            {"rows": len(rows), "method": terms.method, "day_count": terms.day_count or "months"},
        )  # fmt: skip
        return Contract(
            currency, flows, {"principal": principal, "interest": interest}, rows,
            tuple(self.results(ctx, terms, rows)), apr=True,
        )  # fmt: skip

    def repayment(self, ctx: QuoteContext, terms: Terms) -> Schedule:
        """The schedule of the agreed terms."""
        return schedule(need_amount(terms).amount, annual_rates(ctx, terms), **self.plan(ctx, terms))

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """The keyword arguments for `catalogue.maths.schedule`; products may change them."""
        ask, frequency = ctx.ask, terms.frequency or self.default_frequency
        tenor = ask.tenor
        method = terms.method or self.default_method
        parts = [row["amount"].amount for row in ask.get("instalments", ())]
        if method == "custom" and not parts:
            raise InputError("instalments: is missing; method custom needs the principal of each instalment")
        periods = len(parts) if method == "custom" else number_of_periods(tenor, frequency, terms.start)
        made: dict[str, Any] = {
            "start": terms.start, "periods": periods, "method": method, "frequency": frequency,
            "day_count": terms.day_count if terms.day_count not in (None, "months") else None,
            "currency": terms.currency, "principal_parts": parts,
            "drawdowns": dated(ask.get("drawdowns", ())),
            "extra_payments": dated(ask.get("extra_payments", ())),
        }  # fmt: skip
        for name in ("first_due", "grace", "extra_mode"):
            if name in ask:
                made[name] = ask[name]
        for name in ("balloon", "payment_multiple"):
            if name in ask:
                made[name] = ask[name].amount
        if "business_day" in ctx.version.terms:
            made |= {"business_day": ctx.term("business_day"), "calendar": ctx.calendar}
        return made

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The figures that a client asks first: the payment, and the largest one when they differ."""
        payments = [payment for payment in rows.columns.payment if payment]
        first = Money(payments[0], terms.currency)
        made = [Result("first_payment", "First payment", "首期还款额", first)]
        largest = max(payments)
        if largest != payments[0]:
            made.append(
                Result("largest_payment", "Largest payment", "最高一期还款额", Money(largest, terms.currency))
            )
        return made


def need_amount(terms: Terms) -> Money:
    """The amount of the terms; InputError if there is none."""
    if terms.amount is None:
        raise InputError("amount: is missing; state it (--amount ...)")
    return terms.amount


def annual_rates(ctx: QuoteContext, terms: Terms) -> Decimal | list[tuple[date, Decimal]]:
    """The contract's rate, or the path of rates when the ask gives `rate_steps`."""
    if terms.rate is None:
        raise InputError(f"{ctx.code}: has no rate; the definition needs a [rate]")
    steps = ctx.ask.get("rate_steps", ())
    if not steps:
        return terms.rate.annual
    return [(terms.start, terms.rate.annual), *((step["from"], step["rate"]) for step in steps)]


def dated(rows: Sequence[Mapping[str, Any]]) -> list[tuple[date, Decimal]]:
    """Rows with date and amount as pairs for the maths."""
    return [(row["date"], row["amount"].amount) for row in rows]
