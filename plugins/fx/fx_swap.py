"""FX swap for clients (外汇掉期): buy and sell the base currency on two dates."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from catalogue import Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.maths import fx_forward, fx_swap
from catalogue.maths.fx import FxSwap as Priced
from catalogue.products.fx import FxDeal, TwoWay, far_date, parity_rates


class FxSwap(FxDeal):
    """The near leg on the spot value date, the far leg at maturity; the price is in the points."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Both legs, the points, and what the swap costs against parity."""
        amount, counter = ctx.ask.amount, ctx.ask["counter"]
        direction: Literal["buy-sell", "sell-buy"] = ctx.ask["direction"]
        spot, pip = self.spot(ctx), Decimal(10) ** -self.decimals(ctx)
        fair, client = self._points(ctx, terms, spot)
        points = client.ask if direction == "sell-buy" else client.bid
        made = fx_swap(
            amount.amount,
            near_rate=spot.mid,
            points=points,
            near_date=terms.extra["value_date"],
            far_date=far_date(terms),
            direction=direction,
            pip=pip,
            base_currency=ctx.ask.currency,
            quote_currency=counter,
        )
        sign = 1 if direction == "sell-buy" else -1
        margin = Money.rounded(amount.amount * (points - fair) * pip * sign, counter)
        ctx.explain(
            "fx.margin",
            margin,
            "amount × (client points − fair points)",
            {"fair": fair, "points": points},
        )
        near, far = (Money.of(leg.quote_amount, counter) for leg in (made.near, made.far))
        # only the points cost: the two legs undo each other at the near rate
        return Contract(
            counter,
            (Flow(far_date(terms), near + far, "points"),),
            {"principal": abs(near), "interest": Money.zero(counter), "margin": margin},
            results=(
                *_legs(made, counter, points),
                Result("margin", "Margin over parity", "点差收入", margin),
            ),
        )

    def _points(self, ctx: QuoteContext, terms: Terms, spot: TwoWay) -> tuple[Decimal, TwoWay]:
        """Fair points by parity of mid rates, and the client's two-way points."""
        rates, places = parity_rates(ctx, terms), self.decimals(ctx)
        pip = Decimal(10) ** -places
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


def _legs(made: Priced, counter: str, points: Decimal) -> tuple[Result, ...]:
    """Rates and counter amounts of both legs, and what the points between them cost."""
    near, far, cost = (
        Money.of(each, counter)
        for each in (made.near.quote_amount, made.far.quote_amount, made.cost)
    )
    return (
        Result("near_rate", "Near rate", "近端汇率", made.near.rate, "number"),
        Result("far_rate", "Far rate", "远端汇率", made.far.rate, "number"),
        Result("points", "Swap points", "掉期点", points, "number"),
        Result(
            "near_amount", "Near counter amount (+ received, − paid)", "近端对应金额(收+付−)", near
        ),
        Result(
            "far_amount", "Far counter amount (+ received, − paid)", "远端对应金额(收+付−)", far
        ),
        Result("cost", "Cost of the points (below 0: earned)", "掉期成本(负数为收益)", cost),
        Result(
            "implied_rate",
            "Implied annual rate difference, counter less base",
            "隐含年利差(对应币种减交易币种)",
            made.implied_rate,
            "rate",
        ),
        Result("days", "Days", "天数", made.days, "days"),
    )


plugin = FxSwap()
