"""Forward prices of exchange deals: by covered interest parity, or by points that the ask quotes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths import fx_forward
from catalogue.products.context import QuoteContext
from catalogue.products.fx import (
    DAY_COUNTS,
    TwoWay,
    curve_rate,
    far_date,
    rebate,
    year_days,
)
from catalogue.products.results import Terms


def forward_price(ctx: QuoteContext, terms: Terms, spot: TwoWay, places: int) -> TwoWay:
    """The two-way price for the far date, from a two-way price for the spot date, to so many places.

    By the ask's `points` where it states them, else by interest parity of both money markets.
    """
    stated = quoted_points(ctx)
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
        inputs: dict[str, object] = {
            "points": {str(day): list(pair) for day, pair in stated.items()}
        }
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


def parity_rates(ctx: QuoteContext, terms: Terms) -> ParityRates:
    """Rates and day counts of both currencies, and half their spread after the tier's rebate."""
    base, counter = ctx.ask.currency, ctx.ask["counter"]
    return ParityRates(
        curve_rate(ctx, terms, base),
        curve_rate(ctx, terms, counter),
        year_days(ctx, base),
        year_days(ctx, counter),
        ctx.figure("rate_half_spread") * (1 - rebate(ctx)),
    )


@attrs.frozen
class ParityRates:
    """What interest parity needs: simple annual rates of the pair and how their days count."""

    base: Decimal
    counter: Decimal
    base_year: int
    counter_year: int
    half_spread: Decimal

    def mid(self) -> dict[str, Any]:
        """Arguments of `fx_forward` at mid rates."""
        return {"base_rate": self.base, "quote_rate": self.counter, **self._day_counts()}

    def two_way(self) -> dict[str, Any]:
        """Arguments of `fx_forward` as the market borrows and lends."""
        return {
            "base_rate": (self.base - self.half_spread, self.base + self.half_spread),
            "quote_rate": (self.counter - self.half_spread, self.counter + self.half_spread),
            **self._day_counts(),
        }

    def inputs(self) -> dict[str, object]:
        """What an explanation shows."""
        return {
            "base_rate": self.base,
            "base_year": self.base_year,
            "counter_rate": self.counter,
            "counter_year": self.counter_year,
            "half_spread": self.half_spread,
        }

    def _day_counts(self) -> dict[str, str]:
        return {
            "base_day_count": DAY_COUNTS[self.base_year],
            "quote_day_count": DAY_COUNTS[self.counter_year],
        }
