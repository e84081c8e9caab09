"""Annual percentage rates of a loan: effective, simple, the European and the American one."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from catalogue.maths._args import one_of
from catalogue.maths.dated_rate import xirr
from catalogue.maths.flow_args import dated_flows
from catalogue.maths.rate_eu import apr_eu
from catalogue.maths.rate_us import apr_us, unit_timeline
from catalogue.maths.solver import solve_log_rate

CONVENTIONS = ("effective", "simple", "eu", "us")


def apr(flows: Iterable[Sequence[object]], *, convention: str = "effective") -> float:
    """The annual rate of [(date, amount), ...] with every cost in it (a fraction).

    Flows as the borrower sees them: money received positive, paid negative, each fee on its own
    date. `convention`: "effective" compounds yearly on actual days / 365 (`xirr`); "simple" is the
    rate a period times the periods a year (`simple_rate`); "eu" and "us" are `apr_eu` and
    `apr_us`. No rate, or more than one: RateError.

    12 payments of 8,884.88 on 100,000 at 12 % (1 % a month), with a fee of 1,000 at the start:

    >>> from datetime import date
    >>> paid = [(date(2024 + (m == 12), m % 12 + 1, 1), "-8884.88") for m in range(1, 13)]
    >>> round(apr([(date(2024, 1, 1), 100000), *paid], convention="simple"), 6)
    0.12
    >>> round(apr([(date(2024, 1, 1), 99000), *paid], convention="simple"), 4)
    0.1391
    """
    one_of(convention, "convention", CONVENTIONS)
    if convention == "effective":
        return xirr(flows)
    if convention == "simple":
        return simple_rate(flows)
    return apr_eu(flows) if convention == "eu" else apr_us(flows)


def simple_rate(flows: Iterable[Sequence[object]]) -> float:
    """The nominal annual rate: internal rate of return a period times the periods a year.

    The period is the flows' own, found as `apr_us` finds it (monthly payments: a month; one
    payment: the term, up to a year), and months are equal whatever their days: so a loan without
    fees has its contract rate, and one repaid at once has simple interest. Odd days compound at
    the same rate (this is all that differs from "us").
    """
    unit, counts, amounts = unit_timeline(*dated_flows(flows))
    root = solve_log_rate([whole + odd for whole, odd in counts], amounts)
    return math.expm1(root) * unit.per_year
