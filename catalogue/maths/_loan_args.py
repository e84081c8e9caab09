"""What the loan functions accept, checked and turned into integers and exact ratios."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import cast

from catalogue.errors import InputError
from catalogue.maths._args import Amount, Number, RateOrSteps, as_amount, as_rate, as_steps, one_of
from catalogue.values import (
    Rounding,
    from_minor,
    limits,
    minor_digits,
    parse_date,
    parse_int,
    round_to_minor,
    shown,
)

Ratio = tuple[int, int]
DatedMinor = tuple[date, int]
RateSteps = tuple[tuple[date, Ratio], ...]

ROUNDINGS = ("half_up", "half_even")


def amount_minor(value: Amount, what: str, currency: str, *, positive: bool = True) -> int:
    """`value` in whole minor units of `currency`; zero refused when `positive`, below it always."""
    digits = minor_digits(currency)
    minor = round_to_minor(as_amount(value, what, currency=currency), digits)
    if positive and minor == 0:
        raise InputError(f"{what}: {shown(value)} must be more than 0")
    return minor


def rate_ratio(value: Number, what: str = "annual_rate") -> Ratio:
    """A rate a year as (numerator, denominator); negative refused."""
    return as_rate(value, what).as_integer_ratio()


def rate_steps(value: RateOrSteps, start: date) -> RateSteps:
    """Dated rates as ((from_date, ratio), ...), the first in force on `start`."""
    steps = as_steps(value, "annual_rate")
    if steps[0][0] > start:
        raise InputError(
            f"annual_rate: no rate in force on the start {start}; the first begins {steps[0][0]}"
        )
    return tuple((since, rate.as_integer_ratio()) for since, rate in steps)


def count(value: object, what: str, *, minimum: int = 1) -> int:
    """A whole number of periods within the limits."""
    return parse_int(value, what, minimum=minimum, maximum=limits.MAX_SCHEDULE_ROWS)


def rounding_rule(value: str) -> Rounding:
    """One of the two rules that a schedule may be rounded by."""
    one_of(value, "rounding", ROUNDINGS)
    return cast(Rounding, value)


def dated_amounts(
    values: Sequence[tuple[date, Amount]], what: str, currency: str
) -> tuple[DatedMinor, ...]:
    """[(date, amount), ...] in date order, amounts in minor units and above zero."""
    found: list[DatedMinor] = []
    for index, item in enumerate(values, 1):
        if isinstance(item, str) or not isinstance(item, Sequence) or len(item) != 2:
            raise InputError(f"{what} {index}: {shown(item)} is not a (date, amount) pair")
        day = parse_date(item[0], f"{what} {index} date")
        found.append((day, amount_minor(item[1], f"{what} {index} amount", currency)))
    return tuple(sorted(found))


def major(minor: int, currency: str) -> Decimal:
    """Minor units as an exact Decimal of major units."""
    return from_minor(minor, minor_digits(currency))
