"""Act/act-icma: ISDA's published examples, odd periods, month ends.

The examples are those of ISDA's "EMU and market conventions: recent developments" (1998),
which QuantLib's and others' tests use too; each is written out as days over days.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.values import add_months, day_count_fraction, month_end, per_year, shown


def icma(start: str, end: str, **keywords) -> Fraction:
    dated = {
        key: date.fromisoformat(value) if isinstance(value, str) and "-" in value else value
        for key, value in keywords.items()
    }
    return day_count_fraction(
        date.fromisoformat(start), date.fromisoformat(end), "act/act-icma", **dated
    )


def test_regular_period_is_one_over_the_frequency():
    assert icma("2003-11-01", "2004-05-01", frequency=2) == Fraction(182, 2 * 182)
    assert icma("1999-07-30", "2000-01-30", frequency=2) == Fraction(184, 2 * 184)
    assert icma("1999-07-01", "2000-07-01", frequency="annual") == Fraction(366, 366)


def test_accrual_within_a_regular_period():
    # 61 of the 182 days from 1 November 2003 to 1 May 2004
    got = icma("2003-11-01", "2004-01-01", frequency=2, period_start="2003-11-01",
               period_end="2004-05-01")  # fmt: skip
    assert got == Fraction(61, 2 * 182)


def test_short_first_period():
    # 150 days of the yearly period 1 July 1998 to 1 July 1999
    expected = Fraction(150, 365)
    assert float(expected) == pytest.approx(0.410958904110, abs=1e-12)
    assert icma("1999-02-01", "1999-07-01", frequency=1) == expected
    # with the regular period as reference, or with the odd period itself
    assert icma("1999-02-01", "1999-07-01", frequency=1, period_start="1998-07-01",
                period_end="1999-07-01") == expected  # fmt: skip
    assert icma("1999-02-01", "1999-07-01", frequency=1, period_start="1999-02-01",
                period_end="1999-07-01") == expected  # fmt: skip


def test_long_first_period():
    # 153 of the 184 days 15 July 2002 to 15 January 2003, then a whole half-year of 181 days
    expected = Fraction(153, 2 * 184) + Fraction(181, 2 * 181)
    assert float(expected) == pytest.approx(0.915760869565, abs=1e-12)
    assert icma("2002-08-15", "2003-07-15", frequency=2) == expected
    assert icma("2002-08-15", "2003-07-15", frequency=2, period_start="2003-01-15",
                period_end="2003-07-15") == expected  # fmt: skip
    # accrued inside the long first period, 15 August to 15 December 2002: 122 days
    assert icma("2002-08-15", "2002-12-15", frequency=2, period_start="2002-08-15",
                period_end="2003-07-15") == Fraction(122, 2 * 184)  # fmt: skip


def test_short_last_period():
    # 152 of the 182 days 30 January to 30 July 2000
    expected = Fraction(152, 2 * 182)
    assert float(expected) == pytest.approx(0.417582417582, abs=1e-12)
    assert icma("2000-01-30", "2000-06-30", frequency=2, period_start="2000-01-30",
                period_end="2000-07-30") == expected  # fmt: skip
    assert icma("2000-01-30", "2000-06-30", frequency=2, maturity="2000-06-30") == expected
    assert icma("2000-01-30", "2000-06-30", frequency=2, period_start="2000-01-30",
                period_end="2000-06-30", maturity="2000-06-30") == expected  # fmt: skip


def test_long_last_period_at_month_ends():
    # quarters 30 November, 29 February, 31 May: 91 of 91 days, then 61 of 92
    expected = Fraction(91, 4 * 91) + Fraction(61, 4 * 92)
    assert float(expected) == pytest.approx(0.415760869565, abs=1e-12)
    assert icma("1999-11-30", "2000-04-30", frequency=4, maturity="2000-04-30") == expected
    assert icma("1999-11-30", "2000-04-30", frequency=4, period_start="1999-11-30",
                period_end="2000-02-29") == expected  # fmt: skip


def test_first_period_is_counted_back_from_its_end():
    # The same dates not at maturity: half-years back from 30 June 2000 end on 31 December 1999
    # (month ends stay month ends): 152 of the 182 days.
    assert icma("2000-01-30", "2000-06-30", frequency=2) == Fraction(152, 2 * 182)
    # 30 June to 31 December is regular at month ends, 30 June to 30 December on the 30th.
    assert icma("2023-06-30", "2023-12-31", frequency=2) == Fraction(1, 2)
    assert icma("2023-06-30", "2023-12-30", frequency=2) == Fraction(1, 2)
    assert icma("2023-02-28", "2023-08-31", frequency=2) == Fraction(1, 2)
    assert icma("2024-02-29", "2024-08-29", frequency=2) == Fraction(1, 2)
    # 28 February of a leap year is not a month end: back from 31 August to 29 February 2024
    # are 184 days, and one of the 182 days 31 August 2023 to 29 February 2024.
    assert icma("2024-02-28", "2024-08-31", frequency=2) == Fraction(1, 2 * 182) + Fraction(
        184, 2 * 184
    )


def test_several_periods_add_up():
    # one short first period and one year: 150/365 + 1
    assert icma("1999-02-01", "2000-07-01", frequency=1, period_start="1999-07-01",
                period_end="2000-07-01") == Fraction(150, 365) + 1  # fmt: skip
    assert icma("2010-05-15", "2040-05-15", frequency=2) == 30


def test_frequency_is_read_off_a_regular_period():
    assert icma("2023-11-01", "2024-01-01", period_start="2023-11-01",
                period_end="2024-05-01") == Fraction(61, 2 * 182)  # fmt: skip
    assert icma("2023-11-01", "2023-12-01", period_start="2023-11-01",
                period_end="2023-12-01") == Fraction(1, 12)  # fmt: skip
    with pytest.raises(InputError, match="needs frequency"):
        icma("2023-11-01", "2024-01-01", period_start="2023-11-01", period_end="2024-05-02")


def test_without_frequency_or_period():
    with pytest.raises(InputError, match=r"needs frequency .coupons a year., or the period_start"):
        icma("2023-11-01", "2024-05-01")
    assert icma("2023-11-01", "2023-11-01") == 0


@pytest.mark.parametrize("frequency", [5, 52, "weekly", 24])
def test_frequency_of_whole_months_only(frequency):
    with pytest.raises(
        InputError, match="not a frequency of whole months; allowed: 1, 2, 3, 4, 6, 12"
    ):
        icma("2023-11-01", "2024-05-01", frequency=frequency)


UNKNOWN = [0, -1, 367, 10**9000, True, 2.0, "semi-annual", None]


@pytest.mark.parametrize("frequency", UNKNOWN, ids=shown)
def test_unknown_frequency(frequency):
    with pytest.raises(InputError, match="frequency"):
        per_year(frequency)


def test_frequency_names():
    assert [per_year(n) for n in ("weekly", "fortnightly", "monthly", "quarterly", "annual")] == [
        52, 26, 12, 4, 1,
    ]  # fmt: skip
    with pytest.raises(InputError, match="did you mean 'semiannual'"):
        per_year("semi-annual")


def test_empty_period():
    with pytest.raises(InputError, match="the period 2024-05-01 to 2023-11-01 is empty"):
        icma("2024-01-01", "2024-02-01", frequency=2, period_start="2024-05-01",
             period_end="2023-11-01")  # fmt: skip


FREQUENCIES = st.sampled_from([1, 2, 3, 4, 6, 12])
STARTS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


@given(STARTS, FREQUENCIES, st.integers(1, 40))
@example(date(2000, 4, 30), 6, 2)  # 30 April and 30 June are month ends, so the next is 31 August
def test_regular_schedules_are_exact(start, frequency, periods):
    """n regular periods last n / frequency years; from month end to month end if both are."""
    period_end = add_months(start, 12 // frequency)
    end = add_months(start, periods * 12 // frequency)
    if start == month_end(start) and period_end == month_end(period_end):
        end = month_end(end)
    got = day_count_fraction(
        start, end, "act/act-icma", frequency=frequency, period_start=start, period_end=period_end
    )
    assert got == Fraction(periods, frequency)


@given(STARTS, FREQUENCIES, st.data())
def test_accruals_within_a_period_add_up(start, frequency, data):
    end = add_months(start, 12 // frequency)
    middle = data.draw(st.dates(start, end))
    keywords = {"frequency": frequency, "period_start": start, "period_end": end}
    parts = [
        day_count_fraction(a, b, "act/act-icma", **keywords)
        for a, b in ((start, middle), (middle, end))
    ]
    assert sum(parts) == Fraction(1, frequency)
    assert parts[0] == Fraction((middle - start).days, frequency * (end - start).days)


def test_a_yearly_frequency_is_read_off_its_period():
    assert icma(
        "2023-11-01", "2024-01-01", period_start="2023-11-01", period_end="2024-11-01"
    ) == Fraction(61, 366)


def test_half_a_period_is_no_reference():
    with pytest.raises(InputError, match="needs frequency"):
        icma("2023-11-01", "2024-05-01", period_start="2023-11-01")


def test_one_month_end_alone_is_not_a_regular_period():
    # Back from 31 July 2023: 31 January 2023 (181 days), 31 July 2022 (184 days); 16 of the latter.
    expected = Fraction(16, 2 * 184) + Fraction(181, 2 * 181)
    assert icma("2023-01-15", "2023-07-31", frequency="semiannual") == expected
