"""Calendars: the State Council's notices, the years they cover, rolling and counting."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import (
    ROLL_CONVENTIONS,
    Calendar,
    MarketCalendar,
    add_business_days,
    china_calendar,
    roll,
    weekend_calendar,
)

DATES = st.dates(date(2005, 1, 1), date(2040, 12, 31))


class Closed:
    """A calendar that never opens."""

    name = "never"
    known_until: date | None = None

    def is_business_day(self, d: date) -> bool:
        return False


def takes_calendar(calendar: Calendar) -> str:
    return calendar.name


def test_protocol_and_names():
    assert takes_calendar(china_calendar()) == "china"
    assert takes_calendar(weekend_calendar()) == "weekend"
    assert weekend_calendar().known_until is None
    assert china_calendar() is china_calendar()


# The notice of the State Council's General Office for 2024 (Guobanfa Mingdian [2023] No. 7).
@pytest.mark.parametrize(
    ("day", "open_"),
    [
        (date(2024, 2, 4), True),  # Sunday, worked for the Spring Festival
        (date(2024, 2, 18), True),  # Sunday, worked
        (date(2024, 2, 12), False),  # Monday, Spring Festival
        (date(2024, 2, 19), True),
        (date(2024, 9, 14), True),  # Saturday, worked for Mid-Autumn
        (date(2024, 9, 16), False),  # Monday, adjusted day off
        (date(2024, 9, 29), True),  # Sunday, worked for the National Day
        (date(2024, 10, 7), False),  # Monday, National Day holiday
        (date(2024, 10, 12), True),  # Saturday, worked
        (date(2024, 10, 13), False),  # plain Sunday
    ],
)
def test_china_2024(day, open_):
    assert china_calendar().is_business_day(day) is open_


def test_a_market_is_closed_on_weekends_that_are_worked():
    home, market = china_calendar(), MarketCalendar(china_calendar())
    assert takes_calendar(market) == "china-weekdays"
    assert market.known_until == home.known_until
    assert (home.is_business_day(date(2024, 9, 29)), market.is_business_day(date(2024, 9, 29))) == (
        True,
        False,
    )
    # Thursday 26 September 2024 and two business days: the 27th, then Monday the 30th, not Sunday
    assert add_business_days(date(2024, 9, 26), 2, home) == date(2024, 9, 29)
    assert add_business_days(date(2024, 9, 26), 2, market) == date(2024, 9, 30)
    assert not market.is_business_day(date(2024, 10, 7))  # a holiday at home


def test_china_agrees_with_the_data_package_on_every_day_it_knows():
    calendar = china_calendar()
    assert calendar.known_until is not None
    day, wrong = calendar.known_from, []
    while day <= calendar.known_until:
        if chinese_calendar.is_workday(day) is not calendar.is_business_day(day):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []
    assert calendar.known_from.year <= 2005
    assert calendar.known_until >= date(2025, 12, 31)


def test_weekends_only_outside_the_known_years():
    calendar = china_calendar()
    assert calendar.known_until is not None
    assert calendar.is_business_day(date(2150, 10, 1))  # a Thursday, no notice yet
    assert not calendar.is_business_day(date(2150, 10, 3))
    assert calendar.is_business_day(date(1990, 10, 1))  # a Monday


@pytest.mark.parametrize("bad", [datetime(2024, 1, 1, 12), "2024-01-01", None])
def test_only_dates(bad):
    for calendar in (china_calendar(), weekend_calendar()):
        with pytest.raises(InputError, match=r"pass a datetime.date"):
            calendar.is_business_day(bad)


@pytest.mark.parametrize(
    ("d", "convention", "expected"),
    [
        # Saturday 31 August 2024; Friday is the 30th, Monday 2 September
        (date(2024, 8, 31), "none", date(2024, 8, 31)),
        (date(2024, 8, 31), "following", date(2024, 9, 2)),
        (date(2024, 8, 31), "modified-following", date(2024, 8, 30)),
        (date(2024, 8, 31), "preceding", date(2024, 8, 30)),
        (date(2024, 8, 31), "modified-preceding", date(2024, 8, 30)),
        # Sunday 1 September 2024
        (date(2024, 9, 1), "preceding", date(2024, 8, 30)),
        (date(2024, 9, 1), "modified-preceding", date(2024, 9, 2)),
        (date(2024, 9, 1), "modified-following", date(2024, 9, 2)),
        (date(2024, 9, 3), "following", date(2024, 9, 3)),
    ],
)
def test_roll(d, convention, expected):
    assert roll(d, convention, weekend_calendar()) == expected


def test_roll_over_the_national_day_in_china():
    # 1 to 7 October 2024 closed; 30 September open, 8 October open
    assert roll(date(2024, 10, 1), "following", china_calendar()) == date(2024, 10, 8)
    assert roll(date(2024, 10, 5), "preceding", china_calendar()) == date(2024, 9, 30)
    assert roll(date(2024, 10, 5), "modified-preceding", china_calendar()) == date(2024, 10, 8)
    # the worked Sunday is not rolled
    assert roll(date(2024, 9, 29), "following", china_calendar()) == date(2024, 9, 29)


@given(DATES, st.sampled_from(ROLL_CONVENTIONS))
def test_roll_gives_an_open_day_in_the_stated_direction(d, convention):
    found = roll(d, convention, china_calendar())
    if convention == "none":
        assert found == d
        return
    assert china_calendar().is_business_day(found)
    assert roll(found, convention, china_calendar()) == found
    if convention == "following":
        assert found >= d
    if convention == "preceding":
        assert found <= d
    if convention.startswith("modified"):
        assert (found.year, found.month) == (d.year, d.month)


def test_unknown_convention_lists_all():
    with pytest.raises(InputError, match=r"allowed: none, following, .*did you mean 'following'"):
        roll(date(2024, 1, 1), "folowing", weekend_calendar())


@pytest.mark.parametrize(
    ("d", "n", "expected"),
    [
        (date(2024, 9, 30), 1, date(2024, 10, 8)),
        (date(2024, 9, 27), 2, date(2024, 9, 30)),  # Friday, then the worked Sunday, Monday
        (date(2024, 10, 8), -1, date(2024, 9, 30)),
        (date(2024, 10, 3), 1, date(2024, 10, 8)),
        (date(2024, 10, 3), 0, date(2024, 10, 8)),
        (date(2024, 9, 30), 0, date(2024, 9, 30)),
        (date(2024, 10, 8), 4, date(2024, 10, 12)),  # Tuesday; Saturday the 12th is worked
    ],
)
def test_add_business_days_in_china(d, n, expected):
    assert add_business_days(d, n, china_calendar()) == expected


@given(DATES, st.integers(1, 60))
def test_there_and_back(d, n):
    start = roll(d, "following", china_calendar())
    assert (
        add_business_days(add_business_days(start, n, china_calendar()), -n, china_calendar())
        == start
    )


def test_no_endless_search():
    with pytest.raises(
        InputError, match="calendar 'never': no business day within 60 days of 2024"
    ):
        roll(date(2024, 1, 1), "following", Closed())
    with pytest.raises(InputError, match="over the limit of 36525"):
        add_business_days(date(2024, 1, 1), 10**9, weekend_calendar())
    with pytest.raises(InputError, match="outside the years 1 to 9999"):
        add_business_days(date(9999, 12, 31), 1, weekend_calendar())


def test_the_longest_count_and_the_first_known_day():
    calendar = weekend_calendar()
    # 36,525 business days are 7,305 weeks of five
    start = date(2024, 1, 1)
    assert add_business_days(start, 36_525, calendar) == start + timedelta(weeks=7_305)
    assert (china_calendar().known_from.month, china_calendar().known_from.day) == (1, 1)
