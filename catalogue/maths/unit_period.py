"""Unit periods and the number of them between two dates, as Appendix J of Regulation Z has them.

12 CFR 1026 Appendix J, (b)(3) to (b)(5): the unit period is the commonest interval between
advances or payments; months are counted back from the later date and the days left over are
divided by 30. The rules are written down in the docstrings below in this module's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import attrs

from catalogue.maths.periods import month_day
from catalogue.values import month_end

Count = tuple[int, Fraction]


@attrs.frozen
class UnitPeriod:
    """`size` months, half months (`kind` "semimonth", size 1), or days."""

    kind: str
    size: int

    @property
    def per_year(self) -> Fraction:
        """Unit periods a year: 12 months, 24 half months, 52 weeks, else 365 days."""
        if self.kind == "month":
            return Fraction(12, self.size)
        if self.kind == "semimonth":
            return Fraction(24)
        return Fraction(52 * 7, self.size) if self.size % 7 == 0 else Fraction(365, self.size)

    @property
    def length(self) -> int:
        """Length in days with months of 30, for comparing and dividing."""
        return {"month": 30, "semimonth": 15, "day": 1}[self.kind] * self.size


def series_day(start: date, dates: Sequence[date]) -> int | None:
    """The day of the month that a series of dates keeps, or None when it keeps none.

    A 28 February may stand for the 29th, 30th or 31st: the start's day is tried first, then the
    last day of every month, then the largest day of the series.
    """

    def kept(day: int) -> bool:
        return all(d.day == min(day, month_end(d).day) for d in dates)

    options = (start.day, 31, max(d.day for d in dates))
    return next((day for day in options if kept(day)), None)


def months_back(start: date, end: date, day: int | None) -> tuple[int, int]:
    """Whole months counted back from `end` to not before `start`, and the days from `start` left.

    `day` is the day of the month that the series of `end` keeps (None: its own).

    >>> months_back(date(1978, 2, 10), date(1978, 4, 1), None)
    (1, 19)
    """
    index = end.year * 12 + end.month - 1
    months = index - (start.year * 12 + start.month - 1)
    keep = end.day if day is None else day
    reached = end if months == 0 else month_day(index - months, keep)
    if reached < start:
        months -= 1
        reached = end if months == 0 else month_day(index - months, keep)
    return months, (reached - start).days


def unit_period(advances: Sequence[date], payments: Sequence[date]) -> UnitPeriod:
    """The commonest interval, at most a year; of two equally common ones the shorter.

    One advance and one payment: the term itself (at most a year). No interval twice: the average
    interval, as the nearest of days, weeks, half months or months, the shorter when between two.
    """
    start = min(*advances, *payments)
    day = series_day(start, payments)
    if len(advances) == 1 and len(payments) == 1:
        return _term(start, max(*advances, *payments), day)
    intervals = _intervals(advances, None) + _intervals(
        payments if payments[0] == start else [start, *payments], day
    )
    counts = Counter(unit for unit in intervals if unit.length <= 366)
    common = {unit: number for unit, number in counts.items() if number > 1}
    if common:
        return min(common, key=lambda unit: (-common[unit], unit.length))
    days = (max(payments) - start).days
    return _nearest(Fraction(days, len(intervals)))


def count_units(unit: UnitPeriod, start: date, end: date, day: int | None) -> Count:
    """Whole unit periods between two dates, and the remaining fraction of one."""
    if unit.kind == "day":
        whole, rest = divmod((end - start).days, unit.size)
        return whole, Fraction(rest, unit.size)
    months, days = months_back(start, end, day)
    if unit == UnitPeriod("month", 12):
        years, rest = divmod(months, 12)
        if days == 0:
            return years, Fraction(rest, 12)
        left = (_back(end, 12 * years, day) - start).days
        # Up to a leap year's 365 days may be left without being a whole year.
        return years, Fraction(min(left, 364), 365)
    whole, left = divmod(30 * months + days, unit.length)
    if unit == UnitPeriod("month", 1):
        # 30 days may be left of a month of 31: still a fraction, not a period counted back.
        return months, Fraction(days, 30)
    return whole, Fraction(left, unit.length)


def _back(end: date, months: int, day: int | None) -> date:
    index = end.year * 12 + end.month - 1 - months
    return end if months == 0 else month_day(index, end.day if day is None else day)


def _term(start: date, end: date, day: int | None) -> UnitPeriod:
    months, days = months_back(start, end, day)
    if months >= 12:
        return UnitPeriod("month", 12)
    return UnitPeriod("month", months) if days == 0 else UnitPeriod("day", (end - start).days)


def _intervals(dates: Sequence[date], day: int | None) -> list[UnitPeriod]:
    """The interval before each date but the first, half months recognised by their pairs."""
    found: list[UnitPeriod] = []
    for index in range(1, len(dates)):
        left, right = dates[index - 1], dates[index]
        days = (right - left).days
        months, rest = months_back(left, right, day)
        paired = any(
            first >= 0 and first + 2 < len(dates) and _month_apart(dates[first], dates[first + 2])
            for first in (index - 1, index - 2)
        )
        if rest == 0 and months:
            found.append(UnitPeriod("month", months))
        elif 13 <= days <= 18 and paired:
            found.append(UnitPeriod("semimonth", 1))
        else:
            found.append(UnitPeriod("day", days))
    return found


def _month_apart(left: date, right: date) -> bool:
    return months_back(left, right, series_day(left, [right])) == (1, 0)


def _nearest(days: Fraction) -> UnitPeriod:
    options = [UnitPeriod("day", 1), UnitPeriod("semimonth", 1)]
    options += [UnitPeriod("day", 7 * weeks) for weeks in range(1, 53)]
    options += [UnitPeriod("month", months) for months in range(1, 13)]
    return min(options, key=lambda unit: (abs(unit.length - days), unit.length))
