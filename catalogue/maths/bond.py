"""Bond price from yield, yield from price, and the settlement amount.

Prices are per 100 of face value and, like yields and sensitivities, floats: they come out of
powers and a root search. Amounts of money (`bond_settlement`) are Decimal.

street
    Every flow is discounted at (1 + y/f) to the power of the periods left; also in the last
    coupon period, unless `last_period="simple"`.
cn-interbank
    The formula of China's interbank bond market. One coupon (or for a bond without coupons, one
    year or less) left: simple interest, dirty = FV ÷ (1 + y × D/TY), D actual days to maturity, TY
    actual days of the current interest year. Otherwise dirty = Σ (C/f) ÷ (1 + y/f)^(d/TS + i) +
    M ÷ (1 + y/f)^(d/TS + n − 1), d actual days to the next coupon, TS actual days of the period.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from catalogue.errors import InputError, RateError
from catalogue.maths._args import Amount, Number, as_amount, as_number, minus, quantise
from catalogue.maths.bond_flows import (
    BondConvention,
    BondFlows,
    BondKind,
    LastPeriod,
    bond_flows,
    check_terms,
)
from catalogue.values.rounding import round_money


@frozen
class BondResult:
    """A bond at one price and yield, per 100 of face value.

    `dirty` = `clean` + `accrued`. `duration` is Macaulay's, in years; `modified_duration` in years;
    `dv01` the price gained when the yield falls by 0.0001 (positive); `convexity` in years squared.
    `next_amount` is paid on `next_coupon`, redemption included.
    """

    clean: float
    accrued: float
    dirty: float
    yield_: float
    duration: float
    modified_duration: float
    convexity: float
    dv01: float
    previous_coupon: date
    next_coupon: date
    flows_left: int
    next_amount: float


def bond_price(
    *,
    settlement: date,
    maturity: date,
    coupon: Number,
    yield_: Number,
    frequency: int = 1,
    redemption: Number = 100,
    convention: BondConvention = "street",
    day_count: str = "act/act-icma",
    kind: BondKind = "coupon",
    issue: date | None = None,
    issue_price: Number | None = None,
    last_period: LastPeriod | None = None,
    end_of_month: bool = False,
    first_coupon: date | None = None,
) -> BondResult:
    """Price of a bond at `yield_` (a year, compounded `frequency` times).

    `kind`: `coupon` (regular coupons back from maturity; `end_of_month=True` keeps them on month
    ends; with `issue` the first period begins there, short, or long up to `first_coupon`, and is
    paid and accrued by its days), `discount` (no coupon; with `issue` and `issue_price` the
    discount accrues evenly), `at-maturity` (all interest at maturity, needs `issue`).
    `last_period` overrides the convention's discounting of the last period. `day_count` rules
    accrued interest and `street` exponents: `act/act-icma` between banks, `nl/365` on the
    exchanges (29 February bears no interest). Errors: InputError.

    >>> from datetime import date
    >>> r = bond_price(settlement=date(2024, 3, 1), maturity=date(2027, 3, 1), coupon="0.03",
    ...                yield_="0.03")
    >>> round(r.clean, 8), r.accrued
    (100.0, 0.0)
    >>> round(r.duration, 6)  # (1 × 3/1.03 + 2 × 3/1.03² + 3 × 103/1.03³) / 100
    2.91347
    """
    flows = bond_flows(
        check_terms(
            settlement=settlement,
            maturity=maturity,
            coupon=coupon,
            frequency=frequency,
            redemption=redemption,
            convention=convention,
            day_count=day_count,
            kind=kind,
            issue=issue,
            issue_price=issue_price,
            last_period=last_period,
            end_of_month=end_of_month,
            first_coupon=first_coupon,
        )
    )
    rate = float(as_number(yield_, "yield_", maximum=1_000_000_000))
    lowest = _lowest(flows)
    if rate <= lowest:
        raise InputError(f"yield_: {rate} must be more than {lowest:g} for this bond")
    dirty = _dirty(flows, rate)
    if not 0.0 < dirty < 1e12:
        raise InputError(f"yield_: {rate:g} gives a price of {dirty:g}, which is out of range")
    return _result(flows, rate, dirty)


def bond_yield(
    *,
    settlement: date,
    maturity: date,
    coupon: Number,
    clean: Number,
    frequency: int = 1,
    redemption: Number = 100,
    convention: BondConvention = "street",
    day_count: str = "act/act-icma",
    kind: BondKind = "coupon",
    issue: date | None = None,
    issue_price: Number | None = None,
    last_period: LastPeriod | None = None,
    end_of_month: bool = False,
    first_coupon: date | None = None,
) -> BondResult:
    """Yield to maturity at a clean price: the inverse of `bond_price`, same terms.

    Errors: InputError; RateError when no yield gives the price.

    >>> from datetime import date
    >>> r = bond_yield(settlement=date(2024, 1, 1), maturity=date(2024, 7, 1), coupon=0,
    ...                clean=99, convention="cn-interbank", kind="discount")
    >>> round(r.yield_, 8)  # (100 − 99) / 99 × 366 / 182
    0.02031302
    """
    flows = bond_flows(
        check_terms(
            settlement=settlement,
            maturity=maturity,
            coupon=coupon,
            frequency=frequency,
            redemption=redemption,
            convention=convention,
            day_count=day_count,
            kind=kind,
            issue=issue,
            issue_price=issue_price,
            last_period=last_period,
            end_of_month=end_of_month,
            first_coupon=first_coupon,
        )
    )
    dirty = float(as_number(clean, "clean", maximum=1_000_000)) + flows.accrued
    if dirty <= 0:
        raise InputError(f"clean: {clean} gives the dirty price {dirty:g}; it must be more than 0")
    rate = _solve(flows, dirty)
    return _result(flows, rate, dirty)


def _lowest(flows: BondFlows) -> float:
    """Find the yield at which a price is no longer finite."""
    return -1.0 / flows.simple_years if flows.simple_years is not None else -float(flows.frequency)


def _dirty(flows: BondFlows, rate: float) -> float:
    if flows.simple_years is not None:
        return flows.amounts[0] / (1.0 + rate * flows.simple_years)
    base = 1.0 + rate / flows.frequency
    return sum(a * _power(base, -e) for a, e in zip(flows.amounts, flows.exponents, strict=True))


def _power(base: float, exponent: float) -> float:
    """Raise a positive base; infinity where the result is too large for a float."""
    try:
        return math.pow(base, exponent)
    except OverflowError:
        return math.inf


def _solve(flows: BondFlows, dirty: float) -> float:
    if flows.simple_years is not None:
        return (flows.amounts[0] / dirty - 1.0) / flows.simple_years
    if len(flows.amounts) == 1:
        growth = _power(flows.amounts[0] / dirty, 1.0 / flows.exponents[0])
        if not 0.0 < growth < 1e9:
            raise RateError(f"clean: no yield below 1e9 gives the dirty price {dirty:g}")
        rate = (growth - 1.0) * flows.frequency
        if rate <= _lowest(flows):  # closer to it than a float can tell
            raise RateError(f"clean: no yield above {rate:g} gives the dirty price {dirty:g}")
        return rate
    return _bisect(lambda rate: _dirty(flows, rate) - dirty, _lowest(flows), dirty)


def _bisect(excess: Callable[[float], float], lowest: float, dirty: float) -> float:
    """Find the root of a falling function above `lowest`: bracket, halve, regula falsi."""
    low, high = lowest * 0.5, 0.1
    while excess(low) < 0.0:
        low = lowest + (low - lowest) / 2
        if low - lowest < 1e-6:
            raise RateError(f"clean: no yield above {lowest:g} gives the dirty price {dirty:g}")
    while excess(high) > 0.0:
        low, high = high, high * 4
        if high > 1e9:
            raise RateError(f"clean: no yield below 1e9 gives the dirty price {dirty:g}")
    above, below = excess(low), excess(high)
    for _ in range(300):
        guess = low + (high - low) * above / (above - below) if above != below else low
        middle = (low + high) / 2
        for point in (guess, middle):
            if low < point < high:
                value = excess(point)
                if value >= 0.0:
                    low, above = point, value
                else:
                    high, below = point, value
        if high - low <= 1e-15 * max(1.0, abs(low)) or above == 0.0:
            break
    return low if above < -below else high


def _result(flows: BondFlows, rate: float, dirty: float) -> BondResult:
    if flows.simple_years is not None:
        years = flows.simple_years
        growth = 1.0 + rate * years
        duration, modified = years, years / growth
        convexity = 2.0 * years * years / (growth * growth)
    else:
        f = flows.frequency
        base = 1.0 + rate / f
        values = [(a * base**-e, e) for a, e in zip(flows.amounts, flows.exponents, strict=True)]
        total = sum(value for value, _ in values)
        duration = sum(value * e for value, e in values) / total / f
        modified = duration / base
        convexity = sum(v * e * (e + 1.0) for v, e in values) / total / (f * base) ** 2
    return BondResult(
        clean=dirty - flows.accrued,
        accrued=flows.accrued,
        dirty=dirty,
        yield_=rate,
        duration=duration,
        modified_duration=modified,
        convexity=convexity,
        dv01=modified * dirty / 10_000.0,
        previous_coupon=flows.previous,
        next_coupon=flows.following,
        flows_left=len(flows.amounts),
        next_amount=flows.amounts[0],
    )


@frozen
class BondSettlement:
    """Money of a bond trade: `clean_amount` + `accrued_amount` = `amount`, for a face value."""

    face: Decimal
    clean_price: Decimal
    accrued: Decimal
    clean_amount: Decimal
    accrued_amount: Decimal
    amount: Decimal


def bond_settlement(
    face: Amount,
    *,
    clean: Number,
    accrued: Number,
    price_decimals: int = 4,
    accrued_decimals: int = 5,
    currency: str = "CNY",
) -> BondSettlement:
    """Settlement amount of `face`: (clean + accrued) ÷ 100 × face, HALF_UP to the minor unit.

    The prices per 100 are first rounded HALF_UP to `price_decimals` and `accrued_decimals`; the
    accrued amount is rounded on its own and the clean amount is the rest.

    >>> str(bond_settlement(10_000_000, clean="101.2345", accrued="1.234567").amount)
    '10246907.00'
    """
    nominal = round_money(as_amount(face, "face", currency=currency), currency)
    price = quantise(as_number(clean, "clean", above=0), price_decimals)
    interest = quantise(as_number(accrued, "accrued", minimum=0), accrued_decimals)
    scale = Fraction(nominal) / 100
    amount = round_money(scale * (Fraction(price) + Fraction(interest)), currency)
    accrued_amount = round_money(scale * Fraction(interest), currency)
    return BondSettlement(
        nominal, price, interest, minus(amount, accrued_amount), accrued_amount, amount
    )
