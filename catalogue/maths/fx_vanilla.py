"""European FX options by Garman and Kohlhagen: premium, Greeks, implied volatility."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Literal

from attrs import frozen

from catalogue.errors import InputError, RateError
from catalogue.maths._args import Amount, Number, as_amount, as_number, one_of
from catalogue.values.rounding import round_money

OptionKind = Literal["call", "put"]


@frozen
class FxOption:
    """An option on one unit of the base currency, in the quote currency; floats.

    `delta`, `gamma`: per unit of spot; `vega`: per 1.00 of volatility; `theta`: per year that
    passes; `rho_quote`, `rho_base`: per 1.00 of rate. `amount` is the premium for the notional.
    """

    premium: float
    delta: float
    gamma: float
    vega: float
    theta: float
    rho_quote: float
    rho_base: float
    d1: float
    d2: float
    forward: float
    intrinsic: float
    amount: Decimal


def fx_option(
    *,
    spot: Number,
    strike: Number,
    years: Number,
    volatility: Number,
    base_rate: Number,
    quote_rate: Number,
    kind: OptionKind = "call",
    notional: Amount = 1,
    base_currency: str = "USD",
    quote_currency: str = "CNY",
) -> FxOption:
    """Price a European option to buy (`call`) or sell (`put`) the base currency at `strike`.

    `years` to expiry (the caller's day count), `volatility` and both rates a year, the rates
    compounded continuously (`continuous_rate` turns a simple one). With no time or no volatility
    left the option is worth its discounted intrinsic value. Errors: InputError.

    >>> o = fx_option(spot="1.56", strike="1.60", years="0.5", volatility="0.12",
    ...               base_rate="0.08", quote_rate="0.06", kind="call")
    >>> round(o.premium, 4)
    0.0291
    """
    one_of(kind, "kind", ("call", "put"))
    s = float(as_number(spot, "spot", above=0))
    k = float(as_number(strike, "strike", above=0))
    t = float(as_number(years, "years", minimum=0, maximum=100))
    v = float(as_number(volatility, "volatility", minimum=0, maximum=10))
    rb = float(as_number(base_rate, "base_rate", minimum=-1, maximum=10))
    rq = float(as_number(quote_rate, "quote_rate", minimum=-1, maximum=10))
    units = as_amount(notional, "notional", currency=base_currency)
    sign = 1.0 if kind == "call" else -1.0
    base_factor, quote_factor = math.exp(-rb * t), math.exp(-rq * t)
    width = v * math.sqrt(t)
    d1, d2 = _d1_d2(math.log(s / k), (rq - rb) * t, width)
    n1, n2 = _normal(sign * d1), _normal(sign * d2)
    premium = max(sign * (s * base_factor * n1 - k * quote_factor * n2), 0.0)
    density = math.exp(-d1 * d1 / 2.0) / math.sqrt(2.0 * math.pi) if math.isfinite(d1) else 0.0
    decay = s * base_factor * density * v / (2.0 * math.sqrt(t)) if t else 0.0
    return FxOption(
        premium=premium,
        delta=sign * base_factor * n1,
        gamma=base_factor * density / (s * width) if width else 0.0,
        vega=s * base_factor * density * math.sqrt(t),
        theta=-decay + sign * (rb * s * base_factor * n1 - rq * k * quote_factor * n2),
        rho_quote=sign * k * t * quote_factor * n2,
        rho_base=-sign * s * t * base_factor * n1,
        d1=d1,
        d2=d2,
        forward=s * base_factor / quote_factor,
        intrinsic=max(sign * (s - k), 0.0),
        amount=round_money(Decimal(repr(premium * float(units))), quote_currency),
    )


def _d1_d2(moneyness: float, carry: float, width: float) -> tuple[float, float]:
    """Compute d1 and d2 from ln(spot ÷ strike), rate difference × time, and volatility × √time."""
    drift = moneyness + carry
    if width < 1e-150:
        # No uncertainty: exercised or not; at the forward itself, half of each.
        edge = math.copysign(math.inf, drift) if drift else 0.0
        return edge, edge
    d1 = drift / width + width / 2.0
    return d1, d1 - width


def _normal(x: float) -> float:
    """Compute the standard normal distribution function."""
    return math.erfc(-x / math.sqrt(2.0)) / 2.0


def continuous_rate(simple_rate: Number, *, years: Number) -> float:
    """Turn a simple rate into the continuous one of equal growth: ln(1 + r × t) ÷ t.

    >>> round(continuous_rate("0.05", years="0.5"), 8)
    0.04938523
    """
    rate = float(as_number(simple_rate, "simple_rate", minimum=-1, maximum=10))
    time = float(as_number(years, "years", above=0, maximum=100))
    if 1.0 + rate * time <= 0.0:
        raise InputError(f"simple_rate: {rate} over {time} years leaves nothing")
    return math.log1p(rate * time) / time


def implied_volatility(
    premium: Number,
    *,
    spot: Number,
    strike: Number,
    years: Number,
    base_rate: Number,
    quote_rate: Number,
    kind: OptionKind = "call",
) -> float:
    """Find the volatility at which `fx_option` gives `premium` (per unit of base).

    Errors: RateError if no volatility from 0 to 10 gives the premium.

    >>> round(implied_volatility("0.3", spot=7, strike=7, years=1, base_rate=0, quote_rate=0), 4)
    0.1075
    """
    target = float(as_number(premium, "premium", minimum=0))

    def price(volatility: float) -> float:
        return fx_option(
            spot=spot,
            strike=strike,
            years=years,
            volatility=volatility,
            base_rate=base_rate,
            quote_rate=quote_rate,
            kind=kind,
        ).premium

    low, high = 0.0, 10.0
    if not price(low) < target < price(high):
        raise RateError(
            f"premium: {target:g} is outside {price(low):g} to {price(high):g}, what volatilities "
            "from 0 to 10 give"
        )
    for _ in range(200):
        middle = (low + high) / 2.0
        if middle in (low, high):
            break
        if price(middle) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0
