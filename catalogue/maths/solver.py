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
from itertools import repeat
from operator import lt, mul, neg
from typing import Final

from catalogue.errors import RateError
from catalogue.maths.root_count import MAX_SIGN_CHANGES, all_roots, sign_changes

# ln(1 + rate) a year: from a loss of all but 1e-15, to the edge of what a float can hold.
LOWEST: Final = -34.5
HIGHEST: Final = 690.0


def solve_log_rate(
    times: Sequence[float], amounts: Sequence[float], *, per_year: float = 1.0
) -> float:
    """Log rate ln(1 + rate) per unit of time of `amounts` at ascending `times`.

    `per_year` is the number of time units a year, for the range that is searched. Times may be
    equal. RateError when no rate, or more than one, solves the flows.
    """
    times, amounts = merged(times, amounts)
    changes = sign_changes(amounts)
    low, high = LOWEST / per_year, HIGHEST / per_year
    if changes % 2:
        root = _newton(times, amounts, changes, low, high)
        if changes == 1 or _balance_keeps_sign(times, amounts, root):
            return root
    if changes > MAX_SIGN_CHANGES:
        raise RateError(
            f"rate: the flows change sign {changes} times and the balance changes sign too, so one "
            f"rate cannot be proved; at most {MAX_SIGN_CHANGES} changes are examined"
        )
    roots = all_roots(list(zip(times, amounts, strict=True)), low, high)
    if len(roots) == 1:
        return roots[0]
    if not roots:
        raise RateError("rate: no rate makes these flows worth nothing")
    shown = ", ".join(_percent(math.expm1(root * per_year)) for root in roots[:5])
    raise RateError(f"rate: {len(roots)} rates solve these flows ({shown}), so none is the rate")


def merged(
    times: Sequence[float], amounts: Sequence[float]
) -> tuple[Sequence[float], Sequence[float]]:
    """Flows of one time added up and zeros dropped; without both signs: RateError."""
    if not times:
        raise RateError("rate: there are no flows")
    if not all(map(lt, times, times[1:])) or 0.0 in amounts:
        total: dict[float, float] = {}
        for time, amount in zip(times, amounts, strict=True):
            total[time] = total.get(time, 0.0) + amount
        if len(total) == 1 and len(times) > 1:
            raise RateError("rate: all flows are on one day; no rate can be found")
        kept = [flow for flow in total.items() if flow[1] != 0]
        times, amounts = [time for time, _ in kept], [amount for _, amount in kept]
    if not amounts:
        raise RateError("rate: every flow is zero, so any rate solves them")
    if min(amounts) > 0 or max(amounts) < 0:
        word = "received" if amounts[0] > 0 else "paid"
        raise RateError(f"rate: all flows are {word}, none the other way; there is no rate")
    return times, amounts


class Side:
    """The flows of one direction, as positive amounts: ln of their value, and their mean time."""

    __slots__ = ("amounts", "from_first", "from_last", "times")

    def __init__(self, times: Sequence[float], amounts: Sequence[float]) -> None:
        self.times = times
        self.amounts = amounts
        first = times[0]
        self.from_first = [time - first for time in times] if first else times
        self.from_last: list[float] | None = None

    def value(self, u: float) -> tuple[float, float]:
        """(ln of the value at time 0, mean time weighted by value) at log rate `u`.

        Times run from the end that weighs most, so that no exponent is above zero.
        """
        origin, times = self.times[0], self.from_first
        if u < 0:
            origin = self.times[-1]
            if self.from_last is None:
                self.from_last = [time - origin for time in self.times]
            times = self.from_last
        worth = list(map(mul, self.amounts, map(math.exp, map(mul, times, repeat(-u)))))
        total = sum(worth)
        return math.log(total) - u * origin, origin + sum(map(mul, worth, times)) / total

    def at_zero(self) -> tuple[float, float, float, float]:
        """(ln of the total, then mean, variance and third moment of the times) at rate zero."""
        total = sum(self.amounts)
        once = list(map(mul, self.amounts, self.from_first))
        twice = list(map(mul, once, self.from_first))
        mean, square = sum(once) / total, sum(twice) / total
        cube = sum(map(mul, twice, self.from_first)) / total
        third = cube - 3 * mean * square + 2 * mean**3
        return math.log(total), self.times[0] + mean, square - mean * mean, third


def _sides(times: Sequence[float], amounts: Sequence[float], changes: int) -> tuple[Side, Side]:
    """Received and paid flows."""
    if changes == 1:
        rising = amounts[0] > 0
        cut = next(k for k, amount in enumerate(amounts) if (amount > 0) != rising)
        early, late = amounts[:cut], amounts[cut:]
        if rising:
            return Side(times[:cut], early), Side(times[cut:], list(map(neg, late)))
        return Side(times[cut:], late), Side(times[:cut], list(map(neg, early)))
    flows = list(zip(times, amounts, strict=True))
    return (
        Side([t for t, a in flows if a > 0], [a for _, a in flows if a > 0]),
        Side([t for t, a in flows if a < 0], [-a for _, a in flows if a < 0]),
    )


def _newton(
    times: Sequence[float], amounts: Sequence[float], changes: int, low: float, high: float
) -> float:
    """A root between `low` and `high` for flows whose first and last differ in sign."""
    received, paid = _sides(times, amounts, changes)
    rising = amounts[0] > 0
    span = times[-1] - times[0]
    below, above = low, high
    u = _start(received, paid)
    if not low < u < high:
        u = 0.0
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
        # Newton squares the error: after so small a step nothing is left above rounding.
        if abs(step) <= 2e-8 * min(abs(u), 1 / span) or abs(step) * span < 1e-15:
            return u - step
        if not below < u - step < above:
            step = u - (below + above) / 2
        u -= step
        if u in (below, above):
            break
    if (above == high and high - u < 1e-6 * high) or (below == low and u - low < -1e-6 * low):
        raise RateError(
            "rate: only a total loss (-100 %) or a rate beyond any number comes near these flows"
        )
    return u


def _start(received: Side, paid: Side) -> float:
    """A first guess: the equation's expansion around rate zero, to the third order."""
    log_in, mean_in, spread_in, third_in = received.at_zero()
    log_out, mean_out, spread_out, third_out = paid.at_zero()
    level, slope, bend = log_in - log_out, mean_out - mean_in, spread_in - spread_out
    if slope == 0:
        return 0.0
    inner = slope * slope - 2 * level * bend
    if inner <= 0:
        return -level / slope
    u = -2 * level / (slope + math.copysign(math.sqrt(inner), slope))
    skew = third_in - third_out
    for _ in range(3):
        tangent = slope + u * (bend - u * skew / 2)
        if abs(tangent) < abs(slope) / 4:
            break
        u -= (level + u * (slope + u * (bend / 2 - u * skew / 6))) / tangent
    return u


def _balance_keeps_sign(times: Sequence[float], amounts: Sequence[float], u: float) -> bool:
    """Whether the balance at log rate `u` stays on one side until the last flow closes it."""
    sign = 1.0 if amounts[0] > 0 else -1.0
    balance = largest = 0.0
    before = times[0]
    for time, amount in zip(times[:-1], amounts, strict=False):
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
