"""The annual percentage rate of charge by the directives' formula (2008/48/EC, Annex I)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from catalogue.maths.flow_args import dated_flows
from catalogue.maths.solver import merged, solve_log_rate
from catalogue.maths.unit_period import months_of_series, series_day, unit_period
from catalogue.values import add_months


def apr_eu(flows: Iterable[Sequence[object]]) -> float:
    """The effective annual rate X of sum(C / (1+X)**t) = sum(D / (1+X)**s) (a fraction).

    Times are years from the first flow, the first drawdown: a year has 12 equal months or 52 weeks. One unit
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
    per_year, times = _timeline(dates, amounts)
    return 0.0 + math.expm1(solve_log_rate(times, amounts, per_year=per_year) * per_year)


def _timeline(dates: Sequence[date], amounts: Sequence[float]) -> tuple[float, list[float]]:
    """Units a year, and each date's time in them from the first date."""
    origin, later = dates[0], dates[1:]
    months = [(0, 0), *months_of_series(origin, later, series_day(origin, later))]
    if not any(odd for _, odd in months):
        return 12.0, [float(count) for count, _ in months]
    days = [(day - origin).days for day in dates]
    if not any(count % 7 for count in days):
        return 52.0, [count / 7 for count in days]
    flows = list(zip(dates, amounts, strict=True))
    drawn, paid = [d for d, a in flows if a > 0], [d for d, a in flows if a < 0]
    unit = unit_period(drawn, paid, series_day(origin, paid))
    if unit.kind == "day" and unit.size % 7 == 0:
        return 1.0, [_mixed(origin, *divmod(count, 7), 52) for count in days]
    return 1.0, [_mixed(origin, count, odd, 12) for count, odd in months]


def _mixed(origin: date, whole: int, odd: int, per_year: int) -> float:
    """Years of whole periods and odd days; these end `odd` days after the origin."""
    ends = date.fromordinal(origin.toordinal() + odd)
    return whole / per_year + odd / (ends - add_months(ends, -12)).days
