"""Day counts against QuantLib, an independent implementation, on generated dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import QuantLib
from hypothesis import example, given
from hypothesis import strategies as st

from catalogue.values import add_months, day_count_fraction, days

DATES = st.dates(date(1950, 1, 1), date(2150, 12, 31))
LENGTHS = st.integers(0, 15_000)

# 30/360-cn is a Chinese bank practice, act/365l is not in QuantLib: both are tested by hand.
PAIRS = {
    "act/360": QuantLib.Actual360(),
    "act/365f": QuantLib.Actual365Fixed(),
    "act/act-isda": QuantLib.ActualActual(QuantLib.ActualActual.ISDA),
    "act/act-afb": QuantLib.ActualActual(QuantLib.ActualActual.AFB),
    "30/360-us": QuantLib.Thirty360(QuantLib.Thirty360.USA),
    "30e/360": QuantLib.Thirty360(QuantLib.Thirty360.European),
    "30e/360-isda": QuantLib.Thirty360(QuantLib.Thirty360.ISDA),
    "nl/365": QuantLib.Actual365Fixed(QuantLib.Actual365Fixed.NoLeap),
    "1/1": QuantLib.OneDayCounter(),
}


def q(d: date) -> QuantLib.Date:
    return QuantLib.Date(d.day, d.month, d.year)


@pytest.mark.parametrize("convention", PAIRS)
@given(start=DATES, length=LENGTHS)
@example(start=date(2023, 2, 28), length=366)
@example(start=date(2024, 2, 29), length=365)
@example(start=date(2024, 2, 28), length=366)
@example(start=date(2024, 1, 31), length=29)
def test_fraction(convention, start, length):
    end = start + timedelta(days=length)
    theirs = PAIRS[convention].yearFraction(q(start), q(end))
    assert float(day_count_fraction(start, end, convention)) == pytest.approx(theirs, abs=1e-10)


@given(start=DATES, length=LENGTHS)
def test_30e_360_isda_at_maturity(start, length):
    end = start + timedelta(days=length)
    counter = QuantLib.Thirty360(QuantLib.Thirty360.ISDA, q(end))
    assert days(start, end, "30e/360-isda", maturity=end) == counter.dayCount(q(start), q(end))


@given(DATES, st.sampled_from([1, 2, 4, 12]), st.data())
def test_icma_within_a_regular_period(period_start, frequency, data):
    period_end = add_months(period_start, 12 // frequency)
    start = data.draw(st.dates(period_start, period_end))
    end = data.draw(st.dates(start, period_end))
    counter = QuantLib.ActualActual(QuantLib.ActualActual.ISMA)
    theirs = counter.yearFraction(q(start), q(end), q(period_start), q(period_end))
    ours = day_count_fraction(
        start, end, "act/act-icma", frequency=frequency, period_start=period_start,
        period_end=period_end,
    )  # fmt: skip
    assert float(ours) == pytest.approx(theirs, abs=1e-10)


@given(st.dates(date(1990, 1, 1), date(2060, 12, 31)).filter(lambda d: d.day <= 28),
       st.sampled_from([1, 2, 4, 12]), st.integers(1, 200))  # fmt: skip
def test_icma_long_first_period(period_start, frequency, early):
    """Days before the reference period fall in the regular periods before it."""
    if period_start.month == 2 and period_start.day == 28:
        return  # QuantLib keeps the 28th there, we keep month ends
    period_end = add_months(period_start, 12 // frequency)
    start = period_start - timedelta(days=early)
    counter = QuantLib.ActualActual(QuantLib.ActualActual.ISMA)
    theirs = counter.yearFraction(q(start), q(period_end), q(period_start), q(period_end))
    ours = day_count_fraction(
        start, period_end, "act/act-icma", frequency=frequency, period_start=period_start,
        period_end=period_end,
    )  # fmt: skip
    assert float(ours) == pytest.approx(theirs, abs=1e-10)
