"""Utility collection (代收公用事业费): per item or by share, a minimum a month, the value of the float."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.agency import AgencyService, float_value


class UtilityCollection(AgencyService):
    """Collecting bills for the company that sends them; users pay nothing."""

    invoiced = True

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Fees of a month and of a bill, and what the money is worth until it is passed on."""
        ask = ctx.ask
        monthly = self.monthly(ctx, terms)
        item = Money.rounded(Fraction(monthly.value.amount) / ask["count"], self.fee_currency)
        ctx.explain("result.fee_per_item", item, "fees of a month ÷ bills", {"bills": ask["count"]})
        held = Fraction(ask.amount.amount) * ask["held_days"] * self.months(terms)
        return [
            monthly,
            Result("fee_per_item", "Fee of a bill on average", "每笔平均费用", item),
            *float_value(ctx, held, "collected a month × days × months"),
        ]


plugin = UtilityCollection()
