"""The annual percentage rate of charge by the directives' formula (2008/48/EC, Annex I)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from catalogue.maths.flow_args import dated_flows
from catalogue.maths.solver import merged, solve_log_rate
from catalogue.maths.unit_period import months_back, months_of_series, series_day, unit_period
from catalogue.values import add_months


def apr_eu(flows: Iterable[Sequence[object]]) -> float:
    """The effective annual rate X of sum(C / (1+X)**t) = sum(D / (1+X)**s) (a fraction).

    Times are years from the first drawdown: a year has 12 equal months or 52 weeks. One unit
    serves all flows: months if every interval is whole months (a due day that a month lacks is
    its last day), else weeks if every one is whole weeks. Otherwise the whole months (weeks, when
    that is how the payments follow each other) are counted back from each payment, and the days
    left over are divided by 365, or by 366 when the year back from where they end holds a 29
    February. Drawdowns positive, payments negative. RateError as for `xirr`.

    1,000 drawn, 1,200 repaid after 18 months: 1.2**(12/18) - 1 = 12.92 %

    >>> from datetime import date
    >>> round(apr_eu([(date(2024, 1, 1), 1000), (date(2025, 7, 1), -1200)]), 4)
    0.1292
    """
    dates, amounts = dated_flows(flows)
    merged([float(day.toordinal()) for day in dates], amounts)  # both signs, or RateError
    origin = next(day for day, amount in zip(dates, amounts, strict=True) if amount > 0)
    per_year, times = _timeline(origin, dates, amounts)
    return 0.0 + math.expm1(solve_log_rate(times, amounts, per_year=per_year) * per_year)


def _timeline(
    origin: date, dates: Sequence[date], amounts: Sequence[float]
) -> tuple[float, list[float]]:
    """Units a year, and each date's time in them."""
    later = [day for day in dates if day > origin]
    spans = months_of_series(origin, later, series_day(origin, later))
    months = dict(zip(later, spans, strict=True))
    for day in dates:
        if day < origin:
            before, odd = months_back(day, origin, None)
            months[day] = (-before, -odd)
    months[origin] = (0, 0)
    if not any(odd for _, odd in months.values()):
        return 12.0, [float(months[day][0]) for day in dates]
    days = [(day - origin).days for day in dates]
    if not any(count % 7 for count in days):
        return 52.0, [count / 7 for count in days]
    flows = list(zip(dates, amounts, strict=True))
    paid = [d for d, a in flows if a < 0]
    unit = unit_period([d for d, a in flows if a > 0], paid, series_day(origin, paid))
    if unit.kind == "day" and unit.size % 7 == 0:
        weeks = [divmod(abs(count), 7) for count in days]
        return 1.0, [_mixed(origin, d, span, 52) for d, span in zip(dates, weeks, strict=True)]
    return 1.0, [_mixed(origin, day, months[day], 12) for day in dates]


def _mixed(origin: date, day: date, span: tuple[int, int], per_year: int) -> float:
    """Years of whole periods and odd days, negative for a flow before the drawdown."""
    whole, odd = abs(span[0]), abs(span[1])
    ends = date.fromordinal(min(origin, day).toordinal() + odd)
    year = (ends - add_months(ends, -12)).days
    years = whole / per_year + odd / year
    return years if day > origin else -years
