"""Due dates: anchors, leap years, odd first periods, business days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths import due_dates, schedule
from catalogue.values import china_calendar, month_end, weekend_calendar


def texts(*args: object, **options: object) -> list[str]:
    return [str(day) for day in due_dates(*args, **options)]  # type: ignore[arg-type]


def test_day_31_is_kept_through_short_months_and_a_leap_year() -> None:
    assert texts(date(2023, 12, 31), 6) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
        "2024-04-30",
        "2024-05-31",
        "2024-06-30",
    ]


def test_day_29_and_30_around_a_plain_february() -> None:
    assert texts(date(2022, 12, 30), 3) == ["2023-01-30", "2023-02-28", "2023-03-30"]
    assert texts(date(2022, 12, 29), 3) == ["2023-01-29", "2023-02-28", "2023-03-29"]


def test_roll_moves_one_date_only() -> None:
    assert texts(date(2023, 12, 31), 5, overflow="roll") == [
        "2024-01-31",
        "2024-03-01",
        "2024-03-31",
        "2024-05-01",
        "2024-05-31",
    ]


def test_29_february_yearly() -> None:
    assert texts(date(2020, 2, 29), 4, frequency="annual") == [
        "2021-02-28",
        "2022-02-28",
        "2023-02-28",
        "2024-02-29",
    ]
    assert texts(date(2096, 2, 29), 4, frequency="annual")[-1] == "2100-02-28"


@pytest.mark.parametrize(
    ("frequency", "expected"),
    [
        ("weekly", ["2024-01-22", "2024-01-29"]),
        ("fortnightly", ["2024-01-29", "2024-02-12"]),
        ("semi-monthly", ["2024-01-30", "2024-02-15"]),
        ("quarterly", ["2024-04-15", "2024-07-15"]),
        ("semiannual", ["2024-07-15", "2025-01-15"]),
    ],
)
def test_frequencies(frequency: str, expected: list[str]) -> None:
    assert texts(date(2024, 1, 15), 2, frequency=frequency) == expected


def test_semi_monthly_on_two_fixed_days() -> None:
    assert texts(date(2024, 1, 16), 4, frequency="semi-monthly", due_day=(1, 16)) == [
        "2024-02-01",
        "2024-02-16",
        "2024-03-01",
        "2024-03-16",
    ]
    assert texts(date(2024, 1, 20), 3, frequency="semi-monthly", due_day=(15, 31)) == [
        "2024-01-31",
        "2024-02-15",
        "2024-02-29",
    ]
    assert texts(date(2024, 1, 31), 4, frequency="semi-monthly") == [
        "2024-02-16",
        "2024-02-29",
        "2024-03-16",
        "2024-03-31",
    ]


def test_due_day_of_another_day() -> None:
    assert texts(date(2024, 1, 5), 2, due_day=20) == ["2024-02-20", "2024-03-20"]
    assert texts(date(2024, 1, 25), 2, due_day=20) == ["2024-02-20", "2024-03-20"]


def test_first_due_sets_the_day_of_the_later_ones() -> None:
    assert texts(date(2024, 1, 5), 3, first_due=date(2024, 1, 31)) == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
    ]
    assert texts(date(2024, 1, 5), 3, first_due=date(2024, 1, 31), due_day=10) == [
        "2024-01-31",
        "2024-02-10",
        "2024-03-10",
    ]


def test_a_first_due_that_is_the_regular_one_keeps_the_start_day() -> None:
    # 28 February is where 31 January clamps to, so the day stays the 31st.
    assert texts(date(2025, 1, 31), 2, first_due=date(2025, 2, 28)) == ["2025-02-28", "2025-03-31"]


def test_business_days_move_dates_but_not_their_successors() -> None:
    # 31 August 2024 is a Saturday; modified following stays in August.
    rolled = texts(
        date(2024, 7, 31), 2, business_day="modified-following", calendar=weekend_calendar()
    )
    assert rolled == ["2024-08-30", "2024-09-30"]
    # 1 October 2024: the national holiday lasts to the 7th.
    assert texts(date(2024, 9, 1), 2, business_day="following", calendar=china_calendar()) == [
        "2024-10-08",
        "2024-11-01",
    ]


def test_a_rolled_date_changes_interest_only_when_asked() -> None:
    terms = {
        "start": date(2024, 7, 31),
        "periods": 2,
        "method": "bullet",
        "day_count": "act/360",
        "business_day": "following",
        "calendar": weekend_calendar(),
    }
    # 31 August 2024 is a Saturday, so Monday 2 September. 36,000 * 10 % / 360 = 10 a day.
    fixed = schedule(36000, "0.10", **terms)  # type: ignore[arg-type]
    assert [(str(r.due), r.days, str(r.interest)) for r in fixed] == [
        ("2024-09-02", 31, "310.00"),
        ("2024-09-30", 30, "300.00"),
    ]
    moved = schedule(36000, "0.10", adjust_interest=True, **terms)  # type: ignore[arg-type]
    assert [(str(r.due), r.days, str(r.interest)) for r in moved] == [
        ("2024-09-02", 33, "330.00"),
        ("2024-09-30", 28, "280.00"),
    ]


@given(
    st.dates(date(1990, 1, 1), date(2090, 1, 1)),
    st.integers(1, 120),
    st.sampled_from(["monthly", "quarterly", "semiannual"]),
)
def test_every_date_is_the_anchor_day_or_the_month_end(
    start: date, periods: int, frequency: str
) -> None:
    dates = due_dates(start, periods, frequency=frequency)
    step = {"monthly": 1, "quarterly": 3, "semiannual": 6}[frequency]
    for number, day in enumerate(dates, 1):
        assert day.day == min(start.day, month_end(day).day)
        assert (day.year * 12 + day.month) - (start.year * 12 + start.month) == number * step


@given(
    st.dates(date(2000, 1, 1), date(2090, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["weekly", "semi-monthly", "monthly"]),
    st.sampled_from(["clamp", "roll"]),
    st.sampled_from(["following", "modified-following"]),
)
def test_dates_ascend_and_rolled_dates_are_business_days(
    start: date, periods: int, frequency: str, overflow: str, convention: str
) -> None:
    plain = due_dates(start, periods, frequency=frequency, overflow=overflow)
    assert all(a < b for a, b in pairwise((start, *plain)))
    calendar = weekend_calendar()
    moved = due_dates(
        start,
        periods,
        frequency=frequency,
        overflow=overflow,
        business_day=convention,
        calendar=calendar,
    )
    assert all(calendar.is_business_day(day) for day in moved)
    assert all(abs(a - b) <= timedelta(days=3) for a, b in zip(plain, moved, strict=True))


@pytest.mark.parametrize(
    ("options", "text"),
    [
        ({"frequency": "montly"}, "did you mean 'monthly'"),
        ({"frequency": "daily"}, "frequency: 'daily' is unknown"),
        ({"periods": 0}, "periods: 0 is below the minimum 1"),
        ({"periods": 6000}, "above the maximum 5300"),
        ({"periods": 2200}, "after 2200-12-31"),
        ({"periods": 700, "frequency": "annual"}, "after 2200-12-31"),
        ({"first_due": date(2024, 1, 1)}, "is not after the start"),
        ({"due_day": 32}, "due_day: 32 is above the maximum 31"),
        ({"due_day": (1, 16)}, "belong to frequency 'semi-monthly'"),
        ({"due_day": 5, "frequency": "weekly"}, "has no day of the month"),
        ({"due_day": 5, "frequency": "semi-monthly"}, r"needs two days, such as \(1, 16\)"),
        ({"due_day": (16, 1), "frequency": "semi-monthly"}, "16 must come before 1"),
        ({"overflow": "wrap"}, "overflow: 'wrap' is unknown"),
        ({"business_day": "following"}, "needs a calendar"),
        ({"business_day": "folowing", "calendar": weekend_calendar()}, "did you mean 'following'"),
    ],
)
def test_refusals(options: dict[str, object], text: str) -> None:
    periods = options.pop("periods", 12)
    with pytest.raises(InputError, match=text):
        due_dates(date(2024, 1, 1), periods, **options)  # type: ignore[arg-type]


def test_a_first_date_that_rolls_back_to_the_start_is_refused() -> None:
    with pytest.raises(InputError, match="rolls back to 2024-08-30"):
        due_dates(
            date(2024, 8, 30),
            2,
            first_due=date(2024, 9, 1),
            business_day="preceding",
            calendar=weekend_calendar(),
        )
