"""Finds the one rate at which dated flows are worth nothing, or proves that there is not one.

With u = ln(1 + rate) a flow `a` at time `t` is worth a * exp(-u * t). Received and paid flows
are valued apart, and ln(received) - ln(paid) is solved by Newton's method: nearly a straight
line, free of overflow, with a bracket that keeps it safe.

One answer is proved, not assumed:
- flows whose sign changes once (generalised rule of Descartes) have exactly one rate;
- so have flows whose running balance at the rate found never changes sign: at any higher rate
  every balance is larger, at any lower one smaller;
- otherwise all rates are found, piece by piece between the roots of derivatives (Rolle).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from catalogue.errors import RateError
from catalogue.maths.root_count import MAX_SIGN_CHANGES, all_roots, sign_changes

# ln(1 + rate) a year: from a loss of all but 1e-15, to the edge of what a float can hold.
LOWEST: Final = -34.5
HIGHEST: Final = 690.0

Flow = tuple[float, float]


def solve_log_rate(flows: Sequence[Flow], *, per_year: float = 1.0) -> float:
    """Log rate ln(1 + rate) per unit of time of [(time, amount), ...] in time order.

    `per_year` is the number of time units a year, for the range that is searched. Times may be
    equal. RateError when no rate, or more than one, solves the flows.
    """
    merged = merge(flows)
    changes = sign_changes([amount for _, amount in merged])
    low, high = LOWEST / per_year, HIGHEST / per_year
    if changes % 2:
        root = _newton(merged, low, high)
        if changes == 1 or _balance_keeps_sign(merged, root):
            return root
    if changes > MAX_SIGN_CHANGES:
        raise RateError(
            f"rate: the flows change sign {changes} times and the balance changes sign too, so one "
            f"rate cannot be proved; at most {MAX_SIGN_CHANGES} changes are examined"
        )
    roots = all_roots(merged, low, high)
    if len(roots) == 1:
        return roots[0]
    if not roots:
        raise RateError("rate: no rate makes these flows worth nothing")
    shown = ", ".join(_percent(math.expm1(root * per_year)) for root in roots[:5])
    raise RateError(f"rate: {len(roots)} rates solve these flows ({shown}), so none is the rate")


def merge(flows: Sequence[Flow]) -> list[Flow]:
    """Flows of one time added up, zeros dropped; both signs and two times needed."""
    merged: list[Flow] = []
    for time, amount in flows:
        if merged and merged[-1][0] == time:
            merged[-1] = (time, merged[-1][1] + amount)
        else:
            merged.append((time, amount))
    if not merged:
        raise RateError("rate: there are no flows")
    if len(merged) == 1 and len(flows) > 1:
        raise RateError("rate: all flows are on one day; no rate can be found")
    found = [flow for flow in merged if flow[1] != 0]
    if not found:
        raise RateError("rate: every flow is zero, so any rate solves them")
    positive = found[0][1] > 0
    if all((amount > 0) == positive for _, amount in found):
        word = "received" if positive else "paid"
        raise RateError(f"rate: all flows are {word}, none the other way; there is no rate")
    return found


class Side:
    """The flows of one direction, as positive amounts: ln of their value, and their mean time."""

    __slots__ = ("amounts", "first", "gaps", "last")

    def __init__(self, flows: Sequence[Flow]) -> None:
        self.amounts = [amount for _, amount in flows]
        times = [time for time, _ in flows]
        self.first, self.last = times[0], times[-1]
        self.gaps = [later - time for time, later in pairwise(times)]

    def value(self, u: float) -> tuple[float, float]:
        """(ln of the value at time 0, mean time weighted by value) at log rate `u`."""
        powers = {gap: math.exp(-abs(u) * gap) for gap in set(self.gaps)}
        if u >= 0:
            amounts, gaps = reversed(self.amounts), reversed(self.gaps)
        else:
            amounts, gaps = iter(self.amounts), iter(self.gaps)
        total, moment = next(amounts), 0.0
        for amount, gap in zip(amounts, gaps, strict=True):
            power = powers[gap]
            moment = (moment + gap * total) * power
            total = total * power + amount
        if u >= 0:
            return math.log(total) - u * self.first, self.first + moment / total
        return math.log(total) - u * self.last, self.last - moment / total


def _newton(flows: Sequence[Flow], low: float, high: float) -> float:
    """A root between `low` and `high` for flows whose first and last differ in sign."""
    received = Side([flow for flow in flows if flow[1] > 0])
    paid = Side([(time, -amount) for time, amount in flows if amount < 0])
    rising = flows[0][1] > 0
    span = flows[-1][0] - flows[0][0]
    below, above, u = low, high, 0.0
    for _ in range(300):
        log_in, mean_in = received.value(u)
        log_out, mean_out = paid.value(u)
        gap = log_in - log_out
        if gap == 0:
            return u
        if (gap > 0) == rising:
            above = u
        else:
            below = u
        slope = mean_out - mean_in
        step = gap / slope if slope else math.inf
        following = u - step
        if not below < following < above:
            following = (below + above) / 2
            step = u - following
        u = following
        # Newton squares the error: after so small a step nothing is left above rounding.
        if abs(step) <= 1e-9 * min(abs(u), 1 / span) or abs(step) * span < 1e-15:
            break
    if above - low <= abs(low) * 1e-9 or high - below <= high * 1e-9:
        raise RateError(
            "rate: only a total loss (-100 %) or a rate beyond any number comes near these flows"
        )
    return u


def _balance_keeps_sign(flows: Sequence[Flow], u: float) -> bool:
    """Whether the balance at log rate `u` stays on one side until the last flow closes it."""
    sign = 1.0 if flows[0][1] > 0 else -1.0
    balance = largest = 0.0
    before = flows[0][0]
    for time, amount in flows[:-1]:
        growth = u * (time - before)
        if growth > 700:
            return False
        balance = balance * math.exp(growth) + sign * amount
        largest = max(largest, balance)
        if balance < -1e-12 * largest:
            return False
        before = time
    return True


def _percent(rate: float) -> str:
    return f"{rate * 100:.6g} %"
