"""Rates that are solved for (APR, yield), rounded to be figures of a quote."""

from __future__ import annotations

from decimal import Decimal

from catalogue.errors import RateError

LARGEST = 1_000_000
_PLACES = Decimal("0.00000001")


def rate_figure(rate: float) -> Decimal:
    """A solved annual rate to 8 places; one that no reader could use is a RateError.

    >>> rate_figure(0.0435)
    Decimal('0.04350000')
    """
    if abs(rate) > LARGEST:
        raise RateError(f"rate: {rate:.3g} a year is over {LARGEST:,}, too large to be shown")
    return Decimal(repr(rate)).quantize(_PLACES)
