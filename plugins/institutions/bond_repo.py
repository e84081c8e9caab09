"""Pledged bond repo (债券质押式回购)."""

from __future__ import annotations

from decimal import Decimal

import attrs

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import pledge_value, pledged_repo
from catalogue.products.results import PlainRow
from catalogue.values import roll


class BondRepo(Product):
    """Cash against pledged bonds; the second settlement falls on a business day."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """What the bonds allow, or less if the ask says so."""
        terms = super().terms(ctx)
        haircut = ctx.figure("haircut", key=ctx.ask["bond"])
        allowed = pledge_value(ctx.ask["face"].amount, haircut=haircut, price=ctx.ask["price"])
        most = Money.of(allowed.amount)
        wanted = ctx.ask.get("amount") or most
        if wanted > most:
            raise InputError(
                f"amount: {wanted.grouped()} is over what the bonds allow, {most.grouped()}"
            )
        ctx.explain(
            "repo.allowed",
            most,
            "face × price ÷ 100 × (1 − haircut), rounded down",
            {"face": ctx.ask["face"], "price": ctx.ask["price"], "haircut": haircut},
        )
        end = roll(ctx.ask.maturity, "following", ctx.calendar)
        return attrs.evolve(
            terms, amount=wanted, maturity=end, extra={"haircut": haircut, "face": ctx.ask["face"]}
        )

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """First and second settlement."""
        amount = terms.amount or Money.zero()
        end = terms.maturity or ctx.ask.maturity
        rate = terms.rate.annual if terms.rate else Decimal(0)
        made = pledged_repo(amount.amount, rate, start=terms.start, end=end, day_count="act/365f")
        interest, second = Money.of(made.interest), Money.of(made.second)
        ctx.explain(
            "totals.interest",
            interest,
            "amount × rate × days ÷ 365",
            {"amount": amount, "rate": rate, "days": made.days},
        )
        zero = Decimal("0.00")
        row = PlainRow(
            1, end, made.days, amount.amount, amount.amount, made.interest, zero, made.second, zero
        )
        results = (
            Result("first", "First settlement", "首期结算额", amount),
            Result("second", "Second settlement", "到期结算额", second),
            Result("days", "Days of use", "实际占款天数", made.days, "days"),
        )
        flows = (
            Flow(terms.start, amount, "first settlement"),
            Flow(end, -second, "second settlement"),
        )
        return Contract(
            "CNY", flows, {"principal": amount, "interest": interest}, (row,), results, apr=True
        )


plugin = BondRepo()
