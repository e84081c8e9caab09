"""Domestic remittance (国内汇兑): by amount, channel and urgency, for companies and institutions."""

from __future__ import annotations

from catalogue import InputError, QuoteContext, Terms
from catalogue.products.settlement import SettlementService


class DomesticRemittance(SettlementService):
    """A remittance of a company; the fees are those of the definition."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed; a letter cannot be urgent."""
        if ctx.ask["urgent"] and ctx.ask.get("route") == "postal":
            raise InputError("urgent: a postal remittance is never urgent; send it another way")
        return super().terms(ctx)


plugin = DomesticRemittance()
