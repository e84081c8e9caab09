"""Every real root of sum(a * exp(-u * t)): how many rates solve a set of flows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from operator import ne
from typing import Final

Flow = tuple[float, float]

MAX_SIGN_CHANGES: Final = 60
# A turning point closer to zero than this (as a share of all value) counts as touching it.
_TOUCH: Final = 1e-13


def sign_changes(amounts: Sequence[float]) -> int:
    """How often the sign changes in a sequence without zeros; an upper bound of the roots."""
    if len(amounts) > 1 and (
        amounts[0] > 0 > max(amounts[1:]) or amounts[0] < 0 < min(amounts[1:])
    ):
        return 1  # a loan drawn at once, or an investment: most flows
    positive = list(map((0.0).__lt__, amounts))
    return sum(map(ne, positive, positive[1:]))


def all_roots(flows: Sequence[Flow], low: float, high: float) -> list[float]:
    """The roots between `low` and `high`, ascending; a double root once.

    A factor exp(tau * u) with tau between two flows of different sign makes a derivative with one
    sign change less, whose roots (found in the same way) part the line into monotone pieces.
    """
    chain = [list(flows)]
    while sign_changes([amount for _, amount in chain[-1]]) > 0:
        chain.append(_derivative(chain[-1]))
    roots: list[float] = []
    for level in reversed(chain):
        roots = _roots_between(level, [low, *roots, high])
    return roots


def _derivative(flows: Sequence[Flow]) -> list[Flow]:
    for (time, amount), (later, following) in pairwise(flows):
        if (amount > 0) != (following > 0):
            tau = (time + later) / 2
            break
    return [(time, amount * (tau - time)) for time, amount in flows]


def _roots_between(flows: Sequence[Flow], marks: Sequence[float]) -> list[float]:
    """Roots of a function that is monotone between neighbouring marks (ends included)."""
    values = [balance_at(flows, mark) for mark in marks]
    found: list[float] = []
    for index, (mark, value) in enumerate(zip(marks, values, strict=True)):
        inner = 0 < index < len(marks) - 1
        if inner and abs(value) <= _TOUCH:
            found.append(mark)
            values[index] = 0.0
    for index in range(len(marks) - 1):
        left, right = values[index], values[index + 1]
        if left * right < 0:
            found.append(_bisect(flows, marks[index], marks[index + 1], left))
    return sorted(found)


def _bisect(flows: Sequence[Flow], left: float, right: float, left_value: float) -> float:
    """The sign change between `left` and `right`: halving, to the last bit that matters."""
    for _ in range(120):
        middle = (left + right) / 2
        if middle in (left, right):
            break
        value = balance_at(flows, middle)
        if value == 0:
            return middle
        if (value > 0) == (left_value > 0):
            left = middle
        else:
            right = middle
        if right - left <= 1e-15 * max(abs(left), abs(right)):
            break
    return (left + right) / 2


def balance_at(flows: Sequence[Flow], u: float) -> float:
    """(received - paid) / (received + paid) at log rate `u`: from -1 to 1, never overflowing."""
    anchor = flows[0][0] if u >= 0 else flows[-1][0]
    worth = [amount * math.exp(-u * (time - anchor)) for time, amount in flows]
    return math.fsum(worth) / math.fsum(map(abs, worth))
