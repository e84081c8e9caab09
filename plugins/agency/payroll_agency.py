"""Payroll agency (代发工资): per item and per month, with a minimum, and the value of the float."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue import InputError, QuoteContext, Result, Terms
from catalogue.products.agency import AgencyService, float_value


class PayrollAgency(AgencyService):
    """Paying wages from one file."""

    invoiced = True

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; items are those of a month."""
        ask = ctx.ask
        other = ask["other_bank_count"]
        if other > ask["count"]:
            raise InputError(
                f"other_bank_count: {other} is over the number of persons, {ask['count']}"
            )
        times = ask["payments_a_month"]
        return (
            super()
            .terms(ctx)
            .with_extra(own_items=(ask["count"] - other) * times, other_items=other * times)
        )

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Fees of a month, and what the money is worth before payday."""
        ask = ctx.ask
        paydays = self.months(terms) * ask["payments_a_month"]
        held = Fraction(ask.amount.amount) * ask["paid_in_days"] * paydays
        return [
            self.monthly(ctx, terms),
            *float_value(ctx, held, "wages × days before payday × paydays"),
        ]


plugin = PayrollAgency()
