"""Due dates: the anchor day is kept, a month without it clamps or rolls, the first may be odd."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

import attrs

from catalogue.errors import InputError
from catalogue.maths._args import one_of
from catalogue.values import (
    Calendar,
    check_date,
    limits,
    months_between,
    parse_int,
    roll,
)

PER_YEAR: Final = {
    "weekly": 52,
    "fortnightly": 26,
    "semi-monthly": 24,
    "monthly": 12,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}
"""Payments a year by the name of the frequency."""

OVERFLOWS: Final = ("clamp", "roll")
_WEEKS: Final = {"weekly": 7, "fortnightly": 14}
MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

DueDay = int | tuple[int, int] | None


@attrs.frozen
class Periods:
    """Where the interest periods begin and end: `bounds[0]` is the start, `bounds[n]` the last due.

    `first_share` is the first period's length in years by month-based interest, as an exact
    (numerator, denominator), `last_share` that of a last one that `maturity` cut or stretched;
    every other period is 1 / `per_year`.
    """

    bounds: tuple[date, ...]
    per_year: int
    frequency: str
    first_share: tuple[int, int]
    last_share: tuple[int, int] | None = None


def due_dates(
    start: date,
    periods: int,
    *,
    frequency: str = "monthly",
    first_due: date | None = None,
    due_day: DueDay = None,
    overflow: str = "clamp",
    maturity: date | None = None,
    business_day: str = "none",
    calendar: Calendar | None = None,
) -> tuple[date, ...]:
    """The `periods` due dates after `start`.

    The due day stays the start's day (31 January, 28 February, 31 March); `due_day` sets another,
    or two for "semi-monthly" (default: the start's day and the one 15 days from it). A month
    without that day takes its last day (`overflow` "clamp") or the first of the next ("roll").
    With `due_day` and no `first_due` the first due date lies in the month one period after the
    start's month. `first_due` sets the first date; later ones keep its day, or `due_day`.
    `maturity` sets the last date, which must come after the one before it.
    `business_day` rolls each date on `calendar` without moving the ones after it.

    >>> [str(d) for d in due_dates(date(2024, 1, 31), 3)]
    ['2024-02-29', '2024-03-31', '2024-04-30']
    >>> [str(d) for d in due_dates(date(2025, 1, 31), 3, overflow="roll")]
    ['2025-03-01', '2025-03-31', '2025-05-01']
    """
    plan = lay_periods(
        start,
        periods,
        frequency=frequency,
        first_due=first_due,
        due_day=due_day,
        overflow=overflow,
        maturity=maturity,
    )
    return rolled(plan.bounds, business_day, calendar)[1:]


def lay_periods(
    start: date,
    periods: int,
    *,
    frequency: str = "monthly",
    first_due: date | None = None,
    due_day: DueDay = None,
    overflow: str = "clamp",
    maturity: date | None = None,
) -> Periods:
    """The unrolled interest periods of a schedule (keywords as in `due_dates`)."""
    check_date(start)
    one_of(frequency, "frequency", tuple(PER_YEAR))
    one_of(overflow, "overflow", OVERFLOWS)
    number = parse_int(periods, "periods", minimum=1, maximum=limits.MAX_SCHEDULE_ROWS)
    if first_due is not None and check_date(first_due) <= start:
        raise InputError(f"first_due: {first_due} is not after the start {start}")
    if frequency in _WEEKS:
        dates, regular = _by_weeks(start, number, _WEEKS[frequency], first_due, due_day)
    elif frequency == "semi-monthly":
        dates, regular = _twice_a_month(start, number, first_due, due_day, overflow)
    else:
        step = 12 // PER_YEAR[frequency]
        dates, regular = _by_months(
            start, number, step, first_due=first_due, due_day=due_day, overflow=overflow
        )
    per_year = PER_YEAR[frequency]
    last = None
    if maturity is not None and check_date(maturity) != dates[-1]:
        before = dates[-2] if number > 1 else start
        if maturity <= before:
            raise InputError(
                f"maturity: {maturity} is not after {before}, where the last period begins"
            )
        dates[-1], last = maturity, _odd_share(before, maturity, frequency)
    if dates[-1] > limits.MAX_DATE:
        raise InputError(f"periods: the last due date {dates[-1]} is after {limits.MAX_DATE}")
    share = (1, per_year) if regular else _odd_share(start, dates[0], frequency)
    if last is not None and number == 1:
        share = last
    return Periods((start, *dates), per_year, frequency, share, last)


def rolled(
    bounds: Sequence[date], business_day: str, calendar: Calendar | None
) -> tuple[date, ...]:
    """`bounds` with every date but the first rolled to a business day."""
    if business_day == "none":
        return tuple(bounds)
    if calendar is None:
        raise InputError(f"business_day: {business_day!r} needs a calendar")
    dates = (bounds[0], *(roll(day, business_day, calendar) for day in bounds[1:]))
    if dates[1] <= dates[0]:
        raise InputError(f"business_day: the first due date rolls back to {dates[1]}, the start")
    return dates


def _odd_share(start: date, end: date, frequency: str) -> tuple[int, int]:
    """Month-based length of an odd first period: whole months and the odd days over 360.

    Weekly and fortnightly schedules know 52 weeks a year: days over 364.
    """
    if frequency in _WEEKS:
        return (end - start).days, 364
    months, odd = months_between(start, end)
    return months * 30 + odd, 360


def _by_weeks(
    start: date, number: int, step: int, first_due: date | None, due_day: DueDay
) -> tuple[list[date], bool]:
    if due_day is not None:
        raise InputError("due_day: a weekly or fortnightly schedule has no day of the month")
    first = first_due or start + timedelta(days=step)
    _check_reach(first.toordinal() + number * step)
    dates = [first + timedelta(days=step * index) for index in range(number)]
    return dates, (first - start).days == step


def _by_months(
    start: date, number: int, step: int, *, first_due: date | None, due_day: DueDay, overflow: str
) -> tuple[list[date], bool]:
    if due_day is not None and not isinstance(due_day, int):
        raise InputError("due_day: two days belong to frequency 'semi-monthly'")
    base = start.year * 12 + start.month - 1
    day = start.day if due_day is None else _day(due_day)
    _check_reach(start.toordinal() + number * step * 30)
    regular = month_day(base + step, day, overflow)
    if first_due is None or first_due == regular:
        return month_days(base + step, step, number, day, overflow), day == start.day
    base = first_due.year * 12 + first_due.month - 1
    day = first_due.day if due_day is None else day
    _check_reach(first_due.toordinal() + number * step * 30)
    later = month_days(base + step, step, number - 1, day, overflow)
    return [first_due, *later], False


def _twice_a_month(
    start: date, number: int, first_due: date | None, due_day: DueDay, overflow: str
) -> tuple[list[date], bool]:
    if due_day is None:
        early = start.day if start.day <= 15 else start.day - 15
        days = (early, early + 15) if start.day != 31 else (16, 31)
    elif isinstance(due_day, int) or len(due_day) != 2:
        raise InputError("due_day: a semi-monthly schedule needs two days, such as (1, 16)")
    else:
        days = (_day(due_day[0]), _day(due_day[1]))
        if days[0] >= days[1]:
            raise InputError(f"due_day: {days[0]} must come before {days[1]}")
    after = start if first_due is None else first_due
    _check_reach(after.toordinal() + number * 15)
    base = after.year * 12 + after.month - 1
    # From the month before: with "roll" its last date may be the first of this month.
    anchors = [
        month_day(base + index, day, overflow) for index in range(-1, number + 2) for day in days
    ]
    later = [day for day in anchors if day > after]
    on_anchor = start in anchors and (first_due is None or first_due == _next(anchors, start))
    return ([] if first_due is None else [first_due]) + later[
        : number - (first_due is not None)
    ], on_anchor


def _next(anchors: Sequence[date], start: date) -> date | None:
    return next((day for day in anchors if day > start), None)


def month_days(first: int, step: int, number: int, day: int, overflow: str) -> list[date]:
    """`number` times `month_day`, from month index `first` on, every `step` months."""
    months = range(first, first + step * number, step)
    if day <= 28:
        return [date(index // 12, index % 12 + 1, day) for index in months]
    return [
        date(index // 12, index % 12 + 1, day)
        if day <= MONTH_LENGTHS[index % 12]
        else month_day(index, day, overflow)
        for index in months
    ]


def month_day(month_index: int, day: int, overflow: str = "clamp") -> date:
    """The date of `day` in month `month_index` (year * 12 + month - 1), clamped or rolled."""
    year, month = divmod(month_index, 12)
    last = MONTH_LENGTHS[month]
    if day <= last:
        return date(year, month + 1, day)
    if month == 1 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        last = 29
        if day == 29:
            return date(year, 2, 29)
    return date(year, month + 1, last) if overflow == "clamp" else date(year, month + 2, 1)


def _day(value: int) -> int:
    return parse_int(value, "due_day", minimum=1, maximum=31)


def _check_reach(last: int) -> None:
    """Refuse a schedule whose last day (a lower bound) is past the limit, before dates are made."""
    if last > limits.MAX_DATE.toordinal():
        raise InputError(f"periods: the last due date is after {limits.MAX_DATE}")
