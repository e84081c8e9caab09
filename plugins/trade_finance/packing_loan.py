"""Packing loan (打包放款): a loan against an export letter of credit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal

from catalogue import Check, Contract, InputError, QuoteContext, Result, Terms
from catalogue.maths.schedule_rows import Schedule
from catalogue.products.trade import TradeAdvance, repaid_on
from catalogue.products.verdict import verdict


class PackingLoan(TradeAdvance):
    """Lent before shipment; the credit's proceeds repay it."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The loan.

        Raises:
            InputError: the credit expires before the loan is paid out.
        """
        expiry = ctx.ask.get("credit_expiry")
        if expiry is not None and expiry < ctx.ask.start:
            raise InputError(
                f"credit_expiry: {expiry} is before the loan is paid out, {ctx.ask.start};"
                " an expired credit repays nothing"
            )
        return super().terms(ctx)

    def results(self, ctx: QuoteContext, terms: Terms, rows: Schedule) -> Sequence[Result]:
        """The share lent beside the payments."""
        share = ctx.ask.amount.amount / ctx.ask["credit_amount"].amount
        ctx.explain("result.lent_share", share, "amount ÷ amount of the credit")
        lent = share.quantize(Decimal("0.0001"))
        own = Result("lent_share", "Lent against the credit", "融资比例", lent, "rate")
        return (own, *super().results(ctx, terms, rows))

    def eligibility(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Check]:
        """The loan is repaid soon after the credit expires, when the ask says when that is."""
        expiry, maturity = ctx.ask.get("credit_expiry"), repaid_on(ctx)
        if expiry is None:
            return ()
        days = int(ctx.figure("days_after_expiry"))
        return (
            verdict(
                ctx,
                "within-credit",
                maturity <= expiry + timedelta(days=days),
                (
                    f"The loan matures within {days} days after the credit expires",
                    f"贷款到期日不晚于信用证有效期后{days}天",
                ),
                source=ctx.source("figures", "days_after_expiry"),
                found={"maturity": maturity, "credit_expiry": expiry},
            ),
        )


plugin = PackingLoan()
