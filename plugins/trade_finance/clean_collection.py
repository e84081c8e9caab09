"""Clean collection (光票托收): cheques, drafts and notes on banks abroad."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.trade import TradeService


class CleanCollection(TradeService):
    """Items that are collected without documents, each charged by its own amount."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What is collected in all, and the charges of the other party."""
        whole: Money = ctx.ask.amount * ctx.ask["count"]
        ctx.explain("result.collected", whole, "amount × items", {"count": ctx.ask["count"]})
        return (
            Result("collected", "To be collected in all", "托收总金额", whole),
            *super().results(ctx, terms),
        )


plugin = CleanCollection()
