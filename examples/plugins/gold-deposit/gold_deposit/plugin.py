"""A gold deposit: an amount becomes grams, grams bear grams, grams become an amount again."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from catalogue import Contract, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import day_count_fraction
from catalogue.products.results import Flow
from catalogue.values import round_fraction

PLACES = Decimal("0.0001")
"""A gram has four places; what is bought or borne is cut, never rounded up."""


class GoldDeposit(Product):
    """Grams bought at the start and sold at maturity, both at the ask's price: a what-if, no promise."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Grams, their interest, and what they would fetch at the same price."""
        if terms.amount is None or terms.rate is None or terms.tenor is None:
            raise InputError("amount, tenor: both are needed")
        mid, spread = ctx.ask["price"].amount, ctx.figure("half_spread")
        maturity = terms.tenor.end(terms.start)
        grams = _cut(terms.amount.amount / (mid * (1 + spread)))
        year = day_count_fraction(terms.start, maturity, terms.day_count or "act/365f")
        scale = round_fraction(year * 10**12)
        interest = _cut(grams * terms.rate.annual * Decimal(scale).scaleb(-12))
        ctx.explain(
            "grams", grams, "amount ÷ (price × (1 + spread)), cut to 0.0001 g", {"price": mid}
        )
        ctx.explain(
            "interest", interest, "grams × rate × days ÷ 365, cut to 0.0001 g", {"year": year}
        )
        sold = Money.rounded((grams + interest) * mid * (1 - spread), terms.currency)
        worth = Money.rounded(interest * mid, terms.currency)
        even = (terms.amount.amount / ((grams + interest) * (1 - spread))).quantize(Decimal("0.01"))
        return Contract(
            terms.currency,
            (
                Flow(terms.start, -terms.amount, "gold bought"),
                Flow(maturity, sold, "gold sold at today's price"),
            ),
            {"principal": terms.amount, "interest": worth},
            results=(
                Result("grams", "Grams bought", "买入克数", grams, "number"),
                Result("interest_grams", "Interest in grams", "利息克数", interest, "number"),
                Result("break_even", "Price that returns the amount", "保本金价", even, "number"),
            ),
        )


def _cut(grams: Decimal) -> Decimal:
    return grams.quantize(PLACES, ROUND_DOWN)


plugin = GoldDeposit()
