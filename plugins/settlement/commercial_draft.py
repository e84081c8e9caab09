"""Commercial draft (商业汇票): forms and collection fees, limits of time and face, presentation."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import QuoteContext, Result, Terms
from catalogue.products.bills import BillProduct, read_bills
from catalogue.products.fee_service import FeeService
from catalogue.products.settlement import last_day


class CommercialDraft(BillProduct, FeeService):
    """Drafts used in payment; the bank neither accepts nor buys them here."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Until when the bill that falls due last must be presented."""
        days = int(ctx.figure("presentation_days"))
        maturity = max(bill.maturity for bill in read_bills(ctx))
        until = last_day(ctx, maturity, days=days)
        return [Result("last_presentation", "To be presented by", "提示付款截止日", until, "date")]


plugin = CommercialDraft()
