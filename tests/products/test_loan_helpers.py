"""Due dates of loans, repricing days, loans in parts."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.bundles.concessions import FeeCut, after_cuts
from catalogue.errors import InputError
from catalogue.maths import due_dates, schedule
from catalogue.products.loan_dates import instalment_dates, number_of_periods, settlement_dates
from catalogue.products.loan_parts import merged_rows
from catalogue.products.plain_rows import fee_row, principal_rows
from catalogue.products.repricing import repricing_days
from catalogue.products.results import Fee
from catalogue.values import Money, Tenor

STARTS = st.dates(date(1999, 1, 1), date(2050, 12, 31))
TENORS = st.one_of(
    st.integers(1, 360).map(lambda n: Tenor(n, "m")),
    st.integers(1, 3000).map(lambda n: Tenor(n, "d")),
)
FREQUENCIES = st.sampled_from(["monthly", "quarterly", "semiannual", "annual"])


@pytest.mark.parametrize(
    ("tenor", "frequency", "periods"),
    [
        ("3y", "quarterly", 12),
        ("7m", "quarterly", 3),
        ("1m", "annual", 1),
        ("90d", "monthly", 3),
        ("30y", "fortnightly", 780),
        ("1y", "weekly", 52),
        ("70d", "weekly", 10),
        ("15d", "fortnightly", 2),
        ("6m", "semi-monthly", 12),
    ],
)
def test_number_of_periods(tenor: str, frequency: str, periods: int):
    assert number_of_periods(Tenor.parse(tenor), frequency, date(2024, 1, 15)) == periods


def laid(plan: dict[str, object], start: date, frequency: str) -> tuple[date, ...]:
    keywords = dict(plan)
    periods = keywords.pop("periods")
    return due_dates(start, periods, frequency=frequency, **keywords)  # type: ignore[arg-type]


@given(STARTS, TENORS, FREQUENCIES, st.integers(1, 31))
def test_settlement_dates_fall_on_the_day_and_end_at_maturity(
    start: date, tenor: Tenor, frequency: str, day: int
):
    dates = laid(settlement_dates(tenor, frequency, start, day).keywords(), start, frequency)
    assert dates[-1] == tenor.end(start)
    assert list(dates) == sorted(set(dates))
    assert dates[0] > start
    step = {"monthly": 1, "quarterly": 3, "semiannual": 6, "annual": 12}[frequency]
    for due in dates[:-1]:
        assert due.month % step == 0 or step == 1
        last = (date(due.year + due.month // 12, due.month % 12 + 1, 1) - due).days == 1
        assert due.day == day or (last and due.day < day)
    months = {(due.year, due.month) for due in dates[:-1]}
    wanted = (dates[-1].year - start.year) * 12 + dates[-1].month - start.month
    assert abs(len(months) - wanted / step) <= 1


@given(STARTS, TENORS, FREQUENCIES)
def test_instalment_dates_end_at_maturity(start: date, tenor: Tenor, frequency: str):
    dates = laid(instalment_dates(tenor, frequency, start).keywords(), start, frequency)
    assert dates[-1] == tenor.end(start)
    assert len(dates) == number_of_periods(tenor, frequency, start)


@given(STARTS, st.integers(2, 120), st.integers(1, 75))
def test_first_due_keeps_its_day_and_the_maturity(start: date, months: int, ahead: int):
    tenor = Tenor(months, "m")
    first = date.fromordinal(start.toordinal() + ahead)
    if first > tenor.end(start):
        with pytest.raises(InputError, match=r"first_due: .* is after the maturity"):
            instalment_dates(tenor, "monthly", start, first)
        return
    dates = laid(instalment_dates(tenor, "monthly", start, first).keywords(), start, "monthly")
    assert dates[0] == first
    assert dates[-1] == tenor.end(start)
    assert len(dates) <= months


def test_settlement_needs_a_frequency_by_months():
    with pytest.raises(InputError, match="frequency: weekly has no settlement day"):
        settlement_dates(Tenor.parse("1y"), "weekly", date(2024, 1, 1), 20)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("january-1", ["2025-01-01", "2026-01-01"]),
        ("anniversary", ["2025-02-28", "2026-02-28"]),
        ("half-yearly", ["2024-08-29", "2025-02-28", "2025-08-29", "2026-02-28"]),
    ],
)
def test_repricing_days(rule: str, days: list[str]):
    found = repricing_days(rule, date(2024, 2, 29), date(2026, 3, 15))
    assert [str(day) for day in found] == days


def test_a_loan_that_ends_on_1_january_is_not_repriced_then():
    assert list(repricing_days("january-1", date(2024, 1, 1), date(2025, 1, 1))) == []


@given(st.integers(1, 60), st.integers(1, 60), st.integers(100, 10**7), st.integers(100, 10**7))
def test_merged_rows_add_up(months: int, others: int, one: int, other: int):
    first = schedule(one, "0.0395", start=date(2024, 1, 31), periods=months)
    second = schedule(
        other, "0.0285", start=date(2024, 1, 31), periods=others, method="equal-principal"
    )
    rows = merged_rows([first, second])
    assert rows[-1].closing == 0
    assert rows[0].opening == one + other
    assert sum(row.interest for row in rows) == first.total_interest + second.total_interest
    assert sum(row.principal for row in rows) == one + other
    for row, after in pairwise(rows):
        assert row.closing == row.opening - row.principal == after.opening
        assert row.due < after.due


def test_a_cut_of_one_commitment_fee_leaves_the_others():
    fees = [
        Fee(
            "commitment", "Commitment fee", "承诺费", Money.of(100), "f", "s", due=date(2024, m, 20)
        )
        for m in (6, 9)
    ]
    cuts = tuple(FeeCut("half", fee.code, Money.of(50), fee.due) for fee in fees)
    assert [after_cuts(fee, cuts).amount for fee in fees] == [Money.of(50), Money.of(50)]
    assert [after_cuts(fee, cuts[:1]).amount for fee in fees] == [Money.of(50), Money.of(100)]


def test_rows_of_principal_follow_what_is_left() -> None:
    parts = [(date(2024, 2, 1), Money.of("33.33")), (date(2024, 3, 1), Money.of("66.67"))]
    first, last = principal_rows(date(2024, 1, 1), Money.of(100), parts)
    assert (first.n, first.days, str(first.opening), str(first.payment), str(first.closing)) == (
        1,
        31,
        "100.00",
        "33.33",
        "66.67",
    )
    assert (last.n, last.days, str(last.opening), str(last.closing)) == (2, 29, "66.67", "0.00")
    assert (str(first.interest), str(first.fee)) == ("0.00", "0.00")
    row = fee_row(3, date(2024, 4, 1), 31, "JPY")
    assert (row.n, row.due, row.days, str(row.payment)) == (3, date(2024, 4, 1), 31, "0")
