"""The annual percentage rate by the actuarial method of Regulation Z, Appendix J."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from catalogue.errors import RateError
from catalogue.maths.flow_args import dated_flows
from catalogue.maths.solver import merge, solve_log_rate
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
    unit, terms = unit_timeline(dated_flows(flows))
    start_rate = math.expm1(solve_log_rate([(t + float(f), a) for (t, f), a in terms]))
    rate = start_rate
    if any(f for (_, f), _ in terms):
        rate = _actuarial([(t, float(f), a) for (t, f), a in terms], start_rate)
    return rate * float(unit.per_year)


def unit_timeline(
    flows: Sequence[tuple[date, float]],
) -> tuple[UnitPeriod, list[tuple[Count, float]]]:
    """The unit period of dated flows, and each flow with its time in unit periods."""
    kept = [(day, amount) for day, amount in flows if amount]
    merge([(float(day.toordinal()), amount) for day, amount in flows])
    advances = [day for day, amount in kept if amount > 0]
    payments = [day for day, amount in kept if amount < 0]
    unit = unit_period(advances, payments)
    start = kept[0][0]
    day = series_day(start, payments)
    drawn = set(advances)
    return unit, [
        (count_units(unit, start, d, None if d in drawn else day), amount) for d, amount in kept
    ]


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
