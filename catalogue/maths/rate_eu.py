"""The annual percentage rate of charge by the directives' formula (2008/48/EC, Annex I)."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

from catalogue.maths.flow_args import dated_flows
from catalogue.maths.solver import merge, solve_log_rate
from catalogue.maths.unit_period import months_back, series_day, unit_period
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
    found = dated_flows(flows)
    merge([(float(day.toordinal()), amount) for day, amount in found])
    origin = next(day for day, amount in found if amount > 0)
    others = [day for day, _ in found if day != origin]
    kept = series_day(origin, others)
    months = {day: _months(origin, day, kept) for day in others}
    weekly = all((day - origin).days % 7 == 0 for day in others)
    per_year = 1.0
    if all(days == 0 for _, days in months.values()):
        per_year, times = 12.0, {day: float(count) for day, (count, _) in months.items()}
    elif weekly:
        per_year, times = 52.0, {day: (day - origin).days / 7 for day in others}
    elif _by_weeks([d for d, a in found if a > 0], [d for d, a in found if a < 0]):
        weeks = {day: divmod(abs((day - origin).days), 7) for day in others}
        times = {day: _mixed(origin, day, weeks[day], 52) for day in others}
    else:
        times = {day: _mixed(origin, day, months[day], 12) for day in others}
    timed = [(times.get(day, 0.0), amount) for day, amount in found]
    return math.expm1(solve_log_rate(timed, per_year=per_year) * per_year)


def _months(origin: date, day: date, kept: int | None) -> tuple[int, int]:
    """Whole months and odd days; negative for a flow before the drawdown."""
    if day > origin:
        return months_back(origin, day, kept)
    months, days = months_back(day, origin, None)
    return -months, -days


def _by_weeks(drawn: Sequence[date], paid: Sequence[date]) -> bool:
    unit = unit_period(drawn, paid)
    return unit.kind == "day" and unit.size % 7 == 0


def _mixed(origin: date, day: date, span: tuple[int, int], per_year: int) -> float:
    """Years of whole periods and odd days, negative for a flow before the drawdown."""
    whole, odd = abs(span[0]), abs(span[1])
    ends = date.fromordinal(min(origin, day).toordinal() + odd)
    year = (ends - add_months(ends, -12)).days
    years = whole / per_year + odd / year
    return years if day > origin else -years
