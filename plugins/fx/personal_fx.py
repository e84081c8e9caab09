"""Exchange between foreign currencies for persons (个人外汇买卖): market, limit, stop, one-cancels-other."""

from __future__ import annotations

from decimal import Decimal

from catalogue import Contract, InputError, QuoteContext, Result, Terms
from catalogue.products.fx import FxDeal, TwoWay, cross, quantised, sides


class PersonalFx(FxDeal):
    """The bank's price is mid ± a spread by amount; an order may wait for a rate."""

    def spot(self, ctx: QuoteContext) -> TwoWay:
        """Mid of the pair ± the spread in pips that the size of the deal earns, less the tier's rebate."""
        middle = cross(sides(ctx, ctx.ask.currency), sides(ctx, ctx.ask["counter"])).mid
        in_dollars = ctx.convert(ctx.ask.amount, "USD")
        pips = ctx.figure("spread_pips", at=in_dollars) - ctx.figure(
            "rebate_pips", key=self._tier(ctx)
        )
        places = self.decimals(ctx)
        half = max(pips, Decimal(0)) * Decimal(10) ** -places
        mid = quantised(middle, places)
        ctx.explain(
            "fx.client",
            {"bid": mid - half, "ask": mid + half},
            "mid ± (spread − rebate) pips",
            {"mid": mid, "pips": pips},
        )
        return TwoWay(mid - half, mid, mid + half)

    def decimals(self, ctx: QuoteContext) -> int:
        """Two places when the yen is the counter currency, four otherwise."""
        return int(ctx.figure("decimals", key="JPY" if ctx.ask["counter"] == "JPY" else "other"))

    def _tier(self, ctx: QuoteContext) -> str:
        return str(ctx.customer.get("fx_tier") or "standard")

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """A market order now, or a waiting order at its own rate with what the given path does to it."""
        spot, buys = self.spot(ctx), ctx.ask["side"] == "buy"
        now = spot.ask if buys else spot.bid
        order = ctx.ask["order"]
        if order == "market":
            return self.deal(ctx, terms, now, spot.mid)
        levels = self._levels(ctx, order, now, buys)
        rate, step = self._filled(ctx, levels, buys)
        extra = (
            Result("order", "Order", "委托种类", order, "text"),
            Result(
                "filled", "Filled by the given path", "按所给走势是否成交", step is not None, "bool"
            ),
            *(
                ()
                if step is None
                else (Result("filled_step", "Filled at step", "成交步序", step, "number"),)
            ),
        )
        return self.deal(ctx, terms, rate, spot.mid, extra)

    def _levels(
        self, ctx: QuoteContext, order: str, now: Decimal, buys: bool
    ) -> dict[str, Decimal]:
        """The waiting rates: a limit must be better than now for the client, a stop worse."""
        wanted = {
            "limit": ("limit_rate",),
            "stop": ("stop_rate",),
            "oco": ("limit_rate", "stop_rate"),
        }
        levels = {name: ctx.ask.need(name) for name in wanted[order]}
        for name, level in levels.items():
            better = level < now if buys else level > now
            if (name == "limit_rate") != better:
                side = "better" if name == "limit_rate" else "worse"
                raise InputError(
                    f"{name}: {level} is not {side} than the market, {now}, for this side"
                )
        return levels

    def _filled(
        self, ctx: QuoteContext, levels: dict[str, Decimal], buys: bool
    ) -> tuple[Decimal, int | None]:
        """The rate of the order that the path reaches first; without a path, the limit or stop itself."""
        for step, row in enumerate(ctx.ask.get("path", ()), 1):
            for name, level in levels.items():
                falls = (name == "limit_rate") == buys
                if row["rate"] <= level if falls else row["rate"] >= level:
                    return level, step
        return next(iter(levels.values())), None


plugin = PersonalFx()
