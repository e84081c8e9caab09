"""Durable goods, travel, small credit and student loans: worked figures, dated rules, bad asks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from fractions import Fraction as F
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

DAY = date(2024, 11, 1)
EARNER = Customer(kind="person", age=35, monthly_income=12_000, other_monthly_debt=0)
STUDENT = Customer(kind="person", age=19, occupation="student")


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def quote(
    cat: Catalogue, code: str, customer: Customer = EARNER, as_of: date = DAY, **fields: Any
) -> Quote:
    return cat.quote(Ask(code, fields), customer, as_of=as_of)


def outcome(made: Quote, check: str) -> str:
    return next(item.outcome for item in made.checks if item.id == check)


def codes(made: Quote) -> set[str]:
    return {result.code for result in made.results}


def level(amount: int, monthly: str, months: int) -> D:
    """The level instalment by its formula."""
    i = F(monthly)
    exact = amount * i / (1 - (1 + i) ** -months)
    return D(round(exact * 100)) / 100


def test_goods_by_instalments(cat: Catalogue) -> None:
    made = quote(cat, "durable-goods-loan", amount=16_000, tenor="12m", price=20_000)
    # LPR 3.10 % + 2 % = 5.10 %: 0.425 % a month
    assert made.result("first_payment").amount == level(16_000, "0.00425", 12) == D("1370.45")
    assert made.result("payment_to_income") == D("0.1142")  # 1,370.45 ÷ 12,000
    assert made.eligible


@pytest.mark.parametrize(
    ("security", "most"), [("dealer", 16_000), ("pledge", 18_000), ("credit", 10_000)]
)
def test_the_share_of_the_price_by_security(cat: Catalogue, security: str, most: int) -> None:
    fields = {"tenor": "12m", "price": 20_000, "security": security, "pledge_value": 50_000}
    within = quote(cat, "durable-goods-loan", amount=most, **fields)
    over = quote(cat, "durable-goods-loan", amount=f"{most}.01", **fields)
    assert [outcome(within, "price-share"), outcome(over, "price-share")] == ["pass", "fail"]
    assert within.result("max_loan") == Money.of(most)


def test_a_pledge_bounds_the_loan_and_an_unknown_one_refers(cat: Catalogue) -> None:
    fields: dict[str, Any] = {
        "amount": 9_000,
        "tenor": "6m",
        "contract_price": 10_000,
        "security": "pledge",
    }
    for value, wanted in ((None, "refer"), (10_000, "pass"), ("9999.99", "fail")):
        made = quote(cat, "travel-loan", pledge_value=value, **fields)
        assert outcome(made, "pledge-share") == wanted
    assert "pledge-share" not in {
        check.id for check in quote(cat, "travel-loan", **{**fields, "security": "agency"}).checks
    }


def test_a_cheap_thing_is_no_case_for_a_loan(cat: Catalogue) -> None:
    made = quote(cat, "durable-goods-loan", amount=2_000, tenor="6m", price="2999.99")
    assert outcome(made, "dear-enough") == "fail"


@pytest.mark.parametrize(("code", "field"), [("durable-goods-loan", "price"), ("travel-loan", "contract_price")])  # fmt: skip
def test_more_than_the_price_is_refused(cat: Catalogue, code: str, field: str) -> None:
    with pytest.raises(InputError, match=r"amount: 8,000\.00 is more than the price, 7,999\.00"):
        quote(cat, code, amount=8_000, tenor="6m", **{field: 7_999})


def test_the_family_repays_together(cat: Catalogue) -> None:
    fields = {"amount": 21_000, "tenor": "6m", "contract_price": 30_000}
    poor = Customer(kind="person", age=35, monthly_income=5_000, other_monthly_debt=0)
    both = poor.with_facts(co_borrower_monthly_income=4_000, co_borrower_age=30)
    payment = level(21_000, "0.00425", 6)  # 3,552.28: 71 % of 5,000, 39 % of 9,000
    assert quote(cat, "travel-loan", poor, **fields).result("first_payment").amount == payment
    assert outcome(quote(cat, "travel-loan", poor, **fields), "payment-to-income") == "fail"
    assert outcome(quote(cat, "travel-loan", both, **fields), "payment-to-income") == "pass"


@pytest.mark.parametrize(
    ("as_of", "rate"),
    [
        (date(2001, 6, 1), "0.0558"),  # benchmark up to six months
        (date(2019, 8, 19), "0.0435"),
        (date(2019, 8, 20), "0.0625"),  # LPR 4.25 % + 2 %
    ],
)
def test_the_rate_of_its_time(cat: Catalogue, as_of: date, rate: str) -> None:
    made = quote(cat, "durable-goods-loan", as_of=as_of, amount=8_000, tenor="6m", price=10_000)
    assert made.rate is not None
    assert made.rate.annual == D(rate)


def test_late_interest_by_the_rule_of_its_time(cat: Catalogue) -> None:
    fields = {
        "amount": 8_000,
        "tenor": "6m",
        "price": 10_000,
        "overdue_amount": 1_000,
        "overdue_days": 10,
    }
    # in 2003 0.021 % a day; from 2004 half as much again as the contract rate, 5.04 % × 1.5 ÷ 360
    early = quote(cat, "durable-goods-loan", as_of=date(2003, 12, 31), **fields)
    late = quote(cat, "durable-goods-loan", as_of=date(2004, 1, 1), **fields)
    assert early.result("overdue_interest") == Money.of("2.10")
    assert late.result("overdue_interest") == Money.of("2.10")
    assert early.result("overdue_rate") == D("0.0756") == late.result("overdue_rate")
    assert "misuse_rate" not in codes(early)
    assert late.result("misuse_rate") == D("0.1008")


@pytest.mark.parametrize(
    ("grade", "months"), [("AAA", 12), ("A", 8), ("BB", 3), ("B", 0), (None, 3)]
)
def test_the_limit_by_income_and_grade(cat: Catalogue, grade: str | None, months: int) -> None:
    customer = EARNER if grade is None else EARNER.with_facts(credit_grade=grade)
    made = quote(cat, "small-credit-loan", customer, amount=30_000, tenor="6m")
    assert made.result("limit") == Money.of(12_000 * months)
    assert outcome(made, "credit-limit") == ("pass" if 12_000 * months >= 30_000 else "fail")


def test_an_unknown_income_refers(cat: Catalogue) -> None:
    made = quote(
        cat, "small-credit-loan", Customer(kind="person", age=35), amount=5_000, tenor="3m"
    )
    assert outcome(made, "credit-limit") == "refer"
    assert "limit" not in codes(made)


def test_small_loans_end_within_a_year(cat: Catalogue) -> None:
    with pytest.raises(InputError, match="tenor"):
        quote(cat, "small-credit-loan", amount=5_000, tenor="13m")


# ---- student loans ----


def student(cat: Catalogue, as_of: date = date(2024, 9, 2), **fields: Any) -> Quote:
    asked = {"amount": 40_000, "tenor": "14y", "study_years": 4, "grace_months": 60, **fields}
    return quote(cat, "student-loan", STUDENT, as_of, **asked)


def test_the_state_pays_all_interest_of_the_study_years(cat: Catalogue) -> None:
    made = student(cat)
    # 3.25 % ÷ 12 on 10,000 / 20,000 / 30,000 / 40,000: 27.08, 54.17, 81.25, 108.33, twelve each
    assert made.result("state_interest") == Money.of("3249.96")
    rows = list(made.schedule)
    assert [rows[at].interest for at in (0, 12, 24, 36)] == [
        D("27.08"),
        D("54.17"),
        D("81.25"),
        D("108.33"),
    ]
    # 108 months without principal: 4 years and 60 months; then 60 equal parts
    assert [row.principal for row in rows[:108]] == [D("0.00")] * 108
    assert {row.principal for row in rows[108:167]} == {D("666.66")}  # the last takes the rest
    assert rows[-1].closing == 0
    # the student: 60 months of 108.33, then on the falling balance
    falling = sum(
        (F(round((40_000 - F("666.66") * n) * F("0.0325") / 12 * 100), 100) for n in range(60)),
        F(0),
    )
    assert F(made.result("student_interest").amount) == 60 * F("108.33") + falling
    assert made.totals["interest"] == made.result("state_interest") + made.result(
        "student_interest"
    )


def test_what_the_student_pays_is_without_the_states_part(cat: Catalogue) -> None:
    made = student(cat)
    net = made.totals["paid"] - made.totals["received"]
    assert net == made.result("student_interest") + made.totals["fees"]


def test_half_of_the_interest_was_paid_by_the_state_until_2004(cat: Catalogue) -> None:
    fields = {"amount": 12_000, "tenor": "4y", "study_years": 2, "grace_months": 6}
    before = student(cat, date(2004, 6, 11), **fields)
    after = student(cat, date(2004, 6, 12), **fields)
    rows = list(before.schedule)
    half = sum((D(round(F(row.interest) * 50)) / 100 for row in rows), D(0))
    assert abs(before.result("state_interest").amount - half) <= D("0.24")  # ties, half a fen a row
    study = sum((row.interest for row in list(after.schedule)[:24]), D(0))
    assert after.result("state_interest").amount == study


@pytest.mark.parametrize(
    ("as_of", "limits"),
    [
        (date(2014, 7, 17), (6_000, 6_000)),
        (date(2014, 7, 18), (8_000, 12_000)),
        (date(2021, 9, 1), (12_000, 16_000)),
        (date(2023, 9, 11), (16_000, 20_000)),
        (date(2024, 11, 1), (20_000, 25_000)),
    ],
)
def test_the_yearly_limit_of_its_time(cat: Catalogue, as_of: date, limits: tuple[int, int]) -> None:
    for kind, most in zip(("undergraduate", "postgraduate"), limits, strict=True):
        fields = {"tenor": "8y", "study_years": 2, "grace_months": 12, "level": kind}
        within = student(cat, as_of, amount=2 * most, **fields)
        over = student(cat, as_of, amount=f"{2 * most}.02", **fields)
        assert [outcome(q, "yearly-limit") for q in (within, over)] == ["pass", "fail"]


@pytest.mark.parametrize(
    ("as_of", "rate"),
    [
        (date(2019, 12, 31), "0.049"),  # benchmark over five years
        (date(2020, 1, 1), "0.045"),  # LPR over five years 4.80 % − 0.30 %
        (date(2023, 9, 11), "0.036"),  # 4.20 % − 0.60 %
        (date(2024, 11, 1), "0.029"),  # 3.60 % − 0.70 %
    ],
)
def test_the_student_rate_of_its_time(cat: Catalogue, as_of: date, rate: str) -> None:
    made = student(cat, as_of, amount=20_000, grace_months=36)
    assert made.rate is not None
    assert made.rate.annual == D(rate)
    with pytest.raises(InputError, match="rate: is fixed for this product"):
        student(cat, as_of, rate="0.03")


def test_the_longest_tenor_of_its_time(cat: Catalogue) -> None:
    fields = {"amount": 8_000, "study_years": 2, "grace_months": 12}
    for as_of, longest in (
        (date(2003, 1, 2), 8),
        (date(2010, 1, 4), 10),
        (date(2016, 1, 4), 20),
        (date(2022, 1, 4), 22),
    ):
        student(cat, as_of, tenor=f"{longest}y", **fields)
        with pytest.raises(InputError, match="tenor"):
            student(cat, as_of, tenor=f"{longest + 1}y", **fields)


def test_a_loan_must_leave_months_to_repay(cat: Catalogue) -> None:
    with pytest.raises(InputError, match="tenor: 9y leaves no month to repay after 108 months"):
        student(cat, tenor="9y")


@given(st.integers(1, 6), st.integers(0, 36), st.integers(1_000, 90_000))
@settings(max_examples=25)
def test_both_streams_make_up_the_interest(years: int, grace: int, amount: int) -> None:
    made = student(Catalogue.load(as_of=DAY), amount=amount, study_years=years, grace_months=grace)
    state, own = made.result("state_interest"), made.result("student_interest")
    assert state + own == made.totals["interest"]
    assert state.minor >= 0
    assert own.minor >= 0


def test_the_students_stream_by_phase(cat: Catalogue) -> None:
    """40,000 at 3.25 %: nothing while studying, then 60 x 108.33, then 40,000 and falling interest."""
    made = student(cat)
    assert made.result("student_while_studying") == Money.of(0)
    assert made.result("student_in_grace") == Money.of("6499.80")
    own = made.result("student_interest") + Money.of(40_000)
    assert made.result("student_after_grace") == own - Money.of("6499.80")
    assert made.result("student_first_payment") == Money.of("108.33")
    assert made.result("student_first_due") == date(2028, 10, 2)
    assert made.result("grace_ends") == date(2033, 9, 2)


@pytest.mark.parametrize(
    ("as_of", "years"), [(date(2016, 1, 4), 13), (date(2019, 12, 31), 13), (date(2020, 1, 1), 15)]
)
def test_a_student_loan_ends_some_years_after_the_studies(
    cat: Catalogue, as_of: date, years: int
) -> None:
    fields = {"amount": 8_000, "study_years": 2, "grace_months": 12}
    within = student(cat, as_of, tenor=f"{2 + years}y", **fields)
    over = student(cat, as_of, tenor=f"{12 * (2 + years) + 1}m", **fields)
    assert outcome(within, "study-and-term") == "pass"
    assert outcome(over, "study-and-term") == "fail"


def test_a_person_as_guarantor_by_income_and_age(cat: Catalogue) -> None:
    """12,000 over a year at 5.10 %: 1,027.84 a month; with 472.16 of debts 1,500, half of 3,000."""
    stated = EARNER.with_facts(
        guarantor_type="person", guarantor_monthly_income=3_000, guarantor_monthly_debt="472.16",
        guarantor_age=64,
    )  # fmt: skip
    fields = {"amount": 12_000, "tenor": "12m", "price": 20_000}
    made = quote(cat, "durable-goods-loan", stated, **fields)
    assert made.result("monthly_burden") == Money.of("1027.84")
    assert outcome(made, "guarantor-income") == outcome(made, "guarantor-age") == "pass"
    for changed, check in (
        ({"guarantor_monthly_debt": "472.17"}, "guarantor-income"),
        ({"guarantor_age": 65}, "guarantor-age"),
        ({"guarantor_age": 17}, "guarantor-age"),
    ):
        poor = quote(cat, "durable-goods-loan", stated.with_facts(**changed), **fields)
        assert outcome(poor, check) == "fail"
        assert not poor.eligible
    unknown = quote(cat, "durable-goods-loan", EARNER.with_facts(guarantor_type="person"), **fields)
    assert outcome(unknown, "guarantor-income") == outcome(unknown, "guarantor-age") == "refer"
    none = quote(cat, "durable-goods-loan", **fields)
    assert not any(check.id.startswith("guarantor") for check in none.checks)


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ("travel-loan", {"contract_price": 20_000}),
        ("durable-goods-loan", {"price": 20_000}),
        ("car-loan", {"price": 20_000}),
        ("general-consumer-loan", {}),
        ("commercial-student-loan", {}),
        ("home-loan", {"property_price": 20_000}),
    ],
)
def test_a_firm_as_guarantor_by_its_net_assets(
    cat: Catalogue, code: str, asked: dict[str, Any]
) -> None:
    """The loan of 12,000 and 988,000 guaranteed already against net assets of a million, and a fen less."""
    agency = EARNER.with_facts(
        guarantor_type="company", guarantor_net_assets=1_000_000, guarantor_guaranteed=988_000
    )
    fields = {"amount": 12_000, "tenor": "12m", **asked}
    assert outcome(quote(cat, code, agency, **fields), "guarantor-assets") == "pass"
    less = agency.with_facts(guarantor_net_assets="999999.99")
    assert outcome(quote(cat, code, less, **fields), "guarantor-assets") == "fail"
    unknown = EARNER.with_facts(guarantor_type="company")
    assert outcome(quote(cat, code, unknown, **fields), "guarantor-assets") == "refer"


@pytest.mark.parametrize(("until", "found"), [("2025-11-01", "pass"), ("2025-10-31", "fail")])
def test_a_pledge_outlives_the_loan(cat: Catalogue, until: str, found: str) -> None:
    fields = {"amount": 9_000, "tenor": "12m", "security": "pledge", "pledge_value": 20_000}
    for code, price in (("travel-loan", "contract_price"), ("durable-goods-loan", "price")):
        made = quote(cat, code, pledge_maturity=until, **{price: 20_000}, **fields)
        assert outcome(made, "pledge-term") == found
        unknown = quote(cat, code, **{price: 20_000}, **fields)
        assert outcome(unknown, "pledge-term") == "refer"


@pytest.mark.parametrize(
    ("as_of", "lowest"),
    [(date(2012, 6, 7), "0.9"), (date(2012, 6, 8), "0.8"), (date(2012, 7, 6), "0.7")],
)
def test_the_floor_of_loan_rates_of_its_time(cat: Catalogue, as_of: date, lowest: str) -> None:
    listed = quote(cat, "small-credit-loan", as_of=as_of, amount=9_000, tenor="12m").rate.annual
    least = listed * D(lowest)
    quote(cat, "small-credit-loan", as_of=as_of, amount=9_000, tenor="12m", rate=str(least))
    low = str(least - D("0.0001"))
    with pytest.raises(InputError, match="rate"):
        quote(cat, "small-credit-loan", as_of=as_of, amount=9_000, tenor="12m", rate=low)


def test_early_repayment_in_the_grace_saves_the_student_alone(cat: Catalogue) -> None:
    """10,000 of 40,000 repaid two years after graduation, at 3.25 %, the instalments lowered.

    Studies: 12 x (27.08 + 54.17 + 81.25 + 108.33) = 3,249.96, all the state's, as without it. Grace:
    24 x 108.33 + 36 x 81.25 = 5,524.92. Then 60 parts of 500: interest 30,000 x 0.0325/12 x 61/2 =
    2,478.125, by rounded rows 2,478.15. Without it: 60 x 108.33 and 3,304.20 (sixty rows rounded).
    """
    made = student(cat, extra_payments="2030-09-02:10000", extra_mode="lower")
    assert made.result("state_interest") == Money.of("3249.96")
    assert made.result("student_in_grace") == Money.of("15524.92")
    assert made.result("student_after_grace") == Money.of("32478.15")
    assert made.result("student_paid") == Money.of("48003.07")
    assert made.result("student_interest_saved") == Money.of("1800.93")  # 9,804.00 − 8,003.07
    assert made.result("interest_saved") == Money.of("1800.93")
    assert not made.fees


def test_early_repayment_while_studying_saves_the_state_too(cat: Catalogue) -> None:
    """5,000 repaid after two years of study: the state pays on 10, 20, 25 and 35 thousand.

    12 x (27.08 + 54.17 + 67.71 + 94.79) = 2,925.00, 324.96 less than without it.
    """
    made = student(cat, extra_payments="2026-09-02:5000", extra_mode="lower")
    assert made.result("state_interest") == Money.of("2925.00")
    assert made.result("student_while_studying") == Money.of(5_000)
    assert made.result("student_in_grace") == Money.of("5687.40")  # 60 x 94.79
    state_saved = Money.of("324.96")
    assert made.result("interest_saved") - made.result("student_interest_saved") == state_saved


def test_figures_of_the_rows_say_that_the_states_part_is_in_them(cat: Catalogue) -> None:
    labels = {result.code: result.label for result in student(cat).results}
    assert labels["first_payment"] == "First payment, the state's part included"


def test_the_burden_after_years_of_study_is_that_of_repayment(cat: Catalogue) -> None:
    """60,000 at 5.10 %: 255.00 a month of interest for two years, then 60 level payments."""
    made = quote(cat, "commercial-student-loan", amount=60_000, tenor="7y", study_years=2,
                 method="level", rate="0.051")  # fmt: skip
    assert made.result("first_payment") == Money.of(255)
    assert made.result("monthly_burden").amount == level(60_000, "0.00425", 60)


def test_early_repayment_costs_in_the_first_months(cat: Catalogue) -> None:
    """1 % of 3,000 before the 7th month; the same later is free; payoff of what is left the same."""
    fields = {"amount": 12_000, "tenor": "12m", "method": "equal-principal"}
    for code, price in (("travel-loan", "contract_price"), ("durable-goods-loan", "price")):
        asked = {price: 20_000, **fields}
        early = quote(cat, code, extra_payments="2025-04-30:3000", **asked)
        assert [fee.amount.text() for fee in early.fees] == ["30.00"]
        assert not quote(cat, code, extra_payments="2025-05-01:3000", **asked).fees
        closed = quote(cat, code, payoff_on="2025-02-01", **asked)  # after three parts of 1,000
        assert closed.result("payoff_fee") == Money.of(90)
        assert closed.result("payoff_with_fee") == Money.of(9_090)
    made = quote(cat, "small-credit-loan", payoff_on="2025-02-01", amount=12_000, tenor="12m")
    assert made.result("payoff_fee") == Money.of(120)


def test_a_commercial_student_loan_is_carried_by_the_family(cat: Catalogue) -> None:
    fields = {"amount": 60_000, "tenor": "5y", "method": "level"}
    made = quote(cat, "commercial-student-loan", **fields)
    assert made.result("first_payment").amount == level(60_000, "0.00425", 60)
    assert "state_interest" not in codes(made)
    poor = Customer(kind="person", age=45, monthly_income=2_000, other_monthly_debt=0)
    assert (
        outcome(quote(cat, "commercial-student-loan", poor, **fields), "payment-to-income")
        == "fail"
    )
