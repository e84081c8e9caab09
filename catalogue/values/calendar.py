"""Business-day calendars, rolling a date to a business day, and counting in business days."""

from __future__ import annotations

import importlib
from datetime import date
from functools import cache
from typing import Any, Final, Literal, Protocol

import attrs

from catalogue.errors import InputError
from catalogue.values.dates import add_days, check_date
from catalogue.values.limits import MAX_TENOR_DAYS
from catalogue.values.text import shown, suggest

RollConvention = Literal[
    "none", "following", "modified-following", "preceding", "modified-preceding"
]

ROLL_CONVENTIONS: Final = (
    "none",
    "following",
    "modified-following",
    "preceding",
    "modified-preceding",
)
# No calendar closes for so long; a faulty one must not make us search for ever.
_LONGEST_CLOSURE: Final = 60


class Calendar(Protocol):
    """What this package asks of a calendar; a plugin may bring its own."""

    @property
    def name(self) -> str:
        """A short code, such as "china"."""

    @property
    def known_until(self) -> date | None:
        """The last day of published holidays, or None when nothing needs publishing."""

    def is_business_day(self, d: date) -> bool:
        """Whether banks work on `d`."""


@attrs.frozen
class WeekendCalendar:
    """Saturdays and Sundays are closed, every other day is open."""

    name: str = "weekend"
    known_until: date | None = None

    def is_business_day(self, d: date) -> bool:
        """Whether `d` is a Monday to Friday."""
        return check_date(d).weekday() < 5


@attrs.frozen(eq=False)
class ChinaCalendar:
    """The mainland calendar of the State Council's yearly holiday notices.

    Public holidays are closed; weekend days that the notice makes working days (adjusted working
    weekends) are open. From `known_from` to `known_until` as published; outside, only
    weekends are closed, which a caller reports with `known_until`.
    """

    holidays: frozenset[date] = attrs.field(repr=False)
    workdays: frozenset[date] = attrs.field(repr=False)
    known_from: date
    known_until: date | None
    name: str = "china"

    def is_business_day(self, d: date) -> bool:
        """Whether banks work on `d`, by the notices where they are known."""
        if check_date(d).weekday() >= 5:
            return d in self.workdays
        return d not in self.holidays


@attrs.frozen
class MarketCalendar:
    """The days of another calendar, Saturdays and Sundays never: foreign currency is settled on none.

    An adjusted working weekend opens the banks at home, not the markets and the payment systems abroad.
    """

    home: Calendar

    @property
    def name(self) -> str:
        """The other calendar's name and what is left out."""
        return f"{self.home.name}-weekdays"

    @property
    def known_until(self) -> date | None:
        """As the other calendar."""
        return self.home.known_until

    def is_business_day(self, d: date) -> bool:
        """Whether `d` is a Monday to Friday on which banks work at home."""
        return check_date(d).weekday() < 5 and self.home.is_business_day(d)


@cache
def weekend_calendar() -> WeekendCalendar:
    """The calendar that knows weekends only.

    >>> weekend_calendar().is_business_day(date(2024, 10, 5))
    False
    """
    return WeekendCalendar()


@cache
def china_calendar() -> ChinaCalendar:
    """The mainland China calendar (see `ChinaCalendar`); its data is read at the first call.

    >>> china_calendar().is_business_day(date(2024, 9, 29))  # a Sunday worked for 7 October
    True
    >>> china_calendar().is_business_day(date(2024, 10, 7))
    False
    """
    data: Any = importlib.import_module("chinese_calendar")
    years = [d.year for d in data.holidays]
    return ChinaCalendar(
        holidays=frozenset(data.holidays),
        workdays=frozenset(data.workdays),
        known_from=date(min(years), 1, 1),
        known_until=date(max(years), 12, 31),
    )


def roll(d: date, convention: str, calendar: Calendar) -> date:
    """`d`, or the business day that stands for it when `d` is closed.

    "following": the next one; "preceding": the one before; "modified-…": that, unless it falls
    in another month, then the nearest on the other side; "none": `d` as it is.

    >>> roll(date(2024, 8, 31), "modified-following", weekend_calendar())
    datetime.date(2024, 8, 30)
    """
    if convention not in ROLL_CONVENTIONS:
        raise InputError(
            f"business-day convention: {shown(convention)} is unknown; allowed: "
            f"{', '.join(ROLL_CONVENTIONS)}{suggest(str(convention), ROLL_CONVENTIONS)}"
        )
    check_date(d)
    if convention == "none" or calendar.is_business_day(d):
        return d
    step = 1 if convention.endswith("following") else -1
    found = _nearest(d, step, calendar)
    if convention.startswith("modified") and found.month != d.month:
        found = _nearest(d, -step, calendar)
    return found


def add_business_days(d: date, n: int, calendar: Calendar) -> date:
    """The `n`-th business day after `d` (before, when negative).

    `n` = 0 gives `d` itself, or the next business day when `d` is closed.

    >>> add_business_days(date(2024, 8, 30), 2, weekend_calendar())  # from a Friday
    datetime.date(2024, 9, 3)
    """
    if abs(n) > MAX_TENOR_DAYS:
        raise InputError(f"business days: {shown(n)} is over the limit of {MAX_TENOR_DAYS}")
    if n == 0:
        return roll(d, "following", calendar)
    step = 1 if n > 0 else -1
    for _ in range(abs(n)):
        d = _nearest(d, step, calendar)
    return d


def _nearest(d: date, step: int, calendar: Calendar) -> date:
    """The first business day after (`step` 1) or before (-1) `d`."""
    found = d
    for _ in range(_LONGEST_CLOSURE):
        found = add_days(found, step)
        if calendar.is_business_day(found):
            return found
    raise InputError(
        f"calendar {shown(calendar.name)}: no business day within {_LONGEST_CLOSURE} days of {d}"
    )
