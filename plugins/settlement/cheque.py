"""Cheque (支票): books, cheques drawn, time for presentation, what a bounced cheque costs."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from catalogue import Money, QuoteContext, Result, Terms
from catalogue.products.settlement import SettlementService, last_day


class Cheque(SettlementService):
    """Cheques drawn on an account of the client."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; terms.forms is the number of forms in the books bought."""
        size = int(ctx.figure("booklet_size"))
        return super().terms(ctx).with_extra(forms=ctx.ask["booklets"] * size)

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """The last day for presentation; fine and compensation where the cheque bounces."""
        until = last_day(ctx, terms.start, days=int(ctx.figure("presentation_days")))
        made = [Result("last_presentation", "To be presented by", "提示付款截止日", until, "date")]
        if ctx.ask.get("bounced"):
            made += _bounced(ctx, ctx.ask.amount)
        return made


def _bounced(ctx: QuoteContext, amount: Money) -> Sequence[Result]:
    """The central bank's fine, and what the holder may claim, for a cheque without cover."""
    share, least = ctx.figure("bounced_fine"), ctx.figure("bounced_fine_min")
    exact = max(Fraction(amount.amount) * Fraction(share), Fraction(least))
    fine = Money.rounded(exact, amount.currency)
    ctx.explain(
        "result.bounced_fine",
        fine,
        "amount × share, at least the minimum",
        {"amount": amount, "share": share, "minimum": least},
    )
    claim = ctx.figure("bounced_compensation")
    paid = amount.scaled(claim)
    ctx.explain("result.bounced_compensation", paid, "amount × share", {"share": claim})
    return [
        Result("bounced_fine", "Fine", "罚款", fine),
        Result("bounced_compensation", "Compensation of the holder", "赔偿金", paid),
    ]


plugin = Cheque()
