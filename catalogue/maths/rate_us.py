"""The annual percentage rate by the actuarial method of Regulation Z, Appendix J."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from catalogue.errors import RateError
from catalogue.maths.flow_args import dated_flows
from catalogue.maths.solver import merged, solve_log_rate
from catalogue.maths.unit_period import Count, UnitPeriod, count_units, series_day, unit_period


def apr_us(flows: Iterable[Sequence[object]]) -> float:
    """The nominal annual rate: unit-period rate times unit periods a year (a fraction).

    Each flow is divided by (1 + f*i) * (1 + i)**t: t whole unit periods and the fraction f from
    the first date to its own; within a fraction interest is simple. Advances are positive,
    payments negative; a prepaid finance charge is netted with the advance of its date.
    RateError as for `xirr`. Appendix J, (c)(1)(ii), 36 payments of 200, long first period:

    >>> from datetime import date
    >>> months = [date(1978 + m // 12, m % 12 + 1, 1) for m in range(3, 39)]
    >>> flows = [(date(1978, 2, 10), 6000), *((month, -200) for month in months)]
    >>> round(apr_us(flows), 4)  # 11.82 %
    0.1182
    """
    unit, counts, amounts = unit_timeline(*dated_flows(flows))
    rate = math.expm1(solve_log_rate([whole + odd for whole, odd in counts], amounts))
    if any(odd for _, odd in counts):
        terms = [(t, f, a) for (t, f), a in zip(counts, amounts, strict=True)]
        rate = _actuarial(terms, rate)
    return rate * unit.per_year


def unit_timeline(
    dates: Sequence[date], amounts: Sequence[float]
) -> tuple[UnitPeriod, list[Count], list[float]]:
    """The unit period of dated flows, and each flow's time in unit periods; zero flows dropped."""
    merged([float(day.toordinal()) for day in dates], amounts)  # both signs, or RateError
    kept = [flow for flow in zip(dates, amounts, strict=True) if flow[1]]
    advances = [day for day, amount in kept if amount > 0]
    payments = [day for day, amount in kept if amount < 0]
    start = kept[0][0]
    day = series_day(start, payments)
    unit = unit_period(advances, payments, day)
    drawn = count_units(unit, start, advances, None)
    counts = dict(zip(advances, drawn, strict=True))
    # Half-monthly payments are two monthly series, each with a day of its own.
    series = [payments[::2], payments[1::2]] if unit.kind == "semimonth" else [payments]
    for days in series:
        keeps = day if len(series) == 1 else series_day(start, days)
        counts.update(zip(days, count_units(unit, start, days, keeps), strict=True))
    return unit, [counts[day] for day, _ in kept], [amount for _, amount in kept]


def _actuarial(terms: Sequence[tuple[int, float, float]], guess: float) -> float:
    """Newton's method on ln(advances) - ln(payments), both valued with simple odd fractions."""
    received = [term for term in terms if term[2] > 0]
    paid = [(t, f, -a) for t, f, a in terms if a < 0]
    rate = guess
    for _ in range(100):
        log_in, slope_in = _worth(received, rate)
        log_out, slope_out = _worth(paid, rate)
        step = (log_in - log_out) / (slope_in - slope_out)
        # Half the way to a total loss at most, so that 1 + rate stays positive.
        following = max(rate - step, rate - (1 + rate) / 2)
        if abs(following - rate) <= 1e-15 * (1 + abs(rate)):
            return following
        rate = following
    raise RateError("rate: the actuarial equation was not solved within 100 steps")


def _worth(terms: Sequence[tuple[int, float, float]], rate: float) -> tuple[float, float]:
    """Log of the value of positive amounts at unit-period `rate`, and its slope."""
    log_factor = math.log1p(rate)
    logs = [math.log(a) - math.log1p(f * rate) - t * log_factor for t, f, a in terms]
    top = max(logs)
    weights = [math.exp(value - top) for value in logs]
    total = math.fsum(weights)
    slope = math.fsum(
        weight * (f / (1 + f * rate) + t / (1 + rate))
        for weight, (t, f, _) in zip(weights, terms, strict=True)
    )
    return top + math.log(total), -slope / total
