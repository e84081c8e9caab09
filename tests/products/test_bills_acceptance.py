"""Bank acceptance: fee, margin and its interest, exposure, cost and advance, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError
from catalogue.quotes.labels import label

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY = {"kind": "company", "settlement_account": True, "credit_grade": "A"}


def accept(on: str = "2024-11-01", customer: dict[str, Any] | None = None, **ask: Any):
    facts = COMPANY | (customer or {})
    who = Customer({name: fact for name, fact in facts.items() if fact is not None})
    return CATALOGUE.quote(Ask("bank-acceptance", ask), who, as_of=date.fromisoformat(on))


def outcome(made, code: str) -> str:
    return next(check.outcome for check in made.checks if check.id == code)


def fee(made, code: str) -> str:
    return next(item.amount.text() for item in made.fees if item.code == code)


def test_fee_margin_and_exposure():
    made = accept(amount=1_000_000, tenor="6m")
    assert fee(made, "acceptance") == "500.00"  # 0.05 %
    assert made.result("margin").text() == "400000.00"  # grade A: 40 %
    assert made.result("exposure").text() == "600000.00"
    assert fee(made, "exposure") == "600.00"  # 0.1 % of the exposure (illustrative)


@pytest.mark.parametrize(
    ("grade", "margin"),
    [("AAA", "200.00"), ("AA", "300.00"), ("A", "400.00"), ("BBB", "500.00"), ("BB", "1000.00"),
     ("B", "1000.00"), (None, "1000.00")],
)  # fmt: skip
def test_margin_by_grade(grade: str | None, margin: str):
    assert accept("2024-11-01", {"credit_grade": grade}, amount=1000, tenor="3m").result(
        "margin"
    ).text() == margin  # fmt: skip


def test_margin_below_the_least_fails_and_without_grade_is_referred():
    assert outcome(accept(amount=1000, tenor="3m", margin_share="39.99%"), "margin") == "fail"
    assert outcome(accept(amount=1000, tenor="3m", margin_share="40%"), "margin") == "pass"
    unknown = accept(customer={"credit_grade": None}, amount=1000, tenor="3m", margin_share="40%")
    assert outcome(unknown, "margin") == "refer"
    check = next(check for check in unknown.checks if check.id == "margin")
    assert check.missing == ("customer.credit_grade",)
    assert check.bring_zh == "近三年财务报表(供银行评级)"


def test_the_fee_on_the_exposure_begins_in_2014():
    before = accept("2014-07-31", amount=1000000, tenor="6m")
    assert [item.code for item in before.fees] == ["acceptance", "form"]


def test_interest_of_a_demand_margin():
    # 2002: demand 0.72 %; 400,000 × 0.72 % × 184 days ÷ 360 = 1,472.00
    made = accept("2002-03-04", amount=1_000_000, tenor="6m")
    assert made.result("margin_interest").text() == "1472.00"


def test_interest_of_a_time_margin_is_by_months_then_demand():
    # 2002: 6 months 1.89 %: 400,000 × 1.89 % ÷ 2 = 3,780.00
    made = accept("2002-03-04", amount=1_000_000, tenor="6m", margin_kind="time")
    assert made.result("margin_interest").text() == "3780.00"
    # five months: 3 months at 1.71 % = 1,710.00, then 61 days (4 June to 4 August) at 0.72 % = 488.00
    made = accept("2002-03-04", amount=1_000_000, tenor="5m", margin_kind="time")
    assert made.result("margin_interest").text() == "2198.00"
    # two months: no term is so short; 61 days (4 March to 4 May) at 0.72 %
    made = accept("2002-03-04", amount=1_000_000, tenor="2m", margin_kind="time")
    assert made.result("margin_interest").text() == "488.00"


def test_cost_on_exposure_and_face():
    made = accept("2002-03-04", amount=1_000_000, tenor="6m")
    # fee 500 + form 0.28; a year: 500.28 × 360 ÷ (600,000 × 184) and ÷ (1,000,000 × 184)
    assert made.result("net_cost").text() == "500.28"
    assert made.result("equivalent_annual_cost") == Decimal("0.00163135")
    assert made.result("cost_on_face") == Decimal("0.00097881")


def test_cost_with_what_the_clients_own_money_costs():
    made = accept("2002-03-04", amount=1_000_000, tenor="6m", margin_cost_rate="5.04%")
    # 400,000 × 5.04 % × 184/360 = 10,304.00; 500.28 + 10,304.00 − 1,472.00
    assert made.result("net_cost").text() == "9332.28"


@pytest.mark.parametrize("share", ["1", "1.0", "100%", 1, Decimal("1.00")])
def test_a_margin_of_the_whole_face_is_written_as_a_share_or_in_percent(share: Any):
    assert accept(amount=1_000_000, tenor="6m", margin_share=share).result("exposure").minor == 0


def test_a_full_margin_has_no_exposure():
    made = accept(amount=1000, tenor="3m", margin_share="100%")
    assert made.result("exposure").text() == "0.00"
    assert [item.code for item in made.fees] == ["acceptance"]
    with pytest.raises(KeyError):
        made.result("equivalent_annual_cost")


def test_advance_at_half_a_per_mille_a_day():
    made = accept(amount=1_000_000, tenor="6m", overdue_days=20)
    assert made.result("overdue_interest").text() == "6000.00"  # 600,000 × 0.05 % × 20
    with pytest.raises(InputError, match="overdue_amount: goes together"):
        accept(amount=1000, tenor="3m", overdue_amount=5)


def test_bills_add_up_and_fall_due_one_by_one():
    bills = "300000.01:2025-03-03;200000:2025-01-06"
    made = accept(bills=bills, margin_share="33.333%", contract_value="500000.01")
    # 300,000.01 × 33.333 % = 99,999.003 → 99,999.00; 200,000 × 33.333 % = 66,666.00
    assert made.result("margin").text() == "166665.00"
    rows = list(made.schedule)
    assert [(str(row.due), str(row.payment), str(row.closing)) for row in rows] == [
        ("2025-01-06", "200000.00", "300000.01"),
        ("2025-03-03", "300000.01", "0.00"),
    ]
    assert made.totals["principal"].text() == "500000.01"
    assert fee(made, "acceptance") == "250.00"  # 250.000005


def test_the_client_pays_face_and_fees_and_gets_the_interest():
    made = accept(amount=1_000_000, tenor="6m")
    assert made.totals["paid"] == made.totals["principal"] + made.totals["fees"]
    # the accepted bill is given in payment at its face
    assert made.totals["received"] == made.totals["principal"] + made.totals["margin_interest"]


@given(
    face=st.decimals("100", "100000000", places=2),
    share=st.decimals("0", "1", places=4),
)
def test_margin_and_exposure_are_the_face(face: Decimal, share: Decimal):
    made = accept(amount=face, tenor="3m", margin_share=f"{share * 100:f}%")
    assert made.result("margin") + made.result("exposure") == made.totals["principal"]


def test_trade_behind_the_bills():
    assert outcome(accept(amount=1000, tenor="3m"), "trade") == "refer"
    assert outcome(accept(amount=1000, tenor="3m", contract_value="999.99"), "trade") == "fail"
    assert outcome(accept(amount=1000, tenor="3m", contract_value=1000), "trade") == "pass"


def test_time_is_measured_on_each_bill():
    made = accept(bills="1000:2025-05-01;1000:2025-05-02", contract_value=2000)
    check = next(check for check in made.checks if check.id == "bill-tenor")
    assert check.outcome == "fail"
    assert check.found["bill 2"] == date(2025, 5, 2)
    assert "bill 1" not in check.found
    assert "〔2022〕第4号" in check.source


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({}, "amount: is missing; state amount and maturity of one bill, or bills"),
        ({"amount": 1000}, "maturity: is missing"),
        ({"amount": 1000, "tenor": "13m"}, "tenor: 13m is over the maximum of 1y"),
        ({"amount": 1000, "maturity": "2024-11-01"}, "maturity: 2024-11-01 is not after"),
        ({"amount": 1000, "bills": "5:2025-01-01"}, "amount: stated together with bills"),
        ({"bills": ""}, "bills: is empty"),
        ({"bills": "0:2025-01-01"}, r"bills\[1\].face: 0.00 is not above zero"),
        ({"bills": "5:2025-01-01;5:2024-10-31"}, r"bills\[2\].maturity: 2024-10-31 is not after"),
        ({"bills": "5:2025-02-29"}, r"bills\[1\].maturity"),
        (
            {"amount": 1000, "tenor": "3m", "margin_share": "101%"},
            "margin_share: 1.01 is over the maximum of 1",
        ),
        ({"amount": 1000, "tenor": "3m", "margin_share": "30"}, "margin_share"),
    ],
)
def test_bad_asks(ask: dict[str, Any], message: str):
    with pytest.raises(InputError, match=message):
        accept(**ask)


def test_every_fault_of_the_bills_is_told_at_once():
    with pytest.raises(InputError) as caught:
        accept(bills="0:2025-01-01;5:2024-10-31", tenor="3m")
    assert len(caught.value.problems) == 3


def test_since_august_2014_the_fee_is_the_banks_own():
    # 发改价格〔2014〕268号 lists the guided fees from 2014-08-01 on; acceptance is not among them.
    for on, basis in (("2014-07-31", "regulation"), ("2014-08-01", "illustrative")):
        made = accept(on, amount=1_000_000, tenor="6m", medium="paper")
        assert fee(made, "acceptance") == "500.00"
        found = {item.figure: item.basis for item in made.explanation}
        assert (found["fee.acceptance"], found["fee.form"]) == (basis, basis)


@pytest.mark.parametrize(
    ("on", "maturity", "interest"),
    [
        # To the leap day: 2023-11-30 to 2024-02-29 is 91 days at the listed demand rate of 0.20 %:
        # 400,000 x 0.2 % x 91/360 = 202.22
        ("2023-11-30", "2024-02-29", "202.22"),
        # one day: 400,000 x 0.2 % / 360 = 2.22
        ("2023-11-30", "2023-12-01", "2.22"),
    ],
)
def test_interest_of_a_margin_over_odd_days(on: str, maturity: str, interest: str):
    made = accept(on, amount=1_000_000, maturity=maturity)
    assert made.result("margin_interest").text() == interest


def test_the_margin_deposit_is_not_added_to_the_dealers_margin_of_other_deals():
    """Two things of one English name: a deposit of the client's, and what the bank earns over mid."""
    made = accept(amount=1_000_000, tenor="6m")
    assert made.totals["margin_deposit"] == made.result("margin")
    assert "margin" not in made.totals
    assert [label("total.margin", lang) for lang in ("en", "zh")] == ["Margin over mid", "点差收入"]
    assert label("total.margin_deposit", "zh") == "保证金"
