"""The base of foreign-exchange deals with clients: two-way prices, client tiers, value dates, margin.

A deal's quote is in the counter currency. The client's leg in it is a flow; the other leg is a flow
too, valued at mid, so that paid less received is what the deal costs the client: the bank's margin.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from catalogue.errors import InputError
from catalogue.products.bank_days import market_days, tell_unknown
from catalogue.products.base import Product
from catalogue.products.context import QuoteContext
from catalogue.products.results import Contract, Flow, Result, Terms
from catalogue.values import (
    Money,
    Tenor,
    add_business_days,
    add_days,
    add_months,
    roll,
    round_places,
)

STANDARD_TIER = "standard"
DAY_COUNTS: Mapping[int, str] = {360: "act/360", 365: "act/365f"}
"""How a money market counts, by the days of its year."""


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
    """A deal in the base currency (the ask's amount) against `counter`.

    Figures of a definition: `spot_days`, business days to the spot value date; `decimals`, places of
    a rate by its size; `tier_rebate`, the share of the distance from mid that a client's tier gives
    back; `year_days`, the year of a currency's money market (deals beyond spot).
    """

    def terms(self, ctx: QuoteContext) -> Terms:
        """The ask as agreed, with the pair, the client's side and tier, and the spot value date."""
        terms = super().terms(ctx)
        base, counter = ctx.ask.currency, ctx.ask["counter"]
        if base == counter:
            raise InputError(f"counter: {counter} is the currency of the amount; state another one")
        if terms.start != ctx.as_of:
            ctx.warn(f"start: dealt on {terms.start}, but at the rates of {ctx.as_of}")
        value_date = self.spot_date(ctx, terms.start)
        if terms.tenor is not None:
            terms = attrs.evolve(terms, maturity=self.delivery(ctx, value_date))
        return terms.with_extra(
            pair=f"{base}/{counter}",
            side=ctx.ask.get("side"),
            fx_tier=tier(ctx),
            value_date=value_date,
        )

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

    def spot(self, ctx: QuoteContext) -> TwoWay:
        """The client's two-way spot price: the listed one, narrowed by the tier's rebate."""
        listed, share, places = self.listed(ctx), rebate(ctx), self.decimals(ctx)
        price = listed.narrowed(share)
        client = TwoWay(*(round_places(rate, places) for rate in (price.bid, price.mid, price.ask)))
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

    def listed(self, ctx: QuoteContext) -> TwoWay:
        """The listed price of the pair, unrounded."""
        return cross(sides(ctx, ctx.ask.currency), sides(ctx, ctx.ask["counter"]))

    def decimals(self, ctx: QuoteContext) -> int:
        """Places of a rate in the pair, by its size; one pip is the last of them."""
        return int(ctx.figure("decimals", at=self.listed(ctx).mid))

    def spot_date(self, ctx: QuoteContext, dealt: date) -> date:
        """The spot days after the deal; with none, that day itself, whatever day it is."""
        spot_days, days = int(ctx.figure("spot_days")), market_days(ctx)
        if not spot_days:
            return dealt
        if not days.is_business_day(dealt):
            ctx.warn(f"start: {dealt} is no business day; no exchange is dealt on it")
        spot = add_business_days(dealt, spot_days, days)
        tell_unknown(ctx, spot)
        return spot

    def delivery(self, ctx: QuoteContext, value_date: date) -> date:
        """The far date: the tenor counts from spot; a holiday moves it (modified following).

        A stated date is held to the days on which the shortest and the longest tenor would end.

        Raises:
            InputError: a date not after spot, or outside of the tenors that are dealt.
        """
        if "maturity" in ctx.ask.stated:
            far, moved = _rolled(ctx, ctx.ask.maturity)
        else:
            far, moved = _tenor_end(ctx, value_date, ctx.ask.tenor)
        tell_unknown(ctx, moved)
        if moved != far:
            ctx.warn(f"maturity: {far} is no business day; {moved} is used")
        if moved <= value_date:
            raise InputError(f"maturity: {moved} is not after the spot value date {value_date}")
        if "maturity" in ctx.ask.stated:
            _check_far(ctx, value_date, moved)
        return moved


def _tenor_end(ctx: QuoteContext, value_date: date, tenor: Tenor) -> tuple[date, date]:
    """(the day on which a tenor from spot ends, the business day that is used for it).

    A tenor in months that begins on the last business day of a month ends on the last one too.
    """
    months = tenor.months
    if months and _ends_month(ctx, value_date):
        last = roll(add_months(value_date, months, day=31), "preceding", market_days(ctx))
        return last, last
    return _rolled(ctx, tenor.end(value_date))


def _rolled(ctx: QuoteContext, day: date) -> tuple[date, date]:
    return day, roll(day, "modified-following", market_days(ctx))


def _check_far(ctx: QuoteContext, value_date: date, far: date) -> None:
    field = ctx.version.ask["tenor"]
    for bound, words, sign in (
        (field.min, "under the minimum", -1),
        (field.max, "over the maximum", 1),
    ):
        if bound is None:
            continue
        limit = _tenor_end(ctx, value_date, Tenor.parse(bound))[1]
        if (far - limit).days * sign > 0:
            raise InputError(
                f"maturity: {far} is {words} of {bound} from the spot value date {value_date}, {limit}"
            )


def _ends_month(ctx: QuoteContext, day: date) -> bool:
    return roll(add_days(day, 1), "following", market_days(ctx)).month != day.month


def tier(ctx: QuoteContext) -> str:
    """The client's tier for exchange business; unknown clients are standard."""
    return str(ctx.customer.get("fx_tier") or STANDARD_TIER)


def rebate(ctx: QuoteContext) -> Decimal:
    """The share of the bank's distance from mid that the client's tier gives back."""
    return ctx.figure("tier_rebate", key=tier(ctx))


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


def curve_rate(ctx: QuoteContext, terms: Terms, currency: str) -> Decimal:
    """The simple money-market rate of a currency from spot to the far date.

    A tenor is looked up as stated, a date by its days from spot. Past its last tenor a curve is flat,
    and the quote says so.
    """
    tenor = ctx.ask.tenor
    if "maturity" in ctx.ask.stated:
        tenor = Tenor((far_date(terms) - terms.extra["value_date"]).days, "d")
    sheet, longest = money_market(ctx, currency)
    if tenor.sort_key > longest.sort_key:
        ctx.warn(f"rate sheet {sheet} ends at {longest}; its last rate is used for {tenor}")
    return ctx.reference(sheet, tenor=tenor)


def money_market(ctx: QuoteContext, currency: str) -> tuple[str, Tenor]:
    """The rate sheet of a currency's money market, and the longest tenor that it lists."""
    sheet = "shibor" if currency == "CNY" else f"{currency.lower()}-money-market"
    tenors = [column.tenor for column in ctx.rates.sheet(sheet).columns if column.tenor]
    return sheet, max(tenors, key=lambda each: each.sort_key)


def year_days(ctx: QuoteContext, currency: str) -> int:
    """Days of a year in a currency's money market: 365 for sterling and the Hong Kong dollar."""
    key = currency if ctx.has_figure("year_days", currency) else "other"
    days = int(ctx.figure("year_days", key=key))
    if days not in DAY_COUNTS:
        raise InputError(
            f"figure year_days.{key}: {days} is no money-market year; state 360 or 365"
        )
    return days


def far_date(terms: Terms) -> date:
    """The delivery date of a deal beyond spot."""
    if terms.maturity is None:
        raise InputError("tenor: is missing; state tenor or maturity")
    return terms.maturity
