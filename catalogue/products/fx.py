"""The base of foreign-exchange deals with clients: two-way prices, client tiers, value dates, margin.

A deal's quote is in the counter currency. The client's leg in it is a flow; the other leg is a flow
too, valued at mid, so that paid less received is what the deal costs the client: the bank's margin.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Flow, Result, Terms
from catalogue.values import Money, add_business_days, roll, round_money

STANDARD_TIER = "standard"


@attrs.frozen
class TwoWay:
    """Units of the counter currency for one of the base: the bank buys at bid and sells at ask."""

    bid: Decimal
    mid: Decimal
    ask: Decimal

    def narrowed(self, share: Decimal) -> TwoWay:
        """The client's prices: `share` of the distance from mid given back."""
        keep = 1 - share
        return TwoWay(
            self.mid - (self.mid - self.bid) * keep,
            self.mid,
            self.mid + (self.ask - self.mid) * keep,
        )


class FxDeal(Product):
    """A deal in the base currency (the ask's amount) against `counter`."""

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, with the pair, the client's side and the spot value date."""
        terms = super().terms(ctx)
        base, counter = ctx.ask.currency, ctx.ask["counter"]
        if base == counter:
            raise InputError(f"counter: {counter} is the currency of the amount; state another one")
        spot_days = int(ctx.figure("spot_days"))
        value_date = (
            add_business_days(terms.start, spot_days, ctx.calendar) if spot_days else terms.start
        )
        if terms.tenor is not None:
            terms = attrs.evolve(terms, maturity=self.delivery(ctx, value_date))
        return terms.with_extra(
            pair=f"{base}/{counter}",
            side=ctx.ask.get("side"),
            trade_date=terms.start,
            value_date=value_date,
        )

    def delivery(self, ctx: QuoteContext, value_date: date) -> date:
        """The far date: the tenor counts from spot; a holiday moves it (modified following)."""
        stated = ctx.ask.maturity if "maturity" in ctx.ask.stated else ctx.ask.tenor.end(value_date)
        moved = roll(stated, "modified-following", ctx.calendar)
        if moved != stated:
            ctx.warn(f"maturity: {stated} is no business day; {moved} is used")
        if moved <= value_date:
            raise InputError(f"maturity: {moved} is not after the spot value date {value_date}")
        return moved

    def spot(self, ctx: QuoteContext) -> TwoWay:
        """The client's two-way spot price: the listed one, narrowed by the tier's rebate."""
        base, counter = ctx.ask.currency, ctx.ask["counter"]
        listed = cross(sides(ctx, base), sides(ctx, counter))
        share = ctx.figure("tier_rebate", key=tier(ctx))
        price = listed.narrowed(share)
        places = self.decimals(ctx)
        client = TwoWay(*(quantised(rate, places) for rate in (price.bid, price.mid, price.ask)))
        ctx.explain(
            "fx.client",
            {"bid": client.bid, "ask": client.ask},
            "mid ± (listed distance from mid) × (1 − tier rebate)",
            {
                "listed_bid": listed.bid,
                "mid": listed.mid,
                "listed_ask": listed.ask,
                "rebate": share,
            },
        )
        return client

    def decimals(self, ctx: QuoteContext) -> int:
        """Places of a rate in the pair."""
        counter, base = ctx.ask["counter"], ctx.ask.currency
        small = "JPY" if "JPY" in (base, counter) and counter == "CNY" else "other"
        return int(ctx.figure("decimals", key=small))

    def deal(
        self,
        ctx: QuoteContext,
        terms: Terms,
        rate: Decimal,
        mid: Decimal,
        extra: tuple[Result, ...] = (),
    ) -> Contract:
        """A contract at a client rate, with the margin over mid as a result."""
        amount, counter = ctx.ask.amount, ctx.ask["counter"]
        buys = ctx.ask["side"] == "buy"
        own = Money.rounded(Fraction(amount.amount) * Fraction(rate), counter)
        fair = Money.rounded(Fraction(amount.amount) * Fraction(mid), counter)
        margin = own - fair if buys else fair - own
        value_date = terms.extra["value_date"] if terms.maturity is None else terms.maturity
        sign = 1 if buys else -1
        flows = (
            Flow(value_date, own * -sign, "counter leg"),
            Flow(value_date, fair * sign, "base leg at mid"),
        )
        ctx.explain(
            "fx.margin",
            margin,
            "amount × distance of the client's rate from mid",
            {"amount": amount, "rate": rate, "mid": mid},
        )
        results = (
            Result("rate", "Rate", "成交汇率", rate, "number"),
            Result("counter_amount", "Counter amount", "对应金额", own),
            Result("mid", "Mid rate", "中间价", mid, "number"),
            *extra,
            Result("margin", "Margin over mid", "点差收入", margin),
        )
        zero = Money.zero(counter)
        return Contract(
            counter, flows, {"principal": own, "interest": zero, "margin": margin}, results=results
        )


def tier(ctx: QuoteContext) -> str:
    """The client's tier for exchange business; unknown clients are standard."""
    return str(ctx.customer.get("fx_tier") or STANDARD_TIER)


def sides(ctx: QuoteContext, currency: str) -> TwoWay:
    """The listed prices of a currency in CNY."""
    if currency == "CNY":
        one = Decimal(1)
        return TwoWay(one, one, one)
    column = f"{currency}/CNY"
    return TwoWay(
        *(ctx.reference("fx", column=column, side=side) for side in ("bid", "mid", "ask"))
    )


def cross(base: TwoWay, counter: TwoWay) -> TwoWay:
    """The price of one currency in another through CNY: bid by ask and ask by bid."""
    return TwoWay(base.bid / counter.ask, base.mid / counter.mid, base.ask / counter.bid)


def quantised(rate: Decimal, places: int) -> Decimal:
    """A rate to its places, HALF_UP."""
    scale = Decimal(10) ** places
    return Decimal(int(round_money(rate * scale, "JPY"))) / scale


def curve_rate(ctx: QuoteContext, currency: str) -> Decimal:
    """The simple money-market rate of a currency for the ask's tenor."""
    sheet = "shibor" if currency == "CNY" else f"{currency.lower()}-money-market"
    return ctx.reference(sheet, tenor=ctx.ask.tenor)


def far_date(terms: Terms) -> date:
    """The delivery date of a deal beyond spot."""
    if terms.maturity is None:
        raise InputError("tenor: is missing; state tenor or maturity")
    return terms.maturity


def two_way_rate(rate: Decimal, half: Decimal) -> tuple[Decimal, Decimal]:
    """A rate as the market borrows and lends it."""
    return rate - half, rate + half
