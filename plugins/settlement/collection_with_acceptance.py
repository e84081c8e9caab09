"""Collection with acceptance (托收承付): fees, days for acceptance, compensation for late payment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.settlement import SettlementService, last_day, late_payment, noticed
from catalogue.values import add_business_days


class CollectionWithAcceptance(SettlementService):
    """Collecting from a buyer elsewhere under a purchase contract."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """When acceptance ends and the money is taken; what late payment costs the payer."""
        made: list[Result] = []
        days = int(ctx.figure("acceptance_days", key=ctx.ask["checking"]))
        notified = noticed(ctx, terms)
        if notified is not None:
            ends = _acceptance_ends(ctx, notified, days)
            debited = last_day(ctx, ends, days=1)
            made = [
                Result("acceptance_ends", "Acceptance ends on", "承付期满日", ends, "date"),
                Result("debited_on", "Debited on", "划款日", debited, "date"),
            ]
        labels = ("Compensation for late payment", "逾期付款赔偿金")
        whole: Money = ctx.ask.amount * ctx.ask["count"]
        return [*made, *late_payment(ctx, labels, ctx.figure("overdue_daily"), whole)]


def _acceptance_ends(ctx: QuoteContext, notified: date, days: int) -> date:
    """The last day for acceptance: holidays lengthen the days for papers, not those for goods."""
    if ctx.ask["checking"] == "documents":
        return add_business_days(notified, days, ctx.calendar)
    return last_day(ctx, notified, days=days)


plugin = CollectionWithAcceptance()
