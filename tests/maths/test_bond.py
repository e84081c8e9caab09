"""Bond price and yield: interbank formula by hand, street against QuantLib, inverses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError, RateError
from catalogue.maths.bond import bond_price, bond_settlement, bond_yield
from catalogue.values import add_months


def ql_date(day):
    return ql.Date(day.day, day.month, day.year)


def ql_bond(settlement, maturity, coupon, frequency, counter):
    """A bond of 40 years, so that every coupon is regular; no calendar, T+0."""
    schedule = ql.Schedule(
        ql_date(maturity.replace(year=maturity.year - 40)),
        ql_date(maturity),
        ql.Period(12 // frequency, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Backward,
        False,
    )
    if counter is None:
        counter = ql.ActualActual(ql.ActualActual.ISMA, schedule)
    ql.Settings.instance().evaluationDate = ql_date(settlement)
    return ql.FixedRateBond(0, 100.0, schedule, [coupon], counter), counter


CASES = st.tuples(
    st.dates(date(2020, 1, 1), date(2024, 12, 31)),
    st.dates(date(2025, 1, 1), date(2055, 12, 28)).filter(lambda d: d.day <= 28),
    st.integers(0, 1200).map(lambda n: n / 10_000),
    st.integers(-100, 2000).map(lambda n: n / 10_000),
    st.sampled_from([1, 2, 4]),
)


@given(CASES)
def test_street_convention_agrees_with_quantlib(case):
    settlement, maturity, coupon, rate, frequency = case
    bond, counter = ql_bond(settlement, maturity, coupon, frequency, None)
    got = bond_price(
        settlement=settlement, maturity=maturity, coupon=coupon, yield_=rate, frequency=frequency
    )
    args = (rate, counter, ql.Compounded, frequency, ql_date(settlement))
    assert got.dirty == pytest.approx(bond.dirtyPrice(*args), abs=1e-8)
    assert got.accrued == pytest.approx(bond.accruedAmount(ql_date(settlement)), abs=1e-10)
    ql_rate = ql.InterestRate(rate, counter, ql.Compounded, frequency)
    day = ql_date(settlement)
    macaulay = ql.BondFunctions.duration(bond, ql_rate, ql.Duration.Macaulay, day)
    modified = ql.BondFunctions.duration(bond, ql_rate, ql.Duration.Modified, day)
    assert got.duration == pytest.approx(macaulay, abs=1e-8)
    assert got.modified_duration == pytest.approx(modified, abs=1e-8)
    assert got.convexity == pytest.approx(ql.BondFunctions.convexity(bond, ql_rate, day), rel=1e-8)
    # QuantLib adds the second-order term: close, not equal
    assert got.dv01 == pytest.approx(
        -ql.BondFunctions.basisPointValue(bond, ql_rate, day), rel=0.02, abs=1e-9
    )


def test_street_30_360_agrees_with_quantlib():
    settlement, maturity = date(2024, 2, 10), date(2031, 8, 15)
    bond, counter = ql_bond(settlement, maturity, 0.045, 2, ql.Thirty360(ql.Thirty360.BondBasis))
    got = bond_price(
        settlement=settlement,
        maturity=maturity,
        coupon="0.045",
        yield_="0.051",
        frequency=2,
        day_count="30/360-us",
    )
    want = bond.cleanPrice(0.051, counter, ql.Compounded, 2, ql_date(settlement))
    assert got.clean == pytest.approx(want, abs=1e-9)


def test_par_bond_on_a_coupon_day():
    got = bond_price(
        settlement=date(2024, 6, 15), maturity=date(2034, 6, 15), coupon="0.04", yield_="0.04"
    )
    assert got.clean == pytest.approx(100, abs=1e-10)
    assert got.accrued == 0
    assert got.flows_left == 10


def test_interbank_compound_by_hand():
    # 3 % yearly, 1 July 2024 to 1 January 2027: period 366 days, 184 to the next coupon.
    # dirty = 3 v^w + 3 v^(w+1) + 103 v^(w+2), v = 1/1.025, w = 184/366; accrued 3 × 182/366
    got = bond_price(
        settlement=date(2024, 7, 1),
        maturity=date(2027, 1, 1),
        coupon="0.03",
        yield_="0.025",
        convention="cn-interbank",
    )
    w, v = 184 / 366, 1 / 1.025
    assert got.dirty == pytest.approx(3 * v**w + 3 * v ** (w + 1) + 103 * v ** (w + 2), abs=1e-10)
    assert got.accrued == pytest.approx(3 * 182 / 366, abs=1e-12)
    assert got.clean == pytest.approx(got.dirty - got.accrued, abs=1e-12)


def test_interbank_last_coupon_is_simple_interest():
    # one coupon of 1.5 left (semi-annual 3 %), 1 October 2024 to 1 January 2025: D = 92 and
    # TY = 366 (1 January 2024 to 1 January 2025): 101.5 ÷ (1 + 2 % × 92/366)
    got = bond_price(
        settlement=date(2024, 10, 1),
        maturity=date(2025, 1, 1),
        coupon="0.03",
        yield_="0.02",
        frequency=2,
        convention="cn-interbank",
    )
    t = 92 / 366
    assert got.dirty == pytest.approx(101.5 / (1 + 0.02 * t), abs=1e-10)
    assert got.accrued == pytest.approx(1.5 * 92 / 184, abs=1e-12)  # 1 July to 1 October: 92 of 184
    assert got.duration == pytest.approx(t, abs=1e-12)
    assert got.modified_duration == pytest.approx(t / (1 + 0.02 * t), abs=1e-12)


def test_interbank_simple_yield_and_its_convexity():
    # dirty 101 against 103 in 182 of 365 days: (103/101 − 1) × 365/182; accrued 3 × 183/365
    t = 182 / 365
    got = bond_yield(
        settlement=date(2025, 7, 3),
        maturity=date(2026, 1, 1),
        coupon="0.03",
        clean=101 - 3 * 183 / 365,
        convention="cn-interbank",
    )
    assert got.yield_ == pytest.approx((103 / 101 - 1) / t, abs=1e-12)
    assert got.convexity == pytest.approx(2 * t**2 * (101 / 103) ** 2, abs=1e-12)


def test_interbank_year_is_counted_on_from_the_value_date():
    # value date 1 July 2021, 30 months: on 1 October 2023 the third year (1 July 2023 to 1 July
    # 2024, 366 days) has 92 days left of the bond: FV = 100 + 3 × (2 + 184/366)
    got = bond_price(
        settlement=date(2023, 10, 1),
        maturity=date(2024, 1, 1),
        coupon="0.03",
        yield_="0.02",
        convention="cn-interbank",
        kind="at-maturity",
        issue=date(2021, 7, 1),
    )
    want = (100 + 3 * (2 + 184 / 366)) / (1 + 0.02 * 92 / 366)
    assert got.dirty == pytest.approx(want, abs=1e-10)


def test_settlement_on_the_value_date():
    # 2 years at 4 % from 29 February 2024: nothing accrued yet, 108 at the end
    got = bond_price(
        settlement=date(2024, 2, 29),
        maturity=date(2026, 2, 28),
        coupon="0.04",
        yield_=0,
        kind="at-maturity",
        issue=date(2024, 2, 29),
    )
    assert got.accrued == 0
    assert got.dirty == pytest.approx(108, abs=1e-12)


def test_interbank_discount_bill():
    # 91 of 366 days left, yield 2 %: 100 ÷ (1 + 2 % × 91/366)
    got = bond_price(
        settlement=date(2024, 4, 1),
        maturity=date(2024, 7, 1),
        coupon=0,
        yield_="0.02",
        convention="cn-interbank",
        kind="discount",
    )
    assert got.dirty == pytest.approx(100 / (1 + 0.02 * 91 / 366), abs=1e-10)
    assert got.accrued == 0


def test_interbank_discount_year_runs_from_the_value_date():
    # value date 10 March 2024, 182 days: the interest year to 10 March 2025 has 365 days,
    # where back from maturity it would have 366. Accrued: (100 − 99) × 100/182.
    got = bond_price(
        settlement=date(2024, 6, 18),
        maturity=date(2024, 9, 8),
        coupon=0,
        yield_="0.02",
        convention="cn-interbank",
        kind="discount",
        issue=date(2024, 3, 10),
        issue_price=99,
    )
    assert got.dirty == pytest.approx(100 / (1 + 0.02 * 82 / 365), abs=1e-10)
    assert got.accrued == pytest.approx(100 / 182, abs=1e-12)


def test_interbank_long_discount_bond_compounds_yearly():
    # 2 years and 184 of 366 days left
    got = bond_price(
        settlement=date(2024, 7, 1),
        maturity=date(2027, 1, 1),
        coupon=0,
        yield_="0.03",
        convention="cn-interbank",
        kind="discount",
    )
    assert got.dirty == pytest.approx(100 * 1.03 ** -(184 / 366 + 2), abs=1e-10)


def test_interbank_interest_at_maturity():
    # 5 years at 4 %: 120 at the end. On 1 July 2024, 3 years and 182 of 366 days have accrued.
    kwargs = {
        "maturity": date(2026, 1, 1),
        "coupon": "0.04",
        "yield_": "0.03",
        "convention": "cn-interbank",
        "kind": "at-maturity",
        "issue": date(2021, 1, 1),
    }
    got = bond_price(settlement=date(2024, 7, 1), **kwargs)
    assert got.accrued == pytest.approx(4 * (3 + 182 / 366), abs=1e-12)
    assert got.dirty == pytest.approx(120 * 1.03 ** -(184 / 366 + 1), abs=1e-10)
    last = bond_price(settlement=date(2025, 7, 1), **kwargs)
    assert last.dirty == pytest.approx(120 / (1 + 0.03 * 184 / 365), abs=1e-10)


def test_last_period_may_be_chosen():
    kwargs = {
        "settlement": date(2024, 10, 1),
        "maturity": date(2025, 1, 1),
        "coupon": "0.03",
        "yield_": "0.02",
        "frequency": 2,
    }
    compound = bond_price(**kwargs)
    simple = bond_price(**kwargs, last_period="simple")
    # half of the half-year is left: (1 + 1 %)^0.5 against 1 + 1 % × 0.5
    assert compound.dirty == pytest.approx(101.5 / 1.01**0.5, abs=1e-10)
    assert simple.dirty == pytest.approx(101.5 / 1.005, abs=1e-10)


def test_month_end_coupons():
    kwargs = {
        "settlement": date(2024, 3, 1),
        "maturity": date(2026, 2, 28),
        "coupon": "0.03",
        "yield_": "0.03",
        "frequency": 2,
    }
    assert bond_price(**kwargs).previous_coupon == date(2024, 2, 28)
    assert bond_price(**kwargs, end_of_month=True).previous_coupon == date(2024, 2, 29)


def test_coupon_days_keep_the_day_of_maturity():
    # back from 31 August: 28 or 29 February, and 31 August again
    got = bond_price(
        settlement=date(2023, 5, 1),
        maturity=date(2025, 8, 31),
        coupon="0.03",
        yield_="0.03",
        frequency=2,
    )
    assert (got.previous_coupon, got.next_coupon) == (date(2023, 2, 28), date(2023, 8, 31))


@given(CASES, st.sampled_from(["street", "cn-interbank"]))
def test_yield_is_the_inverse_of_price(case, convention):
    settlement, maturity, coupon, rate, frequency = case
    terms = {
        "settlement": settlement,
        "maturity": maturity,
        "coupon": coupon,
        "frequency": frequency,
        "convention": convention,
    }
    price = bond_price(**terms, yield_=rate)
    back = bond_yield(**terms, clean=price.clean)
    # A yield is as sure as its price is: near maturity many yields give one price.
    slack = 1e-10 + 1e-12 / price.modified_duration
    assert back.yield_ == pytest.approx(rate, abs=slack)
    again = bond_price(**terms, yield_=back.yield_)
    assert again.dirty == pytest.approx(price.dirty, abs=1e-9)


@given(CASES)
def test_price_falls_as_yield_rises(case):
    settlement, maturity, coupon, rate, frequency = case
    low, high = (
        bond_price(
            settlement=settlement,
            maturity=maturity,
            coupon=coupon,
            frequency=frequency,
            yield_=y,
            convention="cn-interbank",
        )
        for y in (rate, rate + 0.0001)
    )
    assert high.dirty < low.dirty
    assert low.dirty - high.dirty == pytest.approx(low.dv01, rel=0.01)


@pytest.mark.parametrize("clean", [20, 500, "99.9999"])
def test_yields_of_far_prices(clean):
    terms = {"settlement": date(2024, 5, 5), "maturity": date(2034, 5, 5), "coupon": "0.05"}
    got = bond_yield(**terms, clean=clean)
    assert bond_price(**terms, yield_=got.yield_).clean == pytest.approx(float(clean), abs=1e-9)


def test_a_short_first_coupon_pays_its_days():
    # issued 1 April 2024, yearly on 1 July: 91 of the 366 days from 1 July 2023.
    # On 1 May 30 days have accrued, 61 of 366 are left to the first coupon.
    got = bond_price(
        settlement=date(2024, 5, 1),
        maturity=date(2026, 7, 1),
        coupon="0.0366",
        yield_="0.03",
        convention="cn-interbank",
        issue=date(2024, 4, 1),
    )
    w, v = 61 / 366, 1 / 1.03
    want = 0.91 * v**w + 3.66 * v ** (w + 1) + 103.66 * v ** (w + 2)
    assert got.accrued == pytest.approx(0.30, abs=1e-12)
    assert got.dirty == pytest.approx(want, abs=1e-10)
    assert (got.previous_coupon, got.next_coupon) == (date(2024, 4, 1), date(2024, 7, 1))


def test_a_long_first_coupon_spans_two_regular_periods():
    # the same issue, but nothing paid on 1 July 2024: 91 of 366 days and a whole year on 1 July 2025
    got = bond_price(
        settlement=date(2024, 5, 1),
        maturity=date(2026, 7, 1),
        coupon="0.0366",
        yield_="0.03",
        issue=date(2024, 4, 1),
        first_coupon=date(2025, 7, 1),
    )
    w, v = 61 / 366, 1 / 1.03
    assert got.dirty == pytest.approx(4.57 * v ** (w + 1) + 103.66 * v ** (w + 2), abs=1e-10)
    assert got.flows_left == 2


@given(
    st.dates(date(2028, 1, 1), date(2045, 12, 31)).filter(lambda d: d.day <= 28),
    st.sampled_from([1, 2, 4]),
    st.integers(2, 20),
    st.floats(0.01, 1.9),
    st.floats(0, 0.999),
    st.integers(-50, 800).map(lambda n: n / 10_000),
)
def test_odd_first_coupons_agree_with_quantlib(maturity, frequency, periods, length, gone, rate):
    step = 12 // frequency
    first = add_months(maturity, -step * periods, day=maturity.day)
    issue = first - timedelta(days=max(1, int(length * 365 / frequency)))
    settlement = issue + timedelta(days=int(gone * (first - issue).days))
    schedule = ql.Schedule(
        ql_date(issue), ql_date(maturity), ql.Period(step, ql.Months), ql.NullCalendar(),
        ql.Unadjusted, ql.Unadjusted, ql.DateGeneration.Backward, False, ql_date(first),
    )  # fmt: skip
    counter = ql.ActualActual(ql.ActualActual.ISMA, schedule)
    ql.Settings.instance().evaluationDate = ql_date(settlement)
    bond = ql.FixedRateBond(0, 100.0, schedule, [0.0325], counter)
    got = bond_price(
        settlement=settlement, maturity=maturity, coupon="0.0325", yield_=rate,
        frequency=frequency, issue=issue, first_coupon=first,
    )  # fmt: skip
    want = bond.dirtyPrice(rate, counter, ql.Compounded, frequency, ql_date(settlement))
    assert got.dirty == pytest.approx(want, abs=1e-8)
    assert got.accrued == pytest.approx(bond.accruedAmount(ql_date(settlement)), abs=1e-9)


def test_an_issue_on_a_regular_day_changes_nothing():
    terms = {"settlement": date(2024, 5, 1), "maturity": date(2026, 7, 1), "coupon": "0.03", "yield_": "0.03"}  # fmt: skip
    assert bond_price(**terms, issue=date(2023, 7, 1)) == bond_price(**terms)
    assert bond_price(**terms, issue=date(2021, 3, 5)) == bond_price(**terms)


@pytest.mark.parametrize(("day_count", "days"), [("act/act-icma", 365 * 60 / 366), ("act/365f", 60), ("nl/365", 59)])  # fmt: skip
def test_the_leap_day_between_banks_and_on_the_exchange(day_count, days):
    # 1 January to 1 March 2024: 60 days of 366; of 365; on the exchange 29 February bears nothing
    got = bond_price(
        settlement=date(2024, 3, 1), maturity=date(2027, 1, 1), coupon="0.0365", yield_="0.02",
        convention="cn-interbank", day_count=day_count,
    )  # fmt: skip
    assert got.accrued == pytest.approx(days / 100, abs=1e-12)
    # the interbank formula discounts by actual days, whatever the interest accrues by
    w, v = 306 / 366, 1 / 1.02
    want = 3.65 * v**w + 3.65 * v ** (w + 1) + 103.65 * v ** (w + 2)
    assert got.dirty == pytest.approx(want, abs=1e-10)


def test_an_odd_first_coupon_by_days_over_365():
    got = bond_price(
        settlement=date(2024, 3, 1), maturity=date(2026, 4, 1), coupon="0.0365", yield_=0,
        issue=date(2024, 2, 1), day_count="act/365f",
    )  # fmt: skip
    assert got.accrued == pytest.approx(0.29, abs=1e-12)
    assert got.dirty == pytest.approx(0.60 + 2 * 3.65 + 100, abs=1e-12)


def test_settlement_amount():
    # (99.1235 + 0.98766) ÷ 100 × 50,000,000 = 50,055,580; accrued 493,830
    got = bond_settlement(50_000_000, clean="99.12345", accrued="0.987655")
    assert (got.clean_price, got.accrued) == (Decimal("99.1235"), Decimal("0.98766"))
    assert str(got.amount) == "50055580.00"
    assert str(got.accrued_amount) == "493830.00"
    assert got.clean_amount + got.accrued_amount == got.amount


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"maturity": date(2024, 1, 1)}, "settlement: 2024-01-01 is not before maturity"),
        ({"frequency": 5}, "frequency: 5; allowed"),
        ({"frequency": True}, "frequency"),
        ({"convention": "steet"}, "did you mean 'street'"),
        ({"kind": "zero"}, "kind: 'zero' is unknown; allowed"),
        ({"kind": "discount"}, "a discount bond has none"),
        ({"kind": "at-maturity"}, "issue: missing"),
        ({"kind": "at-maturity", "frequency": 2}, "compounded yearly"),
        ({"issue": date(2025, 1, 1)}, "issue: 2025-01-01 is after settlement"),
        (
            {"issue": date(2023, 1, 1), "issue_price": 98},
            "issue_price: has no meaning for a coupon",
        ),
        ({"first_coupon": date(2024, 6, 1)}, "first_coupon: goes with kind coupon and its issue"),
        (
            {"issue": date(2023, 5, 1), "first_coupon": date(2023, 5, 1)},
            "first_coupon: 2023-05-01 is not after issue 2023-05-01",
        ),
        (
            {"issue": date(2023, 5, 1), "first_coupon": date(2024, 2, 1)},
            "first_coupon: 2024-02-01 is no coupon day .* before it is 2024-01-01",
        ),
        ({"kind": "discount", "coupon": 0, "issue_price": 98}, "issue: missing"),
        ({"kind": "at-maturity", "issue": date(2024, 2, 1)}, "issue: 2024-02-01 is after"),
        ({"yield_": -1}, "yield_: -1.0 must be more than -1"),
        ({"yield_": float("inf")}, "yield_: inf"),
        ({"coupon": 3}, "coupon"),
        ({"redemption": 0}, "redemption: 0 must be more than 0"),
        ({"day_count": "act/366"}, "act/366"),
        ({"last_period": "linear"}, "last_period"),
    ],
)
def test_bad_input_is_named(kwargs, text):
    terms = {
        "settlement": date(2024, 1, 1),
        "maturity": date(2030, 1, 1),
        "coupon": "0.03",
        "yield_": "0.03",
    } | kwargs
    with pytest.raises(InputError, match=text):
        bond_price(**terms)


def test_yield_of_a_single_compound_flow():
    # half of the year is left (183 of 366 days): (100/90)^2 − 1 = 19/81
    got = bond_yield(
        settlement=date(2024, 7, 1),
        maturity=date(2024, 12, 31),
        coupon=0,
        clean=90,
        kind="discount",
    )
    assert got.yield_ == pytest.approx(19 / 81, abs=1e-12)


def test_prices_that_no_yield_gives():
    terms = {"settlement": date(2024, 12, 30), "maturity": date(2024, 12, 31), "coupon": 0}
    with pytest.raises(RateError, match="no yield below 1e9 gives the dirty price 1"):
        bond_yield(**terms, kind="discount", clean=1)
    # (100 ÷ 300)^365 is nothing beside 1: the yield would be −1 itself
    with pytest.raises(RateError, match="no yield above -1 gives the dirty price 300"):
        bond_yield(**terms, kind="discount", clean=300)
    # 1 ÷ x + 101 ÷ x² = 10⁻¹⁰ at x = 10¹⁰
    terms = {"settlement": date(2023, 12, 31), "maturity": date(2025, 12, 31), "coupon": "0.01"}
    with pytest.raises(RateError, match="no yield below 1e9"):
        bond_yield(**terms, clean="0.0000000001")
    # a day and a year before maturity, 0.001 ÷ x^(1 + 1/365) = 10⁶ at x ≈ 10⁻⁹
    terms |= {"maturity": date(2024, 12, 31), "coupon": 0}
    terms["settlement"] = date(2023, 12, 30)
    with pytest.raises(RateError, match="no yield above -1 gives the dirty price"):
        bond_yield(**terms, clean=1_000_000, redemption="0.001")


def test_a_negative_yield_far_below():
    terms = {"settlement": date(2024, 1, 1), "maturity": date(2026, 1, 1), "coupon": "0.01"}
    got = bond_yield(**terms, clean=10_000)
    # 1 ÷ x + 101 ÷ x² = 10000: x = (1 + √(1 + 4 × 10000 × 101)) ÷ 20000
    x = (1 + (1 + 4 * 10_000 * 101) ** 0.5) / 20_000
    assert got.yield_ == pytest.approx(x - 1, abs=1e-12)


@pytest.mark.parametrize("rate", [-0.9999, 900_000_000])
def test_prices_out_of_range_are_refused(rate):
    with pytest.raises(InputError, match=r"yield_: .* gives a price of .*, which is out of range"):
        bond_price(settlement=date(2024, 1, 1), maturity=date(2120, 1, 1), coupon=0, yield_=rate)


def test_a_discount_bond_without_issue_price_accrues_nothing():
    got = bond_price(
        settlement=date(2024, 7, 1),
        maturity=date(2024, 12, 31),
        coupon=0,
        yield_="0.02",
        kind="discount",
        issue=date(2024, 1, 1),
    )
    assert got.accrued == 0


def test_a_price_must_leave_something_to_pay():
    terms = {"settlement": date(2024, 1, 2), "maturity": date(2030, 1, 1), "coupon": "0.03"}
    with pytest.raises(InputError, match="clean: -1 gives the dirty price"):
        bond_yield(**terms, clean=-1)
    with pytest.raises(InputError, match="clean: 0 gives the dirty price 0"):
        bond_yield(settlement=date(2024, 1, 1), maturity=date(2030, 1, 1), coupon=0, clean=0)
