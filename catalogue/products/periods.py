"""How many periods a fee is charged for: begun, whole, or pro rata by days."""

from __future__ import annotations

import math
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from catalogue.definitions.fee_model import Period
from catalogue.errors import InputError
from catalogue.products.context import QuoteContext
from catalogue.products.results import Terms
from catalogue.values import Tenor, months_between
from catalogue.values.text import shown

_MONTHS = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


def periods_charged(ctx: QuoteContext, per: Period, terms: Terms) -> tuple[Fraction, str]:
    """(number of periods, the words for the formula) from the terms' dates or the fact `per.over`."""
    if per.over is not None:
        value = ctx.lookup(per.over)
        if value is None:
            raise InputError(f"{per.over}: is missing; a fee is charged by it")
        if not isinstance(value, Tenor):
            return _of_months(per, value)
        start, end = terms.start, value.end(terms.start)
    else:
        start, end = terms.start, _end(terms)
    return count_periods(per, start, end)


def _of_months(per: Period, value: Any) -> tuple[Fraction, str]:
    """Periods in a number of months."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal)):
        raise InputError(f"{per.over}: {shown(value)} is neither a tenor nor a number of months")
    if per.unit == "day":
        raise InputError(f"{per.over}: days cannot be counted from months ({value}); use a tenor")
    exact = Fraction(value) / _MONTHS[per.unit]
    if exact < 0:
        raise InputError(f"{per.over}: {value} is below 0")
    if per.counting == "pro-rata":
        return exact, f"{exact} {per.unit}s"
    count = math.ceil(exact) if per.counting == "begun" else math.floor(exact)
    return Fraction(count), f"{count} {per.unit}{'' if count == 1 else 's'} {per.counting}"


def _end(terms: Terms) -> date:
    if terms.maturity is None:
        raise InputError("maturity: is missing; a fee is charged per period up to it")
    return terms.maturity


def count_periods(per: Period, start: date, end: date) -> tuple[Fraction, str]:
    """Periods between two dates by the rule of counting.

    >>> count_periods(Period("quarter", "begun"), date(2024, 1, 1), date(2024, 7, 2))[0]
    Fraction(3, 1)
    """
    days = (end - start).days
    if per.counting == "pro-rata":
        per_year = {"day": per.year_days, "month": 12, "quarter": 4, "half-year": 2, "year": 1}[
            per.unit
        ]
        share = Fraction(days, per.year_days)
        times = "" if per_year == 1 else f" × {per_year}"
        return share * per_year, f"{days}/{per.year_days} of a year{times}"
    if per.unit == "day":
        return Fraction(days), f"{days} days"
    size = _MONTHS[per.unit]
    months, rest = months_between(start, end)
    whole, over = divmod(months, size)
    if per.counting == "begun" and (over or rest):
        whole += 1
    plural = "" if whole == 1 else "s"
    return Fraction(whole), f"{whole} {per.unit}{plural} {per.counting}"
