"""FX swap for clients (外汇掉期): buy and sell the base currency on two dates."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from catalogue import Contract, Flow, Money, QuoteContext, Result, Terms
from catalogue.maths import fx_swap
from catalogue.maths.fx import FxSwap as Priced
from catalogue.products.fx import FxDeal, TwoWay, far_date
from catalogue.products.fx_forward import forward_price


class FxSwap(FxDeal):
    """The near leg on the spot value date, the far leg at maturity; the price is in the points."""

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """Both legs, the points, and what the swap costs against parity."""
        amount, counter = ctx.ask.amount, ctx.ask["counter"]
        direction: Literal["buy-sell", "sell-buy"] = ctx.ask["direction"]
        near_rate, pip = self.spot(ctx).mid, Decimal(10) ** -self.decimals(ctx)
        client = self._points(ctx, terms, near_rate)
        points = client.ask if direction == "sell-buy" else client.bid
        made = fx_swap(
            amount.amount,
            near_rate=near_rate,
            points=points,
            near_date=terms.extra["value_date"],
            far_date=far_date(terms),
            direction=direction,
            pip=pip,
            base_currency=ctx.ask.currency,
            quote_currency=counter,
        )
        sign = 1 if direction == "sell-buy" else -1
        margin = Money.rounded(amount.amount * (points - client.mid) * pip * sign, counter)
        ctx.explain(
            "fx.margin",
            margin,
            "amount × (client points − fair points)",
            {"fair": client.mid, "points": points},
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

    def _points(self, ctx: QuoteContext, terms: Terms, near: Decimal) -> TwoWay:
        """The client's two-way points and the fair ones between them, in pips, from a near rate at mid."""
        places = self.decimals(ctx)
        far = forward_price(ctx, terms, TwoWay(near, near, near), places)
        bid, fair, ask = ((rate - near).scaleb(places) for rate in (far.bid, far.mid, far.ask))
        ctx.explain("fx.points", {"bid": bid, "ask": ask}, "far rate less near rate, in pips")
        return TwoWay(bid, fair, ask)


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
