"""Exchange for persons (个人外汇买卖), also against renminbi (结汇、购汇): market, limit, stop, one-cancels-other."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue import Contract, InputError, Money, QuoteContext, Result, Terms
from catalogue.products.fx import FxDeal, TwoWay, tier
from catalogue.values import round_places

RENMINBI = "CNY"
LEVELS: Mapping[str, tuple[str, ...]] = {
    "market": (),
    "limit": ("limit_rate",),
    "stop": ("stop_rate",),
    "oco": ("limit_rate", "stop_rate"),
}
"""The rates that an order waits for."""


class PersonalFx(FxDeal):
    """The bank's price is mid ± a spread by amount; an order may wait for a rate.

    The spread is in pips of the pair as the market names it (USD/JPY); asked the other way round
    (JPY/USD), the price is the reciprocal. Against renminbi the listed prices hold, less the rebate,
    and what a person exchanges in a year is limited.
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The deal, its order, and what it takes of a yearly total; a rate that no order waits for is refused."""
        order = ctx.ask["order"]
        spare = [
            f"{name}: goes with another order than {order!r}; leave it out"
            for name in ("limit_rate", "stop_rate")
            if name in ctx.ask and name not in LEVELS[order]
        ]
        if order == "market" and "path" in ctx.ask:
            spare.append("path: goes with a waiting order (limit, stop or oco); leave it out")
        if ctx.ask["counter"] != RENMINBI:
            if "quota_used" in ctx.ask:
                spare.append(
                    "quota_used: only exchange against CNY has a yearly total; leave it out"
                )
            if ctx.ask.get("funds") == "notes":
                spare.append("funds: notes are exchanged against CNY only; state transfer")
        if spare:
            raise InputError.many(spare)
        terms = super().terms(ctx).with_extra(order=order)
        return terms.with_extra(year_total=_year_total(ctx)) if _has_total(ctx) else terms

    def price(self, ctx: QuoteContext, terms: Terms) -> Contract:
        """A market order now; a waiting order at its own rate, if the given path reaches it."""
        spot, buys = self.spot(ctx), ctx.ask["side"] == "buy"
        now = spot.ask if buys else spot.bid
        levels = self._levels(ctx, now, buys)
        if not levels:
            return self.deal(ctx, terms, now, spot.mid)
        extra: tuple[Result, ...] = (
            Result("market_rate", "Market rate now", "当前成交汇率", now, "number"),
        )
        rate = next(iter(levels.values()))
        if "path" in ctx.ask:
            found = self._filled(ctx, levels, buys)
            filled = Result(
                "filled",
                "Filled by the given path",
                "按所给走势是否成交",
                found is not None,
                "bool",
            )
            if found is None:
                return self._waiting(ctx, (*extra, filled))
            rate, step = found
            done = Result("filled_step", "Filled at step", "成交步序", step, "number")
            extra = (*extra, filled, done)
        else:
            ctx.warn(f"order: it waits; the amounts are those of a deal at {rate}")
        # filled at its own rate, the mid of that moment lies half the spread away
        return self.deal(ctx, terms, rate, rate + (spot.mid - now), extra)

    def spot(self, ctx: QuoteContext) -> TwoWay:
        """Mid of the pair ± the pips that the size of the deal earns, less the tier's rebate."""
        if ctx.ask["counter"] == RENMINBI:
            return self._renminbi(ctx)
        middle = self.listed(ctx).mid
        pips = max(
            ctx.figure("spread_pips", at=ctx.convert(ctx.ask.amount, "USD"))
            - ctx.figure("rebate_pips", key=tier(ctx)),
            Decimal(0),
        )
        turned = ctx.figure("market_order", key=ctx.ask.currency) > ctx.figure(
            "market_order", key=ctx.ask["counter"]
        )
        named = 1 / middle if turned else middle
        places = int(ctx.figure("decimals", at=named))
        mid, half = round_places(named, places), pips.scaleb(-places)
        price = TwoWay(mid - half, mid, mid + half)
        if turned:
            price = TwoWay(*(self._turned(ctx, each) for each in (price.ask, mid, price.bid)))
        ctx.explain(
            "fx.client",
            {"bid": price.bid, "ask": price.ask},
            "1 ÷ (mid ± (spread − rebate) pips)" if turned else "mid ± (spread − rebate) pips",
            {"mid": mid, "pips": pips},
        )
        return price

    def _renminbi(self, ctx: QuoteContext) -> TwoWay:
        """The listed prices, each nearer to mid by the tier's rebate, never beyond it; notes are bought for less."""
        listed, places = self.listed(ctx), self.decimals(ctx)
        if ctx.ask["funds"] == "notes":
            notes = ctx.reference("fx", column=f"{ctx.ask.currency}/CNY", side="cash_bid")
            listed = attrs.evolve(listed, bid=notes)
        back = ctx.figure("rebate_pips", key=tier(ctx)).scaleb(-places)
        price = TwoWay(
            min(listed.bid + back, listed.mid), listed.mid, max(listed.ask - back, listed.mid)
        )
        ctx.explain(
            "fx.client",
            {"bid": price.bid, "ask": price.ask},
            "listed rate ± rebate pips, up to mid",
            {"listed_bid": listed.bid, "listed_ask": listed.ask, "rebate": back},
        )
        return price

    def _turned(self, ctx: QuoteContext, rate: Decimal) -> Decimal:
        """The reciprocal of a rate, to the places of the pair as it is asked."""
        if rate <= 0:
            raise InputError(f"counter: no price; the spread takes the rate to {rate}")
        return round_places(1 / rate, self.decimals(ctx))

    def _levels(self, ctx: QuoteContext, now: Decimal, buys: bool) -> dict[str, Decimal]:
        """The waiting rates: a limit must be better than now for the client, a stop worse."""
        levels = {name: ctx.ask.need(name) for name in LEVELS[ctx.ask["order"]]}
        for name, level in levels.items():
            better = level < now if buys else level > now
            worse = level > now if buys else level < now
            if not (better if name == "limit_rate" else worse):
                side = "better" if name == "limit_rate" else "worse"
                raise InputError(
                    f"{name}: {level} is not {side} than the market, {now}, for this side"
                )
        return levels

    def _filled(
        self, ctx: QuoteContext, levels: Mapping[str, Decimal], buys: bool
    ) -> tuple[Decimal, int] | None:
        """The rate that the path reaches first, and the step at which it does; None if it never does."""
        for step, row in enumerate(ctx.ask["path"], 1):
            if row["rate"] <= 0:
                raise InputError(f"path[{step}].rate: {row['rate']} is not above zero")
            for name, level in levels.items():
                falls = (name == "limit_rate") == buys
                if row["rate"] <= level if falls else row["rate"] >= level:
                    return level, step
        return None

    def _waiting(self, ctx: QuoteContext, results: tuple[Result, ...]) -> Contract:
        """An order that is never filled: nothing is exchanged."""
        zero = Money.zero(ctx.ask["counter"])
        totals = {"principal": zero, "interest": zero, "margin": zero}
        return Contract(zero.currency, (), totals, results=results)


def _has_total(ctx: QuoteContext) -> bool:
    """Whether the deal counts against a yearly total."""
    return ctx.ask["counter"] == RENMINBI and ctx.has_figure("yearly_total")


def _year_total(ctx: QuoteContext) -> Money | None:
    """US dollars' worth of the year with this deal; None when what was used is not stated and may matter.

    A deal that is over the total by itself needs no earlier ones.
    """
    this, used = ctx.convert(ctx.ask.amount, "USD"), ctx.ask.get("quota_used")
    if used is None:
        return this if this.amount > ctx.figure("yearly_total") else None
    return this + Money.rounded(Fraction(used), "USD")


plugin = PersonalFx()
