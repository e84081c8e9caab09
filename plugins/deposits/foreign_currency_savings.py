"""Foreign-currency savings (外币储蓄): small amounts at the listed rate, large ones as agreed."""

from __future__ import annotations

from decimal import Decimal

from catalogue import InputError, QuoteContext, QuotedRate
from catalogue.products.deposit_kinds import TimeDeposit
from catalogue.values import Money


class ForeignCurrencySavings(TimeDeposit):
    """Time savings on actual days over 360, in the currency's own small-amount sheet."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The sheet's rate; from the large amount on, the rate that the ask agrees."""
        currency = ctx.ask.currency
        large = ctx.ask.amount >= Money.of(ctx.figure("large_from", key=currency), currency)
        agreed = ctx.ask.get("agreed_rate")
        if agreed is not None and not large:
            raise InputError("agreed_rate: only for large amounts; leave it out")
        if agreed is not None:
            return QuotedRate(agreed, "agreed for a large amount")
        found = ctx.reference_entry(self._sheet(ctx), tenor=ctx.ask.tenor)
        return QuotedRate(found.value, "actual/360", found.text())

    def demand_rate(self, ctx: QuoteContext) -> Decimal:
        """The sheet's demand rate."""
        return ctx.reference(self._sheet(ctx), column="demand")

    def _sheet(self, ctx: QuoteContext) -> str:
        return f"fx-small-deposit-{ctx.ask.currency.lower()}"


plugin = ForeignCurrencySavings()
