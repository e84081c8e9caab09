"""Clean collection (光票托收): cheques, drafts and notes on banks abroad."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.products.trade import borne_by_other


class CleanCollection(FeeService):
    """Priced by the fees of its definition; those that the other party bears are shown beside."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What is collected in all, and the charges of the other party."""
        whole: Money = ctx.ask.amount * ctx.ask["count"]
        ctx.explain("result.collected", whole, "amount × items", {"count": ctx.ask["count"]})
        return (
            Result("collected", "To be collected in all", "托收总金额", whole),
            *borne_by_other(ctx, terms, self.fee_currency),
        )


plugin = CleanCollection()
