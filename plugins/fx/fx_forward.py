"""Forward exchange for clients (远期外汇买卖): by interest parity or by quoted points."""

from __future__ import annotations

from decimal import Decimal

from catalogue import Contract, QuoteContext, Result, Terms
from catalogue.products.fx import FxDeal, far_date
from catalogue.products.fx_forward import forward_price


class FxForward(FxDeal):
    """A rate agreed today for a day beyond spot, outright."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The client's forward rate, its mid, and the points between spot and forward."""
        spot = self.spot(ctx)
        client = forward_price(ctx, terms, spot, self.decimals(ctx))
        buys = ctx.ask["side"] == "buy"
        rate, near = (client.ask, spot.ask) if buys else (client.bid, spot.bid)
        points = (rate - near) / Decimal(10) ** -self.decimals(ctx)
        days = (far_date(terms) - terms.extra["value_date"]).days
        extra = (
            Result("spot_rate", "Spot rate", "即期汇率", near, "number"),
            Result("points", "Forward points", "远期点数", points, "number"),
            Result("days", "Days from spot", "起息后天数", days, "days"),
            *_risk_reserve(ctx),
        )
        return self.deal(ctx, terms, rate, client.mid, extra)


def _risk_reserve(ctx: QuoteContext) -> tuple[Result, ...]:
    """What the bank holds with the central bank for a year when it sells forward against yuan.

    Its cost is shown beside the client's rate, which does not contain it.
    """
    sold = ctx.ask["side"] == "buy" and ctx.ask["counter"] == "CNY"
    if not sold or not ctx.has_figure("risk_reserve_sheet"):
        return ()
    ratio = ctx.reference(ctx.figure_text("risk_reserve_sheet"), column="ratio")
    if not ratio:
        return ()
    held = ctx.convert(ctx.ask.amount, "USD").scaled(ratio)
    rate = ctx.reference("usd-money-market", column="1y")
    cost = ctx.convert(held, "CNY").scaled(rate)
    ctx.explain(
        "fx.risk_reserve_cost",
        cost,
        "amount × ratio × US dollar rate for a year, at mid",
        {"ratio": ratio, "rate": rate, "held": held},
    )
    return (
        Result("risk_reserve", "Risk reserve that the bank holds", "银行须缴外汇风险准备金", held),
        Result(
            "risk_reserve_cost",
            "Its cost to the bank, not in the rate",
            "外汇风险准备金成本(未计入汇率)",
            cost,
        ),
    )


plugin = FxForward()
