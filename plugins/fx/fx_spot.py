"""Spot exchange for clients (即期外汇买卖)."""

from __future__ import annotations

from catalogue import Contract, QuoteContext, Terms
from catalogue.products.fx import FxDeal


class FxSpot(FxDeal):
    """Buy or sell at the client's spot rate, settled after the spot days."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The deal at the client's side of the spot price."""
        spot = self.spot(ctx)
        rate = spot.ask if ctx.ask["side"] == "buy" else spot.bid
        return self.deal(ctx, terms, rate, spot.mid)


plugin = FxSpot()
