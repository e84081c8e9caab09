"""The level payment as an exact rational, rounded once; floats only where they cannot matter.

One equation everywhere: what is owed at the first due date (`grown`: interest of that period
included) grows by each later period's factor, every due date takes one payment, and `balloon`
is left at the end:   grown * G - balloon = payment * S,
with G the product of the later factors and S what one unit paid at each due date is worth at
the last.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from catalogue.values import Rounding, round_ratio

# A float annuity is off by a few parts in 10**13 at most; nearer than this to a tie we go exact.
_MARGIN = 1e-12
_LARGEST_EXACT_FLOAT = 2**53


@attrs.frozen
class Uniform:
    """`count` later periods that each earn interest of `num / den` of the balance."""

    num: int
    den: int
    count: int


Growth = Uniform | Sequence[tuple[int, int]]


def level_minor(
    grown: tuple[int, int], growth: Growth, *, balloon: int = 0, rule: Rounding = "half_up"
) -> int:
    """The level payment in minor units; `grown` is a (numerator, denominator).

    Rounded by `rule`; but when rounding down would leave more than a further whole payment for
    the last row (tiny loans), rounded up: the loan then closes early and never ends in a balloon
    that nobody asked for.
    """
    quick = _quick(grown, growth, balloon) if rule in ("half_up", "half_even") else None
    if quick is not None:
        return quick
    top, bottom, (sum_num, sum_den) = exact_level(grown, growth, balloon)
    payment = round_ratio(top, bottom, rule)
    short = top - payment * bottom
    if balloon == 0 and short > 0 and short * sum_num > payment * bottom * sum_den:
        return payment + 1
    return payment


def exact_level(
    grown: tuple[int, int], growth: Growth, balloon: int = 0
) -> tuple[int, int, tuple[int, int]]:
    """The unrounded level payment as numerator and denominator, and S likewise."""
    owed, owed_den = grown
    if isinstance(growth, Uniform):
        num, den, count = growth.num, growth.den, growth.count
        product, base = (den + num) ** count, den**count
        if num:
            total, total_den = (den + num) * product - den * base, num * base
        else:
            total, total_den = count + 1, 1
    else:
        product = base = total = 1
        for num, den in growth:
            product *= den + num
            base *= den
            total = total * (den + num) + base
        total_den = base
    top = (owed * product - balloon * owed_den * base) * total_den
    bottom = owed_den * base * total
    return top, bottom, (total, total_den)


def _quick(grown: tuple[int, int], growth: Growth, balloon: int) -> int | None:
    """The rounded payment by floats, or None where floats can't settle it beyond doubt."""
    owed = grown[0] / grown[1]
    if not 0 < owed < _LARGEST_EXACT_FLOAT:
        return None
    product, total = _float_growth(growth)
    if not math.isfinite(product) or not math.isfinite(total):
        return None
    exact = (owed * product - balloon) / total
    doubt = 1e-6 + _MARGIN * (owed * product + balloon) / total
    whole = math.floor(exact)
    fraction = exact - whole
    if doubt > 0.25 or abs(fraction - 0.5) <= doubt:
        return None
    payment = whole + (fraction > 0.5)
    if 2 * (exact - payment) * total > payment:
        return None
    return payment


def _float_growth(growth: Growth) -> tuple[float, float]:
    if isinstance(growth, Uniform):
        rate = growth.num / growth.den
        if rate == 0:
            return 1.0, growth.count + 1.0
        try:
            log_factor = math.log1p(rate)
            product = math.exp(growth.count * log_factor)
            return product, math.expm1((growth.count + 1) * log_factor) / rate
        except OverflowError:
            return math.inf, math.inf
    product = total = 1.0
    for num, den in growth:
        factor = 1.0 + num / den
        product *= factor
        total = total * factor + 1.0
    return product, total
