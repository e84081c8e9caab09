"""Packing loan (打包放款): a loan against an export letter of credit."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from catalogue import InputError, QuoteContext, QuotedRate, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.loan import Loan
from catalogue.products.trade import market_priced, share_of
from catalogue.values import percent_text


class PackingLoan(Loan):
    """Interest on actual days over 360 at the money-market rate of the currency plus a spread."""

    default_method = "at-maturity"
    default_frequency = "quarterly"

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The market's rate and the spread."""
        return market_priced(ctx)

    def terms(self, ctx: QuoteContext) -> Terms:
        """The loan, within its share of the credit."""
        credit, most = ctx.ask["credit_amount"], ctx.figure("max_share")
        if ctx.ask.amount > share_of(credit, most):
            raise InputError(
                f"amount: {ctx.ask.amount.grouped()} is over {percent_text(most)} of the credit,"
                f" {share_of(credit, most).grouped()}"
            )
        return super().terms(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The share lent beside the payments."""
        share = (ctx.ask.amount.amount / ctx.ask["credit_amount"].amount).quantize(
            Decimal("0.0001")
        )
        own = Result("lent_share", "Lent against the credit", "融资比例", share, "rate")
        return (own, *super().results(ctx, terms, rows))


plugin = PackingLoan()
