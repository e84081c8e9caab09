"""Bill discount (票据贴现): one bill or a portfolio, interest of the seller, the buyer or both."""

from __future__ import annotations

from datetime import date

from catalogue import InputError, QuoteContext, Terms
from catalogue.products.discount import DiscountProduct


class BillDiscount(DiscountProduct):
    """Commercial drafts bought by the bank before they mature."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The bills, the rate and who bears the interest.

        Raises:
            InputError: the bill is discounted before its day of issue.
        """
        issued = ctx.ask.get("issued")
        if issued is not None and issued > ctx.ask.start:
            raise InputError(f"issued: {issued} is after the discount, {ctx.ask.start}")
        return super().terms(ctx)

    def issued(self, ctx: QuoteContext, terms: Terms) -> date:
        """The day of issue as the ask states it; otherwise the time left is measured."""
        issued: date = ctx.ask.get("issued", terms.start)
        return issued


plugin = BillDiscount()
