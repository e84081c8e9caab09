"""Annual percentage rates: the regulations' published examples, and how the conventions differ."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError, RateError
from catalogue.maths import apr, apr_eu, apr_us, schedule, simple_rate, xirr
from catalogue.maths.rate_us import unit_timeline
from catalogue.maths.unit_period import UnitPeriod, months_back, series_day, unit_period

Flows = list[tuple[date, Any]]


def monthly(first: date, number: int, amount: float, step: int = 1) -> Flows:
    index = first.year * 12 + first.month - 1
    months = [index + step * k for k in range(number)]
    return [(date(m // 12, m % 12 + 1, first.day), amount) for m in months]


# 12 CFR 1026, Appendix J, (c)(1): single advance, published to a hundredth of a percent.
APPENDIX_J: list[tuple[str, Flows, float]] = [
    (
        "i monthly, regular",
        [(date(1978, 1, 10), 5000), *monthly(date(1978, 2, 10), 24, -230)],
        0.0969,
    ),
    (
        "ii monthly, long first period of 1 19/30",
        [(date(1978, 2, 10), 6000), *monthly(date(1978, 4, 1), 36, -200)],
        0.1182,
    ),
    (
        "iii semimonthly, short first period of 6/15",
        [
            (date(1978, 2, 23), 5000),
            *monthly(date(1978, 3, 1), 12, -219.17),
            *monthly(date(1978, 3, 16), 12, -219.17),
        ],
        0.1034,
    ),
    (
        "iv quarterly, long first period of 1 39/90",
        [(date(1978, 5, 23), 10000), *monthly(date(1978, 10, 1), 40, -385, 3)],
        0.0897,
    ),
    (
        "v weekly, long first period of 4 4/7",
        [
            (date(1978, 3, 20), 500),
            *((date(1978, 4, 21) + timedelta(days=7 * k), -17.60) for k in range(30)),
        ],
        0.1496,
    ),
]


@pytest.mark.parametrize(
    ("flows", "rate"), [case[1:] for case in APPENDIX_J], ids=[case[0] for case in APPENDIX_J]
)
def test_regulation_z_appendix_j(flows: Flows, rate: float) -> None:
    assert round(apr(flows, convention="us"), 4) == rate
    assert apr_us(flows) == apr(flows, convention="us")


def test_us_odd_days_bear_simple_interest() -> None:
    # One advance, one payment, 1 1/2 years: 1000 (1 + i/2)(1 + i) = 1155 at i = 10 %
    flows = [(date(2023, 1, 1), 1000), (date(2024, 7, 1), -1155)]
    assert apr_us(flows) == pytest.approx(0.1, abs=1e-14)


def test_us_single_payment_within_a_year() -> None:
    # Six months, 5 % of interest: 5 % * 12 / 6; 100 days, 2 %: 2 % * 365 / 100
    assert apr_us([(date(2024, 1, 1), 1000), (date(2024, 7, 1), -1050)]) == pytest.approx(0.1)
    flows = [(date(2024, 1, 1), 1000), (date(2024, 1, 1) + timedelta(days=100), -1020)]
    assert apr_us(flows) == pytest.approx(0.073)


# Directive 98/7/EC, Annex II, and 2008/48/EC's formula: years as given in the examples.
def test_eu_one_payment() -> None:
    # 1,000 = 1,200 / (1 + X)**1.5: X = 12.92 %; with 50 of costs withheld 16.85 %
    end = date(2002, 7, 1)
    assert round(apr_eu([(date(2001, 1, 1), 1000), (end, -1200)]), 4) == 0.1292
    assert round(apr_eu([(date(2001, 1, 1), 950), (end, -1200)]), 4) == 0.1685


def test_eu_several_payments() -> None:
    # 1,000 = 600 / (1+X) + 600 / (1+X)**2: 13.07 %
    two = [(date(2001, 1, 1), 1000), (date(2002, 1, 1), -600), (date(2003, 1, 1), -600)]
    assert round(apr_eu(two), 4) == 0.1307
    # 1,000 = 272 / (1+X)**0.25 + 272 / (1+X)**0.5 + 544 / (1+X): 13.19 %
    three = [
        (date(2001, 1, 1), 1000),
        (date(2001, 4, 1), -272),
        (date(2001, 7, 1), -272),
        (date(2002, 1, 1), -544),
    ]
    assert round(apr_eu(three), 4) == 0.1319


@pytest.mark.parametrize(
    ("end", "years"),
    [
        # back 13 months to 20 January 2025; 19 days; the year back holds 29 February 2024
        (date(2026, 2, 20), 13 / 12 + 19 / 366),
        # to 10 January: 9 days; the year back from 10 January 2025 holds 29 February 2024
        (date(2025, 1, 10), 9 / 366),
        (date(2025, 4, 1), 3 / 12),
        # 5 weeks
        (date(2025, 2, 5), 5 / 52),
    ],
)
def test_eu_intervals(end: date, years: float) -> None:
    flows = [(date(2025, 1, 1), 1000), (end, -1010)]
    assert apr_eu(flows) == pytest.approx(1.01 ** (1 / years) - 1, rel=1e-12)


def test_eu_weekly_payments_after_an_odd_first_period_count_weeks() -> None:
    # 10 days to the first payment: 1 week and 3 days (of 365), then one week more each.
    start = date(2025, 6, 2)
    flows = [(start, 200), *((start + timedelta(days=10 + 7 * k), -25) for k in range(10))]
    rate = apr_eu(flows)
    worth = sum(25 * (1 + rate) ** -((1 + k) / 52 + 3 / 365) for k in range(10))
    assert worth == pytest.approx(200, abs=1e-9)


def test_eu_odd_days_of_a_plain_year() -> None:
    # 1 June to 10 July 2025: one month back to 10 June; 9 days of 365 (10 June 2024 to 2025)
    flows = [(date(2025, 6, 1), 1000), (date(2025, 7, 10), -1010)]
    assert apr_eu(flows) == pytest.approx(1.01 ** (1 / (1 / 12 + 9 / 365)) - 1, rel=1e-12)


def test_a_due_day_that_february_lacks_is_a_whole_month() -> None:
    flows = [(date(2025, 1, 31), 1000), (date(2025, 2, 28), -505), (date(2025, 3, 31), -505)]
    rate = apr_eu(flows)
    worth = 505 * ((1 + rate) ** (-1 / 12) + (1 + rate) ** (-2 / 12))
    assert worth == pytest.approx(1000, abs=1e-9)


def test_a_fee_before_the_drawdown_has_two_rates() -> None:
    # 10 (1+X)**(1/12) + 1050 / (1+X) = 1000: near 6 %, and again where the fee's growth rules.
    flows = [(date(2025, 1, 1), -10), (date(2025, 2, 1), 1000), (date(2026, 2, 1), -1050)]
    with pytest.raises(RateError, match="2 rates solve these flows"):
        apr_eu(flows)


def test_simple_is_the_contract_rate_without_fees() -> None:
    for frequency, method in [
        ("monthly", "level"),
        ("quarterly", "equal-principal"),
        ("weekly", "bullet"),
        ("annual", "level"),
        ("semi-monthly", "level"),
    ]:
        # From the 15th, so that half months are 15 days from the 15th to the 30th.
        start = date(2024, 1, 15 if frequency == "semi-monthly" else 31)
        plan = schedule(
            1_000_000,
            "0.06",
            start=start,
            periods=40,
            method=method,
            frequency=frequency,
        )
        assert simple_rate(plan.flows()) == pytest.approx(0.06, abs=5e-7)


def test_simple_of_one_payment_is_simple_interest() -> None:
    # 3 months at 6 %: 1.5 % * 4
    plan = schedule(10000, "0.06", start=date(2024, 1, 31), periods=3, method="at-maturity")
    assert apr(plan.flows(), convention="simple") == pytest.approx(0.06, abs=1e-12)


def test_a_fee_raises_every_convention() -> None:
    plan = schedule(100000, "0.06", start=date(2024, 1, 31), periods=12)
    free, dear = plan.flows(), [*plan.flows(), (date(2024, 1, 31), -1000)]
    for convention in ("effective", "simple", "eu", "us"):
        # 1 % at the start of a loan with a mean life of half a year: about 2 points
        rise = apr(dear, convention=convention) - apr(free, convention=convention)
        assert 0.017 < rise < 0.022


def test_effective_is_xirr() -> None:
    flows = [(date(2024, 1, 1), 1000), (date(2024, 12, 31), -1100)]
    assert apr(flows) == xirr(flows) == pytest.approx(0.1)


@pytest.mark.parametrize("convention", ["effective", "simple", "eu", "us"])
@pytest.mark.parametrize(
    ("flows", "text"),
    [
        ([], "there are no flows"),
        ([(date(2024, 1, 1), 5), (date(2024, 1, 1), -6)], "all flows are on one day"),
        ([(date(2024, 1, 1), 5), (date(2025, 1, 1), 6)], "all flows are received"),
        ([(date(2024, 1, 1), -5), (date(2025, 1, 1), -6)], "all flows are paid"),
        ([(date(2024, 1, 1), 5), (date(2025, 1, 1), float("nan"))], "nan is not a number"),
        (
            [(date(2024, 1, 1), -100), (date(2025, 1, 1), 230), (date(2026, 1, 1), -132)],
            "2 rates solve these flows",
        ),
    ],
)
def test_refusals(convention: str, flows: Flows, text: str) -> None:
    with pytest.raises(RateError, match=text):
        apr(flows, convention=convention)


def test_unknown_convention() -> None:
    with pytest.raises(InputError, match=r"'efective' is unknown.*did you mean 'effective'"):
        apr([], convention="efective")


@given(
    st.integers(10_000, 10**7),
    st.integers(1, 2400),
    st.integers(2, 120),
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.integers(0, 500),
)
def test_conventions_agree_on_regular_loans(
    principal: int, basis_points: int, periods: int, start: date, fee: int
) -> None:
    plan = schedule(principal, Decimal(basis_points) / 10_000, start=start, periods=periods)
    flows = [*plan.flows(), (start, -Decimal(principal) * fee / 100_000)]
    nominal = apr(flows, convention="us")
    assert nominal == pytest.approx(apr(flows, convention="simple"), rel=1e-9)
    assert apr(flows, convention="eu") == pytest.approx((1 + nominal / 12) ** 12 - 1, rel=1e-9)
    # actual days against equal months: never more than some days of interest apart
    assert apr(flows) == pytest.approx(apr(flows, convention="eu"), rel=0.15)


class TestUnitPeriods:
    def test_months_back(self) -> None:
        assert months_back(date(1978, 2, 10), date(1978, 4, 1), None) == (1, 19)
        assert months_back(date(2025, 1, 31), date(2025, 2, 28), 31) == (1, 0)
        assert months_back(date(2025, 1, 31), date(2025, 2, 28), None) == (0, 28)
        assert months_back(date(2025, 1, 15), date(2025, 1, 15), None) == (0, 0)

    def test_series_day(self) -> None:
        ends = [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]
        assert series_day(date(2025, 1, 31), ends) == 31
        assert series_day(date(2025, 1, 10), ends) == 31
        assert series_day(date(2025, 1, 30), [date(2025, 2, 28), date(2025, 3, 30)]) == 30
        assert series_day(date(2025, 1, 1), [date(2025, 2, 3), date(2025, 3, 4)]) is None

    @pytest.mark.parametrize(
        ("payments", "unit"),
        [
            (monthly(date(2024, 2, 1), 5, -1), UnitPeriod("month", 1)),
            (monthly(date(2024, 4, 1), 5, -1, 3), UnitPeriod("month", 3)),
            (
                [(date(2024, 1, 8) + timedelta(days=14 * k), -1) for k in range(6)],
                UnitPeriod("day", 14),
            ),
            # no interval twice: 20 + 41 days, mean 30.5: a month
            ([(date(2024, 1, 21), -1), (date(2024, 3, 2), -1)], UnitPeriod("month", 1)),
            # 7 and 7 against a month and a month: the shorter
            (
                [
                    (date(2024, 1, 8), -1),
                    (date(2024, 1, 15), -1),
                    (date(2024, 2, 15), -1),
                    (date(2024, 3, 15), -1),
                ],
                UnitPeriod("day", 7),
            ),
        ],
    )
    def test_the_commonest_interval(self, payments: Flows, unit: UnitPeriod) -> None:
        days = [day for day, _ in payments]
        start = date(2024, 1, 1)
        assert unit_period([start], days, series_day(start, days)) == unit

    def test_advances_count_too(self) -> None:
        dates = [date(2024, m, 10) for m in range(1, 7)]
        unit, counts, _ = unit_timeline([*dates, date(2025, 7, 10)], [100.0] * 6 + [-700.0])
        assert unit == UnitPeriod("month", 1)
        assert counts == [(k, 0.0) for k in range(6)] + [(18, 0.0)]
