"""Unit periods and the number of them between two dates, as Appendix J of Regulation Z has them.

12 CFR 1026 Appendix J, (b)(3) to (b)(5): the unit period is the commonest interval between
advances or payments; months are counted back from the later date and the days left over are
divided by 30. The rules are written down in the docstrings below in this module's own words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

import attrs

from catalogue.maths.periods import MONTH_LENGTHS, month_day

Count = tuple[int, float]
Unit = tuple[str, int]


@attrs.frozen
class UnitPeriod:
    """`size` months, half months (`kind` "semimonth", size 1), or days."""

    kind: str
    size: int

    @property
    def per_year(self) -> float:
        """Unit periods a year: 12 months, 24 half months, 52 weeks, else 365 days."""
        if self.kind == "month":
            return 12 / self.size
        if self.kind == "semimonth":
            return 24.0
        return 364 / self.size if self.size % 7 == 0 else 365 / self.size

    @property
    def length(self) -> int:
        """Length in days with months of 30, for comparing and dividing."""
        return {"month": 30, "semimonth": 15, "day": 1}[self.kind] * self.size


def series_day(start: date, dates: Sequence[date]) -> int | None:
    """The day of the month that a series of dates keeps, or None when it keeps none.

    A 28 February may stand for the 29th, 30th or 31st: the start's day is tried first, then the
    last day of every month, then the largest day of the series.
    """
    pairs = {(d.month, d.day) for d in dates}
    februaries = [d for d in dates if d.month == 2]  # the one month whose length varies
    largest = max((day for _, day in pairs), default=0)

    def kept(day: int) -> bool:
        return all(
            found == min(day, MONTH_LENGTHS[month - 1]) for month, found in pairs if month != 2
        ) and all(d == month_day(_index(d), day) for d in februaries)

    return next((day for day in (start.day, 31, largest) if kept(day)), None)


def _index(d: date) -> int:
    return d.year * 12 + d.month - 1


def months_of_series(start: date, dates: Sequence[date], day: int | None) -> list[tuple[int, int]]:
    """`months_back` for each date of an ascending series that keeps `day`.

    Counted back, all dates of such a series reach the same day next to the start.
    """
    if day is None or not dates:
        return [months_back(start, d, day) for d in dates]
    months, rest = months_back(start, dates[0], day)
    shift = months - _index(dates[0])
    return [(d.year * 12 + d.month - 1 + shift, rest) for d in dates]


def months_back(start: date, end: date, day: int | None) -> tuple[int, int]:
    """Whole months counted back from `end` to not before `start`, and the days from `start` left.

    `day` is the day of the month that the series of `end` keeps (None: its own).

    >>> months_back(date(1978, 2, 10), date(1978, 4, 1), None)
    (1, 19)
    """
    index = _index(end)
    months = index - _index(start)
    keep = end.day if day is None else day
    reached = end if months == 0 else month_day(index - months, keep)
    if reached < start:
        months -= 1
        reached = end if months == 0 else month_day(index - months, keep)
    return months, (reached - start).days


def unit_period(advances: Sequence[date], payments: Sequence[date], day: int | None) -> UnitPeriod:
    """The commonest interval, at most a year; of two equally common ones the shorter.

    One advance and one payment: the term itself (at most a year). No interval twice: the average
    interval, as the nearest of days, weeks, half months or months, the shorter when between two.
    `day` is the day of the month that the payments keep (`series_day`).
    """
    start = min(advances[0], payments[0])
    if len(advances) == 1 and len(payments) == 1:
        return _term(start, max(advances[0], payments[0]), day)
    counts = Counter(_intervals(advances, None))
    if payments[0] > start:
        counts[_interval(start, payments[0], day)] += 1
    counts.update(_intervals(payments, day))
    units = {UnitPeriod(*unit): number for unit, number in counts.items()}
    common = {u: number for u, number in units.items() if number > 1 and u.length <= 366}
    if common:
        return min(common, key=lambda unit: (-common[unit], unit.length))
    return _nearest((max(payments) - start).days / sum(units.values()))


def count_units(
    unit: UnitPeriod, start: date, dates: Sequence[date], day: int | None
) -> list[Count]:
    """For each date the whole unit periods from `start`, and the remaining fraction of one.

    `day` is the day of the month that the dates keep, if any.
    """
    if unit.kind == "day":
        return [
            (whole, rest / unit.size)
            for whole, rest in (divmod((d - start).days, unit.size) for d in dates)
        ]
    spans = months_of_series(start, dates, day)
    if unit == UnitPeriod("month", 1):
        # Up to 30 days of a month of 31 may be left: a fraction of 1, not a month counted back.
        return [(months, days / 30) for months, days in spans]
    if unit == UnitPeriod("month", 12):
        return [
            _years(start, d, months, days, day)
            for d, (months, days) in zip(dates, spans, strict=True)
        ]
    found = [divmod(30 * months + days, unit.length) for months, days in spans]
    return [(whole, rest / unit.length) for whole, rest in found]


def _years(start: date, end: date, months: int, days: int, day: int | None) -> Count:
    """Whole years counted back; the rest as months / 12, or in days / 365 if not whole months."""
    years, rest = divmod(months, 12)
    if days == 0:
        return years, rest / 12
    reached = end if years == 0 else month_day(_index(end) - 12 * years, day or end.day)
    return years, (reached - start).days / 365


def _term(start: date, end: date, day: int | None) -> UnitPeriod:
    months, days = months_back(start, end, day)
    if months >= 12:
        return UnitPeriod("month", 12)
    return UnitPeriod("month", months) if days == 0 else UnitPeriod("day", (end - start).days)


def _intervals(dates: Sequence[date], day: int | None) -> list[Unit]:
    """The intervals between neighbouring dates, half months recognised by their pairs."""
    if day is not None:
        index = [d.year * 12 + d.month for d in dates]
        return [("month", later - earlier) for earlier, later in pairwise(index)]
    found: list[Unit] = []
    for number, (left, right) in enumerate(pairwise(dates)):
        paired = 13 <= (right - left).days <= 18 and any(
            first >= 0 and first + 2 < len(dates) and _month_apart(dates[first], dates[first + 2])
            for first in (number, number - 1)
        )
        found.append(("semimonth", 1) if paired else _interval(left, right, None))
    return found


def _interval(left: date, right: date, day: int | None) -> Unit:
    months, rest = months_back(left, right, day)
    return ("month", months) if rest == 0 and months else ("day", (right - left).days)


def _month_apart(left: date, right: date) -> bool:
    day = max(left.day, right.day)
    first, second = _index(left), _index(right)
    return second - first == 1 and (left, right) == (month_day(first, day), month_day(second, day))


def _nearest(days: float) -> UnitPeriod:
    options = [UnitPeriod("day", 1), UnitPeriod("semimonth", 1)]
    options += [UnitPeriod("day", 7 * weeks) for weeks in range(1, 53)]
    options += [UnitPeriod("month", months) for months in range(1, 13)]
    return min(options, key=lambda unit: (abs(unit.length - days), unit.length))
