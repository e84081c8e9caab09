"""What the deposit, bill, bond, FX, fund and repo functions accept, checked in one place."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from itertools import pairwise

from catalogue.errors import InputError
from catalogue.values.currency import minor_digits
from catalogue.values.numbers import parse_date, parse_decimal
from catalogue.values.rate import parse_rate
from catalogue.values.rounding import round_money
from catalogue.values.text import clean, suggest

Amount = Decimal | int | str
Number = Decimal | int | str | float
RateSteps = Sequence[tuple[date, Number]]
RateOrSteps = Number | RateSteps

# Wide enough for 15 integer digits times a rate of 12 decimals; never the caller's context.
WIDE = Context(prec=60, rounding=ROUND_HALF_UP)


def as_amount(
    value: Amount, what: str, *, currency: str = "CNY", minimum: Decimal | int | None = 0
) -> Decimal:
    """Take `value` as an exact amount; below `minimum` or with too many decimals: error."""
    if isinstance(value, float):
        raise InputError(
            f"{what}: {clean(repr(value))} is a float; give amounts as Decimal, int or text"
        )
    low = None if minimum is None else Decimal(minimum)
    return parse_decimal(value, what, minimum=low, max_decimals=minor_digits(currency))


def as_number(
    value: Number,
    what: str,
    *,
    minimum: Decimal | int | None = None,
    maximum: Decimal | int | None = None,
    above: Decimal | int | None = None,
) -> Decimal:
    """`value` as a finite Decimal of any precision (a float by its shortest text)."""
    number = _finite(value, what)
    if minimum is not None and number < minimum:
        raise InputError(f"{what}: {clean(str(value))} is below the least allowed, {minimum}")
    if maximum is not None and number > maximum:
        raise InputError(f"{what}: {clean(str(value))} is over the most allowed, {maximum}")
    if above is not None and number <= above:
        raise InputError(f"{what}: {clean(str(value))} must be more than {above}")
    return number


def _finite(value: Number, what: str) -> Decimal:
    if isinstance(value, float):
        if not math.isfinite(value):
            raise InputError(f"{what}: {value} is not a number that can be used")
        # A float next to zero (a solver's 1e-40) is zero for every use here.
        value = Decimal(repr(value)) if abs(value) > 1e-30 else Decimal(0)
    if isinstance(value, Decimal):
        if not value.is_finite():
            raise InputError(f"{what}: {value} is not a number that can be used")
        if value and abs(value.adjusted()) > 30:
            raise InputError(f"{what}: {clean(str(value))} is out of range")
        return value
    return parse_decimal(value, what, max_decimals=30)


def as_rate(value: Number, what: str = "rate", *, minimum: Decimal | int | None = 0) -> Decimal:
    """Take `value` as a rate a year: 0.0175, or text "1.75%"; a float by its shortest text."""
    rate = parse_rate(_finite(value, what) if isinstance(value, float) else value, what)
    if minimum is not None and rate < minimum:
        raise InputError(f"{what}: {clean(str(value))} is below the least allowed, {minimum}")
    return rate


def as_steps(value: RateOrSteps, what: str) -> tuple[tuple[date, Decimal], ...]:
    """Make ((from_date, rate), ...) of a rate, which holds from date.min, or of dated rates."""
    if isinstance(value, Decimal | int | str | float):
        return ((date.min, as_rate(value, what)),)
    steps = tuple(
        (parse_date(since, f"{what} from date"), as_rate(rate, f"{what} from {since}"))
        for since, rate in value
    )
    if not steps:
        raise InputError(f"{what}: no rate given; allowed: a rate, or [(from_date, rate), ...]")
    for (before, _), (after, _) in pairwise(steps):
        if before >= after:
            raise InputError(f"{what}: {after} follows {before}; from dates must increase")
    return steps


def step_on(steps: Sequence[tuple[date, Decimal]], day: date, what: str) -> Decimal:
    """Find the rate in force on `day`; before the first step: error."""
    found = [rate for since, rate in steps if since <= day]
    if not found:
        raise InputError(f"{what}: no rate in force on {day}; the first begins on {steps[0][0]}")
    return found[-1]


def as_dates(start: date, end: date, *, what: str = "start", until: str = "end") -> None:
    """Refuse anything but two dates with `start` on or before `end`."""
    first, last = parse_date(start, what), parse_date(end, until)
    if last < first:
        raise InputError(f"{until}: {last} is before {what} {first}")


def one_of(value: str, what: str, options: Sequence[str]) -> None:
    """Refuse a word that is not among `options`, with the nearest suggestion."""
    if value not in options:
        raise InputError(
            f"{what}: {clean(repr(value))} is unknown; allowed: {', '.join(options)}"
            f"{suggest(str(value)[:80], options)}"
        )


def as_count(value: int, what: str, *, minimum: int = 0, maximum: int = 36_600) -> int:
    """Take a whole number within limits; bool and fractions refused."""
    if isinstance(value, bool) or not isinstance(value, int):
        raise InputError(f"{what}: {clean(repr(value))} is not a whole number")
    if not minimum <= value <= maximum:
        raise InputError(f"{what}: {value} is outside {minimum} to {maximum}")
    return value


def sum_money(values: Iterable[Decimal]) -> Decimal:
    """Exact sum of amounts, whatever the caller's decimal context is."""
    total = Decimal(0)
    for value in values:
        total = WIDE.add(total, value)
    return total


def minus(left: Decimal, right: Decimal) -> Decimal:
    """Exact difference, whatever the caller's decimal context is."""
    return WIDE.subtract(left, right)


def split_rounding(pieces: Sequence[Fraction], currency: str = "CNY") -> tuple[Decimal, ...]:
    """Round pieces so that they sum to the rounded total, by steps of the rounded running sum.

    >>> [str(x) for x in split_rounding([Fraction(1, 3), Fraction(1, 3), Fraction(1, 3)])]
    ['0.33', '0.34', '0.33']
    """
    amounts: list[Decimal] = []
    running, done = Fraction(0), round_money(0, currency)
    for piece in pieces:
        running += piece
        reached = round_money(running, currency)
        amounts.append(minus(reached, done))
        done = reached
    return tuple(amounts)


def quantise(value: Fraction | Decimal, decimals: int, rule: str = "half_up") -> Decimal:
    """`value` rounded to `decimals` places by half_up, up (from zero) or down (to zero)."""
    scaled = Fraction(value) * 10**decimals
    whole, rest = divmod(abs(scaled.numerator), scaled.denominator)
    if rule == "half_up":
        whole += 2 * rest >= scaled.denominator
    elif rule == "up":
        whole += rest > 0
    elif rule != "down":
        raise InputError(f"rounding: {clean(repr(rule))} is unknown; allowed: half_up, up, down")
    return WIDE.scaleb(Decimal(whole if scaled >= 0 else -whole), -decimals)
