"""E-banking (电子银行): what the channels charge, and save against the counter."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.fee_service import FeeService
from catalogue.values import months_begun, percent_text


class EBanking(FeeService):
    """Transfers cost a share of the counter's price, by channel."""

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """What the same transfers would cost more at the counter."""
        counter, own = self._transfers(ctx)
        ctx.explain(
            "channel.saved",
            counter - own,
            "at the counter − in the channel",
            {"counter": counter, "channel": own},
        )
        return (Result("saved", "Saved against the counter", "较柜面节省", counter - own),)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The transfers of the tenor."""
        _, own = self._transfers(ctx)
        if not own:
            return ()
        share: Decimal = ctx.figure("channel_price", key=ctx.ask["channel"])
        price = ctx.figure("counter_price", at=ctx.ask["amount"])
        months = self._months(ctx)
        return [
            Fee(
                "transfers",
                "Transfers",
                "转账手续费",
                own,
                f"{price} × {percent_text(share)} × {ctx.ask['count']} × {months} months",
                ctx.source("figures", "channel_price"),
                base=ctx.ask["amount"],
                due=terms.start,
            )
        ]

    def _months(self, ctx: QuoteContext) -> int:
        """Months of the tenor, a month begun counts, as it does for the monthly fee."""
        return months_begun(ctx.ask.start, ctx.ask.maturity)

    def _transfers(self, ctx: QuoteContext) -> tuple[Money, Money]:
        """(at the counter, in the channel) for all transfers of the tenor."""
        count, amount = ctx.ask["count"] * self._months(ctx), ctx.ask.get("amount")
        if not count:
            return Money.zero(), Money.zero()
        if amount is None:
            raise InputError("amount: is missing; transfers are priced by the amount of one")
        price = ctx.figure("counter_price", at=amount)
        share = ctx.figure("channel_price", key=ctx.ask["channel"])
        return Money.of(price * count), Money.rounded(Fraction(price) * Fraction(share) * count)


plugin = EBanking()
