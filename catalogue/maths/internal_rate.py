"""The internal rate of return of flows at equal intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from catalogue.maths._args import Number
from catalogue.maths.flow_args import plain_flows
from catalogue.maths.solver import solve_log_rate


def irr(amounts: Iterable[Number]) -> float:
    """The rate per interval at which the flows are worth nothing (a fraction; may be negative).

    `amounts` are one flow an interval, received positive and paid negative (or the reverse: the
    rate is the same). RateError when there is no such rate above -100 %, or more than one.

    >>> round(irr([-1000, 300, 420, 680]), 9)  # 16.34 %
    0.163405601
    >>> irr([-100, 230, -132])
    Traceback (most recent call last):
    ...
    catalogue.errors.RateError: rate: 2 rates solve these flows (10 %, 20 %), so none is the rate
    """
    return irr_floats(plain_flows(amounts))


def irr_floats(amounts: Sequence[float]) -> float:
    """`irr` for floats that are known to be finite."""
    return 0.0 + math.expm1(solve_log_rate([float(k) for k in range(len(amounts))], amounts))
