"""When a loan's instalments fall due: from the value date, from a first due date, or on settlement days."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from catalogue.errors import InputError
from catalogue.maths import due_dates
from catalogue.values import Tenor, add_months, months_begun
from catalogue.values.limits import MAX_SCHEDULE_ROWS

MONTHS_PER_PERIOD: Mapping[str, int] = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}
WEEKS_PER_PERIOD: Mapping[str, int] = {"weekly": 1, "fortnightly": 2}


@attrs.frozen
class DueDates:
    """How many periods a loan has, and where they begin and end."""

    periods: int
    first_due: date | None = None
    due_day: int | None = None
    maturity: date | None = None

    def keywords(self) -> dict[str, Any]:
        """As `catalogue.maths.schedule` takes them; what is regular is left out."""
        return {name: value for name, value in attrs.asdict(self).items() if value is not None}


def number_of_periods(tenor: Tenor, frequency: str, start: date) -> int:
    """Payments in a tenor; a period begun counts. A year has 52 weeks, 26 fortnights.

    >>> number_of_periods(Tenor.parse("3y"), "quarterly", date(2024, 1, 31))
    12
    >>> number_of_periods(Tenor.parse("30y"), "fortnightly", date(2024, 1, 31))
    780
    """
    months = tenor.months
    if frequency in WEEKS_PER_PERIOD:
        weeks = WEEKS_PER_PERIOD[frequency]
        if months is not None:
            return max(1, -(-months * 52 // (12 * weeks)))
        return max(1, -(-(tenor.end(start) - start).days // (7 * weeks)))
    if months is None:
        months = months_begun(start, tenor.end(start))
    if frequency == "semi-monthly":
        return 2 * max(1, months)
    return max(1, -(-months // MONTHS_PER_PERIOD[frequency]))


def instalment_dates(
    tenor: Tenor, frequency: str, start: date, first_due: date | None = None
) -> DueDates:
    """Due dates that keep the day of the value date (or of `first_due`); the last is the maturity.

    A first due date at or after the maturity is refused. Weekly schedules end with their last
    whole period, since no number of weeks makes a month.
    """
    periods, end = number_of_periods(tenor, frequency, start), tenor.end(start)
    if frequency in WEEKS_PER_PERIOD and tenor.unit != "d":
        return DueDates(periods, first_due)
    if first_due is not None:
        if first_due > end:
            raise InputError(f"first_due: {first_due} is after the maturity {end}")
        before = [
            day
            for day in due_dates(start, periods, frequency=frequency, first_due=first_due)
            if day < end
        ]
        periods = min(periods, len(before) + 1)
    last = due_dates(start, periods, frequency=frequency, first_due=first_due)[-1]
    return DueDates(periods, first_due, None, end if last != end else None)


def settlement_dates(tenor: Tenor, frequency: str, start: date, day: int) -> DueDates:
    """Due dates on a settlement day, the rest on the maturity.

    Monthly settles in every month, the others in the last month of each quarter,
    half-year or year.

    >>> plan = settlement_dates(Tenor.parse("1y"), "quarterly", date(2024, 3, 15), 20)
    >>> plan.periods, str(plan.first_due), str(plan.maturity)
    (5, '2024-03-20', '2025-03-15')
    """
    step = MONTHS_PER_PERIOD.get(frequency)
    if step is None:
        raise InputError(
            f"frequency: {frequency} has no settlement day; it goes with {', '.join(MONTHS_PER_PERIOD)}"
        )
    end = tenor.end(start)
    month = start.replace(day=1)
    month = add_months(month, -month.month % step)
    first = add_months(month, 0, day=day)
    if first <= start:
        month = add_months(month, step)
        first = add_months(month, 0, day=day)
    if first >= end:
        return DueDates(1, None, None, end)
    periods, latest = 1, first
    while latest < end:
        latest = add_months(month, step * periods, day=day)
        periods += 1
        if periods > MAX_SCHEDULE_ROWS:
            raise InputError(f"tenor: more than {MAX_SCHEDULE_ROWS} settlement dates")
    return DueDates(periods, first, day, end if latest != end else None)
