"""The base of loans to companies: settlement on the 20th, repayments of principal on agreed days."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.context import QuoteContext
from catalogue.products.loan import Loan, dated
from catalogue.products.results import Result, Terms


class CompanyLoan(Loan):
    """Interest quarterly (or monthly) on the settlement day, the rest at maturity.

    Method custom takes the principal by due date (`instalments`), or by day (`repayments`).
    """

    default_method = "bullet"
    default_frequency = "quarterly"

    def plan(self, ctx: QuoteContext, terms: Terms) -> dict[str, Any]:
        """Repayments on agreed days are principal paid between the due dates of a bullet loan."""
        agreed = ctx.ask.get("repayments", ())
        if not agreed:
            return super().plan(ctx, terms)
        if terms.method != "custom":
            raise InputError(f"repayments: only method custom takes them, not {terms.method}")
        if ctx.ask.get("instalments"):
            raise InputError("repayments: stated together with instalments; state one of them")
        made = super().plan(ctx, attrs.evolve(terms, method="bullet"))
        made["extra_payments"] = sorted([*dated(agreed), *made["extra_payments"]])
        return made

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """What every loan shows, and the reference that the rate was made from."""
        made = list(super().results(ctx, terms, rows))
        rate = terms.rate
        if rate is not None and rate.spread is not None:
            listed = rate.annual - rate.spread
            made.append(Result("reference_rate", "Reference rate", "定价基准利率", listed, "rate"))
        return made
