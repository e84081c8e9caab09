"""Bill discount: days, who pays, portfolios, yields and rediscount, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY = {"kind": "company", "settlement_account": True}


def discount(on: str = "2024-11-01", **ask: Any):
    return CATALOGUE.quote(
        Ask("bill-discount", ask), Customer(COMPANY), as_of=date.fromisoformat(on)
    )


def test_interest_by_actual_days():
    # 5 November to 5 May: 25 + 31 + 31 + 28 + 31 + 30 + 5 = 181 days
    made = discount(amount=1_000_000, start="2024-11-05", maturity="2025-05-05", rate="0.018",
                    business_day="none")  # fmt: skip
    assert made.result("days") == 181
    assert made.totals["interest"].text() == "9050.00"  # 1,000,000 × 1.8 % × 181/360
    assert made.result("proceeds").text() == "990950.00"


def test_a_maturity_on_a_holiday_waits_for_the_next_business_day():
    # 1 to 5 May 2025 are holidays: a bill due on the 2nd is paid on the 6th
    made = discount(amount=360_000, start="2025-04-02", maturity="2025-05-02", rate="0.02")
    assert made.result("days") == 34
    assert made.totals["interest"].text() == "680.00"  # 360,000 × 2 % × 34/360
    without = discount(amount=360_000, start="2025-04-02", maturity="2025-05-02", rate="0.02",
                       business_day="none")  # fmt: skip
    assert without.totals["interest"].text() == "600.00"  # 30 days


def test_three_days_for_a_paper_bill_elsewhere_and_none_for_an_electronic_one():
    ask = {"amount": 360_000, "start": "2025-04-02", "maturity": "2025-05-06", "rate": "0.02"}
    assert discount(**ask, medium="paper").result("days") == 34
    assert discount(**ask, medium="paper", elsewhere=True).result("days") == 37
    assert discount(**ask, medium="electronic", elsewhere=True).result("days") == 34


@pytest.mark.parametrize(
    ("who", "more", "seller", "buyer", "proceeds"),
    [
        ("seller", {}, "10000.00", "0.00", "990000.00"),
        ("buyer", {}, "0.00", "10000.00", "1000000.00"),
        ("shared", {"buyer_share": "0.35"}, "6500.00", "3500.00", "993500.00"),
    ],
)
def test_who_pays_the_interest(
    who: str, more: dict[str, Any], seller: str, buyer: str, proceeds: str
):
    # 1,000,000 × 2 % × 180/360 = 10,000 (3 March to 30 August 2026 is a Sunday, so no roll)
    made = discount("2026-03-03", amount=1_000_000, maturity="2026-08-30", rate="0.02",
                    interest_paid_by=who, business_day="none", **more)  # fmt: skip
    assert made.result("seller_interest").text() == seller
    assert made.result("buyer_interest").text() == buyer
    assert made.result("proceeds").text() == proceeds
    assert made.totals["received"].text() == proceeds
    assert made.totals["interest"].text() == "10000.00"


def test_yield_and_apr():
    made = discount(
        "2026-03-03", amount=1_000_000, maturity="2026-08-30", rate="0.02", business_day="none"
    )
    # 10,000 ÷ 990,000 × 360/180 = 2.020202 %; (1,000,000 ÷ 990,000)^(365/180) − 1
    assert made.result("simple_yield") == Decimal("0.02020202")
    exact = (1_000_000 / 990_000) ** (365 / 180) - 1
    assert abs(float(made.result("effective_yield")) - exact) < 1e-8
    assert made.apr.effective == made.result("effective_yield")


def test_a_buyer_who_pays_all_leaves_the_seller_without_cost():
    made = discount(amount=1000, tenor="3m", interest_paid_by="buyer")
    assert made.apr.effective == 0
    assert made.result("effective_yield") > 0


@pytest.mark.parametrize(
    ("on", "kind", "rate"),
    [
        ("2001-09-10", "bank-acceptance", "0.0306"),  # 2.16 % + 0.9
        ("2001-09-11", "bank-acceptance", "0.0387"),  # 2.97 % + 0.9
        ("2013-07-19", "commercial-acceptance", "0.0315"),  # 2.25 % + 0.9
        ("2013-07-20", "bank-acceptance", "0.06"),
        ("2024-11-01", "bank-acceptance", "0.016"),
        ("2024-11-01", "commercial-acceptance", "0.028"),
    ],
)
def test_the_rate_by_date_and_kind(on: str, kind: str, rate: str):
    made = discount(on, amount=1000, tenor="3m", kind=kind, medium="paper")
    assert made.rate.annual == Decimal(rate)


def test_the_rate_stays_within_its_bounds():
    with pytest.raises(InputError, match=r"rate: 0\.5% is below the lowest allowed, 0\.6%"):
        discount(amount=1000, tenor="3m", rate="0.005")
    with pytest.raises(InputError, match=r"rate: 2\.9% is below the lowest allowed, 2\.97%"):
        discount("2002-04-01", amount=1000, tenor="3m", rate="0.029")


def test_a_portfolio_is_the_sum_of_its_bills():
    faces = [("123456.78", "2024-12-20"), ("98765.43", "2025-02-14"), ("500000", "2025-04-30")]
    single = [discount(amount=face, maturity=day, rate="0.0171") for face, day in faces]
    whole = discount(bills=[list(row) for row in faces], rate="0.0171")
    assert whole.totals["interest"].minor == sum(made.totals["interest"].minor for made in single)
    assert whole.result("proceeds").minor == sum(made.result("proceeds").minor for made in single)
    # 49, 105 and 180 days: 123,456.78 × 49 + 98,765.43 × 105 + 500,000 × 180, over 722,222.21
    days = (Fraction("123456.78") * 49 + Fraction("98765.43") * 105 + 500_000 * 180) / Fraction(
        "722222.21"
    )
    assert abs(Fraction(whole.result("average_days")) - days) < Fraction(1, 10**7)


def test_rows_close_to_zero_in_the_order_of_payment():
    made = discount(bills="500000:2025-04-30;100000:2024-12-20", rate="0.018")
    rows = list(made.schedule)
    assert [str(row.payment) for row in rows] == ["100000.00", "500000.00"]
    # 49 days: 245.00; 180 days: 4,500.00
    assert [str(row.interest) for row in rows] == ["245.00", "4500.00"]
    assert str(rows[0].opening) == "595255.00"
    assert rows[-1].closing == 0


def test_each_bill_may_have_its_acceptor_elsewhere():
    made = discount(
        bills="360000:2024-12-02:true;360000:2024-12-02:false", rate="0.02", medium="paper"
    )
    # 31 + 3 days and 31 days: 680 + 620
    assert made.totals["interest"].text() == "1300.00"


def test_rediscount():
    # 180 days at 1.8 % = 9,000; after 60 days 120 are left at 1.5 % = 5,000
    made = discount("2026-03-03", amount=1_000_000, maturity="2026-08-30", rate="0.018",
                    business_day="none", rediscount_on="2026-05-02", rediscount_rate="0.015")  # fmt: skip
    assert made.result("rediscount_interest").text() == "5000.00"
    assert made.result("rediscount_proceeds").text() == "995000.00"
    assert made.result("income_after_rediscount").text() == "4000.00"
    assert made.result("rediscount_gain").text() == "1000.00"  # 4,000 − 9,000 × 60/180


def test_the_central_banks_rate_is_the_default_of_a_rediscount():
    made = discount("2025-03-03", amount=1_000_000, maturity="2025-08-30", rate="0.018",
                    business_day="none", rediscount_on="2025-05-02")  # fmt: skip
    assert made.result("rediscount_interest").text() == "5833.33"  # 1.75 % × 120/360


def test_time_since_issue_counts_where_it_is_known():
    # Issued in June, seven months to run in all, two of them left
    made = discount(amount=1000, maturity="2025-01-03", issued="2024-06-03")
    assert next(check.outcome for check in made.checks if check.id == "bill-tenor") == "fail"
    assert discount(amount=1000, maturity="2025-01-03").eligible


@given(
    face=st.decimals("100", "100000000", places=2),
    days=st.integers(1, 180),
    rate=st.decimals("0.006", "0.046", places=4),
    share=st.decimals("0", "1", places=2),
)
def test_interest_and_proceeds_make_up_the_face(
    face: Decimal, days: int, rate: Decimal, share: Decimal
):
    made = discount(
        amount=face, tenor=f"{days}d", rate=rate, interest_paid_by="shared", buyer_share=share
    )
    parts = made.result("seller_interest") + made.result("buyer_interest")
    assert parts == made.totals["interest"]
    assert made.result("proceeds") + made.result("seller_interest") == made.totals["face"]
    exact = Fraction(face) * Fraction(rate) * made.result("days") / 360
    assert abs(Fraction(parts.amount) - exact) <= Fraction(1, 200)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({"buyer_share": "0.5"}, "buyer_share: goes with interest_paid_by=shared, not with seller"),
        ({"interest_paid_by": "shared"}, "buyer_share: is missing"),
        (
            {"interest_paid_by": "shared", "buyer_share": "1.5"},
            "buyer_share: 1.5 is not below 1; a rate is a fraction",
        ),
        ({"rediscount_rate": "0.01"}, "rediscount_rate: goes together with rediscount_on"),
        ({"rediscount_on": "2024-10-31"}, "rediscount_on: 2024-10-31 is before the discount"),
        (
            {"rediscount_on": "2025-02-05"},
            "rediscount_on: 2025-02-05 is not before the first bill is paid",
        ),
        ({"issued": "2024-11-02"}, "issued: 2024-11-02 is after the discount"),
        ({"rate": "1.8"}, "rate"),
        ({"spread": "0.01", "rate": "0.018"}, "rate: stated together with spread"),
    ],
)
def test_bad_asks(ask: dict[str, Any], message: str):
    with pytest.raises(InputError, match=message):
        discount(amount=1000, maturity="2025-02-05", **ask)


def test_no_version_before_the_rate_was_freed_from_loans():
    with pytest.raises(InputError, match="its first is of 1998-03-25"):
        discount("1998-03-24", amount=1000, tenor="3m")


@pytest.mark.parametrize(
    ("on", "issued", "maturity", "medium", "face", "check", "wanted"),
    [
        # 令〔2022〕第4号 binds drafts issued from 2023-01-01 on: six months; before it, a year electronic
        ("2023-03-01", "2022-12-30", "2023-12-30", "electronic", 1000, "bill-tenor", "pass"),
        ("2023-03-01", "2022-12-30", "2023-12-31", "electronic", 1000, "bill-tenor", "fail"),
        ("2023-03-01", "2023-01-03", "2023-12-30", "electronic", 1000, "bill-tenor", "fail"),
        ("2023-03-01", "2023-01-03", "2023-07-03", "electronic", 1000, "bill-tenor", "pass"),
        # 银发〔2016〕224号: more than 3 million from 2017, more than 1 million from 2018
        ("2017-02-01", "2016-12-30", "2017-06-30", "paper", 5_000_000, "paper-face", None),
        ("2017-02-01", "2017-01-03", "2017-06-30", "paper", 5_000_000, "paper-face", "fail"),
        ("2018-03-01", "2017-12-29", "2018-06-29", "paper", 2_000_000, "paper-face", "pass"),
        ("2018-03-01", "2018-01-02", "2018-06-29", "paper", 2_000_000, "paper-face", "fail"),
    ],
)
def test_a_draft_keeps_the_limits_of_its_day_of_issue(
    on: str, issued: str, maturity: str, medium: str, face: int, check: str, wanted: str | None
):
    made = discount(on, issued=issued, maturity=maturity, medium=medium, amount=face)
    outcomes = {item.id: item for item in made.checks}
    assert (outcomes[check].outcome if check in outcomes else None) == wanted
    if issued == "2023-01-03":
        assert "第4号" in str(outcomes[check].source)


def test_a_draft_older_than_the_definition_or_its_medium():
    # The definition starts on 1998-03-25; electronic drafts on 2009-10-28.
    old = discount("1998-04-01", amount=1000, issued="1998-02-02", maturity="1998-08-02")
    assert next(item.outcome for item in old.checks if item.id == "bill-tenor") == "pass"
    with pytest.raises(InputError, match="medium: there were no electronic drafts on 2009-10-27"):
        discount("2009-11-02", amount=1000, issued="2009-10-27", maturity="2010-03-01",
                 medium="electronic")  # fmt: skip


def test_the_buyers_share_may_be_stated_in_percent():
    share = {"maturity": "2025-04-30", "interest_paid_by": "shared"}
    assert (
        discount(amount=1_000_000, buyer_share="40%", **share).result("buyer_interest")
        == discount(amount=1_000_000, buyer_share="0.4", **share).result("buyer_interest")
    )  # fmt: skip


def test_a_rate_sheet_past_its_known_days_is_named_in_the_pages_language():
    on = {"rediscount_on": "2026-04-01", "start": "2026-03-02", "maturity": "2026-08-31"}
    made = discount("2026-03-02", amount=1_000_000, **on)
    told = next(words for words in made.warnings if "rediscount-rate" in words)
    assert "rate sheet rediscount-rate is known to hold until 2026-01-31 only" in told
    assert told.zh == "利率表(再贴现利率)已知有效期仅至2026-01-31;2026-03-02采用2026-01-19版本"
