"""Cashier's order (银行本票): fees by item, time for presentation."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import QuoteContext, Result, Terms
from catalogue.products.settlement import SettlementService, last_day


class CashiersOrder(SettlementService):
    """A promise of the bank to pay at sight."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The last day for presentation."""
        until = last_day(ctx, terms.start, months=int(ctx.figure("presentation_months")))
        return [Result("last_presentation", "To be presented by", "提示付款截止日", until, "date")]


plugin = CashiersOrder()
