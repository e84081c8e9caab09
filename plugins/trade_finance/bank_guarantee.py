"""Bank guarantees (银行保函): nine kinds, fee by quarter begun, margin, conversion factor, claims."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catalogue import InputError, Money, QuoteContext, Result, Tenor, Terms
from catalogue.products.claims import interest_on
from catalogue.products.fees import definition_fees
from catalogue.products.trade import Undertaking
from catalogue.values import BANK_YEAR, round_places


class BankGuarantee(Undertaking):
    """The fee runs until the last day on which a claim may come in."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The guarantee with the time for which the bank is liable."""
        terms = super().terms(ctx)
        last = ctx.ask.maturity + timedelta(days=ctx.ask["claim_days"])
        return terms.with_extra(
            kind=ctx.ask["kind"], last_claim_day=last, liability=Tenor.between(terms.start, last)
        )

    def results(self, ctx: QuoteContext, terms: Terms) -> Sequence[Result]:
        """Margin and exposure, the margin's interest, the cost over the life, and that of a claim."""
        made = list(super().results(ctx, terms))
        margin = self.liable(ctx).scaled(terms.extra["margin_share"])
        made += _life_cost(ctx, terms, margin, self.fee_currency)
        claim = ctx.ask.get("claim")
        if claim is not None:
            made += _claim(ctx, terms, claim, margin)
        for name in ("claim_unpaid_days", "claimed_on"):
            if claim is None and name in ctx.ask.stated:
                raise InputError(f"{name}: goes together with claim; state both")
        return made

    def conversion_factor(self, ctx: QuoteContext) -> Decimal:
        """By kind: as the rules name it, or as the bank reads them for kinds that they do not name."""
        kind = ctx.ask["kind"]
        named = ctx.has_figure("conversion_factor", kind)
        return ctx.figure("conversion_factor" if named else "conversion_factor_own", key=kind)


def _margin_rate(ctx: QuoteContext, margin: Money) -> Decimal | None:
    """The ask's rate; else for renminbi the listed demand rate, for other currencies none is listed."""
    stated: Decimal | None = ctx.ask.get("margin_rate")
    if stated is not None or not margin.minor:
        return stated or Decimal(0)
    if margin.currency == "CNY":
        return ctx.reference(ctx.term("deposit_sheet"), column="demand")
    ctx.warn(
        f"margin_rate: no rate is listed for a margin in {margin.currency}; its interest is not"
        " counted, state margin_rate"
    )
    return None


def _life_cost(ctx: QuoteContext, terms: Terms, margin: Money, currency: str) -> list[Result]:
    """Fees and what the margin costs less what it earns, until the last day for claims.

    Without the ask's `margin_cost_rate` the margin is taken to cost what it earns.
    """
    days = (terms.extra["last_claim_day"] - terms.start).days
    rate, own, made = _margin_rate(ctx, margin), ctx.ask.get("margin_cost_rate"), []
    earned = interest_on(margin, rate or Decimal(0), days)
    if rate is not None:
        inputs = {"margin": margin, "rate": rate, "days": days}
        ctx.explain("result.margin_interest", earned, "margin × rate × days ÷ 360", inputs)
        made.append(Result("margin_interest", "Interest of the margin", "保证金利息", earned))
    tied = earned if own is None else interest_on(margin, own, days)
    fees = Money.total((fee.amount for fee in definition_fees(ctx, terms, currency)), currency)
    cost = fees + ctx.convert(tied - earned, currency)
    ctx.explain(
        "result.life_cost",
        cost,
        "fees of the definition + cost of the margin − its interest",
        {"fees": fees, "margin_cost": tied, "margin_interest": earned},
    )
    made.append(Result("life_cost", "Cost over the life", "全周期成本", cost))
    exact = (
        Fraction(cost.amount)
        * BANK_YEAR
        / (Fraction(ctx.convert(ctx.ask.amount, currency).amount) * days)
    )
    yearly = round_places(exact, 8)
    ctx.explain("result.yearly_cost", yearly, "cost ÷ amount × 360 ÷ days", {"days": days})
    made.append(Result("yearly_cost", "Cost a year on the amount", "年化成本率", yearly, "rate"))
    return made


def _claim(ctx: QuoteContext, terms: Terms, claim: Money, margin: Money) -> list[Result]:
    """What the bank pays on a claim, advances beyond the margin, and the interest of the advance.

    A claim after the last day for claims is not paid: the guarantee has expired.
    """
    if claim > ctx.ask.amount:
        raise InputError(
            f"claim: {claim.grouped()} is over the guarantee, {ctx.ask.amount.grouped()}"
        )
    payable, on, last = claim, ctx.ask.get("claimed_on"), terms.extra["last_claim_day"]
    if on is not None and on < terms.start:
        raise InputError(f"claimed_on: {on} is before the guarantee, {terms.start}")
    if on is not None and on > last:
        ctx.warn(f"claimed_on: {on} is after {last}, the last day for claims; nothing is paid")
        payable = Money.zero(claim.currency)
    advance = max(payable - margin, Money.zero(claim.currency))
    daily, days = ctx.figure("advance_rate"), ctx.ask["claim_unpaid_days"]
    interest = advance.scaled(Fraction(daily) * days)
    ctx.explain(
        "result.claim_interest",
        interest,
        "claim beyond the margin × daily rate × days",
        {"advance": advance, "daily": daily, "days": days},
    )
    return [
        Result("claim_payable", "Claim that the bank pays", "应付索赔金额", payable),
        Result("claim_advance", "Advanced by the bank beyond the margin", "垫款金额", advance),
        Result("claim_interest", "Interest on it", "垫款利息", interest),
    ]


plugin = BankGuarantee()
