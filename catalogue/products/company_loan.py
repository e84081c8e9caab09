"""The base of loans to companies: settlement on the 20th, repayments of principal on agreed days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.context import QuoteContext
from catalogue.products.loan import Loan, dated, need_amount
from catalogue.products.results import Result, Terms
from catalogue.values import add_months

# Class by tenor, and the years up to which it reaches.
_CLASSES = (("short-term", 1), ("medium-term", 5))
_LONGEST = "long-term"


class CompanyLoan(Loan):
    """Interest quarterly (or monthly) on the settlement day, the rest at maturity.

    Ask fields beside those of every loan, each only where the definition declares it: with method
    custom the principal by due date (`instalments`), or by day (`repayments`, rows of date and amount).
    """

    default_method = "bullet"
    default_frequency = "quarterly"

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """Repayments on agreed days are principal paid between the due dates of a bullet loan."""
        agreed = self.agreed_repayments(ctx)
        if not agreed:
            return super().plan(ctx, terms)
        if terms.method != "custom":
            raise InputError(f"repayments: only method custom takes them, not {terms.method}")
        if ctx.ask.get("instalments"):
            raise InputError("repayments: stated together with instalments; state one of them")
        made = super().plan(ctx, attrs.evolve(terms, method="bullet"))
        _check_agreed(ctx, terms, agreed)
        made["extra_payments"] = sorted([*agreed, *made["extra_payments"]])
        return made

    def agreed_repayments(self, ctx: QuoteContext) -> Sequence[tuple[date, Decimal]]:
        """The ask's `repayments`."""
        return dated(ctx.ask.get("repayments", ()))

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What every loan shows, its class by tenor, and the reference that the rate was made from."""
        return [
            *super().results(ctx, terms, rows),
            tenor_class(ctx),
            *reference_results(terms),
        ]


def tenor_class(ctx: QuoteContext) -> Result:
    """Short up to a year, medium up to 5, long beyond, as the General Rules on Loans class them."""
    start, maturity = ctx.ask.start, ctx.ask.maturity
    name = next(
        (name for name, years in _CLASSES if maturity <= add_months(start, 12 * years)), _LONGEST
    )
    ctx.explain(
        "result.tenor_class",
        name,
        "short up to 1 year, medium up to 5, long beyond",
        {"start": start, "maturity": maturity},
    )
    return Result("tenor_class", "Class by tenor", "期限分类", name, "text")


def reference_results(terms: Terms) -> Sequence[Result]:
    """The reference that the rate was made from, which conditions compare the rate with."""
    rate = terms.rate
    if rate is None or rate.spread is None:
        return ()
    listed = rate.annual - rate.spread
    return (Result("reference_rate", "Reference rate", "定价基准利率", listed, "rate"),)


def _check_agreed(ctx: QuoteContext, terms: Terms, agreed: Sequence[tuple[date, Decimal]]) -> None:
    """The maths takes agreed repayments for early ones; here an error can name the ask's field."""
    maturity, repaid = ctx.ask.maturity, Decimal(0)
    draws = dated(ctx.ask.get("drawdowns", ())) or [(terms.start, need_amount(terms).amount)]
    for day, amount in sorted(agreed):
        if not terms.start < day <= maturity:
            raise InputError(
                f"repayments: {day} is outside the loan's life, after {terms.start} to {maturity}"
            )
        if amount <= 0:
            raise InputError(f"repayments: {amount} on {day} is not above 0")
        owed = sum((drawn for on, drawn in draws if on <= day), Decimal(0)) - repaid
        if amount > owed:
            raise InputError(
                f"repayments: {amount} on {day} is more than the balance {owed} on that day"
            )
        repaid += amount
