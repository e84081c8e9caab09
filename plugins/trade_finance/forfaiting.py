"""Forfaiting (福费廷): a claim bought without recourse, by discount to yield or straight discount."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Fee, Flow, Money, Product, QuoteContext, QuotedRate, Result, Terms
from catalogue.products.results import PlainRow
from catalogue.products.trade import market_priced
from catalogue.values import percent_text


class Forfaiting(Product):
    """Discount to yield compounds every period of the definition; straight discount keeps interest back."""

    def agreed_rate(self, ctx: QuoteContext) -> QuotedRate:
        """The market's rate and the spread."""
        return market_priced(ctx)

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The price paid for the claim."""
        amount = ctx.ask.amount
        days = (ctx.ask.maturity - terms.start).days + ctx.ask["grace_days"]
        rate = Fraction(terms.rate.annual if terms.rate else Decimal(0))
        if ctx.ask["discounting"] == "straight":
            factor = 1 - rate * days / 360
            formula = "amount × (1 − rate × days ÷ 360)"
        else:
            period = int(ctx.figure("compounding_days"))
            whole, rest = divmod(days, period)
            factor = 1 / ((1 + rate * period / 360) ** whole * (1 + rate * rest / 360))
            formula = f"amount ÷ ((1 + rate × {period} ÷ 360)^{whole} × (1 + rate × {rest} ÷ 360))"
        price = Money.rounded(Fraction(amount.amount) * factor, amount.currency)
        interest, due = amount - price, terms.start + timedelta(days=days)
        ctx.explain(
            "forfaiting.price",
            price,
            formula,
            {"days": days, "rate": terms.rate and terms.rate.annual},
        )
        zero = Decimal("0.00")
        row = PlainRow(
            1, due, days, price.amount, price.amount, interest.amount, zero, amount.amount, zero
        )
        results = (
            Result("price", "Price paid", "买断价格", price),
            Result("discount", "Discount", "贴现息", interest),
            Result("days", "Days with grace", "计息天数(含宽限期)", days, "days"),
        )
        flows = (Flow(terms.start, price, "price"), Flow(due, -amount, "claim given up"))
        return Contract(
            amount.currency,
            flows,
            {"principal": price, "interest": interest},
            (row,),
            results,
            apr=True,
        )

    def fees(self, ctx: QuoteContext, terms: Terms, contract: Contract) -> Sequence[Fee]:
        """The fee for committing before the purchase."""
        days = ctx.ask["commitment_days"]
        if not days:
            return ()
        rate = ctx.figure("commitment_rate")
        amount = ctx.ask.amount
        fee = Money.rounded(Fraction(amount.amount) * Fraction(rate) * days / 360, amount.currency)
        return [
            Fee(
                "commitment",
                "Commitment fee",
                "承诺费",
                fee,
                f"{amount.grouped()} × {percent_text(rate)} × {days}/360",
                ctx.source("figures", "commitment_rate"),
                base=amount,
                due=terms.start,
            )
        ]


plugin = Forfaiting()
