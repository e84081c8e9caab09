"""FX forwards by covered interest parity or by quoted points, and FX swaps.

A pair is base/quote: the price of one unit of the base currency in the quote currency. Two-sided
prices are (bid, ask) as the bank quotes them: it buys the base at the bid and sells it at the ask.
Exact arithmetic; rates of exchange are rounded HALF_UP to `decimals`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from attrs import frozen

from catalogue.errors import InputError
from catalogue.maths._args import (
    Amount,
    Number,
    as_amount,
    as_count,
    as_dates,
    as_number,
    as_rate,
    minus,
    one_of,
    quantise,
)
from catalogue.values.daycount import day_count_fraction
from catalogue.values.numbers import parse_date
from catalogue.values.rounding import round_money

TwoWay = Number | tuple[Number, Number]
Points = Mapping[date, TwoWay]


@frozen
class Forward:
    """A forward quotation: two-sided rates and their points (forward − spot, in rate units)."""

    maturity: date
    days: int
    bid: Decimal
    ask: Decimal
    points_bid: Decimal
    points_ask: Decimal
    spot_bid: Decimal
    spot_ask: Decimal

    @property
    def mid(self) -> Decimal:
        """Half-way between bid and ask, one decimal more than they have."""
        decimals = -int(self.bid.as_tuple().exponent)
        return quantise((Fraction(self.bid) + Fraction(self.ask)) / 2, decimals + 1)


def fx_forward(
    *,
    spot: TwoWay,
    spot_date: date,
    maturity: date,
    base_rate: TwoWay | None = None,
    quote_rate: TwoWay | None = None,
    points: Points | None = None,
    base_day_count: str = "act/360",
    quote_day_count: str = "act/360",
    pip: Number = "0.0001",
    decimals: int = 4,
) -> Forward:
    """Forward rate for `maturity`, from interest rates or from quoted points (give one of them).

    Rates (simple, a year, each a number or (bid, ask) as the market borrows and lends): bid = spot
    bid × (1 + quote bid × t) ÷ (1 + base ask × t), ask = spot ask × (1 + quote ask × t) ÷ (1 +
    base bid × t). Points: `{date: points or (bid, ask)}` in pips; between two dates (and from spot,
    0 points) by days on a straight line, never beyond the last. Errors: InputError.

    >>> from datetime import date
    >>> f = fx_forward(spot=("7.1000", "7.1020"), spot_date=date(2024, 1, 4),
    ...     maturity=date(2024, 7, 2), base_rate="0.05", quote_rate="0.02")
    >>> str(f.bid), str(f.ask)  # 180 days: × 1.01 ÷ 1.025
    ('6.9961', '6.9981')
    >>> f = fx_forward(spot="7.1", spot_date=date(2024, 1, 4), maturity=date(2024, 1, 19),
    ...     points={date(2024, 2, 3): (-300, -280)})
    >>> str(f.bid), str(f.points_ask)
    ('7.0850', '-0.0140')
    """
    as_dates(spot_date, maturity, what="spot_date", until="maturity")
    as_count(decimals, "decimals", maximum=12)
    spot_bid, spot_ask = _two_way(spot, "spot", above=0)
    if points is not None:
        if base_rate is not None or quote_rate is not None:
            raise InputError("points: give either points or both rates, not both ways")
        low, high = _interpolate(points, spot_date, maturity, as_number(pip, "pip", above=0))
        bid, ask = Fraction(spot_bid) + low, Fraction(spot_ask) + high
    elif base_rate is None or quote_rate is None:
        raise InputError("base_rate, quote_rate: missing; give both rates, or points")
    else:
        base, quote = _two_rates(base_rate, "base_rate"), _two_rates(quote_rate, "quote_rate")
        base_time = day_count_fraction(spot_date, maturity, base_day_count)
        quote_time = day_count_fraction(spot_date, maturity, quote_day_count)
        bid = Fraction(spot_bid) * (1 + quote[0] * quote_time) / (1 + base[1] * base_time)
        ask = Fraction(spot_ask) * (1 + quote[1] * quote_time) / (1 + base[0] * base_time)
    return _forward(
        bid,
        ask,
        spot_bid=spot_bid,
        spot_ask=spot_ask,
        spot_date=spot_date,
        maturity=maturity,
        decimals=decimals,
    )


def _forward(
    bid: Fraction,
    ask: Fraction,
    *,
    spot_bid: Decimal,
    spot_ask: Decimal,
    spot_date: date,
    maturity: date,
    decimals: int,
) -> Forward:
    low, high = quantise(bid, decimals), quantise(ask, decimals)
    if low <= 0 or high < low:
        raise InputError(f"forward: {low} / {high} is no two-sided price; check spot and points")
    return Forward(
        maturity,
        (maturity - spot_date).days,
        low,
        high,
        minus(low, spot_bid),
        minus(high, spot_ask),
        spot_bid,
        spot_ask,
    )


def _two_way(value: TwoWay, what: str, *, above: int | None = None) -> tuple[Decimal, Decimal]:
    if not isinstance(value, tuple):
        number = as_number(value, what, above=above)
        return number, number
    if len(value) != 2:
        raise InputError(f"{what}: {len(value)} numbers; allowed: one, or (bid, ask)")
    bid, ask = (as_number(number, what, above=above) for number in value)
    if ask < bid:
        raise InputError(f"{what}: bid {bid} is over ask {ask}")
    return bid, ask


def _two_rates(value: TwoWay, what: str) -> tuple[Fraction, Fraction]:
    if not isinstance(value, tuple):
        rate = Fraction(as_rate(value, what, minimum=None))
        return rate, rate
    if len(value) != 2:
        raise InputError(f"{what}: {len(value)} numbers; allowed: one, or (bid, ask)")
    bid, ask = (Fraction(as_rate(number, what, minimum=None)) for number in value)
    if ask < bid:
        raise InputError(f"{what}: bid {float(bid):g} is over ask {float(ask):g}")
    return bid, ask


def _interpolate(
    points: Points, spot_date: date, maturity: date, pip: Decimal
) -> tuple[Fraction, Fraction]:
    """Bid and ask points in rate units on `maturity`, straight between the quoted dates."""
    pillars = [(spot_date, (Decimal(0), Decimal(0)))]
    for day, value in sorted(points.items()):
        if parse_date(day, "points date") <= spot_date:
            raise InputError(f"points: {day} is not after the spot date {spot_date}")
        # Points of a falling curve are quoted bid above ask in size, not in sign: keep as given.
        pair = value if isinstance(value, tuple) else (value, value)
        if len(pair) != 2:
            raise InputError(f"points: {len(pair)} numbers on {day}; allowed: one, or (bid, ask)")
        pillars.append((day, (as_number(pair[0], "points"), as_number(pair[1], "points"))))
    if maturity > pillars[-1][0]:
        raise InputError(f"maturity: {maturity} is after the last points, {pillars[-1][0]}")
    before, after = pillars[0], pillars[0]
    for pillar in pillars:
        if pillar[0] <= maturity:
            before = pillar
        after = pillar
        if pillar[0] >= maturity:
            break
    span = (after[0] - before[0]).days
    share = Fraction((maturity - before[0]).days, span) if span else Fraction(0)
    low, high = (
        Fraction(pip) * (Fraction(a) + share * (Fraction(b) - Fraction(a)))
        for a, b in zip(before[1], after[1], strict=True)
    )
    return low, high


@frozen
class SwapLeg:
    """One exchange, seen from the client: received positive, paid negative."""

    day: date
    rate: Decimal
    base_amount: Decimal
    quote_amount: Decimal


@frozen
class FxSwap:
    """A swap: two legs, `points` (far − near rate), and what it costs the client.

    `cost` is what the client pays in all in the quote currency (below zero: earns). `implied_rate`
    is the simple rate a year, 360 days, that the points add to the quote currency over the base:
    points ÷ near rate × 360 ÷ days, 8 decimals.
    """

    near: SwapLeg
    far: SwapLeg
    points: Decimal
    cost: Decimal
    days: int
    implied_rate: Decimal


def fx_swap(
    amount: Amount,
    *,
    near_rate: Number,
    points: Number,
    near_date: date,
    far_date: date,
    direction: Literal["buy-sell", "sell-buy"] = "sell-buy",
    pip: Number = "0.0001",
    base_currency: str = "USD",
    quote_currency: str = "CNY",
) -> FxSwap:
    """Swap `amount` of the base currency near against far; far rate = near rate + points × pip.

    `direction` is the client's in the base currency: `buy-sell` buys near and sells far. Quote
    amounts are rounded HALF_UP to the minor unit on each leg. Errors: InputError.

    >>> from datetime import date
    >>> s = fx_swap(1_000_000, near_rate="7.1", points=-500, near_date=date(2024, 1, 4),
    ...             far_date=date(2024, 4, 4))
    >>> str(s.near.quote_amount), str(s.far.quote_amount), str(s.cost)
    ('7100000.00', '-7050000.00', '-50000.00')
    """
    as_dates(near_date, far_date, what="near_date", until="far_date")
    if near_date == far_date:
        raise InputError(f"far_date: {far_date} is the near date too; a swap needs two days")
    one_of(direction, "direction", ("buy-sell", "sell-buy"))
    base = round_money(as_amount(amount, "amount", currency=base_currency), base_currency)
    if not base:
        raise InputError("amount: 0; it must be more than 0")
    near = as_number(near_rate, "near_rate", above=0)
    shift = Fraction(as_number(points, "points")) * Fraction(as_number(pip, "pip", above=0))
    exact_far = Fraction(near) + shift
    if exact_far <= 0:
        raise InputError(f"points: {points} takes the far rate to {float(exact_far):g}")
    far = quantise(exact_far, 12).normalize()
    sign = 1 if direction == "buy-sell" else -1

    def leg(day: date, rate: Decimal, side: int) -> SwapLeg:
        quote = Fraction(base) * Fraction(rate) * -side
        return SwapLeg(
            day,
            rate,
            round_money(Fraction(base) * side, base_currency),
            round_money(quote, quote_currency),
        )

    first, second = leg(near_date, near, sign), leg(far_date, far, -sign)
    days = (far_date - near_date).days
    total = Fraction(first.quote_amount) + Fraction(second.quote_amount)
    return FxSwap(
        first,
        second,
        minus(far, near),
        round_money(-total, quote_currency),
        days,
        quantise(shift / Fraction(near) * 360 / days, 8),
    )
