"""Bank guarantees (银行保函): nine kinds, fee by quarter begun, margin, conversion factor, claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catalogue import InputError, Money, QuoteContext, Result, Tenor, Terms
from catalogue.products.trade import Undertaking, margin_share, share_of


class BankGuarantee(Undertaking):
    """The fee runs until the last day on which a claim may come in."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The guarantee with the time for which the bank is liable."""
        terms = super().terms(ctx)
        last = ctx.ask.maturity + timedelta(days=ctx.ask["claim_days"])
        return terms.with_extra(
            kind=ctx.ask["kind"], last_claim_day=last, liability=Tenor.between(terms.start, last)
        )

    def conversion_factor(self, ctx: QuoteContext) -> Decimal:
        """By kind: half for performance, the whole for payment."""
        return ctx.figure("conversion_factor", key=ctx.ask["kind"])

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Margin and exposure, the interest of the margin, and what a claim would cost."""
        made = list(super().results(ctx, terms))
        amount = ctx.ask.amount
        margin = share_of(amount, margin_share(ctx))
        rate = ctx.ask.get("margin_rate")
        if rate is not None:
            days = (terms.extra["last_claim_day"] - terms.start).days
            earned = Money.rounded(
                Fraction(margin.amount) * Fraction(rate) * days / 360, amount.currency
            )
            made.append(Result("margin_interest", "Interest of the margin", "保证金利息", earned))
        claim = ctx.ask.get("claim")
        if claim is not None:
            made += self._claim(ctx, claim, margin)
        return made

    def _claim(self, ctx: QuoteContext, claim: Money, margin: Money) -> list[Result]:
        if claim > ctx.ask.amount:
            raise InputError(f"claim: {claim.text()} is over the amount of the guarantee")
        advance = max(claim - margin, Money.zero(claim.currency))
        daily, days = ctx.figure("advance_rate"), ctx.ask["claim_unpaid_days"]
        interest = Money.rounded(Fraction(advance.amount) * Fraction(daily) * days, claim.currency)
        ctx.explain(
            "claim.interest",
            interest,
            "claim beyond the margin × daily rate × days",
            {"advance": advance, "daily": daily, "days": days},
        )
        return [
            Result("claim_advance", "Claim that the bank advances", "垫款金额", advance),
            Result("claim_interest", "Interest on it", "垫款利息", interest),
        ]


plugin = BankGuarantee()
