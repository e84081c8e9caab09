"""Random loans: rows add up, close to zero, agree with an independent recomputation in fractions."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths import Schedule, level_payment, schedule
from catalogue.values import day_count_fraction

amounts = st.integers(1, 10**11).map(lambda minor: Decimal(minor) / 100)
rates = st.integers(0, 360_000).map(lambda n: Decimal(n) / 1_000_000)
starts = st.dates(date(2000, 1, 1), date(2060, 12, 31))
methods = st.sampled_from(["level", "equal-principal", "bullet", "at-maturity"])
frequencies = st.sampled_from(
    ["weekly", "fortnightly", "semi-monthly", "monthly", "quarterly", "semiannual", "annual"]
)
day_counts = st.sampled_from([None, "act/360", "act/365f", "act/act-isda", "30/360", "30e/360"])
PER_YEAR = {
    "weekly": 52,
    "fortnightly": 26,
    "semi-monthly": 24,
    "monthly": 12,
    "quarterly": 4,
    "semiannual": 2,
    "annual": 1,
}


def half_up(x: Fraction) -> int:
    return int(x + Fraction(1, 2))  # truncation: x is never negative


def refused(error: InputError, *texts: str) -> None:
    """The only errors that a random loan may meet."""
    assert any(text in str(error) for text in texts)


def check(plan: Schedule, principal: Decimal) -> None:
    before = Decimal(0)
    for row in plan:
        assert row.opening == before + row.drawn
        assert row.closing == row.opening - row.principal
        assert row.payment == row.principal + row.interest + row.fee
        assert row.closing >= 0
        assert row.interest >= 0
        before = row.closing
    assert before == 0
    assert plan.total_principal == principal == sum(row.drawn for row in plan)
    assert plan.total_payment == principal + plan.total_interest
    assert [row.due for row in plan] == sorted(row.due for row in plan)


@given(amounts, rates, starts, st.integers(1, 60), methods, frequencies, day_counts)
def test_every_loan_adds_up_and_closes(
    principal: Decimal,
    rate: Decimal,
    start: date,
    periods: int,
    method: str,
    frequency: str,
    day_count: str | None,
) -> None:
    try:
        plan = schedule(
            principal,
            rate,
            start=start,
            periods=periods,
            method=method,
            frequency=frequency,
            day_count=day_count,
        )
    except InputError as error:
        # By actual days a long period's interest may exceed a payment that barely repays.
        refused(error, "is more than the level payment")
        assert method == "level"
        assert day_count is not None
        return
    check(plan, principal)
    assert all(row.principal >= 0 for row in plan)
    assert len(plan) <= periods
    if method != "level":
        assert len(plan) == (1 if method == "at-maturity" else periods)


@given(amounts, rates, starts, st.integers(1, 60), frequencies, day_counts)
def test_interest_is_rounded_once_a_row_from_exact_fractions(
    principal: Decimal,
    rate: Decimal,
    start: date,
    periods: int,
    frequency: str,
    day_count: str | None,
) -> None:
    plan = schedule(
        principal,
        rate,
        start=start,
        periods=periods,
        frequency=frequency,
        day_count=day_count,
        interest_shortfall="capitalise",
    )
    begin = start
    for row in plan:
        length = (
            Fraction(1, PER_YEAR[frequency])
            if day_count is None
            else day_count_fraction(begin, row.due, day_count)
        )
        exact = Fraction(row.opening) * 100 * Fraction(rate) * length
        assert row.interest * 100 == half_up(exact)
        begin = row.due


@given(amounts, rates, st.integers(1, 360), st.sampled_from([1, 2, 4, 12]))
def test_level_payment_against_fractions(
    principal: Decimal, rate: Decimal, periods: int, per_year: int
) -> None:
    step = Fraction(rate) / per_year
    worth = sum((1 / (1 + step)) ** k for k in range(1, periods + 1)) if periods <= 40 else None
    if worth is None:
        worth = (1 - (1 + step) ** -periods) / step if step else Fraction(periods)
    exact = Fraction(principal) * 100 / worth
    assert level_payment(principal, rate, periods, per_year=per_year) * 100 == half_up(exact)


@given(
    st.integers(10**7, 10**11).map(lambda minor: Decimal(minor) / 100),
    rates,
    starts,
    st.integers(1, 360),
)
def test_level_rows_pay_the_level_payment(
    principal: Decimal, rate: Decimal, start: date, periods: int
) -> None:
    plan = schedule(principal, rate, start=start, periods=periods)
    level = level_payment(principal, rate, periods)
    # Each cent of rounding grows to ((1 + i)**n - 1) / i at most by the end.
    step = float(rate) / 12
    grown = ((1 + step) ** periods - 1) / step if step else float(periods)
    payments = {row.payment for row in plan[:-1]}
    if 0.005 * grown > float(level):
        # Half a cent may pile up to a whole payment: then one cent more, and an early end.
        assert payments <= {level} or payments == {level + Decimal("0.01")}
        return
    assert payments <= {level}
    assert abs(float(plan[len(plan) - 1].payment - level)) <= 0.01 * grown + 0.01


@given(st.integers(1, 200_00), rates, st.integers(1, 360))
def test_tiny_loans_end_early_and_never_in_a_balloon(
    minor: int, rate: Decimal, periods: int
) -> None:
    principal = Decimal(minor) / 100
    plan = schedule(principal, rate, start=date(2024, 1, 31), periods=periods)
    check(plan, principal)
    payments = [row.payment for row in plan]
    assert payments[-1] <= 2 * payments[0]


@given(amounts, rates, st.integers(1, 120), st.sampled_from(["level", "equal-principal", "bullet"]))
def test_interest_grows_with_rate_amount_and_term(
    principal: Decimal, rate: Decimal, periods: int, method: str
) -> None:
    principal += 100_000  # beyond the sizes at which single cents decide

    def interest(p: Decimal, r: Decimal, n: int) -> Decimal:
        return schedule(p, r, start=date(2024, 1, 1), periods=n, method=method).total_interest

    base = interest(principal, rate, periods)
    slack = Decimal(periods) / 100
    assert interest(principal, rate + Decimal("0.01"), periods) >= base
    assert interest(principal + 1000, rate, periods) >= base - slack
    assert interest(principal, rate, periods + 1) >= base - slack


@given(
    st.integers(10_000_00, 10**9),
    rates,
    starts,
    st.integers(3, 48),
    methods,
    day_counts,
    st.lists(st.tuples(st.integers(1, 10**4), st.integers(1, 40)), max_size=4),
    st.sampled_from(["shorter", "lower"]),
    st.data(),
)
def test_drawdowns_and_extra_payments_are_conserved(
    minor: int,
    rate: Decimal,
    start: date,
    periods: int,
    method: str,
    day_count: str | None,
    extras: list[tuple[int, int]],
    mode: str,
    data: st.DataObject,
) -> None:
    principal = Decimal(minor) / 100
    life = 28 * periods
    later = data.draw(st.lists(st.integers(0, life - 1), max_size=3))
    part = (principal / (len(later) + 1)).quantize(Decimal("0.01"))
    draws = [(start + timedelta(days=day), part) for day in later]
    draws.append((start, principal - part * len(later)))
    early = [
        (
            start + timedelta(days=1 + day % life),
            (principal * share / 200).quantize(Decimal("0.01")),
        )
        for day, share in extras
    ]
    try:
        plan = schedule(
            principal,
            rate,
            start=start,
            periods=periods,
            method=method,
            day_count=day_count,
            drawdowns=draws,
            extra_payments=early,
            extra_mode=mode,
        )
    except InputError as error:
        refused(error, "more than the balance", "is more than the level payment", "keeps all")
        return
    check(plan, principal)
    assert sum(row.extra for row in plan) == sum(amount for _, amount in early)


@given(amounts, starts, st.integers(1, 40), st.lists(rates, min_size=1, max_size=4), day_counts)
def test_repriced_loans_close(
    principal: Decimal, start: date, periods: int, steps: list[Decimal], day_count: str | None
) -> None:
    principal += 1000
    annual = [(start + timedelta(days=97 * k), rate) for k, rate in enumerate(steps)]
    try:
        plan = schedule(principal, annual, start=start, periods=periods, day_count=day_count)
    except InputError as error:
        refused(error, "is more than the level payment")
        return
    check(plan, principal)


OPTIONS: list[dict[str, Any]] = [
    {"day_count": "act/365f"},
    {"rounding": "half_even"},
    {"payment_multiple": 1},
    {"grace": 5},
    {"balloon": 3000},
    {"first_due": date(2024, 2, 20)},
    {"extra_payments": [(date(2024, 9, 9), 777)]},
    {"annual_rate": [(date(2024, 1, 31), "0.05"), (date(2024, 8, 15), "0.08")]},
]


@pytest.mark.parametrize("options", OPTIONS, ids=lambda o: next(iter(o)))
@pytest.mark.parametrize("method", ["level", "equal-principal"])
def test_the_tight_loop_agrees_with_the_general_path(
    options: dict[str, Any], method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if method != "level" and "payment_multiple" in options:
        options = {}
    terms: dict[str, Any] = {
        "principal": 12345,
        "annual_rate": "0.0735",
        "start": date(2024, 1, 31),
        "periods": 36,
        "method": method,
        **options,
    }
    quick = schedule(**terms)
    from catalogue.maths.amortise import Amortiser

    monkeypatch.setattr(Amortiser, "_plain_from", lambda self: self.plan.rows + 1)
    assert schedule(**terms) == quick
