"""Act/act-icma: the fraction of a year by coupon periods, for regular and odd ones."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from catalogue.errors import InputError
from catalogue.values.dates import add_months, check_date, month_end
from catalogue.values.text import shown, suggest

FREQUENCIES: Final = {
    "weekly": 52,
    "fortnightly": 26,
    "monthly": 12,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}
"""Payments a year by the schedule's names."""

_WHOLE_MONTHS: Final = (1, 2, 3, 4, 6, 12)


def per_year(frequency: int | str) -> int:
    """Payments a year for a number or a name; unknown: InputError.

    >>> per_year("semiannual"), per_year(4)
    (2, 4)
    """
    if isinstance(frequency, int) and not isinstance(frequency, bool):
        if 1 <= frequency <= 366:
            return frequency
    elif isinstance(frequency, str) and frequency in FREQUENCIES:
        return FREQUENCIES[frequency]
    near = suggest(frequency, FREQUENCIES) if isinstance(frequency, str) else ""
    raise InputError(
        f"frequency: {shown(frequency)} is unknown; allowed: payments a year (1 to 366) or "
        f"{', '.join(FREQUENCIES)}{near}"
    )


def icma_fraction(
    start: date,
    end: date,
    *,
    frequency: int | str | None = None,
    period_start: date | None = None,
    period_end: date | None = None,
    maturity: date | None = None,
) -> Fraction:
    """Days over (coupons a year x days of the coupon period), period by period.

    `period_start` and `period_end` are the coupon period that `start` and `end` lie in (by
    default `start` and `end` themselves). When it is as long as the frequency says, it is the
    reference, and days outside it are counted in the regular periods next to it. When it is
    longer or shorter (an odd first or last period), regular periods are laid back from its end,
    or, if it ends at `maturity`, forward from its start. Periods that meet month ends keep to
    month ends. `frequency` may be left out when a regular period is given.

    The short first period 1 February to 1 July 1999 of a yearly coupon: 150 days of the 365 from
    1 July 1998.

    >>> icma_fraction(date(1999, 2, 1), date(1999, 7, 1), frequency=1)
    Fraction(30, 73)
    """
    first = start if period_start is None else check_date(period_start)
    last = end if period_end is None else check_date(period_end)
    if last <= first:
        if start == end and period_start is None and period_end is None:
            return Fraction(0)
        raise InputError(f"day count act/act-icma: the period {first} to {last} is empty")
    given = period_start is not None and period_end is not None
    count = _frequency(frequency, first, last, given)
    months = 12 // count
    anchor, day = _anchor(first, last, months, maturity)
    return _sum(start, end, count, anchor, day)


def _frequency(frequency: int | str | None, first: date, last: date, given: bool) -> int:
    if frequency is None:
        if given:
            for count in _WHOLE_MONTHS:
                if _is_regular(first, last, 12 // count):
                    return count
        raise InputError(
            "day count act/act-icma: needs frequency (coupons a year), or the period_start and "
            "period_end of a regular coupon period"
        )
    count = per_year(frequency)
    if count not in _WHOLE_MONTHS:
        raise InputError(
            f"day count act/act-icma: {shown(frequency)} is not a frequency of whole months; "
            f"allowed: {', '.join(map(str, _WHOLE_MONTHS))}"
        )
    return count


def _is_month_end(d: date) -> bool:
    return d == month_end(d)


def _is_regular(first: date, last: date, months: int) -> bool:
    """Whether `last` is `months` after `first`, both on one day of the month or month ends."""
    apart = (last.year - first.year) * 12 + last.month - first.month
    if apart != months:
        return False
    day = max(first.day, last.day)
    same = add_months(first, 0, day=day) == first and add_months(last, 0, day=day) == last
    return same or (_is_month_end(first) and _is_month_end(last))


def _anchor(first: date, last: date, months: int, maturity: date | None) -> tuple[date, int]:
    """A date on the grid of regular periods, and the day of the month that the grid keeps."""
    if _is_regular(first, last, months):
        both_ends = _is_month_end(first) and _is_month_end(last)
        return first, 31 if both_ends else max(first.day, last.day)
    anchor = first if last == maturity else last
    return anchor, 31 if _is_month_end(anchor) else anchor.day


def _sum(start: date, end: date, count: int, anchor: date, day: int) -> Fraction:
    """The days from `start` to `end`, each in its grid period."""
    months = 12 // count
    apart = (start.year - anchor.year) * 12 + start.month - anchor.month
    step = apart // months
    low = add_months(anchor, step * months, day=day)
    while low > start:
        step -= 1
        low = add_months(anchor, step * months, day=day)
    total = Fraction(0)
    while low < end:
        step += 1
        high = add_months(anchor, step * months, day=day)
        inside = (min(high, end) - max(low, start)).days
        if inside > 0:
            total += Fraction(inside, count * (high - low).days)
        low = high
    return total
