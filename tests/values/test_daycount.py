"""Day counts: arithmetic that can be checked by eye, one convention after another.

What each convention means is stated in its section; the expected fractions are written as
days over days. Agreement with QuantLib is in test_daycount_quantlib.py, act/act-icma in
test_daycount_icma.py.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import CONVENTIONS, Tenor, convention_name, day_count_fraction, days

DATES = st.dates(date(1950, 1, 1), date(2150, 12, 31))


def d(text: str) -> date:
    return date.fromisoformat(text)


def check(convention, rows, **keywords):
    got = [day_count_fraction(d(a), d(b), convention, **keywords) for a, b, _ in rows]
    assert got == [expected for _, _, expected in rows]


def test_contract_names_are_all_known():
    assert set(CONVENTIONS) == {
        "act/360", "act/365f", "act/365l", "act/act-isda", "act/act-icma", "act/act-afb",
        "30/360-us", "30e/360", "30e/360-isda", "30/360-cn", "nl/365", "1/1",
    }  # fmt: skip
    assert convention_name("30/360") == "30/360-cn"


@pytest.mark.parametrize("bad", ["act/365", "ACT/360", "", "x" * 10**6, None, 360])
def test_unknown_convention_lists_all(bad):
    for call in (day_count_fraction, days):
        with pytest.raises(
            InputError, match=r"day count: .* is unknown; allowed: act/360, "
        ) as caught:
            call(d("2024-01-01"), d("2024-02-01"), bad)
        assert all(name in str(caught.value) for name in CONVENTIONS)
        assert len(str(caught.value)) < 400


def test_unknown_convention_suggests():
    with pytest.raises(InputError, match="did you mean 'act/360'"):
        convention_name("ACT/360")
    with pytest.raises(InputError, match="did you mean '30e/360'"):
        convention_name("30E/360")


@pytest.mark.parametrize("convention", CONVENTIONS)
def test_backwards_and_timed_dates_are_refused(convention):
    with pytest.raises(InputError, match="the end 2024-01-01 is before the start 2024-01-02"):
        day_count_fraction(d("2024-01-02"), d("2024-01-01"), convention, frequency=1)
    with pytest.raises(InputError, match=r"datetime; pass a datetime.date"):
        days(datetime(2024, 1, 1), datetime(2024, 1, 2), convention)


def test_actual_over_a_fixed_year():
    # 31 + 28 + 31 = 90 days; with 29 February 91
    check(
        "act/360",
        [
            ("2023-01-01", "2023-04-01", Fraction(90, 360)),
            ("2024-01-01", "2024-04-01", Fraction(91, 360)),
        ],
    )
    check(
        "act/365f",
        [
            ("2023-01-01", "2023-04-01", Fraction(90, 365)),
            ("2024-01-01", "2025-01-01", Fraction(366, 365)),
        ],
    )


def test_one_over_one():
    check(
        "1/1",
        [("2024-01-01", "2024-01-02", Fraction(1)), ("2024-01-01", "2054-01-01", Fraction(1))],
    )
    assert days(d("2024-01-01"), d("2024-01-31"), "1/1") == 30


def test_no_leap():
    # A 29 February after the start and not after the end is left out.
    check("nl/365", [
        ("2024-02-28", "2024-03-01", Fraction(1, 365)),
        ("2024-02-28", "2024-02-29", Fraction(0)),
        ("2024-02-29", "2024-03-01", Fraction(1, 365)),
        ("2024-01-01", "2025-01-01", Fraction(365, 365)),
        ("2000-01-01", "2024-12-31", Fraction(25 * 365 - 1, 365)),
        ("1899-01-01", "1901-01-01", Fraction(730, 365)),  # 1900 had no 29 February
    ])  # fmt: skip


def test_act_365l_annual():
    # 366 when a 29 February is after the start and on or before the period's end
    check("act/365l", [
        ("2024-01-01", "2024-07-01", Fraction(182, 366)),
        ("2024-02-29", "2024-07-01", Fraction(123, 365)),  # the start's own 29 February is outside
        ("2023-07-01", "2024-02-29", Fraction(243, 366)),
        ("2023-07-01", "2024-02-28", Fraction(242, 365)),
        ("2023-07-01", "2024-07-01", Fraction(366, 366)),
    ])  # fmt: skip
    # An accrual of 50 days in a yearly period that holds 29 February 2024
    check("act/365l", [("2023-07-01", "2023-08-20", Fraction(50, 366))], frequency="annual",
          period_end=d("2024-07-01"))  # fmt: skip


def test_act_365l_more_often_than_annual():
    # 366 when the period ends in a leap year, whether 29 February is in it or not
    rows = [
        ("2024-07-01", "2024-10-01", Fraction(92, 366)),
        ("2023-07-01", "2023-10-01", Fraction(92, 365)),
        ("2023-10-15", "2024-01-15", Fraction(92, 366)),
        ("2024-10-15", "2025-01-15", Fraction(92, 365)),
    ]
    check("act/365l", rows, frequency=4)
    check(
        "act/365l",
        [("2023-12-01", "2023-12-31", Fraction(30, 366))],
        frequency=2,
        period_end=d("2024-03-01"),
    )


def test_act_365l_refuses_a_period_that_ends_early():
    with pytest.raises(InputError, match="the period end 2024-01-15 is before the end 2024-02-01"):
        day_count_fraction(d("2024-01-01"), d("2024-02-01"), "act/365l", period_end=d("2024-01-15"))


def test_act_act_isda():
    # ISDA's EMU memo (1998): 61/365 + 121/366 = 0.49772...
    check("act/act-isda", [
        ("2003-11-01", "2004-05-01", Fraction(61, 365) + Fraction(121, 366)),
        ("1999-02-01", "1999-07-01", Fraction(150, 365)),
        ("1999-07-01", "2000-07-01", Fraction(184, 365) + Fraction(182, 366)),
        ("2002-08-15", "2003-07-15", Fraction(334, 365)),
        ("1999-07-30", "2000-01-30", Fraction(155, 365) + Fraction(29, 366)),
        ("2000-01-30", "2000-06-30", Fraction(152, 366)),
        ("1999-11-30", "2000-04-30", Fraction(32, 365) + Fraction(120, 366)),
        ("2023-12-31", "2024-01-01", Fraction(1, 365)),
        ("2020-07-01", "2024-07-01", Fraction(184, 366) + 3 + Fraction(182, 366)),
    ])  # fmt: skip
    assert day_count_fraction(d("9998-12-31"), date.max, "act/act-isda") == Fraction(365, 365)


def test_act_act_afb():
    # Whole years back from the end; 366 only if the rest holds a 29 February.
    check("act/act-afb", [
        ("2003-11-01", "2004-05-01", Fraction(182, 366)),
        ("1999-02-01", "1999-07-01", Fraction(150, 365)),
        ("1999-07-01", "2000-07-01", Fraction(1)),
        ("1999-07-30", "2000-06-30", Fraction(336, 366)),
        ("1999-11-30", "2000-04-30", Fraction(152, 366)),
    ])  # fmt: skip
    # 28 February 2004 to 27 February 2008: three years back to 27 February 2005; the rest of
    # 365 days holds 29 February 2004, so it is 365/366.
    check("act/act-afb", [("2004-02-28", "2008-02-27", 3 + Fraction(365, 366))])
    # Back from 28 February 2009 a year at a time: 2008 has a 29th, so the year starts there.
    check("act/act-afb", [
        ("2008-02-29", "2009-02-28", Fraction(1)),
        ("2008-02-28", "2009-02-28", 1 + Fraction(1, 365)),  # 28 to 29 February: the 29th is not in it
        ("2004-02-29", "2008-02-29", Fraction(4)),
        ("2023-02-28", "2024-02-29", 1 + Fraction(0)),
        ("2024-02-29", "2024-03-01", Fraction(1, 366)),  # the first day counts
        ("2024-02-28", "2024-02-29", Fraction(1, 365)),  # the last day does not
    ])  # fmt: skip


def test_30_360_us_with_the_february_rule():
    # 1 both on February's last day: end -> 30; 2 start there: start -> 30;
    # 3 end 31 and start 30 or 31: end -> 30; 4 start 31 -> 30
    rows = [
        ("2023-02-28", "2024-02-29", 360),  # rules 1, 2: 30 to 30
        ("2023-02-28", "2023-03-31", 30),  # rules 2, 3: 30 to 30
        ("2023-02-28", "2023-03-30", 30),
        ("2024-02-28", "2024-03-31", 33),  # the 28th is not the last: 28 to 31
        ("2024-02-29", "2024-03-28", 28),
        ("2023-01-31", "2023-02-28", 28),  # only the end in February stays: 30 to 28
        ("2023-01-31", "2023-03-31", 60),
        ("2023-01-30", "2023-03-31", 60),
        ("2023-01-29", "2023-03-31", 62),  # 29 to 31
        ("2023-05-31", "2023-06-30", 30),
        ("2023-01-15", "2024-01-15", 360),
    ]
    check("30/360-us", [(a, b, Fraction(n, 360)) for a, b, n in rows])


def test_30e_360():
    rows = [
        ("2023-01-31", "2023-03-31", 60),
        ("2023-01-29", "2023-03-31", 61),  # the end's 31st is the 30th whatever the start
        ("2023-02-28", "2023-03-31", 32),
        ("2023-01-31", "2023-02-28", 28),
        ("2024-02-28", "2024-02-29", 1),
        ("2023-02-28", "2024-02-29", 361),
        ("2023-03-30", "2023-03-31", 0),
    ]
    check("30e/360", [(a, b, Fraction(n, 360)) for a, b, n in rows])


def test_30e_360_isda_keeps_february_at_maturity():
    rows = [
        ("2023-01-31", "2023-02-28", 30),
        ("2023-02-28", "2023-03-31", 30),
        ("2023-02-28", "2024-02-29", 360),
        ("2024-02-28", "2024-02-29", 2),  # 28 to 30
        ("2023-01-15", "2023-01-31", 15),
    ]
    check("30e/360-isda", [(a, b, Fraction(n, 360)) for a, b, n in rows])
    at_maturity = [
        ("2023-01-31", "2023-02-28", 28),  # 30 to 28
        ("2023-08-31", "2024-02-29", 179),  # 180 - 1
    ]
    for a, b, n in at_maturity:
        check("30e/360-isda", [(a, b, Fraction(n, 360))], maturity=d(b))
        assert days(d(a), d(b), "30e/360-isda", maturity=d(b)) == n
    # a start in February is the 30th in any case
    check(
        "30e/360-isda", [("2023-02-28", "2023-08-31", Fraction(180, 360))], maturity=d("2023-08-31")
    )


def test_30_360_cn_whole_months_and_actual_odd_days():
    rows = [
        ("2024-01-15", "2024-07-15", 180),  # 6 months
        ("2024-01-15", "2025-01-15", 360),
        ("2024-01-15", "2024-03-20", 65),  # 2 months to 15 March, then 5 days
        ("2024-01-20", "2024-02-10", 21),  # less than a month: 11 + 10 actual days
        ("2024-01-20", "2024-03-10", 49),  # 1 month to 20 February, then 9 + 10 days
        ("2023-01-20", "2023-03-10", 48),  # the same without a 29 February: 8 + 10
        ("2024-01-31", "2024-02-29", 30),  # month end to month end
        ("2024-01-31", "2024-04-30", 90),
        ("2024-01-30", "2024-03-31", 60),  # the 31st counts as the 30th
        ("2024-03-30", "2024-03-31", 0),
        ("2024-03-31", "2024-05-10", 40),  # 1 month to 30 April, then 10 days
        ("2024-01-31", "2024-02-01", 1),
        ("2024-01-31", "2024-04-05", 65),  # 2 months to 31 March, then 5 days
        ("2023-02-28", "2023-03-31", 32),  # 1 month to 28 March, then 2 to the 30th
        ("2024-02-29", "2025-02-28", 360),
        ("2024-05-05", "2024-05-05", 0),
    ]
    check("30/360-cn", [(a, b, Fraction(n, 360)) for a, b, n in rows])
    check("30/360", [(a, b, Fraction(n, 360)) for a, b, n in rows])
    assert [days(d(a), d(b), "30/360") for a, b, _ in rows] == [n for _, _, n in rows]


@given(DATES, st.integers(1, 600))
def test_30_360_cn_of_a_tenor_in_months_is_exact(start, months):
    end = Tenor(months, "m").end(start)
    assert day_count_fraction(start, end, "30/360-cn") == Fraction(months, 12)


@given(
    DATES, st.integers(0, 20_000), st.sampled_from([c for c in CONVENTIONS if c != "act/act-icma"])
)
def test_never_negative_and_near_the_calendar(start, length, convention):
    end = start + timedelta(days=length)
    found = day_count_fraction(start, end, convention)
    assert found >= 0
    if convention != "1/1":
        # 366/360 is the longest year of any of them, 360/366 the shortest; 3 days of slack at ends
        assert Fraction(max(length - 3, 0), 372) <= found <= Fraction(length + 3, 355)


@given(DATES, st.integers(0, 5_000), st.integers(0, 5_000))
def test_actual_conventions_add_up(start, first, second):
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)
    for convention in ("act/360", "act/365f", "act/act-isda", "nl/365"):
        whole = day_count_fraction(start, end, convention)
        parts = [day_count_fraction(*pair, convention) for pair in ((start, middle), (middle, end))]
        assert whole == sum(parts)


@given(DATES, st.integers(0, 5_000))
def test_one_more_day_never_shortens(start, length):
    end = start + timedelta(days=length)
    later = end + timedelta(days=1)
    for convention in ("act/360", "act/act-isda", "30/360-us", "30e/360", "30e/360-isda",
                       "30/360-cn", "nl/365"):  # fmt: skip
        if convention in ("30/360-us", "30e/360-isda") and end.month == 2 and later.month == 3:
            continue  # the end of February counts as the 30th: a day on, 1 March, is no longer
        assert days(start, later, convention) >= days(start, end, convention)


@given(
    DATES, st.integers(0, 5_000), st.sampled_from(["act/360", "30/360-us", "30e/360", "30/360-cn"])
)
def test_days_are_the_numerator(start, length, convention):
    end = start + timedelta(days=length)
    assert Fraction(days(start, end, convention), 360) == day_count_fraction(start, end, convention)


def test_act_365l_frequency_decides():
    # No 29 February after 1 March 2024: 365 for a yearly period; 366 for others that end in 2024.
    row = ("2024-03-01", "2024-12-01")
    for frequency, year in ((None, 365), (1, 365), ("annual", 365), (2, 366), ("monthly", 366)):
        check("act/365l", [(*row, Fraction(275, year))], frequency=frequency)


def test_30_360_isda_and_european_keep_the_30th():
    check("30e/360-isda", [("2023-03-31", "2023-05-31", Fraction(60, 360))])
    check("30e/360-isda", [("2023-03-31", "2023-05-30", Fraction(60, 360))])
    check("30/360-us", [("2023-03-30", "2023-05-31", Fraction(60, 360))])
    check("30/360-us", [("2023-03-31", "2023-05-30", Fraction(60, 360))])
