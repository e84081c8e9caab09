"""Nominal and effective annual rates, exact to 18 decimals."""

from __future__ import annotations

from decimal import Decimal

from catalogue.errors import InputError
from catalogue.maths._args import Number, as_rate
from catalogue.values import CONTEXT, parse_int

_PLACES = Decimal(1).scaleb(-18)


def effective_from_nominal(rate: Number, per_year: int) -> Decimal:
    """(1 + rate / per_year) ** per_year - 1: what a nominal annual rate yields in a year.

    >>> effective_from_nominal("0.12", 12)
    Decimal('0.126825030131969721')
    """
    times = _per_year(per_year)
    step = CONTEXT.divide(_rate(rate), Decimal(times))
    grown = CONTEXT.power(CONTEXT.add(1, step), times)
    return CONTEXT.quantize(CONTEXT.subtract(grown, 1), _PLACES)


def nominal_from_effective(rate: Number, per_year: int) -> Decimal:
    """((1 + rate) ** (1 / per_year) - 1) * per_year: the inverse of `effective_from_nominal`.

    >>> nominal_from_effective(effective_from_nominal("0.12", 12), 12)
    Decimal('0.120000000000000000')
    """
    times = _per_year(per_year)
    root = CONTEXT.power(CONTEXT.add(1, _rate(rate)), CONTEXT.divide(1, Decimal(times)))
    return CONTEXT.quantize(CONTEXT.multiply(CONTEXT.subtract(root, 1), times), _PLACES)


def _rate(value: Number) -> Decimal:
    if isinstance(value, Decimal) and value.is_finite() and -1 < value < 10:
        # Results of these functions have more decimals than a rate from outside may have.
        return value
    rate = as_rate(value, "rate", minimum=None)
    if rate <= -1:
        raise InputError(f"rate: {rate} must be above -1 (-100 %)")
    return rate


def _per_year(value: int) -> int:
    return parse_int(value, "per_year", minimum=1, maximum=366)
