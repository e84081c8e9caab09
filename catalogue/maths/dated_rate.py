"""The internal rate of return of dated flows, a year."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import repeat
from operator import sub

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
    dates, amounts = dated_flows(flows)
    if name in _BY_DAYS:
        per_year = _BY_DAYS[name]
        days = list(map(date.toordinal, dates))
        times = list(map(float, map(sub, days, repeat(days[0]))))
    else:
        per_year = 1.0
        times = [float(day_count_fraction(dates[0], day, name, frequency=1)) for day in dates]
    return 0.0 + math.expm1(solve_log_rate(times, amounts, per_year=per_year) * per_year)
