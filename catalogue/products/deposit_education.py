"""Education savings: instalments for studies, with proof at the lump-sum rate and free of tax."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.maths import education_savings
from catalogue.maths.deposit_instalment import InstalmentInterest
from catalogue.products.context import QuoteContext
from catalogue.products.deposit import Outcome, Parts, need_tenor_months
from catalogue.products.deposit_plans import InstalmentSavings
from catalogue.products.results import Result, Terms, annual
from catalogue.values import Money, Tenor

_LUMP_TENORS = ("3m", "6m", "1y", "2y", "3y", "5y")


class EducationSavings(InstalmentSavings):
    """With the ask's `proof` of study: the lump-sum rate; without: as instalment savings.

    Figures: `most`, all that may be paid in; `time_column_<tenor>`, the lump-sum tenor that the rules
    pair with the tenor of the plan.
    """

    def rate_column(self, ctx: QuoteContext) -> str:
        """The lump-sum rate that the rules pair with the tenor, or the instalment rate."""
        paired = ctx.figure_text(f"time_column_{ctx.ask.tenor}")
        return paired if ctx.ask["proof"] else f"instalment-{paired}"

    def plan(
        self, ctx: QuoteContext, terms: Terms, on: date | None, counts: list[int]
    ) -> InstalmentInterest:
        """Interest with or without proof; the limit on what may be paid in holds."""
        most, months = Money.of(ctx.figure("most")), need_tenor_months(terms)
        number = sum(counts) if "instalments_paid" in ctx.ask else months
        if (total := ctx.ask.amount * number) > most:
            each = Money.rounded(Fraction(most.amount) / number, rule="down")
            raise InputError(
                f"amount: {total.grouped()} would be paid in by {number} instalments, over the limit of"
                f" {most.grouped()}; at most {each.grouped()} each"
            )
        end = on or ctx.ask.maturity
        return education_savings(
            ctx.ask.amount.amount,
            start=terms.start,
            months=need_tenor_months(terms),
            time_rate=annual(terms),
            instalment_rate=annual(terms),
            with_proof=ctx.ask["proof"],
            early_rate=self._held_rate(ctx, end),
            demand_rate=self.demand_rate(ctx, end),
            instalments=counts,
            on=on,
            tax_rate=self.tax(ctx),
        )

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """As instalment savings; with proof, beside it what the privilege is worth."""
        made = super().outcome(ctx, terms, on, parts)
        if not ctx.ask["proof"]:
            return made
        column = f"instalment-{ctx.figure_text(f'time_column_{ctx.ask.tenor}')}"
        counts = self.counts(ctx, terms, on or ctx.ask.maturity)
        plain = self.at_rate(ctx, terms, self.listed(ctx, column), on, counts)
        more = made.net_interest(terms.currency) - Money.of(plain.interest.net, terms.currency)
        label = "More after tax than without proof"
        privilege = Result("privilege", label, "教育储蓄优惠(较无证明多得税后利息)", more)
        return attrs.evolve(made, results=[*made.results, privilege])

    def _held_rate(self, ctx: QuoteContext, end: date) -> Decimal:
        """The lump-sum rate, on the opening day, of the longest tenor held; else the demand rate."""
        reached = [t for t in _LUMP_TENORS if Tenor.parse(t).end(ctx.ask.start) <= end]
        return self.listed(ctx, reached[-1]) if reached else self.demand_rate(ctx, end)
