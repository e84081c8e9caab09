"""Day-count fractions: how long a period is in years, by the market's named conventions.

Every result is an exact Fraction. The first day of a period counts and the last does not.
Act/act-icma, which needs the coupon periods, has a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Final

from catalogue.errors import InputError
from catalogue.values.dates import add_months, check_date, is_leap
from catalogue.values.icma import icma_fraction, per_year
from catalogue.values.text import shown, suggest

CONVENTIONS: Final = (
    "act/360",
    "act/365f",
    "act/365l",
    "act/act-isda",
    "act/act-icma",
    "act/act-afb",
    "30/360-us",
    "30e/360",
    "30e/360-isda",
    "30/360-cn",
    "nl/365",
    "1/1",
)
"""Every name that `day_count_fraction` knows; "30/360" is another name of "30/360-cn"."""

BANK_YEAR: Final = 360
"""Days of the year by which banks count interest on renminbi: a day's rate is the annual one ÷ 360."""

_ALIASES: Final = {"30/360": "30/360-cn"}


def convention_name(convention: str) -> str:
    """The name in CONVENTIONS for `convention`; unknown: InputError that lists them all.

    >>> convention_name("30/360")
    '30/360-cn'
    """
    if isinstance(convention, str):
        name = _ALIASES.get(convention, convention)
        if name in CONVENTIONS:
            return name
    raise InputError(
        f"day count: {shown(convention)} is unknown; allowed: {', '.join(CONVENTIONS)}"
        f"{suggest(str(convention)[:80], CONVENTIONS)}"
    )


def day_count_fraction(
    start: date,
    end: date,
    convention: str,
    *,
    frequency: int | str | None = None,
    period_start: date | None = None,
    period_end: date | None = None,
    maturity: date | None = None,
) -> Fraction:
    """The length in years from `start` to `end` (not before it) by `convention`, exactly.

    The keywords matter to three conventions only: act/act-icma (see `icma_fraction`), act/365l
    (`frequency`, annual when absent, and `period_end`, the end of the interest period, `end`
    when absent) and 30e/360-isda (`maturity`, whose last day of February stays as it is).
    `frequency` is coupons a year, or one of the schedule's names ("semiannual").

    >>> day_count_fraction(date(2024, 1, 1), date(2024, 7, 1), "act/360")
    Fraction(91, 180)
    >>> day_count_fraction(date(2024, 1, 31), date(2024, 2, 29), "30/360")
    Fraction(1, 12)
    """
    name = convention_name(convention)
    _check_days(start, end)
    if name == "1/1":
        return Fraction(1)
    if name == "act/act-icma":
        return icma_fraction(
            start,
            end,
            frequency=frequency,
            period_start=period_start,
            period_end=period_end,
            maturity=maturity,
        )
    if name == "act/act-isda":
        return _act_act_isda(start, end)
    if name == "act/act-afb":
        return _act_act_afb(start, end)
    if name == "act/365l":
        return _act_365l(start, end, frequency, period_end)
    if name == "30e/360-isda":
        return Fraction(_days_30e_isda(start, end, maturity), 360)
    return Fraction(_NUMERATORS[name](start, end), _DENOMINATORS[name])


def days(start: date, end: date, convention: str, *, maturity: date | None = None) -> int:
    """The days of the period as `convention` counts them: its numerator.

    Calendar days for the act and 1/1 conventions, days of 30-day months for the 30 ones, and
    calendar days without any 29 February for nl/365.

    >>> days(date(2024, 2, 1), date(2024, 3, 1), "act/360")
    29
    >>> days(date(2024, 2, 1), date(2024, 3, 1), "30e/360")
    30
    """
    name = convention_name(convention)
    _check_days(start, end)
    if name == "30e/360-isda":
        return _days_30e_isda(start, end, maturity)
    return _NUMERATORS.get(name, _days_actual)(start, end)


def _check_days(start: date, end: date) -> None:
    if check_date(end) < check_date(start):
        raise InputError(f"day count: the end {end} is before the start {start}")


def _days_actual(start: date, end: date) -> int:
    return (end - start).days


def _leap_days(after: date, until: date) -> int:
    """How many 29 Februaries are after `after` and not after `until`."""
    return _leap_days_to(until) - _leap_days_to(after)


def _leap_days_to(d: date) -> int:
    """How many 29 Februaries are on or before `d`."""
    passed = d.year - 1
    count = passed // 4 - passed // 100 + passed // 400
    return count + (is_leap(d.year) and (d.month, d.day) >= (2, 29))


def _days_no_leap(start: date, end: date) -> int:
    return _days_actual(start, end) - _leap_days(start, end)


def _days_30(start: date, end: date, first: int, last: int) -> int:
    """Days of 30-day months, from day `first` of the start's month to `last` of the end's."""
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first


def _ends_february(d: date) -> bool:
    return d.month == 2 and d.day == (29 if is_leap(d.year) else 28)


def _days_30_us(start: date, end: date) -> int:
    """The variant with the end-of-month rule for February (SIA), in its order.

    A start on February's last day counts as the 30th, and so does the end if both are; an end
    on a 31st becomes the 30th only if the start is on (or counts as) the 30th or 31st.
    """
    first, last = start.day, end.day
    if _ends_february(start):
        if _ends_february(end):
            last = 30
        first = 30
    if last == 31 and first >= 30:
        last = 30
    return _days_30(start, end, min(first, 30), last)


def _days_30e(start: date, end: date) -> int:
    return _days_30(start, end, min(start.day, 30), min(end.day, 30))


def _days_30e_isda(start: date, end: date, maturity: date | None) -> int:
    first = 30 if _ends_february(start) else min(start.day, 30)
    last = 30 if _ends_february(end) and end != maturity else min(end.day, 30)
    return _days_30(start, end, first, last)


def _days_30_cn(start: date, end: date) -> int:
    """Whole months of 30 days, then the actual odd days; a 31st counts as the 30th.

    A month is whole on the day of the month of the start, or on the month's last day if it has
    no such day. Odd days run from that day; there are none between a 30th and a 31st.
    """
    last = end.replace(day=min(end.day, 30))
    first = start.replace(day=min(start.day, 30))
    if last <= first:
        return 0
    months = (last.year - first.year) * 12 + last.month - first.month
    if add_months(first, months) > last:
        months -= 1
    odd = (last - add_months(start, months)).days
    return 30 * months + max(odd, 0)


def _act_act_isda(start: date, end: date) -> Fraction:
    """Days in leap years over 366 plus the other days over 365."""
    if start.year == end.year:
        return Fraction((end - start).days, _year_days(start.year))
    # Counted through the day after 31 December, without making a date of the year 10000.
    head = (date(start.year, 12, 31) - start).days + 1
    tail = (end - date(end.year, 1, 1)).days
    return (
        Fraction(head, _year_days(start.year))
        + (end.year - start.year - 1)
        + Fraction(tail, _year_days(end.year))
    )


def _year_days(year: int) -> int:
    return 366 if is_leap(year) else 365


def _act_act_afb(start: date, end: date) -> Fraction:
    """Whole years counted back from the end, then the rest over 366 if a 29 February is in it.

    A year counted back to 28 February goes to the 29th where there is one.
    """
    years = max(end.year - start.year, 0)
    while years and _years_back(end, years) < start:
        years -= 1
    rest_end = _years_back(end, years) if years else end
    # The first day of the rest is in it and the last is not.
    holds = _leap_days_to(rest_end) - _leap_days_to(start)
    holds += _is_leap_day(start) - _is_leap_day(rest_end)
    return years + Fraction((rest_end - start).days, 366 if holds else 365)


def _is_leap_day(d: date) -> bool:
    return (d.month, d.day) == (2, 29)


def _years_back(d: date, years: int) -> date:
    found = add_months(d, -12 * years)
    if (found.month, found.day) == (2, 28) and is_leap(found.year):
        return found.replace(day=29)
    return found


def _act_365l(
    start: date, end: date, frequency: int | str | None, period_end: date | None
) -> Fraction:
    """Calendar days over 365 or 366.

    Annual: 366 if a 29 February is after the start and not after the period's end. More often:
    366 if the period's end is in a leap year.
    """
    last = end if period_end is None else check_date(period_end)
    if last < end:
        raise InputError(f"day count act/365l: the period end {last} is before the end {end}")
    annual = frequency is None or per_year(frequency) == 1
    leap = _leap_days(start, last) > 0 if annual else is_leap(last.year)
    return Fraction((end - start).days, 366 if leap else 365)


_NUMERATORS: Final[dict[str, Callable[[date, date], int]]] = {
    "act/360": _days_actual,
    "act/365f": _days_actual,
    "30/360-us": _days_30_us,
    "30e/360": _days_30e,
    "30/360-cn": _days_30_cn,
    "nl/365": _days_no_leap,
}
_DENOMINATORS: Final = {
    "act/360": 360,
    "act/365f": 365,
    "30/360-us": 360,
    "30e/360": 360,
    "30/360-cn": 360,
    "nl/365": 365,
}
