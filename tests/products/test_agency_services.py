"""Agency services worked by hand: payroll, utilities, boxes, insurance, interbank, custody."""

from __future__ import annotations

from calendar import isleap
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY = {"kind": "company", "settlement_account": True, "enterprise_size": "medium"}
BANK = {"kind": "institution"}


def quote(code: str, on: str, customer: dict[str, Any], **ask: Any):
    return CATALOGUE.quote(Ask(code, ask), Customer(customer), as_of=date.fromisoformat(on))


def amounts(made) -> dict[str, str]:
    return {fee.code: fee.amount.text() for fee in made.fees}


def outcome(made, code: str) -> str:
    return next(check.outcome for check in made.checks if check.id == code)


# -- payroll ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("persons", "fee"),
    [
        (1, "50.00"),  # the minimum
        (50, "50.00"),
        (51, "51.00"),
        (100, "100.00"),
        (101, "100.80"),
        (1000, "820.00"),  # 100 + 900 × 0.8
        (1001, "820.50"),
        (5000, "2820.00"),  # + 4,000 × 0.5
    ],
)
def test_payroll_by_slices_of_a_month(persons: int, fee: str):
    made = quote(
        "payroll-agency", "2024-11-01", COMPANY, amount=1_000_000, count=persons, tenor="1m"
    )
    assert amounts(made) == {"own-bank": fee}


def test_a_month_begun_counts_and_paydays_multiply_the_items():
    ask = {"amount": 100_000, "count": 90, "payments_a_month": 2, "maturity": "2025-02-02"}
    made = quote("payroll-agency", "2024-11-01", COMPANY, **ask)
    # 180 items: 100 + 80 × 0.8 = 164 a month; 3 months and a day: 4 months
    assert amounts(made) == {"own-bank": "656.00"}
    assert made.result("monthly_fee").text() == "164.00"


def test_other_banks_cost_two_yuan_until_2014():
    ask = {"amount": 100_000, "count": 60, "other_bank_count": 10, "tenor": "1m"}
    assert amounts(quote("payroll-agency", "2014-07-31", COMPANY, **ask))["other-bank"] == "20.00"
    assert amounts(quote("payroll-agency", "2014-08-01", COMPANY, **ask))["other-bank"] == "10.00"


def test_the_float_of_a_payroll():
    ask = {"amount": 3_600_000, "count": 100, "tenor": "12m", "paid_in_days": 2}
    made = quote("payroll-agency", "2002-06-03", COMPANY, **ask)
    # 3.6 m × 2 days × 12 paydays × (1.62 % − 0.72 %) ÷ 360
    assert made.result("float_benefit").text() == "2160.00"


def test_more_persons_at_other_banks_than_persons():
    with pytest.raises(InputError, match="other_bank_count: 6 is over the number of persons, 5"):
        quote("payroll-agency", "2024-11-01", COMPANY, amount=100, count=5, other_bank_count=6)


def test_small_firms_pay_nothing_for_their_own_accounts_since_2021():
    small = COMPANY | {"enterprise_size": "micro"}
    ask = {"amount": 100_000, "count": 60, "tenor": "2m"}
    made = quote("payroll-agency", "2021-09-30", small, **ask)
    assert (made.fees[0].amount.text(), made.fees[0].waived.text()) == ("0.00", "120.00")
    assert quote("payroll-agency", "2021-09-29", small, **ask).fees[0].amount.text() == "120.00"


# -- utilities ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("way", "bills", "fee"),
    [
        ("direct-debit", 100, "200.00"),
        ("direct-debit", 1_500, "700.00"),  # 500 + 500 × 0.4
        ("counter", 1_500, "1400.00"),  # 1,000 + 500 × 0.8
        ("online", 12_000, "2950.00"),  # 300 + 9,000 × 0.25 + 2,000 × 0.2
    ],
)
def test_utilities_by_way_of_paying(way: str, bills: int, fee: str):
    ask = {"amount": 90_000, "count": bills, "kind": "gas", "collected_by": way, "tenor": "1m"}
    assert quote("utility-collection", "2024-11-01", COMPANY, **ask).totals["fees"].text() == fee


def test_telephone_bills_by_share_with_a_minimum():
    ask = {"count": 10, "kind": "telephone", "tenor": "1m"}
    made = quote("utility-collection", "2024-11-01", COMPANY, amount="59999.99", **ask)
    assert amounts(made) == {"share": "300.00"}
    made = quote("utility-collection", "2024-11-01", COMPANY, amount=100_000, **ask)
    assert amounts(made) == {"share": "500.00"}


def test_online_collection_begins_in_2014():
    ask = {"amount": 9, "count": 10, "kind": "gas", "collected_by": "online", "tenor": "1m"}
    with pytest.raises(InputError, match="collected_by: 'online' is not one of"):
        quote("utility-collection", "2014-07-31", COMPANY, **ask)


# -- safe-deposit boxes -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tenor", "rent"),
    [
        ("1m", "60.00"),  # 600 ÷ 12 × 1.2
        ("10m", "600.00"),
        ("11m", "600.00"),  # 660, but never more than a year
        ("1y", "600.00"),
        ("18m", "900.00"),
        ("2y", "1140.00"),  # 95 %
        ("3y", "1620.00"),  # 90 %
        ("5y", "2700.00"),
    ],
)
def test_rent_of_a_medium_box(tenor: str, rent: str):
    person = {"kind": "person", "age": 40}
    made = quote("safe-deposit-box", "2024-11-01", person, size="medium", tenor=tenor)
    assert amounts(made) == {"rent": rent}
    assert made.totals["deposit"].text() == "800.00"
    assert made.totals["received"].text() == "800.00"


def test_boxes_kept_too_long_and_a_lost_key():
    made = quote("safe-deposit-box", "2024-11-01", {"kind": "company"}, size="small", count=2,
                 overdue_days=10, services=["key"])  # fmt: skip
    # 2 × 360 ÷ 360 × 1.5 × 10 = 30.00, owed when the boxes come back, as is the deposit of 1,000
    assert amounts(made) == {"key": "50.00", "rent": "720.00", "overdue-rent": "30.00"}
    assert made.totals["fees"].text() == "800.00"
    assert (made.totals["paid"] - made.totals["received"]).text() == "800.00"
    assert {fee.code: fee.due for fee in made.fees}["overdue-rent"] == date(2025, 11, 11)


def test_a_minor_rents_no_box():
    made = quote("safe-deposit-box", "2024-11-01", {"kind": "person", "age": 17}, size="small")
    assert outcome(made, "adult") == "fail"


# -- policy-bank agency -------------------------------------------------------------------------


def test_fee_on_balance_by_slices_and_days():
    made = quote("policy-bank-agency", "2024-11-01", BANK, amount=3_000_000_000, tenor="90d")
    # a year: 500 m × 0.15 % + 1,500 m × 0.1 % + 1,000 m × 0.08 % = 3.05 m; × 90/360
    assert amounts(made) == {"balance": "762500.00"}


def test_fees_on_flows():
    made = quote("policy-bank-agency", "2024-11-01", BANK, amount=0, disbursed=10_000_000,
                 recovered=4_000_000, interest_collected=250_000)  # fmt: skip
    assert amounts(made) == {
        "balance": "0.00",
        "disbursement": "5000.00",
        "recovery": "4000.00",
        "interest": "2500.00",
    }


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({}, "amount: is missing; state it, or balances"),
        ({"amount": 5, "balances": "2024-11-01:5"}, "amount: stated together with balances"),
        ({"balances": ""}, "balances: is empty"),
        ({"balances": "2024-11-02:5"}, r"balances\[1\].date: 2024-11-02 is not the value date"),
        ({"balances": "2024-11-01:5;2024-11-01:6"}, r"balances\[2\].date: .* does not follow"),
        (
            {"balances": "2024-11-01:5;2025-11-01:6"},
            r"balances\[2\].date: .* is not before the end",
        ),
        ({"balances": "2024-11-01:-5"}, r"balances\[1\].amount: -5.00 is below zero"),
    ],
)
def test_bad_balances(ask: dict[str, Any], message: str):
    with pytest.raises(InputError, match=message):
        quote("policy-bank-agency", "2024-11-01", BANK, tenor="1y", **ask)


# -- insurance agency ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("years", "fee"),
    [(1, "6000.00"), (4, "6000.00"), (5, "9000.00"), (9, "9000.00"), (10, "13000.00")],
)
def test_regular_life_by_years_of_paying(years: int, fee: str):
    made = quote(
        "insurance-agency", "2024-11-01", BANK, policies=[["life-regular", 100_000, years]]
    )
    assert made.totals["fees"].text() == fee


def test_the_bonus_begins_above_a_million():
    at = quote("insurance-agency", "2024-11-01", BANK, policies="motor:1000000")
    over = quote("insurance-agency", "2024-11-01", BANK, policies="motor:1000000;motor:100")
    assert amounts(at) == {"commission-1": "80000.00"}
    # 5 % of 80,008
    assert amounts(over) == {"commission-1": "80000.00", "commission-2": "8.00", "bonus": "4000.40"}


@pytest.mark.parametrize(
    ("policies", "message"),
    [
        ("moto:5", r"policies\[1\].line: 'moto' is not one of .*did you mean 'motor'"),
        ("motor:0", r"policies\[1\].premium: 0.00 is not above zero"),
        ("life-regular:5", r"policies\[1\].years: a regular premium needs its years"),
        ("motor:5:3", r"policies\[1\].years: only life-regular has years"),
        ("", "policies: is empty"),
    ],
)
def test_bad_policies(policies: str, message: str):
    with pytest.raises(InputError, match=message):
        quote("insurance-agency", "2024-11-01", BANK, policies=policies)


@pytest.mark.parametrize(
    ("on", "insurers", "verdict"),
    [("2019-10-01", 3, "pass"), ("2019-10-01", 4, "fail"), ("2024-04-27", 4, "fail")],
)
def test_three_insurers_an_outlet_until_april_2024(on: str, insurers: int, verdict: str):
    made = quote("insurance-agency", on, BANK, policies="motor:5", insurers_at_outlet=insurers)
    assert outcome(made, "three-insurers") == verdict
    with pytest.raises(InputError, match="insurers_at_outlet: insurance-agency has no such field"):
        quote("insurance-agency", "2024-04-28", BANK, policies="motor:5", insurers_at_outlet=4)


# -- interbank settlement -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("each", "fee"),
    [("10000", "4.00"), ("10000.01", "8.00"), ("1000000", "16.00"), ("5000000", "20.00")],
)
def test_large_value_payments_by_amount(each: str, fee: str):
    made = quote("interbank-settlement-agency", "2024-11-01", BANK, amount=1_000_000, tenor="1m",
                 large_count=1, large_amount=each)  # fmt: skip
    assert amounts(made)["large"] == fee


def test_monthly_invoices_add_up():
    made = quote("interbank-settlement-agency", "2024-11-01", BANK, amount=5_000_000, tenor="1y",
                 bulk_count=120_000)  # fmt: skip
    # 10,000 × 0.5 + 90,000 × 0.3 + 20,000 × 0.2 = 36,000; upkeep 500
    rows = list(made.schedule)
    assert {str(row.fee) for row in rows} == {"36500.00"}
    assert sum(row.fee for row in rows) == made.totals["fees"].amount == Decimal(438_000)
    assert made.totals["interest"].text() == "17743.06"  # 5 m × 0.35 % × 365/360
    # the last invoice nets the interest: 36,500 − 17,743.06
    assert [row.interest for row in rows] == [0] * 11 + [Decimal("-17743.06")]
    assert rows[-1].payment == Decimal("18756.94")
    assert (
        sum(row.payment for row in rows) == (made.totals["paid"] - made.totals["received"]).amount
    )


def test_the_least_balance():
    made = quote("interbank-settlement-agency", "2024-11-01", BANK, tenor="1m",
                 balances="2024-11-01:2000000;2024-11-20:999999.99")  # fmt: skip
    assert outcome(made, "balance") == "fail"
    assert made.result("lowest_balance").text() == "999999.99"


# -- fund custody -------------------------------------------------------------------------------


def by_hand(
    start: date, end: date, steps: list[tuple[date, Decimal]], rate: str, *, actual: bool
) -> Decimal:
    """The fee day by day with decimals: the value of the day before, each day rounded to the fen."""
    total, day = Decimal(0), start
    while day < end:
        value = [amount for on, amount in steps if on < day][-1]
        year = 366 if actual and isleap(day.year) else 365
        share = (
            Decimal(1)
            if value <= 2_000_000_000
            else Decimal("0.9" if value <= 5_000_000_000 else "0.8")
        )
        total += (value * Decimal(rate) * share / year).quantize(Decimal("0.01"), ROUND_HALF_UP)
        day += timedelta(days=1)
    return total


@given(
    days=st.integers(2, 400),
    value=st.decimals("1000000", "9000000000", places=2),
    change=st.integers(1, 399),
    other=st.decimals("1000000", "9000000000", places=2),
    actual=st.booleans(),
)
def test_custody_day_by_day(days: int, value: Decimal, change: int, other: Decimal, actual: bool):
    start = date(2023, 11, 20)
    changed = start + timedelta(days=change % (days - 1))
    made = quote("fund-custody", "2023-11-20", BANK, amount=value, kind="equity", tenor=f"{days}d",
                 navs=[[changed.isoformat(), other]], year_basis="actual" if actual else "365")  # fmt: skip
    steps = [(start - timedelta(days=1), value), (changed, other)]
    expected = by_hand(start, start + timedelta(days=days), steps, "0.002", actual=actual)
    assert made.totals["fees"].amount == expected
    assert sum(row.fee for row in made.schedule) == expected


def test_the_formula_of_custody_names_the_share_of_the_size():
    # 3,000 million × 0.2 % × 90 % ÷ 366 = 14,754.10 a day; of 6,000 million 80 %
    made = quote("fund-custody", "2024-01-02", BANK, amount=3_000_000_000, tenor="3m", kind="equity",
                 navs="2024-02-15:6000000000")  # fmt: skip
    words = [fee.formula for fee in made.fees]
    assert "× 0.2% × 90% by size ÷" in words[0]
    assert "× 80% to 90% by size of the day ÷" in words[1]
    assert "× 80% by size ÷" in words[2]
    assert made.result("first_day").text() == "14754.10"
    small = quote("fund-custody", "2024-01-02", BANK, amount=1_000_000, tenor="1m", kind="equity")
    assert "by size" not in small.fees[0].formula


def test_custody_is_paid_by_calendar_month():
    # 3,000 million × 0.1 % × 90 % = 2,700,000 a year: 7,397.26 a day of 2023, 7,377.05 a day of 2024
    made = quote("fund-custody", "2024-11-01", BANK, amount=3_000_000_000, kind="bond", tenor="2m",
                 start="2023-12-31")  # fmt: skip
    rows = [(row.due.isoformat(), row.days, row.fee) for row in made.schedule]
    assert rows == [
        ("2024-01-01", 1, Decimal("7397.26")),
        ("2024-02-01", 31, Decimal("228688.55")),
        ("2024-02-29", 28, Decimal("206557.40")),
    ]
    assert made.fees[0].name == "Custody fee, 2023-12"
    assert made.fees[0].formula.startswith("Σ of 1 day: ")


def test_a_leap_year_has_366_days_only_where_agreed():
    ask = {"amount": 366_000_000, "kind": "money", "start": "2024-02-01", "tenor": "1d"}
    assert quote("fund-custody", "2024-01-31", BANK, **ask).totals["fees"].text() == "500.00"
    fixed = quote("fund-custody", "2024-01-31", BANK, **ask, year_basis="365")
    assert fixed.totals["fees"].text() == "501.37"  # 366 m × 0.05 % ÷ 365


@pytest.mark.parametrize(
    ("navs", "message"),
    [
        ("2024-10-30:5", r"navs\[1\].date: 2024-10-30 is not after"),
        ("2024-11-05:5;2024-11-04:6", r"navs\[2\].date: 2024-11-04 is not after"),
        ("2024-12-01:5", r"navs\[1\].date: 2024-12-01 prices no day before 2024-12-01"),
        ("2024-11-05:-5", r"navs\[1\].amount: -5.00 is below zero"),
    ],
)
def test_bad_values(navs: str, message: str):
    with pytest.raises(InputError, match=message):
        quote("fund-custody", "2024-11-01", BANK, amount=5, kind="bond", tenor="1m", navs=navs)


# -- invoices by the month ----------------------------------------------------------------------


def test_monthly_services_are_paid_by_the_month_and_their_formulas_multiply():
    ask = {"amount": 100_000, "count": 330, "tenor": "3m", "new_cards": 10}
    made = quote("payroll-agency", "2024-11-01", COMPANY, **ask)
    # 100 × 1 + 230 × 0.8 = 284 a month on each due day; the cards (50) are paid on the value date
    rows = [(str(row.due), str(row.fee)) for row in made.schedule]
    assert rows == [("2024-12-01", "284.00"), ("2025-01-01", "284.00"), ("2025-02-01", "284.00")]
    assert made.fees[0].formula == "(100 × 1 + 230 × 0.8) × 3 months begun"
    assert made.totals["fees"].text() == "902.00"


# -- further cases by hand ----------------------------------------------------------------------


def test_counter_bills_of_a_month_and_a_half():
    # 1,000 × 1 + 8,999 × 0.8 = 8,199.20 a month; 45 days are two months begun
    made = quote("utility-collection", "2024-11-01", COMPANY, amount=300_000, count=9_999,
                 kind="water", collected_by="counter", tenor="45d", held_days=0)  # fmt: skip
    assert amounts(made) == {"counter": "16398.40"}
    assert made.result("fee_per_item").text() == "0.82"  # 8,199.20 ÷ 9,999
    tax = made.fees[0].tax
    assert (tax.net.text(), tax.tax.text()) == ("15470.19", "928.21")  # ÷ 1.06
    assert [str(row.due) for row in made.schedule] == ["2024-12-01", "2024-12-16"]


@pytest.mark.parametrize(("bills", "fee"), [(399, "400.00"), (400, "400.00"), (401, "401.00")])
def test_the_least_fee_at_the_counter(bills: int, fee: str):
    made = quote("utility-collection", "2013-06-03", COMPANY, amount=9_000, count=bills,
                 kind="heating", collected_by="counter", tenor="1m")  # fmt: skip
    assert made.totals["fees"].text() == fee


def test_a_policy_banks_balance_that_falls_within_the_term():
    # (600 m × 30 + 300 m × 60) ÷ 90 = 400 m; × 0.15 % × 90/360
    made = quote("policy-bank-agency", "2024-11-01", BANK, tenor="90d",
                 balances="2024-11-01:600000000;2024-12-01:300000000")  # fmt: skip
    assert made.result("average_balance").text() == "400000000.00"
    assert amounts(made) == {"balance": "150000.00"}
    tax = made.fees[0].tax
    assert (tax.net.text(), tax.tax.text()) == ("141509.43", "8490.57")


def test_a_policy_banks_leap_year_on_the_bound_of_a_slice():
    # 500 m × 0.15 % + 1,500 m × 0.1 % = 2.25 m a year; 366/360
    made = quote("policy-bank-agency", "2024-01-02", BANK, amount=2_000_000_000, tenor="1y")
    assert amounts(made) == {"balance": "2287500.00"}


def test_three_lines_online_in_2023():
    made = quote("insurance-agency", "2023-06-01", BANK, channel="online",
                 policies="life-single:1000000;health:5000.05;life-regular:120000:9")  # fmt: skip
    assert amounts(made) == {
        "commission-1": "18000.00",  # 3 % × 60 %
        "commission-2": "600.01",  # 5,000.05 × 20 % × 60 % = 600.006
        "commission-3": "8640.00",  # 12 % × 60 %
        "bonus": "1362.00",  # premiums of 1,125,000.05: 5 % of 27,240.01
    }
    assert made.totals["fees"].text() == "28602.01"


@pytest.mark.parametrize(
    ("premium", "bonus"), [("10000000", "75000.00"), ("10000000.01", "150000.00")]
)
def test_the_bonus_doubles_above_ten_million(premium: str, bonus: str):
    made = quote("insurance-agency", "2024-11-01", BANK, policies=f"property:{premium}")
    assert amounts(made) == {"commission-1": "1500000.00", "bonus": bonus}
