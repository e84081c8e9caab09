"""Month arithmetic on dates, with the anchor day kept and every overflow an error."""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Literal

from catalogue.errors import InputError
from catalogue.values.text import kind_of, shown

_FULL = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether `year` has a 29 February.

    >>> is_leap(2000), is_leap(2100), is_leap(2024)
    (True, False, True)
    """
    return isleap(year)


def month_end(d: date) -> date:
    """The last day of the month of `d`.

    >>> month_end(date(2024, 2, 10))
    datetime.date(2024, 2, 29)
    """
    return check_date(d).replace(day=monthrange(d.year, d.month)[1])


def add_months(
    d: date,
    n: int,
    *,
    day: int | None = None,
    overflow: Literal["clamp", "roll"] = "clamp",
) -> date:
    """The date `n` months after `d` (before, when negative).

    `day` is the day of the month to keep (default: that of `d`), so that a schedule from 31
    January goes 28 February, 31 March. A month without that day: "clamp" takes its last day,
    "roll" the first of the next month. Beyond the years 1 to 9999: InputError.

    >>> add_months(date(2023, 1, 31), 1)
    datetime.date(2023, 2, 28)
    >>> add_months(date(2023, 2, 28), 1, day=31)
    datetime.date(2023, 3, 31)
    >>> add_months(date(2023, 1, 31), 1, overflow="roll")
    datetime.date(2023, 3, 1)
    """
    check_date(d)
    wanted = d.day if day is None else day
    if not 1 <= wanted <= 31:
        raise InputError(f"day: {shown(day)} is not a day of the month (1 to 31)")
    if overflow not in ("clamp", "roll"):
        raise InputError(f"overflow: {shown(overflow)} is unknown; allowed: clamp, roll")
    year, month = divmod(d.year * 12 + d.month - 1 + n, 12)
    month += 1
    if not MINYEAR <= year <= MAXYEAR:
        raise InputError(f"date: {d} plus {shown(n)} months is outside the years 1 to 9999")
    last = 29 if month == 2 and isleap(year) else _FULL[month]
    if wanted <= last:
        return date(year, month, wanted)
    if overflow == "clamp":
        return date(year, month, last)
    return date(year, month + 1, 1)  # December has 31 days: the month is never 13


def add_days(d: date, n: int) -> date:
    """The date `n` days after `d`; beyond the years 1 to 9999: InputError.

    >>> add_days(date(2024, 2, 28), 2)
    datetime.date(2024, 3, 1)
    """
    try:
        return check_date(d) + timedelta(days=n)
    except OverflowError:
        raise InputError(f"date: {d} plus {shown(n)} days is outside the years 1 to 9999") from None


def months_between(start: date, end: date) -> tuple[int, int]:
    """Whole months from `start` to `end`, and the days left over.

    A month is whole when `add_months(start, m) <= end`, so 31 January to 28 February is one.
    `end` before `start` is an InputError.

    >>> months_between(date(2024, 1, 31), date(2024, 3, 1))
    (1, 1)
    """
    check_order(start, end)
    months = (end.year - start.year) * 12 + end.month - start.month
    reached = add_months(start, months)
    if reached > end:
        months -= 1
        reached = add_months(start, months)
    return months, (end - reached).days


def months_begun(start: date, end: date) -> int:
    """Months from `start` to `end`; a month begun counts.

    >>> months_begun(date(2024, 1, 31), date(2024, 2, 29)), months_begun(date(2024, 1, 31), date(2024, 3, 1))
    (1, 2)
    """
    months, days = months_between(start, end)
    return months + (days > 0)


def check_date(d: date) -> date:
    """`d` itself when it is a date without a time of day; else an InputError."""
    if not isinstance(d, date) or isinstance(d, datetime):
        raise InputError(f"date: {shown(d)} is {kind_of(d)}; pass a datetime.date")
    return d


def check_order(start: date, end: date) -> None:
    """Refuse an `end` before its `start`."""
    if check_date(end) < check_date(start):
        raise InputError(f"date: the end {end} is before the start {start}")
