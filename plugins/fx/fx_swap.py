"""FX swap for clients (外汇掉期): buy and sell the base currency on two dates."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from catalogue import Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.maths import fx_forward, fx_swap
from catalogue.products.fx import FxDeal, TwoWay, far_date, parity_rates


class FxSwap(FxDeal):
    """The near leg on the spot value date, the far leg at maturity; the price is in the points."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Both legs, the points, and what the swap costs against parity."""
        near_date, far = terms.extra["value_date"], far_date(terms)
        spot, counter, places = self.spot(ctx), ctx.ask["counter"], self.decimals(ctx)
        direction: Literal["buy-sell", "sell-buy"] = ctx.ask["direction"]
        fair, client = self._points(ctx, terms, spot, places)
        points = client.ask if direction == "sell-buy" else client.bid
        made = fx_swap(
            ctx.ask.amount.amount,
            near_rate=spot.mid,
            points=points,
            near_date=near_date,
            far_date=far,
            direction=direction,
            pip=Decimal(10) ** -places,
            base_currency=ctx.ask.currency,
            quote_currency=counter,
        )
        sign = 1 if direction == "sell-buy" else -1
        margin = Money.rounded(
            ctx.ask.amount.amount * (points - fair) * Decimal(10) ** -places * sign, counter
        )
        near_leg = Money.of(made.near.quote_amount, counter)
        far_leg = Money.of(made.far.quote_amount, counter)
        # only the points cost: the two legs undo each other at the near rate
        flows = (Flow(far, near_leg + far_leg, "points"),)
        results = (
            Result("near_rate", "Near rate", "近端汇率", made.near.rate, "number"),
            Result("far_rate", "Far rate", "远端汇率", made.far.rate, "number"),
            Result("points", "Swap points", "掉期点", points, "number"),
            Result(
                "near_amount",
                "Near counter amount (+ received, − paid)",
                "近端对应金额(收+付−)",
                near_leg,
            ),
            Result(
                "far_amount",
                "Far counter amount (+ received, − paid)",
                "远端对应金额(收+付−)",
                far_leg,
            ),
            Result(
                "cost",
                "Cost of the points (below 0: earned)",
                "掉期成本(负数为收益)",
                Money.of(made.cost, counter),
            ),
            Result(
                "implied_rate",
                "Implied annual rate difference, counter less base",
                "隐含年利差(对应币种减交易币种)",
                made.implied_rate,
                "rate",
            ),
            Result("days", "Days", "天数", made.days, "days"),
            Result("margin", "Margin over parity", "点差收入", margin),
        )
        ctx.explain(
            "fx.margin",
            margin,
            "amount × (client points − fair points)",
            {"fair": fair, "points": points},
        )
        zero = Money.zero(counter)
        return Contract(
            counter,
            flows,
            {"principal": abs(near_leg), "interest": zero, "margin": margin},
            results=results,
        )

    def _points(
        self, ctx: QuoteContext, terms: Terms, spot: TwoWay, places: int
    ) -> tuple[Decimal, TwoWay]:
        """Fair points by parity of mid rates, and the client's two-way points."""
        rates, pip = parity_rates(ctx, terms), Decimal(10) ** -places
        common = {
            "spot": spot.mid,
            "spot_date": terms.extra["value_date"],
            "maturity": far_date(terms),
            "decimals": places,
            "pip": pip,
        }
        mid = fx_forward(**rates.mid(), **common)
        wide = fx_forward(**rates.two_way(), **common)
        fair, bid, ask = ((rate - spot.mid) / pip for rate in (mid.bid, wide.bid, wide.ask))
        ctx.explain(
            "fx.points",
            {"bid": bid, "ask": ask},
            "forward by interest parity less spot, in pips",
            {**rates.inputs(), "days": mid.days},
        )
        return fair, TwoWay(bid, fair, ask)


plugin = FxSwap()
