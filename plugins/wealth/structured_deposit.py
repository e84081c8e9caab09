"""Structured deposit (结构性存款): principal kept, interest by what an underlying does."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from catalogue import Contract, Flow, InputError, Money, Product, QuoteContext, Result, Terms
from catalogue.maths import deposit_interest
from catalogue.values import percent_text


class StructuredDeposit(Product):
    """Digital, range-accrual or capped-participation interest between a floor and a ceiling.

    The quote shows the lowest and the highest outcome, and the outcome of the path that the ask gives.
    """

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Interest of the given path (of the lowest outcome without one), beside both ends."""
        low, high = ctx.figure("lowest_rate"), ctx.figure("highest_rate", key=ctx.ask["payoff"])
        path = [row["level"] for row in ctx.ask.get("path", ())]
        rate = self._rate(ctx, path, low, high) if path else low
        amount = ctx.ask.amount

        def interest(annual: Decimal) -> Money:
            return Money.of(
                deposit_interest(
                    amount.amount,
                    annual,
                    start=terms.start,
                    end=ctx.ask.maturity,
                    day_count="act/365f",
                )
            )

        earned = interest(rate)
        ctx.explain(
            "totals.interest",
            earned,
            f"principal × {percent_text(rate)} × days ÷ 365",
            {
                "payoff": ctx.ask["payoff"],
                "lowest": low,
                "highest": high,
                "observations": len(path),
            },
        )
        results = (
            Result(
                "rate",
                "Annual rate of the given path" if path else "Annual rate, lowest outcome",
                "所给走势年化收益率" if path else "最低年化收益率",
                rate,
                "rate",
            ),
            Result("lowest", "Interest, lowest outcome", "最低收益", interest(low)),
            Result("highest", "Interest, highest outcome", "最高收益", interest(high)),
            Result("at_maturity", "Amount at maturity", "到期本息", amount + earned),
        )
        flows = (
            Flow(terms.start, -amount, "deposit"),
            Flow(ctx.ask.maturity, amount + earned, "repayment"),
        )
        return Contract(
            terms.currency, flows, {"principal": amount, "interest": earned}, results=results
        )

    def _rate(
        self, ctx: QuoteContext, path: Sequence[Decimal], low: Decimal, high: Decimal
    ) -> Decimal:
        start: Decimal = ctx.ask.need("initial_level")
        match ctx.ask["payoff"]:
            case "digital":
                barrier = start * (1 + ctx.ask.get("barrier", ctx.figure("barrier")))
                return high if path[-1] >= barrier else low
            case "range-accrual":
                width = ctx.figure("range")
                inside = sum(1 for level in path if abs(level / start - 1) <= width)
                return _rounded(Fraction(low) + Fraction(high - low) * Fraction(inside, len(path)))
            case _:
                gain = max(Decimal(0), path[-1] / start - 1)
                return min(
                    high,
                    _rounded(
                        Fraction(low) + Fraction(gain) * Fraction(ctx.figure("participation"))
                    ),
                )

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deposit; a path needs the level that it is measured from."""
        if ctx.ask.get("path") and "initial_level" not in ctx.ask:
            raise InputError("initial_level: is missing; a path is measured from it")
        return (
            super()
            .terms(ctx)
            .with_extra(
                payoff=ctx.ask["payoff"], underlying=ctx.ask["underlying"], principal="kept in full"
            )
        )


def _rounded(rate: Fraction | Decimal) -> Decimal:
    """A payoff's rate to 0.0001 %, HALF_UP."""
    scaled = Fraction(rate) * 1_000_000
    return (
        Decimal((2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)) / 1_000_000
    )


plugin = StructuredDeposit()
