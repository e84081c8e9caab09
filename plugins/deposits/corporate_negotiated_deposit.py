"""Negotiated deposit (单位协议存款): very large, long, at an agreed rate, interest by period."""

from __future__ import annotations

from catalogue import QuoteContext, QuotedRate
from catalogue.maths.deposit_certificate import Payment
from catalogue.products.deposit_certificate import CertificateDeposit


class CorporateNegotiatedDeposit(CertificateDeposit):
    """Interest by quarter, half-year or year on actual days over 360."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate | None:
        """The rate of the contract; until there is one, that of the definition, with a remark."""
        if "rate" not in ctx.ask and "spread" not in ctx.ask:
            ctx.warn(
                "rate: is agreed with the client; that of the definition stands here until then"
            )
        return super().agreed_rate(ctx)

    def payment(self, ctx: QuoteContext) -> Payment:
        """By the frequency of the contract."""
        found: Payment = ctx.ask["frequency"]
        return found


plugin = CorporateNegotiatedDeposit()
