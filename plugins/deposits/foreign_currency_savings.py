"""Foreign-currency savings (外币储蓄): small amounts at the listed rate, large ones as agreed."""

from __future__ import annotations

from datetime import date

from catalogue import InputError, Money, QuoteContext, QuotedRate, Terms
from catalogue.products.deposit import Outcome, Parts
from catalogue.products.deposit_account import DemandDeposit
from catalogue.products.deposit_time import KindOfDeposit

_ON_DEMAND = DemandDeposit()


class ForeignCurrencySavings(KindOfDeposit):
    """Demand or time savings on actual days over 360, by the small-amount sheet of the currency."""

    def rate_column(self, ctx: QuoteContext) -> str | None:
        """The demand column for a demand account; a time deposit takes that of its tenor."""
        return "demand" if ctx.ask["kind"] == "demand" else None

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate | None:
        """The listed rate; one that the ask states is for large amounts only."""
        stated = "rate" in ctx.ask or "spread" in ctx.ask
        worth = ctx.convert(ctx.ask.amount, "USD")
        large = Money.of(ctx.figure("large_from"), "USD")
        if stated and worth < large:
            raise InputError(
                f"rate: is agreed from {large.grouped()} on; {worth.grouped()} is a small"
                " amount at the listed rate"
            )
        if worth >= large and not stated:
            ctx.warn(
                f"rate: from {large.grouped()} USD on it is agreed with the client; the listed rate"
                " of small amounts stands here until then"
            )
        return super().agreed_rate(ctx)

    def outcome(self, ctx: QuoteContext, terms: Terms, on: date | None, parts: Parts) -> Outcome:
        """As a time deposit, or as an account on demand until the end of the tenor."""
        if ctx.ask["kind"] == "time":
            if ctx.ask.get("movements"):
                raise InputError("movements: are those of kind demand; state withdrawals of a part")
            return super().outcome(ctx, terms, on, parts)
        stated = [name for name in ("withdraw_on", "withdrawals", "renew") if ctx.ask.get(name)]
        if stated:
            raise InputError(f"{stated[0]}: a demand account is drawn by movements; leave it out")
        return _ON_DEMAND.outcome(ctx, terms, None, ())


plugin = ForeignCurrencySavings()
