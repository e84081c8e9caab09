"""Time deposits drawn early, late and in part, renewals, time-or-demand, notice deposits."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths.deposit_notice import notice_withdrawal
from catalogue.maths.deposit_time import auto_renewal, time_or_demand_interest, time_withdrawal

LISTED = {"3m": "0.0135", "6m": "0.0155", "1y": "0.0175"}


def withdraw(on, **kwargs):
    terms = {
        "start": date(2024, 1, 1),
        "maturity": date(2025, 1, 1),
        "demand_rate": "0.0036",
    } | kwargs
    return time_withdrawal(100_000, "0.03", on=on, **terms)


def test_on_maturity_the_contract_rate():
    got = withdraw(date(2025, 1, 1))
    assert (str(got.interest.gross), str(got.interest.paid)) == ("3000.00", "103000.00")
    assert got.rest == 0


def test_one_day_early_the_demand_rate_for_all():
    # 365 days of 1 yuan (100000 × 0.36 % ÷ 360)
    got = withdraw(date(2024, 12, 31))
    assert [p.reason for p in got.interest.parts] == ["early: demand rate"]
    assert str(got.interest.gross) == "365.00"


def test_demand_days_may_be_counted_by_30_360():
    # 359 days: 31 December counts as the 30th
    got = withdraw(date(2024, 12, 31), demand_day_count="30/360")
    assert str(got.interest.gross) == "359.00"


def test_late_bears_demand_interest_on_the_principal_alone():
    # 3000, and 31 days of 1 yuan
    got = withdraw(date(2025, 2, 1))
    assert [str(p.interest) for p in got.interest.parts] == ["3000.00", "31.00"]


def test_part_early_leaves_the_rest_at_the_contract_rate():
    # 30000 for 100 days at 0.36 %: 30.00; the rest 70000 × 3 % = 2100
    got = withdraw(date(2024, 4, 10), amount=30_000)
    assert (str(got.interest.gross), str(got.rest)) == ("30.00", "70000.00")
    assert str(got.rest_interest) == "2100.00"


def test_part_from_maturity_on_is_refused():
    with pytest.raises(InputError, match="from maturity 2025-01-01 on all is paid out"):
        withdraw(date(2025, 1, 1), amount=1)


@pytest.mark.parametrize("amount", [0, "100000.01"])
def test_amount_within_the_principal(amount):
    with pytest.raises(InputError, match=r"amount: .* is outside"):
        withdraw(date(2024, 2, 1), amount=amount)


def test_renewal_takes_the_rate_of_its_day_and_the_net_interest():
    # 10000: 2 % less 20 % tax = 160; 10160 × 1.5 % = 152.40 less 30.48 = 121.92; then 30 days of
    # 10281.92 at 0.36 %: 3.0846 → 3.08, tax 0.62
    got = auto_renewal(
        10_000,
        [(date(2022, 1, 1), "0.02"), (date(2023, 3, 1), "0.015")],
        start=date(2022, 3, 1),
        tenor="1y",
        on=date(2024, 3, 31),
        demand_rate="0.0036",
        tax_rate="0.2",
    )
    assert [str(t.principal) for t in got.terms] == ["10000.00", "10160.00"]
    assert [t.interest.parts[0].reason for t in got.terms] == ["term 1", "term 2"]
    assert (str(got.gross), str(got.tax), str(got.paid)) == ("355.48", "71.10", "10284.38")


def test_renewals_keep_the_day_of_the_month():
    got = auto_renewal(100, "0.01", start=date(2023, 8, 31), tenor="6m", on=date(2024, 8, 31))
    assert [t.end for t in got.terms] == [date(2024, 2, 29), date(2024, 8, 31)]
    assert got.unfinished is None


def test_renewal_by_days():
    got = auto_renewal(100, "0.01", start=date(2024, 1, 1), tenor="90d", on=date(2024, 7, 1))
    assert [t.end for t in got.terms] == [date(2024, 3, 31), date(2024, 6, 29)]
    assert got.unfinished is not None


@pytest.mark.parametrize(
    ("on", "formula", "gross"),
    [
        # 90 days, a day short of three months: demand rate
        (date(2024, 3, 31), "10000.00 × 0.0036 × 90 / 360", "9.00"),
        # 1.35 % × 0.6 = 0.81 % for 90 days of 30/360
        (date(2024, 4, 1), "10000.00 × 0.0081 × 90 / 360", "20.25"),
        # 1.55 % × 0.6 = 0.93 %
        (date(2024, 7, 1), "10000.00 × 0.0093 × 180 / 360", "46.50"),
        # 1.75 % × 0.6 = 1.05 %, whatever the length
        (date(2025, 1, 1), "10000.00 × 0.0105 × 360 / 360", "105.00"),
        (date(2027, 1, 1), "10000.00 × 0.0105 × 1080 / 360", "315.00"),
    ],
)
def test_time_or_demand_bands(on, formula, gross):
    got = time_or_demand_interest(
        10_000, start=date(2024, 1, 1), on=on, demand_rate="0.0036", rates=LISTED
    )
    assert (got.parts[0].formula, str(got.gross)) == (formula, gross)


def test_time_or_demand_is_never_below_the_demand_rate():
    # 1.35 % × 0.6 = 0.81 % is below a demand rate of 0.9 %; 91 actual days
    terms = {
        "start": date(2024, 1, 1),
        "on": date(2024, 4, 1),
        "demand_rate": "0.009",
        "rates": LISTED,
    }
    assert str(time_or_demand_interest(40_000, **terms).gross) == "91.00"
    assert str(time_or_demand_interest(40_000, **terms, floor_at_demand=False).gross) == "81.00"


def notice(**kwargs):
    terms = {
        "start": date(2024, 3, 1),
        "on": date(2024, 3, 31),
        "notice_days": 7,
        "notice_on": date(2024, 3, 24),
        "demand_rate": "0.0036",
    } | kwargs
    # 360000 × 1.08 % ÷ 360 = 10.80 a day, at the demand rate 3.60
    return notice_withdrawal(360_000, "0.0108", **terms)


def test_notice_kept():
    got = notice()
    assert (str(got.interest.gross), got.broken) == ("324.00", ())
    assert (got.closed, str(got.rest)) == (False, "0.00")
    assert str(got.interest.paid) == "360324.00"


@pytest.mark.parametrize(
    ("kwargs", "reason"),
    [
        ({"notice_on": None}, "no notice"),
        ({"notice_on": date(2024, 3, 25)}, "drawn before the day of notice 2024-04-01"),
        ({"notice_on": date(2024, 3, 23)}, "drawn after the day of notice 2024-03-30"),
        (
            {"notice_on": date(2024, 3, 28), "notice_for": date(2024, 3, 31)},
            "notice of 3 days, shorter than 7",
        ),
        ({"minimum_amount": 400_000}, "amount 360000.00 below the minimum 400000"),
    ],
)
def test_broken_notice_bears_the_demand_rate(kwargs, reason):
    got = notice(**kwargs)
    assert (str(got.interest.gross), got.broken) == ("108.00", (reason,))


def test_held_shorter_than_the_notice():
    got = notice(start=date(2024, 3, 26), notice_on=date(2024, 3, 26), notice_for=date(2024, 4, 2))
    # 5 days at 3.60; drawn before the day of notice too
    assert str(got.interest.gross) == "18.00"
    assert got.broken[0] == "held 5 days, shorter than 7"


def test_held_just_as_long_as_the_notice():
    # 7 days × 10.80
    got = notice(start=date(2024, 3, 24))
    assert (str(got.interest.gross), got.broken) == ("75.60", ())


def test_drawing_all_never_closes_for_want_of_balance():
    assert notice(minimum_balance=50_000).closed is False


def test_one_day_notice():
    assert notice(notice_days=1, notice_on=date(2024, 3, 30)).broken == ()


def test_over_the_amount_of_notice():
    # 120000 on notice, 180000 drawn: 3.60 a day and 0.60 a day, 30 days
    got = notice(amount=180_000, notice_amount=120_000)
    assert [str(p.interest) for p in got.interest.parts] == ["108.00", "18.00"]
    assert got.broken == ("demand rate: over the amount of notice 120000.00",)
    assert str(got.rest) == "180000.00"


def test_short_of_the_amount_of_notice():
    # 180000 on notice, 120000 drawn, 60000 short: 60000 at 1.80 a day and 60000 at 0.60 a day
    got = notice(amount=120_000, notice_amount=180_000)
    assert [str(p.interest) for p in got.interest.parts] == ["54.00", "18.00"]


def test_small_rest_is_paid_out_at_the_demand_rate():
    # 320000 at 9.60 a day, the rest of 40000 at 0.40 a day
    got = notice(amount=320_000, minimum_balance=50_000)
    assert [str(p.interest) for p in got.interest.parts] == ["288.00", "12.00"]
    assert (got.closed, got.rest, str(got.interest.principal)) == (True, 0, "360000.00")


def test_a_rest_of_the_minimum_balance_stands():
    got = notice(amount=310_000, minimum_balance=50_000)
    assert (got.closed, str(got.rest)) == (False, "50000.00")
    small = notice(amount="359999.50")
    assert (small.closed, str(small.rest)) == (False, "0.50")


def test_notice_given_and_not_used_costs_its_days():
    assert str(notice(idle_days=7).interest.gross) == "248.40"  # 23 days × 10.80


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"notice_days": 3}, "notice_days: 3; allowed: 1, 7"),
        ({"amount": 360_001}, "over the principal"),
        ({"amount": 0}, "amount: 0"),
        ({"notice_on": date(2024, 2, 1)}, "notice_on: 2024-02-01 is before start"),
        ({"notice_on": None, "notice_for": date(2024, 3, 31)}, "notice_on: missing"),
        ({"idle_days": 31}, "idle_days: 31 is outside"),
    ],
)
def test_bad_notice_is_named(kwargs, text):
    with pytest.raises(InputError, match=text):
        notice(**kwargs)


@given(
    st.integers(1, 10**9).map(lambda fen: Decimal(fen).scaleb(-2)),
    st.integers(0, 700),
    st.integers(0, 700),
)
def test_drawing_early_never_pays_more(principal, early, later):
    start = date(2024, 1, 1)
    first, second = sorted((early, later))
    paid = [
        time_withdrawal(
            principal,
            "0.03",
            start=start,
            maturity=date(2025, 1, 1),
            on=start + timedelta(days=n),
            demand_rate="0.002",
        ).interest.gross
        for n in (first, second)
    ]
    assert paid[0] <= paid[1]


def test_no_rates_for_time_or_demand():
    with pytest.raises(InputError, match="rates: none given"):
        time_or_demand_interest(
            1, start=date(2024, 1, 1), on=date(2024, 4, 1), demand_rate=0, rates={}
        )


def test_late_withdrawal_taxes_each_part_in_its_own_time():
    # 252.00 over 360 days from 2006-10-09: 306 of them before 2007-08-15; then 366 days at 0.72 %
    # on 10,000: 73.20. At 20 %: 214.20; at 5 %: 37.80 + 73.20 = 111.00
    got = time_withdrawal(
        10_000, "0.0252", start=date(2006, 10, 9), maturity=date(2007, 10, 9),
        on=date(2008, 10, 9), demand_rate="0.0072",
        tax_rate=[(date(1999, 11, 1), "0.2"), (date(2007, 8, 15), "0.05")],
    )  # fmt: skip
    assert [(str(p.interest), str(p.tax)) for p in got.interest.tax_parts] == [
        ("214.20", "42.84"), ("111.00", "5.55"),
    ]  # fmt: skip


def test_tax_days_at_maturity_are_those_of_the_contract():
    got = time_withdrawal(
        10_000, "0.0252", start=date(2007, 2, 15), maturity=date(2008, 2, 15), on=date(2008, 2, 15),
        demand_rate="0.0072", tax_rate=[(date(1999, 11, 1), "0.2"), (date(2007, 8, 15), "0.05")],
    )  # fmt: skip
    assert [(p.days, str(p.interest), str(p.tax)) for p in got.interest.tax_parts] == [
        (180, "126.00", "25.20"), (180, "126.00", "6.30"),
    ]  # fmt: skip
