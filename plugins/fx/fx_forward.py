"""Forward exchange for clients (远期外汇买卖): by interest parity or by quoted points."""

from __future__ import annotations

from decimal import Decimal

from catalogue import Contract, QuoteContext, Result, Terms
from catalogue.maths import fx_forward
from catalogue.products.fx import FxDeal, TwoWay, curve_rate, far_date, two_way_rate


class FxForward(FxDeal):
    """A rate agreed today for a day beyond spot, outright."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """The client's forward rate, its mid by parity, and the points."""
        spot = self.spot(ctx)
        client = self._forward(ctx, terms, spot)
        buys = ctx.ask["side"] == "buy"
        rate = client.ask if buys else client.bid
        points = (rate - (spot.ask if buys else spot.bid)) / Decimal(10) ** -self.decimals(ctx)
        extra = (
            Result("spot_rate", "Spot rate", "即期汇率", spot.ask if buys else spot.bid, "number"),
            Result("points", "Forward points", "远期点数", points, "number"),
            Result(
                "days",
                "Days from spot",
                "起息后天数",
                (far_date(terms) - terms.extra["value_date"]).days,
                "days",
            ),
        )
        return self.deal(ctx, terms, rate, client.mid, extra)

    def _forward(self, ctx: QuoteContext, terms: Terms, spot: TwoWay) -> TwoWay:
        places = self.decimals(ctx)
        stated = {row["date"]: (row["bid"], row["ask"]) for row in ctx.ask.get("points", ())}
        common = {
            "spot_date": terms.extra["value_date"],
            "maturity": far_date(terms),
            "decimals": places,
            "pip": Decimal(10) ** -places,
        }
        if stated:
            made = fx_forward(spot=(spot.bid, spot.ask), points=stated, **common)
            middle = {day: (bid + ask) / 2 for day, (bid, ask) in stated.items()}
            mid = fx_forward(spot=spot.mid, points=middle, **common)
            formula = "spot + quoted points, by days between quoted dates"
            inputs = {"points": {str(day): list(pair) for day, pair in stated.items()}}
        else:
            base, counter = curve_rate(ctx, ctx.ask.currency), curve_rate(ctx, ctx.ask["counter"])
            half = ctx.figure("rate_half_spread")
            made = fx_forward(
                spot=(spot.bid, spot.ask),
                base_rate=two_way_rate(base, half),
                quote_rate=two_way_rate(counter, half),
                **common,
            )
            mid = fx_forward(spot=spot.mid, base_rate=base, quote_rate=counter, **common)
            formula = "spot × (1 + counter rate × days/360) ÷ (1 + base rate × days/360)"
            inputs = {"base_rate": base, "counter_rate": counter, "days": made.days}
        ctx.explain("fx.forward", {"bid": made.bid, "ask": made.ask}, formula, inputs)
        return TwoWay(made.bid, (mid.bid + mid.ask) / 2, made.ask)


plugin = FxForward()
