"""The internal rate of return of dated flows, a year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from catalogue.maths.flow_args import dated_flows
from catalogue.maths.solver import solve_log_rate
from catalogue.values import convention_name, day_count_fraction

_BY_DAYS = {"act/365f": 365.0, "act/360": 360.0}


def xirr(flows: Iterable[Sequence[object]], *, day_count: str = "act/365f") -> float:
    """The effective annual rate at which [(date, amount), ...] are worth nothing (a fraction).

    Received positive, paid negative; any order; amounts of one date are added up. Time runs from
    the first date in years of `day_count`. RateError when no rate above -100 % solves the flows,
    or more than one.

    >>> from datetime import date
    >>> round(xirr([(date(2024, 1, 1), 1000), (date(2024, 12, 31), -1100)]), 12)  # 365 days
    0.1
    """
    name = convention_name(day_count)
    found = dated_flows(flows)
    start = found[0][0]
    if name in _BY_DAYS:
        # Days as the unit: equal gaps are then equal floats, and each power is made once.
        origin = start.toordinal()
        per_year = _BY_DAYS[name]
        times = [(float(day.toordinal() - origin), amount) for day, amount in found]
    else:
        per_year = 1.0
        times = [(float(day_count_fraction(start, d, name, frequency=1)), a) for d, a in found]
    root = solve_log_rate(times, per_year=per_year)
    return math.expm1(root * per_year)
