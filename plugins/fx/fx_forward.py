"""Forward exchange for clients (远期外汇买卖): by interest parity or by quoted points."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from catalogue import Contract, InputError, QuoteContext, Result, Terms
from catalogue.maths import fx_forward
from catalogue.products.fx import FxDeal, TwoWay, far_date, parity_rates


class FxForward(FxDeal):
    """A rate agreed today for a day beyond spot, outright."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The client's forward rate, its mid, and the points between spot and forward."""
        spot = self.spot(ctx)
        client = self._forward(ctx, terms, spot)
        buys = ctx.ask["side"] == "buy"
        rate, near = (client.ask, spot.ask) if buys else (client.bid, spot.bid)
        points = (rate - near) / Decimal(10) ** -self.decimals(ctx)
        days = (far_date(terms) - terms.extra["value_date"]).days
        extra = (
            Result("spot_rate", "Spot rate", "即期汇率", near, "number"),
            Result("points", "Forward points", "远期点数", points, "number"),
            Result("days", "Days from spot", "起息后天数", days, "days"),
            *risk_reserve(ctx),
        )
        return self.deal(ctx, terms, rate, client.mid, extra)

    def _forward(self, ctx: QuoteContext, terms: Terms, spot: TwoWay) -> TwoWay:
        places = self.decimals(ctx)
        stated = quoted_points(ctx)
        common = {
            "spot_date": terms.extra["value_date"],
            "maturity": far_date(terms),
            "decimals": places,
            "pip": Decimal(10) ** -places,
        }
        inputs: dict[str, object]
        if stated:
            made = fx_forward(spot=(spot.bid, spot.ask), points=stated, **common)
            middle = {day: (bid + ask) / 2 for day, (bid, ask) in stated.items()}
            mid = fx_forward(spot=spot.mid, points=middle, **common)
            formula = "spot + quoted points, by days between quoted dates"
            inputs = {"points": {str(day): list(pair) for day, pair in stated.items()}}
        else:
            rates = parity_rates(ctx, terms)
            made = fx_forward(spot=(spot.bid, spot.ask), **rates.two_way(), **common)
            mid = fx_forward(spot=spot.mid, **rates.mid(), **common)
            formula = "spot × (1 + counter rate × days/year) ÷ (1 + base rate × days/year)"
            inputs = {**rates.inputs(), "days": made.days}
        ctx.explain("fx.forward", {"bid": made.bid, "ask": made.ask}, formula, inputs)
        return TwoWay(made.bid, mid.bid, made.ask)


def quoted_points(ctx: QuoteContext) -> Mapping[date, tuple[Decimal, Decimal]]:
    """The ask's (bid, ask) points in pips by date; a date stated twice or a bid over its ask is refused."""
    made: dict[date, tuple[Decimal, Decimal]] = {}
    for number, row in enumerate(ctx.ask.get("points", ()), 1):
        day, bid, ask = row["date"], row["bid"], row["ask"]
        if day in made:
            raise InputError(f"points[{number}].date: {day} is stated twice")
        if bid > ask:
            raise InputError(
                f"points[{number}].bid: {bid} is over the ask, {ask}; state points with their sign"
            )
        made[day] = (bid, ask)
    return made


def risk_reserve(ctx: QuoteContext) -> tuple[Result, ...]:
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
