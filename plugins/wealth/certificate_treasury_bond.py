"""Certificate treasury bonds (凭证式国债): interest at maturity, early redemption by holding bands with a fee."""

from __future__ import annotations

from catalogue import Contract, Money, QuoteContext, Result, Terms
from catalogue.maths import deposit_interest
from catalogue.products.retail_bond import RetailBond


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


plugin = CertificateTreasuryBond()
