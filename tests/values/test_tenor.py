"""Tenors: notation, ends of months, limits, order."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import Tenor, shown

DATES = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("text", "count", "unit", "months"),
    [
        ("12m", 12, "m", 12),
        ("90d", 90, "d", None),
        ("3y", 3, "y", 36),
        ("36525d", 36525, "d", None),
    ],
)
def test_notation(text, count, unit, months):
    tenor = Tenor.parse(text)
    assert tenor == Tenor(count, unit)
    assert (str(tenor), tenor.months) == (text, months)
    assert Tenor.parse(tenor) is tenor


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0m", "'0m' is not a tenor"),
        ("012m", "'012m' is not a tenor"),
        ("-3m", "'-3m' is not a tenor"),
        ("12", "is not a tenor"),
        ("12 m", "is not a tenor"),
        ("12M", "did you mean '12m'"),
        ("1y6m", "is not a tenor"),
        ("１２m", "is not a tenor"),
        ("12m\n", r"'12m\\x0a' is not a tenor"),
        ("9" * 10**6 + "m", "is not a tenor"),
        (12, "12 is not a tenor"),
        (None, "None is not a tenor"),
        ("101y", "101y is not within the limits 1d to 100y"),
        ("1201m", r"1201m is not within the limits.*at most 1200m"),
        ("36526d", "36526d is not within the limits"),
    ],
    ids=shown,
)
def test_refused(value, text):
    with pytest.raises(InputError, match=text):
        Tenor.parse(value)


@pytest.mark.parametrize(
    ("count", "unit", "text"),
    [(0, "m", "0m is not within"), (1, "w", "unit 'w' is unknown"), (True, "m", "count True"),
     (1.0, "m", "count 1.0"), (10**9000, "d", "an integer of 29898 bitsd is not within")],
    ids=shown,
)  # fmt: skip
def test_constructor_checks(count, unit, text):
    with pytest.raises(InputError, match=text):
        Tenor(count, unit)


def test_field_name_leads():
    with pytest.raises(InputError, match=r"^notice: 'x' is not a tenor"):
        Tenor.parse("x", "notice")


@pytest.mark.parametrize(
    ("tenor", "start", "end"),
    [
        ("1m", date(2023, 1, 31), date(2023, 2, 28)),
        ("1m", date(2024, 1, 31), date(2024, 2, 29)),
        ("1m", date(2024, 2, 29), date(2024, 3, 29)),
        ("1y", date(2024, 2, 29), date(2025, 2, 28)),
        ("4y", date(2024, 2, 29), date(2028, 2, 29)),
        ("90d", date(2024, 1, 1), date(2024, 3, 31)),  # 30 + 29 + 31 = 90
        ("100y", date(2100, 12, 31), date(2200, 12, 31)),
    ],
)
def test_end(tenor, start, end):
    assert Tenor.parse(tenor).end(start) == end


def test_end_beyond_the_last_date():
    with pytest.raises(
        InputError, match="100y from 2101-01-01 ends on 2201-01-01, after 2200-12-31"
    ):
        Tenor.parse("100y").end(date(2101, 1, 1))
    for tenor in ("1m", "1d"):
        with pytest.raises(InputError, match="outside the years 1 to 9999"):
            Tenor.parse(tenor).end(date(9999, 12, 31))
    with pytest.raises(InputError, match=r"datetime; pass a datetime.date"):
        Tenor.parse("1m").end(datetime(2024, 1, 1))


@pytest.mark.parametrize(
    ("start", "end", "text"),
    [
        (date(2024, 1, 15), date(2025, 1, 15), "12m"),
        (date(2024, 1, 31), date(2024, 2, 29), "1m"),
        (date(2024, 1, 15), date(2024, 1, 16), "1d"),
        (date(2024, 1, 15), date(2024, 3, 16), "61d"),  # 16 + 29 + 16
    ],
)
def test_between(start, end, text):
    assert str(Tenor.between(start, end)) == text


def test_between_needs_an_end_after_the_start():
    with pytest.raises(InputError, match="the end 2024-01-01 is before the start 2024-01-02"):
        Tenor.between(date(2024, 1, 2), date(2024, 1, 1))
    with pytest.raises(InputError, match="0d is not within the limits"):
        Tenor.between(date(2024, 1, 2), date(2024, 1, 2))


@given(DATES, st.one_of(st.builds(Tenor, st.integers(1, 480), st.just("m")),
                        st.builds(Tenor, st.integers(1, 20000), st.just("d"))))  # fmt: skip
def test_between_inverts_end(start, tenor):
    end = tenor.end(start)
    assert Tenor.between(start, end).end(start) == end


@given(DATES, st.integers(1, 1200), st.integers(1, 36525))
def test_sort_key_is_near_the_calendar(start, months, days):
    tenor = Tenor(months, "m")
    # Month lengths repeat over 400 years; within that the mean strays less than 4 days.
    assert abs(tenor.sort_key - (tenor.end(start) - start).days) < 4
    assert Tenor(days, "d").sort_key == days


def test_sort_key_orders_brackets():
    texts = ["1d", "7d", "30d", "1m", "90d", "3m", "6m", "365d", "1y", "366d", "2y", "1200m"]
    assert sorted(texts, key=lambda t: Tenor.parse(t).sort_key) == texts
    assert Tenor.parse("12m").sort_key == Tenor.parse("1y").sort_key
    assert Tenor.parse("12m") != Tenor.parse("1y")
