"""Instalment, education and drawing savings; certificates; bonds over the counter."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.errors import InputError
from catalogue.maths.deposit_certificate import (
    certificate_interest,
    certificate_transfer,
    foreign_deposit_interest,
)
from catalogue.maths.deposit_drawing import (
    instalment_withdrawal_savings,
    interest_drawing_savings,
)
from catalogue.maths.deposit_instalment import education_savings, instalment_savings
from catalogue.maths.retail_bond import retail_bond_redemption


def plan(**kwargs):
    terms = {"start": date(2024, 1, 5), "months": 12, "demand_rate": "0.0036"} | kwargs
    return instalment_savings(1000, "0.012", **terms)


def test_full_plan_by_monthly_products():
    # 1000 × 12 × 13 ÷ 2 = 78000, at 0.1 % a month
    got = plan()
    assert (str(got.interest.gross), str(got.principal)) == ("78.00", "12000.00")
    assert (got.maturity, got.broken_in) == (date(2025, 1, 5), None)


def test_missed_and_made_up_next_month():
    # month 4 missed (−9000: 9 months), made up in month 5 (+8000): 77000
    got = plan(instalments=[1, 1, 1, 0, 2, 1, 1, 1, 1, 1, 1, 1])
    assert (str(got.interest.gross), got.broken_in) == ("77.00", None)
    assert str(got.principal) == "12000.00"


def test_missed_and_never_made_up():
    # months 1 to 3 count (12 + 11 + 10) × 1000 = 33000 at 0.1 %; months 5 to 12 are after the
    # break: 8 × 9 ÷ 2 × 1000 = 36000 × 0.36 % ÷ 12 = 10.80
    got = plan(instalments=[1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1])
    assert [str(p.interest) for p in got.interest.parts] == ["33.00", "10.80"]
    assert (got.broken_in, str(got.principal)) == (4, "11000.00")


def test_made_up_two_months_late_is_broken():
    got = plan(instalments=[1, 0, 1, 2, 1, 1, 1, 1, 1, 1, 1, 1])
    assert got.broken_in == 2


def test_stopped_paying():
    # nothing after month 3, so nothing bears the demand rate: 33000 at 0.1 %
    got = plan(instalments=[1, 1, 1])
    assert (str(got.interest.gross), got.broken_in) == ("33.00", None)


def test_early_all_at_the_demand_rate():
    # 5 January, February and March to 4 April 2024: 90 + 59 + 30 = 179 days × 1000 × 0.36 % ÷ 360
    got = plan(on=date(2024, 4, 4))
    assert (str(got.interest.gross), str(got.principal)) == ("1.79", "3000.00")


def test_an_instalment_due_on_the_day_of_closing_is_not_paid():
    # 5 January and February to 5 March 2024: 60 + 29 = 89 days × 1000 × 0.36 % ÷ 360
    got = plan(on=date(2024, 3, 5))
    assert (str(got.interest.gross), str(got.principal)) == ("0.89", "2000.00")


def test_nothing_paid_in_at_all():
    got = plan(instalments=[])
    assert (str(got.interest.gross), str(got.principal), got.broken_in) == ("0.00", "0.00", None)


def test_broken_in_the_last_but_one_month():
    # 10 instalments, none in month 11, one in month 12: 12 × 13/2 − 2 − 1 = 75, and 1 at 0.36 %
    got = plan(instalments=[1] * 10 + [0, 1])
    assert [str(p.interest) for p in got.interest.parts] == ["75.00", "0.30"]
    assert got.broken_in == 11


def test_late_adds_demand_interest():
    # 30 days of 12000 at 0.36 % ÷ 360: 3.60; a tenth of a million shows the year's 360 days
    large = instalment_savings(
        100_000,
        0,
        start=date(2024, 1, 5),
        months=1,
        demand_rate="0.0036",
        on=date(2024, 3, 6),
    )
    assert str(large.interest.gross) == "30.00"
    got = plan(on=date(2025, 2, 4))
    assert [str(p.interest) for p in got.interest.parts] == ["78.00", "3.60"]


@pytest.mark.parametrize(
    ("kwargs", "text"),
    [
        ({"instalments": [2]}, "none may be paid ahead"),
        ({"instalments": [1] * 13}, "13 months given; the plan has 12"),
        ({"instalments": [1, 1], "on": date(2024, 2, 5)}, "month 2 .* is on or after the end"),
        ({"instalments": [-1]}, "instalments: -1"),
        ({"months": 0}, "months: 0"),
        ({"on": date(2024, 1, 1)}, "on: 2024-01-01 is before start"),
    ],
)
def test_bad_plan_is_named(kwargs, text):
    with pytest.raises(InputError, match=text):
        plan(**kwargs)


@given(st.integers(1, 10**7), st.integers(1, 72), st.integers(0, 2000))
def test_instalments_follow_the_sum_formula(fen, months, bp):
    # instalment × n(n + 1) ÷ 2 × rate ÷ 12
    each, rate = Decimal(fen).scaleb(-2), Decimal(bp).scaleb(-4)
    got = instalment_savings(each, rate, start=date(2024, 1, 31), months=months)
    exact = each * months * (months + 1) / 2 * rate / 12
    assert abs(got.interest.gross - exact) <= Decimal("0.005")


def test_education_savings_with_and_without_proof():
    # 250 a month for 72 months: 250 × 72 × 73 ÷ 2 = 657000. With proof 3.6 % ÷ 12: 1971.00, free of
    # tax; without 2.4 % ÷ 12: 1314.00 less 20 %
    terms = {
        "start": date(2001, 9, 1),
        "months": 72,
        "time_rate": "0.036",
        "instalment_rate": "0.024",
        "tax_rate": "0.2",
    }
    assert str(education_savings(250, with_proof=True, **terms).interest.net) == "1971.00"
    assert str(education_savings(250, with_proof=False, **terms).interest.net) == "1051.20"
    with pytest.raises(InputError, match="with_proof: 'yes'; allowed"):
        education_savings(250, with_proof="yes", **terms)


def test_principal_drawn_in_parts():
    # 10000 in 3 draws every 4 months: 3333.33, 3333.33, 3333.34; balances 10000, 6666.67, 3333.34
    # = 20000.01 × 4 months × 1.2 % ÷ 12 = 80.00004
    got = instalment_withdrawal_savings(
        10_000, "0.012", start=date(2024, 1, 31), months=12, every=4
    )
    assert [(str(day), str(x)) for day, x in got.draws] == [
        ("2024-05-31", "3333.33"),
        ("2024-09-30", "3333.33"),
        ("2025-01-31", "3333.34"),
    ]
    assert str(got.interest.gross) == "80.00"


def test_draws_must_divide_the_term():
    with pytest.raises(InputError, match="every: 5 months does not divide"):
        instalment_withdrawal_savings(1, "0.01", start=date(2024, 1, 1), months=12, every=5)


def drawing(**kwargs):
    terms = {
        "start": date(2024, 1, 1),
        "months": 12,
        "every": 1,
        "demand_rate": "0.0036",
    } | kwargs
    return interest_drawing_savings(100_000, "0.03", **terms)


def test_interest_drawn_to_maturity():
    got = drawing()
    assert [str(d.gross) for d in got.draws] == ["250.00"] * 12
    assert (str(got.final), str(got.claw_back)) == ("100000.00", "0.00")


def test_draws_of_half_a_fen_never_pay_more_than_there_is():
    # 10 × 0.6 % = 0.06: half a fen a month, which rounded up would be 0.11 after eleven months
    got = interest_drawing_savings(10, "0.006", start=date(2024, 1, 1), months=12, every=1)
    assert [str(d.gross) for d in got.draws] == ["0.00"] * 11 + ["0.06"]


def test_draws_sum_to_the_interest_of_the_term():
    # 1000 × 3.1 % = 31: twelve draws of 2.583…
    got = interest_drawing_savings(1000, "0.031", start=date(2024, 1, 1), months=12, every=1)
    # equal draws, the last takes what is left: 31 − 11 × 2.58
    assert [str(d.gross) for d in got.draws] == ["2.58"] * 11 + ["2.62"]
    assert sum(d.gross for d in got.draws) == Decimal("31.00")


def test_early_closing_claws_back_what_was_overpaid():
    # 31 January to 30 April 2024 by 10 May: 4 draws of 250 = 1000; due at the demand rate 130 days
    # of 1 yuan: 130; 870 off the principal
    got = drawing(on=date(2024, 5, 10))
    assert len(got.draws) == 4
    assert (str(got.claw_back), str(got.final)) == ("870.00", "99130.00")


def test_quarterly_draws():
    # 100000 × 3 % ÷ 4
    got = drawing(every=3)
    assert [str(d.gross) for d in got.draws] == ["750.00"] * 4


def test_early_closing_before_any_draw_pays_the_demand_interest():
    got = drawing(on=date(2024, 1, 11))
    assert (got.draws, str(got.final)) == ((), "100010.00")


def test_late_closing():
    got = drawing(on=date(2025, 1, 11))
    assert (len(got.draws), str(got.final)) == (12, "100010.00")


def test_claw_back_is_net_of_tax():
    # drawn net 4 × 200, due net 130 × 0.8 = 104
    got = drawing(on=date(2024, 5, 10), tax_rate="0.2")
    assert str(got.claw_back) == "696.00"


def test_certificate_pays_each_period():
    # 300000 × 2.4 % ÷ 4 a quarter; the last period is one month: 600
    got = certificate_interest(
        300_000,
        "0.024",
        start=date(2024, 1, 10),
        maturity=date(2024, 8, 10),
        payment="quarterly",
    )
    assert [str(r.gross) for _, r in got.payments] == ["1800.00", "1800.00", "600.00"]
    assert str(got.gross) == "4200.00"


@pytest.mark.parametrize(
    ("payment", "count", "each"),
    [("monthly", 24, "600.00"), ("semiannual", 4, "3600.00"), ("annual", 2, "7200.00")],
)
def test_certificate_frequencies(payment, count, each):
    # 300000 × 2.4 % is 7200 a year
    got = certificate_interest(
        300_000, "0.024", start=date(2024, 1, 10), maturity=date(2026, 1, 10), payment=payment
    )
    assert [str(r.gross) for _, r in got.payments] == [each] * count


def test_certificate_at_maturity_is_one_payment():
    got = certificate_interest(
        300_000, "0.024", start=date(2024, 1, 10), maturity=date(2027, 1, 10), tax_rate="0.05"
    )
    assert (len(got.payments), str(got.net)) == (1, "20520.00")  # 21600 × 0.95


def test_certificate_price_of_transfer():
    # due 103000 in 180 days: at 3 % it is worth 103000 ÷ 1.015
    price = certificate_transfer(
        100_000,
        "0.03",
        start=date(2024, 1, 1),
        maturity=date(2025, 1, 1),
        on=date(2024, 7, 1),
        buyer_rate="0.03",
    )
    assert str(price) == "101477.83"


@pytest.mark.parametrize(
    ("amount", "gross"),
    [(2_999_999, "3000.00"), (3_000_000, "6000.00")],
)
def test_foreign_currency_small_and_large_amounts(amount, gross):
    # 36 days ÷ 360: 2,999,999 × 1 % ÷ 10 = 2999.999; 3,000,000 × 2 % ÷ 10
    got = foreign_deposit_interest(
        amount,
        "0.01",
        currency="USD",
        start=date(2024, 1, 1),
        end=date(2024, 2, 6),
        large_from=3_000_000,
        large_rate="0.02",
    )
    assert str(got.gross) == gross


def test_foreign_currency_keeps_its_minor_unit():
    got = foreign_deposit_interest(
        1_000_000, "0.0001", currency="JPY", start=date(2024, 1, 1), end=date(2024, 12, 31)
    )
    assert str(got.net) == "101"  # 100 × 365 ÷ 360 = 101.39
    with pytest.raises(InputError, match="give both or none"):
        foreign_deposit_interest(
            1, "0.01", currency="USD", start=date(2024, 1, 1), end=date(2024, 2, 1), large_from=1
        )
    with pytest.raises(InputError, match="give both or none"):
        foreign_deposit_interest(
            1, "0.01", currency="USD", start=date(2024, 1, 1), end=date(2024, 2, 1), large_rate=0
        )


@pytest.mark.parametrize(
    ("on", "gross", "paid"),
    [
        (date(2024, 9, 9), "0.00", "9990.00"),  # a day short of half a year: no interest, fee 10
        (date(2024, 9, 10), "30.00", "10020.00"),  # 0.6 % × 180 ÷ 360
        (date(2026, 3, 10), "240.00", "10230.00"),  # 1.2 % × 2 years
    ],
)
def test_certificate_treasury_bond_tiers(on, gross, paid):
    got = retail_bond_redemption(
        10_000,
        start=date(2024, 3, 10),
        on=on,
        rates={"6m": "0.006", "1y": "0.012"},
        fee_rate="0.001",
    )
    assert (str(got.interest.gross), str(got.paid)) == (gross, paid)


def test_savings_bond_keeps_back_days_of_interest():
    # 73000 × 3 % ÷ 365 = 6 a day: 400 days less 180 days
    got = retail_bond_redemption(
        73_000,
        start=date(2023, 1, 1),
        on=date(2024, 2, 5),
        rates={"6m": "0.03"},
        deducted_days=180,
        day_count="act/365f",
    )
    assert [str(p.interest) for p in got.interest.parts] == ["2400.00", "-1080.00"]
    assert str(got.interest.gross) == "1320.00"


def test_days_kept_back_never_exceed_the_interest():
    got = retail_bond_redemption(
        73_000,
        start=date(2024, 1, 1),
        on=date(2024, 7, 10),
        rates={"1d": "0.03"},
        deducted_days=365,
        day_count="act/365f",
    )
    assert str(got.interest.gross) == "0.00"


def test_instalment_withdrawal_closed_early_bears_the_demand_rate():
    # 12,000 for 92 days, 9,000 for 59 at 0.1 %: 1,635,000 yuan-days ÷ 360,000 = 4.54
    got = instalment_withdrawal_savings(
        12_000, "0.008", start=date(2024, 11, 1), months=12, every=3, on=date(2025, 4, 1),
        demand_rate="0.001",
    )  # fmt: skip
    assert [(str(day), str(drawn)) for day, drawn in got.draws] == [
        ("2025-02-01", "3000.00"), ("2025-04-01", "9000.00"),
    ]  # fmt: skip
    assert str(got.interest.gross) == "4.54"


def test_instalment_withdrawal_drawn_late():
    # 60.00 to maturity; the last 3,000 for 60 days at 0.1 %: 0.50
    got = instalment_withdrawal_savings(
        12_000, "0.008", start=date(2024, 11, 1), months=12, every=3, on=date(2025, 12, 31),
        demand_rate="0.001",
    )  # fmt: skip
    assert str(got.interest.gross) == "60.50"
    assert got.draws[-1] == (date(2025, 12, 31), Decimal("3000.00"))


def test_instalment_withdrawal_not_before_it_begins():
    with pytest.raises(InputError, match="on"):
        instalment_withdrawal_savings(
            12_000, "0.008", start=date(2024, 11, 1), months=12, every=3, on=date(2024, 10, 1)
        )


def test_education_early_with_proof_bears_early_rate_without_tax():
    # two instalments of 1,000: 61 + 31 days at 1.2 %: 92,000 × 0.012 ÷ 360 = 3.07
    plan = {
        "start": date(2024, 11, 1), "months": 12, "time_rate": "0.03", "instalment_rate": "0.02",
        "demand_rate": "0.001", "tax_rate": "0.2", "on": date(2025, 1, 1),
    }  # fmt: skip
    got = education_savings(1_000, with_proof=True, early_rate="0.012", **plan)
    assert (str(got.interest.gross), str(got.interest.tax)) == ("3.07", "0.00")
    # without proof the demand rate: 0.26, a fifth in tax
    got = education_savings(1_000, with_proof=False, early_rate="0.012", **plan)
    assert (str(got.interest.gross), str(got.interest.tax)) == ("0.26", "0.05")


def test_education_late_with_proof_pays_tax_beyond_maturity_only():
    # 39,000 × 2.25 % ÷ 12 = 73.13 free; 6,000 × 0.99 % × 60 ÷ 360 = 9.90, tax 1.98
    got = education_savings(
        500, with_proof=True, start=date(2001, 6, 1), months=12, time_rate="0.0225",
        instalment_rate="0.0198", demand_rate="0.0099", tax_rate="0.2", on=date(2002, 7, 31),
    )  # fmt: skip
    assert (str(got.interest.gross), str(got.interest.tax)) == ("83.03", "1.98")
    assert str(got.interest.paid) == "6081.05"


def test_instalment_tax_follows_the_balance():
    # 100 a month from 2007-02-15: 640 of 2,389 × 100 yuan-days lie before 2007-08-15;
    # 11.70 × 640/2389 = 3.13 at 20 %, 8.57 at 5 %
    got = instalment_savings(
        100, "0.018", start=date(2007, 2, 15), months=12,
        tax_rate=[(date(1999, 11, 1), "0.2"), (date(2007, 8, 15), "0.05")],
    )  # fmt: skip
    assert [(str(p.interest), str(p.tax)) for p in got.interest.tax_parts] == [
        ("3.13", "0.63"), ("8.57", "0.43"),
    ]  # fmt: skip
