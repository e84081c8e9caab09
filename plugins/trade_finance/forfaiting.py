"""Forfaiting (福费廷): a claim bought without recourse, by discount to yield or straight discount."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Money, QuoteContext, Result, Terms
from catalogue.products.claims import bought, interest_on, year_of
from catalogue.products.results import annual
from catalogue.products.trade import MarketPriced, repaid_on
from catalogue.values import percent_text, round_places


class Forfaiting(MarketPriced):
    """Discount to yield compounds every period of the definition; straight discount keeps interest back."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The price paid for the claim."""
        amount: Money = ctx.ask.amount
        days = (repaid_on(ctx) - terms.start).days + ctx.ask["grace_days"]
        factor, formula = _discount_factor(ctx, terms, days)
        price = amount.scaled(factor)
        ctx.explain("result.price", price, formula, {"days": days, "rate": annual(terms)})
        results = [
            Result("price", "Price paid", "买断价格", price),
            Result("discount", "Discount", "贴现息", amount - price),
            Result("days", "Days with grace", "计息天数(含宽限期)", days, "days"),
        ]
        if price.minor > 0:
            results.append(_simple_yield(ctx, terms, price, days))
        return bought(terms, price, amount, terms.start + timedelta(days=days), results)

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee for committing before the purchase."""
        days, amount = ctx.ask["commitment_days"], ctx.ask.amount
        if not days:
            return ()
        rate, year = ctx.figure("commitment_rate"), year_of(terms)
        return (
            Fee(
                "commitment",
                "Commitment fee",
                "承诺费",
                interest_on(amount, rate, days, year),
                f"{amount.grouped()} × {percent_text(rate)} × {days}/{year}",
                ctx.source("figures", "commitment_rate"),
                base=amount,
                due=terms.start,
            ),
        )


def _discount_factor(ctx: QuoteContext, terms: Terms, days: int) -> tuple[Fraction, str]:
    """What one unit due in `days` is worth today by the ask's way of discounting, and the formula."""
    exact, year = Fraction(annual(terms)), year_of(terms)
    if ctx.ask["discounting"] == "straight":
        return 1 - exact * days / year, f"amount × (1 − rate × days ÷ {year})"
    period = int(ctx.figure("compounding_days"))
    whole, rest = divmod(days, period)
    grown = (1 + exact * period / year) ** whole * (1 + exact * rest / year)
    words = f"amount ÷ ((1 + rate × {period} ÷ {year})^{whole} × (1 + rate × {rest} ÷ {year}))"
    return 1 / grown, words


def _simple_yield(ctx: QuoteContext, terms: Terms, price: Money, days: int) -> Result:
    """Discount on the price paid, by the market's year: what both ways are compared by."""
    if days == 0:
        return Result("simple_yield", "Simple yield", "单利收益率", Decimal(0), "rate")
    amount: Money = ctx.ask.amount
    exact = Fraction((amount - price).minor, price.minor) * year_of(terms) / days
    value = round_places(exact, 8)
    ctx.explain("result.simple_yield", value, f"discount ÷ price × {year_of(terms)} ÷ days")
    return Result("simple_yield", "Simple yield", "单利收益率", value, "rate")


plugin = Forfaiting()
