"""A tenor: how long a product runs, in days, months or years as it was written."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import Final, Literal, cast

import attrs

from catalogue.errors import InputError
from catalogue.values.dates import add_days, add_months, check_order, months_between
from catalogue.values.limits import (
    MAX_DATE,
    MAX_TENOR_DAYS,
    MAX_TENOR_MONTHS,
    MAX_TENOR_YEARS,
)
from catalogue.values.text import shown, suggest

TenorUnit = Literal["d", "m", "y"]

_PATTERN = re.compile(r"([1-9][0-9]{0,4})([dmy])")
_MOST: Final = {"d": MAX_TENOR_DAYS, "m": MAX_TENOR_MONTHS, "y": MAX_TENOR_YEARS}
# The Gregorian mean: 400 years are 146,097 days, so a month is 146097 / 4800 of them.
_DAYS: Final = {"d": Fraction(1), "m": Fraction(146_097, 4_800), "y": Fraction(146_097, 400)}


@attrs.frozen(order=False)
class Tenor:
    """`count` days ("d"), months ("m") or years ("y"); 1 day to 100 years.

    Two tenors are equal when they are written alike: 12m is not 1y (compare `sort_key`).

    >>> Tenor.parse("12m")
    Tenor(count=12, unit='m')
    >>> str(Tenor(90, "d")), Tenor.parse("3y").months
    ('90d', 36)
    """

    count: int
    unit: TenorUnit

    def __attrs_post_init__(self) -> None:
        if self.unit not in ("d", "m", "y"):
            raise InputError(f"tenor: the unit {shown(self.unit)} is unknown; allowed: d, m, y")
        if not isinstance(self.count, int) or isinstance(self.count, bool):
            raise InputError(f"tenor: the count {shown(self.count)} is not a whole number")
        if not 1 <= self.count <= _MOST[self.unit]:
            raise InputError(
                f"tenor: {shown(self.count)}{self.unit} is not within the limits 1d to 100y "
                f"(at most {_MOST[self.unit]}{self.unit})"
            )

    @classmethod
    def parse(cls, value: object, what: str = "tenor") -> Tenor:
        """From "90d", "12m" or "3y"; a Tenor passes. Anything else: InputError.

        >>> Tenor.parse("1Y")
        Traceback (most recent call last):
        ...
        catalogue.errors.InputError: tenor: '1Y' is not a tenor (90d, 12m, 3y); did you mean '1y'?
        """
        if isinstance(value, Tenor):
            return value
        found = _PATTERN.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            near = ""
            if isinstance(value, str) and len(value) <= 8:
                lower = value.strip().lower()
                near = suggest(lower, [lower]) if _PATTERN.fullmatch(lower) else ""
            raise InputError(f"{what}: {shown(value)} is not a tenor (90d, 12m, 3y){near}")
        return cls(int(found[1]), cast(TenorUnit, found[2]))

    @classmethod
    def between(cls, start: date, end: date) -> Tenor:
        """The tenor from `start` to `end`: whole months when they fit exactly, else days.

        >>> str(Tenor.between(date(2024, 1, 31), date(2024, 2, 29)))
        '1m'
        >>> str(Tenor.between(date(2024, 1, 31), date(2024, 3, 1)))
        '30d'
        """
        check_order(start, end)
        months, rest = months_between(start, end)
        if months and not rest:
            return cls(months, "m")
        return cls((end - start).days, "d")

    @property
    def months(self) -> int | None:
        """Whole months, or None for a tenor in days."""
        if self.unit == "d":
            return None
        return self.count if self.unit == "m" else self.count * 12

    @property
    def sort_key(self) -> Fraction:
        """Length in mean days (a year is 365.2425), for comparing and for rate brackets.

        >>> Tenor.parse("12m").sort_key == Tenor.parse("1y").sort_key
        True
        >>> Tenor.parse("365d").sort_key < Tenor.parse("1y").sort_key
        True
        """
        return self.count * _DAYS[self.unit]

    def end(self, start: date) -> date:
        """The day on which the tenor ends; a missing day of the month becomes its last day.

        After 2200-12-31: InputError.

        >>> Tenor.parse("1m").end(date(2023, 1, 31))
        datetime.date(2023, 2, 28)
        """
        months = self.months
        found = add_days(start, self.count) if months is None else add_months(start, months)
        if found > MAX_DATE:
            raise InputError(
                f"tenor: {self} from {start} ends on {found}, after {MAX_DATE}, the latest allowed"
            )
        return found

    def __str__(self) -> str:
        return f"{self.count}{self.unit}"
