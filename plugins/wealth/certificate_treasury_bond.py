"""Certificate treasury bonds (凭证式国债): interest at maturity, early redemption by holding bands with a fee."""

from __future__ import annotations

from collections.abc import Sequence

from catalogue import Contract, Fee, Money, QuoteContext, Result, Terms
from catalogue.maths import deposit_interest
from catalogue.products.retail_bond import RetailBond
from catalogue.values import percent_text


class CertificateTreasuryBond(RetailBond):
    """Simple interest paid once, with the principal."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Held to maturity, or cashed in on `redeem_on` at the rate of the longest holding time reached."""
        amount, rate = ctx.ask.amount, self.coupon(ctx)
        full = Money.of(
            deposit_interest(amount.amount, rate, start=terms.start, end=ctx.ask.maturity)
        )
        results = [
            Result("at_maturity", "Amount at maturity", "到期本息", amount + full),
            Result("coupon", "Annual rate", "票面年利率", rate, "rate"),
        ]
        early = self.early(ctx, terms)
        interest, end = full, ctx.ask.maturity
        if early is not None:
            interest, end = Money.of(early.interest.gross), ctx.ask["redeem_on"]
            results.append(
                Result("cashed_in", "Received when cashed in", "提前兑取实得", Money.of(early.paid))
            )
        ctx.explain(
            "totals.interest",
            interest,
            "principal × annual rate × time held (30/360), simple",
            {"principal": amount, "coupon": rate},
        )
        return self.contract(terms, amount, interest, end, [], results)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee on the principal cashed in early."""
        early = self.early(ctx, terms)
        if early is None:
            return ()
        rate = ctx.figure("redemption_fee")
        return [
            Fee(
                "early-redemption",
                "Early redemption fee",
                "提前兑取手续费",
                Money.of(early.fee),
                f"{ctx.ask.amount.grouped()} × {percent_text(rate)}",
                ctx.source("figures", "redemption_fee"),
                base=ctx.ask.amount,
                due=ctx.ask["redeem_on"],
            )
        ]


plugin = CertificateTreasuryBond()
