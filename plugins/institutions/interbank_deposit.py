"""Interbank deposit (同业存款): time at SHIBOR plus a spread, demand at the excess-reserve rate plus a spread."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, InputError, Money, QuoteContext, QuotedRate, Result, Terms
from catalogue.products.deposit_kinds import TimeDeposit
from catalogue.values import percent_text, rate_text


class InterbankDeposit(TimeDeposit):
    """Interest on actual days over 360; an early withdrawal bears the demand price."""

    def day_count(self, ctx: QuoteContext) -> str:
        """The money market's."""
        return "act/360"

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The reference of the kind plus the listed or the agreed spread."""
        kind = ctx.ask["kind"]
        found = (
            ctx.reference_entry("shibor", tenor=ctx.ask.tenor)
            if kind == "time"
            else ctx.reference_entry("excess-reserve-rate")
        )
        spread = ctx.ask.get("agreed_spread", ctx.figure("listed_spread", key=kind))
        most = ctx.figure("max_spread")
        if spread > most:
            raise InputError(
                f"agreed_spread: {percent_text(spread)} is over the most allowed, {percent_text(most)}"
            )
        ctx.explain(
            "rate.annual",
            found.value + spread,
            f"{found.text()} + spread",
            {"reference": found.value, "spread": spread},
        )
        return QuotedRate(found.value + spread, "actual/360", found.text(), spread)

    def demand_rate(self, ctx: QuoteContext) -> Decimal:
        """The demand price: the excess-reserve rate plus the demand spread."""
        return ctx.reference("excess-reserve-rate") + ctx.figure("listed_spread", key="demand")

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest as of a time deposit, and what reserve and insurance cost the bank."""
        made = super().price(ctx, terms)
        days = (ctx.ask.maturity - terms.start).days
        year = Fraction(ctx.ask.amount.amount) * days / 360
        rate = terms.rate.annual if terms.rate else Decimal(0)
        reserve, insurance = ctx.figure("reserve_share"), ctx.figure("insurance_rate")
        idle = Money.rounded(year * Fraction(reserve) * Fraction(rate), terms.currency)
        premium = Money.rounded(year * Fraction(insurance), terms.currency)
        ctx.explain(
            "deposit.cost",
            rate_text(rate),
            "interest of what is held as reserve, and the insurance premium",
            {"reserve_share": reserve, "insurance_rate": insurance, "days": days},
        )
        own = (
            Result("reserve_cost", "Cost of the required reserve", "准备金成本", idle),
            Result("insurance_cost", "Deposit-insurance premium", "存款保险费", premium),
        )
        return attrs.evolve(made, results=(*made.results, *own))


plugin = InterbankDeposit()
