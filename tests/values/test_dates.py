"""Month arithmetic: the anchor day, both overflow rules, and the ends of the calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import (
    add_days,
    add_months,
    check_date,
    is_leap,
    month_end,
    months_between,
    shown,
)

DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))


def test_the_31st_comes_back_after_february():
    start = date(2023, 1, 31)
    clamped = [add_months(start, n) for n in range(5)]
    assert clamped == [
        date(2023, 1, 31),
        date(2023, 2, 28),
        date(2023, 3, 31),
        date(2023, 4, 30),
        date(2023, 5, 31),
    ]
    # step by step, with the anchor day kept
    d = start
    for expected in clamped[1:]:
        d = add_months(d, 1, day=31)
        assert d == expected


@pytest.mark.parametrize(
    ("d", "n", "clamp", "roll"),
    [
        (date(2023, 1, 31), 1, date(2023, 2, 28), date(2023, 3, 1)),
        (date(2024, 1, 30), 1, date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 10, 31), 1, date(2024, 11, 30), date(2024, 12, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 3, 1)),
        (date(2024, 3, 31), -1, date(2024, 2, 29), date(2024, 3, 1)),
        (date(2024, 1, 15), -1, date(2023, 12, 15), date(2023, 12, 15)),
        (date(2024, 11, 30), 1, date(2024, 12, 30), date(2024, 12, 30)),
        (date(2024, 5, 5), 0, date(2024, 5, 5), date(2024, 5, 5)),
        (date(1900, 1, 29), 1, date(1900, 2, 28), date(1900, 3, 1)),  # 1900 is not a leap year
        (date(2000, 1, 29), 1, date(2000, 2, 29), date(2000, 2, 29)),
    ],
)
def test_clamp_and_roll(d, n, clamp, roll):
    assert add_months(d, n) == clamp
    assert add_months(d, n, overflow="roll") == roll


@given(DATES, st.integers(-600, 600), st.integers(1, 31))
def test_lands_in_the_month_on_the_day_or_its_last(d, n, day):
    found = add_months(d, n, day=day)
    assert (found.year * 12 + found.month) - (d.year * 12 + d.month) == n
    assert found.day == min(day, monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(
    ("d", "n"),
    [
        (date(9999, 12, 31), 1),
        (date(1, 1, 1), -1),
        (date(2024, 1, 1), 10**6),
        (date(2024, 1, 1), -(10**5000)),
    ],
    ids=shown,
)
def test_outside_the_calendar(d, n):
    with pytest.raises(InputError, match="outside the years 1 to 9999"):
        add_months(d, n)
    with pytest.raises(InputError, match="outside the years 1 to 9999"):
        add_days(d, n * 10**6)


def test_the_last_december_does_not_overflow():
    assert add_months(date(9999, 11, 30), 1, day=31, overflow="roll") == date(9999, 12, 31)
    assert month_end(date(9999, 12, 1)) == date(9999, 12, 31)


@pytest.mark.parametrize("day", [0, 32, -1])
def test_day_of_the_month(day):
    with pytest.raises(InputError, match=f"day: {day} is not a day of the month"):
        add_months(date(2024, 1, 1), 1, day=day)


def test_unknown_overflow_is_refused_even_where_it_does_not_matter():
    with pytest.raises(InputError, match="overflow: 'wrap' is unknown; allowed: clamp, roll"):
        add_months(date(2024, 1, 1), 1, overflow="wrap")


@pytest.mark.parametrize("bad", [datetime(2024, 1, 1), "2024-01-01", None, 20240101])
def test_only_dates(bad):
    for call in (check_date, month_end, lambda d: add_months(d, 1), lambda d: add_days(d, 1),
                 lambda d: months_between(d, date(2024, 1, 1))):  # fmt: skip
        with pytest.raises(InputError, match=r"pass a datetime.date"):
            call(bad)


def test_leap_years():
    years = (1900, 2000, 2023, 2024, 2100, 2400)
    assert [y for y in years if is_leap(y)] == [2000, 2024, 2400]


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2024, 1, 31), date(2024, 2, 29), (1, 0)),
        (date(2024, 1, 31), date(2024, 3, 1), (1, 1)),
        (date(2024, 1, 31), date(2024, 3, 30), (1, 30)),  # from 29 February: 1 + 29
        (date(2024, 1, 15), date(2024, 2, 14), (0, 30)),
        (date(2024, 1, 15), date(2024, 1, 15), (0, 0)),
        (date(2023, 2, 28), date(2024, 2, 29), (12, 1)),
        (date(2024, 2, 29), date(2025, 2, 28), (12, 0)),
    ],
)
def test_months_between(start, end, expected):
    assert months_between(start, end) == expected


@given(DATES, DATES)
def test_months_between_adds_up(a, b):
    start, end = min(a, b), max(a, b)
    months, rest = months_between(start, end)
    assert add_days(add_months(start, months), rest) == end
    assert 0 <= rest <= 30
    assert add_months(start, months + 1) > end


def test_months_between_backwards():
    with pytest.raises(InputError, match="the end 2024-01-01 is before the start 2024-01-02"):
        months_between(date(2024, 1, 2), date(2024, 1, 1))


def test_day_31_in_each_month_and_the_first_year():
    lengths = [add_months(date(2022, 12, 31), n, day=31).day for n in range(1, 13)]
    assert lengths == [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    assert add_months(date(1, 2, 1), -1) == date(1, 1, 1)
