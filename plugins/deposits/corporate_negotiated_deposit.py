"""Negotiated deposit (单位协议存款): very large, long, at an agreed rate, interest by period."""

from __future__ import annotations

from decimal import Decimal

from catalogue import Contract, QuoteContext, QuotedRate, Terms
from catalogue.products.deposit_kinds import CertificateDeposit


class CorporateNegotiatedDeposit(CertificateDeposit):
    """Interest by quarter, half-year or year on actual days over 360."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The rate of the contract."""
        return QuotedRate(ctx.ask["agreed_rate"], "agreed")

    def demand_rate(self, ctx: QuoteContext) -> Decimal:
        """What an early withdrawal bears."""
        return ctx.figure("demand_rate")

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The payments of interest and the principal at maturity."""
        return self.by_period(ctx, terms, ctx.ask["frequency"])


plugin = CorporateNegotiatedDeposit()
