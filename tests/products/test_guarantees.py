"""Bank and shipping guarantees: fee by quarters begun, margin, factors, caps by date, claims."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError, Quote

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY: Mapping[str, Any] = {
    "kind": "company",
    "credit_grade": "AAA",
    "real_demand_documents": True,
}
KINDS = {
    "tender": "0.5",
    "performance": "0.5",
    "advance-payment": "0.5",
    "retention": "0.5",
    "quality": "0.5",
    "customs": "0.5",
    "payment": "1",
    "loan": "1",
    "lease": "1",
}


def quote(on: str = "2024-11-01", *, code: str = "bank-guarantee", **ask: Any) -> Quote:
    return CATALOGUE.quote(Ask(code, ask), Customer(COMPANY), as_of=date.fromisoformat(on))


def result(made: Quote, code: str) -> Any:
    return next(item.value for item in made.results if item.code == code)


def outcome(made: Quote, check: str) -> str | None:
    return next((item.outcome for item in made.checks if item.id == check), None)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_fee_and_its_factor(kind: str) -> None:
    made = quote(amount=1_000_000, currency="CNY", kind=kind, tenor="6m", margin_share="0.4")
    factor = Decimal(KINDS[kind])
    # two quarters of 0.1 % or, for guarantees of payment, 0.2 %
    assert made.totals["fees"].text() == ("4000.00" if factor == 1 else "2000.00")
    assert result(made, "margin").text() == "400000.00"
    assert result(made, "exposure").text() == "600000.00"
    assert result(made, "risk_weighted").amount == 600_000 * factor


@pytest.mark.parametrize("on", ["2004-02-29", "2004-03-01", "2013-01-01", "2024-01-01"])
def test_the_factor_cites_the_rules_of_the_day(on: str) -> None:
    made = quote(on, amount=1_000_000, currency="CNY", kind="loan", tenor="6m")
    cited = {
        item.figure: item.source for item in made.explanation if "conversion_factor" in item.figure
    }
    wanted = {
        "2004-02-29": "Illustrative tariff",
        "2004-03-01": "capital adequacy",
        "2013-01-01": "Measures on capital (trial)",
        "2024-01-01": "Measures on capital",
    }[on]
    assert wanted in str(cited["figure.conversion_factor.loan"])


@pytest.mark.parametrize(
    ("tenor", "claim_days", "quarters"),
    [("3m", 0, 1), ("91d", 0, 1), ("93d", 0, 2), ("1y", 0, 4), ("1y", 1, 5), ("1m", 62, 2)],
)
def test_a_quarter_begun_counts_until_the_last_claim_day(
    tenor: str, claim_days: int, quarters: int
) -> None:
    # 2024-11-01 + 3 months is 2025-02-01, 92 days; 1 December + 62 days is 1 February: one quarter
    made = quote(
        amount=1_000_000,
        currency="CNY",
        kind="tender",
        tenor=tenor,
        claim_days=claim_days,
        margin_share=0,
    )
    expected = 1 if (tenor, claim_days) == ("1m", 62) else quarters
    assert made.totals["fees"].amount == 1_000 * expected


def test_a_dollar_guarantee_of_2003_pays_yuan() -> None:
    made = quote("2003-06-02", amount=100_000, currency="USD", kind="payment", tenor="6m")
    # 827,700 x 0.2 % = 1,655.40, two quarters
    assert made.totals["fees"].text() == "3310.80"
    assert result(made, "margin").text() == "0.00"  # grade AAA


def test_the_minimum_is_for_each_quarter() -> None:
    made = quote(amount=50_000, currency="CNY", kind="quality", tenor="1y", margin_share=1)
    assert made.totals["fees"].text() == "1200.00"  # 50 a quarter, at least 300, four of them


def test_margin_earns_and_costs() -> None:
    ask = {"amount": 900_000, "currency": "CNY", "kind": "performance", "tenor": "6m"}
    made = quote(margin_share="0.4", margin_cost_rate="0.036", **ask)
    # 1 November to 1 May: 181 days; 360,000 x 0.35 % x 181/360 = 633.50; x 3.6 % = 6,516
    assert result(made, "margin_interest").text() == "633.50"
    # fee 900 x 2 = 1,800; 1,800 + 6,516 - 633.50 = 7,682.50
    assert result(made, "life_cost").text() == "7682.50"
    # 7,682.50 / 900,000 x 360/181 = 0.01697790
    assert result(made, "yearly_cost") == Decimal("0.01697790")


def test_the_rate_of_the_margin_is_that_of_the_day_or_agreed() -> None:
    ask = {"amount": 1_000_000, "currency": "CNY", "kind": "loan", "tenor": "3m", "margin_share": 1}
    # demand 0.72 % from 2002-02-21; 2 June to 2 September: 92 days; 1,000,000 x 0.72 % x 92/360
    assert result(quote("2003-06-02", **ask), "margin_interest").text() == "1840.00"
    # agreed 1.8 %: 1,000,000 x 1.8 % x 92/360 = 4,600
    assert result(quote(margin_rate="0.018", **ask), "margin_interest").text() == "4600.00"


def test_no_rate_is_listed_for_a_margin_in_dollars() -> None:
    made = quote(amount=1_000, currency="USD", kind="loan", tenor="3m", margin_share=1)
    assert any("no rate is listed for a margin in USD" in text for text in made.warnings)
    assert "margin_interest" not in {item.code for item in made.results}


def test_a_claim_beyond_the_margin_is_advanced_at_the_penalty_rate() -> None:
    ask = {"amount": 1_000_000, "currency": "CNY", "kind": "loan", "tenor": "6m"}
    made = quote(margin_share="0.3", claim=800_000, claim_unpaid_days=20, **ask)
    assert result(made, "claim_advance").text() == "500000.00"  # 800,000 - 300,000
    assert result(made, "claim_interest").text() == "5000.00"  # x 0.05 % x 20
    covered = quote(margin_share="0.9", claim=800_000, claim_unpaid_days=20, **ask)
    assert result(covered, "claim_advance").text() == "0.00"
    with pytest.raises(InputError, match=r"claim: 1,000,000.01 is over the guarantee, 1,000,000"):
        quote(claim="1000000.01", **ask)


@pytest.mark.parametrize(
    ("on", "kind", "amount", "check", "wanted"),
    [
        ("2012-02-01", "tender", 200_000, "tender-cap", "pass"),
        ("2012-02-01", "tender", 200_001, "tender-cap", "fail"),
        ("2012-02-01", "performance", 1_000_000, "performance-cap", "pass"),
        ("2012-02-01", "performance", 1_000_001, "performance-cap", "fail"),
        ("2016-12-26", "quality", 900_000, "quality-cap", None),
        ("2016-12-27", "quality", 500_000, "quality-cap", "pass"),
        ("2016-12-27", "retention", 500_001, "quality-cap", "fail"),
        ("2017-06-30", "quality", 500_000, "quality-cap", "pass"),
        ("2017-07-01", "quality", 300_000, "quality-cap", "pass"),
        ("2017-07-01", "quality", 300_001, "quality-cap", "fail"),
    ],
)
def test_caps_on_security(on: str, kind: str, amount: int, check: str, wanted: str | None) -> None:
    ask = {"currency": "CNY", "tenor": "3m", "contract_value": 10_000_000}
    assert outcome(quote(on, amount=amount, kind=kind, **ask), check) == wanted


def test_the_contract_value_is_no_field_before_2012() -> None:
    with pytest.raises(InputError, match="contract_value: bank-guarantee has no such field"):
        quote(
            "2012-01-31", amount=1_000, currency="CNY", kind="tender", tenor="3m", contract_value=9
        )


def test_an_unknown_kind_is_refused_with_the_allowed() -> None:
    with pytest.raises(InputError, match=r"kind: .*performance"):
        quote(amount=1_000, currency="CNY", kind="performence", tenor="3m")


def test_a_shipping_guarantee() -> None:
    made = quote(
        code="shipping-guarantee", amount=200_000, currency="USD", tenor="4m", margin_share="0.3"
    )
    assert made.totals["fees"].text() == "1420.00"  # 1,420,000 x 0.05 % = 710, two quarters
    assert result(made, "exposure").text() == "140000.00"
    assert result(made, "risk_weighted").text() == "140000.00"
    old = quote("2003-06-02", code="shipping-guarantee", amount=200_000, currency="USD", tenor="3m")
    assert old.totals["fees"].text() == "827.70"  # 1,655,400 x 0.05 %, one quarter


def test_a_guarantee_is_in_renminbi_unless_another_currency_is_asked() -> None:
    assert quote(amount=1_000_000, kind="tender", tenor="3m").terms.currency == "CNY"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_at_its_minimum_and_on_the_edge_of_a_quarter(kind: str) -> None:
    financial = KINDS[kind] == "1"
    least, rate = (500, Decimal("0.002")) if financial else (300, Decimal("0.001"))
    small = quote(amount=10_000, kind=kind, tenor="3m", margin_share=0)
    assert small.totals["fees"].amount == least
    for amount in (least / rate, least / rate + 1_000):  # just at the minimum, and above
        exact = quote(amount=amount, kind=kind, tenor="3m", margin_share=0)
        assert exact.totals["fees"].amount == amount * rate
    # exactly 3 months (92 days from 1 November), and a day more
    for days, quarters in ((92, 1), (93, 2)):
        made = quote(amount=2_000_000, kind=kind, tenor=f"{days}d", margin_share=0)
        assert made.totals["fees"].amount == 2_000_000 * rate * quarters


@pytest.mark.parametrize(
    ("claimed_on", "payable", "advance", "interest"),
    [
        (None, "1000000.00", "800000.00", "4000.00"),  # 800,000 x 0.05 % x 10
        # six months to 2025-05-01, thirty days for claims to 2025-05-31
        ("2025-05-01", "1000000.00", "800000.00", "4000.00"),
        ("2025-05-31", "1000000.00", "800000.00", "4000.00"),
        ("2025-06-01", "0.00", "0.00", "0.00"),
    ],
)
def test_a_claim_before_and_after_the_expiry(
    claimed_on: str | None, payable: str, advance: str, interest: str
) -> None:
    more = {"claimed_on": claimed_on} if claimed_on else {}
    made = quote(amount=1_000_000, kind="payment", tenor="6m", claim_days=30, margin_share="0.2",
                 claim=1_000_000, claim_unpaid_days=10, **more)  # fmt: skip
    assert result(made, "claim_payable").text() == payable
    assert result(made, "claim_advance").text() == advance
    assert result(made, "claim_interest").text() == interest
    late = [text for text in made.warnings if text.startswith("claimed_on: 2025-06-01 is after")]
    assert len(late) == (payable == "0.00")


def test_the_day_of_a_claim_goes_with_a_claim_in_the_time_of_the_guarantee() -> None:
    ask = {"amount": 1_000_000, "kind": "loan", "tenor": "6m"}
    with pytest.raises(InputError, match="claimed_on: goes together with claim"):
        quote(claimed_on="2025-01-02", **ask)
    with pytest.raises(InputError, match="claimed_on: 2024-10-31 is before the guarantee"):
        quote(claimed_on="2024-10-31", claim=5, **ask)
