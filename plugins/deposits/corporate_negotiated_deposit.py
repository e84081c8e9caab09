"""Negotiated deposit (单位协议存款): very large, long, at an agreed rate, interest by period."""

from __future__ import annotations

from catalogue import QuoteContext
from catalogue.maths.deposit_certificate import Payment
from catalogue.products.deposit_certificate import CertificateDeposit


class CorporateNegotiatedDeposit(CertificateDeposit):
    """Interest by quarter, half-year or year on actual days over 360."""

    def payment(self, ctx: QuoteContext) -> Payment:
        """By the frequency of the contract."""
        found: Payment = ctx.ask["frequency"]
        return found


plugin = CorporateNegotiatedDeposit()
