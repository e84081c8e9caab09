"""International settlement: fees and dates worked by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import InputError

from .trade_quotes import fees, outcome, quote, result, text

# -- remittance ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "amount", "currency", "handling"),
    [
        # 1,000 x 7.1 = 7,100; x 0.1 % = 7.10, at least 50
        ("2024-11-01", 1_000, "USD", "50.00"),
        # 20,000 x 7.1 x 0.1 % = 142
        ("2024-11-01", 20_000, "USD", "142.00"),
        # 1,000,000 x 7.1 x 0.1 % = 7,100, at most 1,000
        ("2024-11-01", 1_000_000, "USD", "1000.00"),
        # 3,000,000 x 0.0502 = 150,600; x 0.1 %
        ("2024-11-01", 3_000_000, "JPY", "150.60"),
        # no exchange in renminbi
        ("2024-11-01", 200_000, "CNY", "200.00"),
        # 20,000 x 8.277 x 0.1 % = 165.54
        ("2003-06-02", 20_000, "USD", "165.54"),
        # 20,000 x 7.8 x 0.1 % = 156
        ("2003-06-02", 20_000, "EUR", "156.00"),
    ],
)
def test_handling_is_a_share_in_yuan_between_its_bounds(
    on: str, amount: int, currency: str, handling: str
) -> None:
    made = quote("international-remittance", on, amount=amount, currency=currency)
    assert fees(made)["handling"] == handling
    assert made.totals["principal"].text() == "0.00"
    assert made.totals["paid"] == made.totals["fees"]


def test_who_bears_the_charges() -> None:
    ask = {"amount": 20_000, "currency": "USD"}
    our = quote("international-remittance", charges="OUR", **ask)
    sha = quote("international-remittance", charges="SHA", **ask)
    ben = quote("international-remittance", charges="BEN", **ask)
    assert fees(our) == {"handling": "142.00", "cable": "150.00", "correspondent": "180.00"}
    assert fees(sha) == {"handling": "142.00", "cable": "150.00"}
    assert ben.totals["fees"].text() == "0.00"
    # 180 / 7.1 = 25.352; (142 + 150 + 180) / 7.1 = 66.479
    assert text(our, "beneficiary") == "20000.00"
    assert text(sha, "beneficiary") == "19974.65"
    assert text(ben, "beneficiary") == "19933.52"


def test_an_inward_payment_costs_nothing_when_its_sender_bears_all() -> None:
    ask = {"amount": 10_000, "currency": "USD", "direction": "inward"}
    # 71,000 x 0.05 % = 35.50
    assert fees(quote("international-remittance", **ask)) == {"inward": "35.50"}
    ours = quote("international-remittance", charges="OUR", **ask)
    assert fees(ours) == {"inward": "0.00"}
    assert text(ours, "beneficiary") == "10000.00"


def test_charges_cannot_eat_the_payment() -> None:
    # (50 + 150 + 180) / 7.1 = 53.52
    with pytest.raises(InputError, match=r"amount: 50.00 does not cover the charges of 53.52"):
        quote("international-remittance", amount=50, currency="USD", charges="BEN")
    assert (
        text(
            quote("international-remittance", amount=54, currency="USD", charges="BEN"),
            "beneficiary",
        )
        == "0.48"
    )


def test_the_online_channel_came_in_2010_and_is_cheaper() -> None:
    ask = {"amount": 20_000, "currency": "USD", "channel": "online"}
    # 20,000 x 6.21 x 0.08 % = 99.36
    assert (
        fees(quote("international-remittance", "2015-06-01", **ask))["handling-online"] == "99.36"
    )
    with pytest.raises(InputError, match="channel"):
        quote("international-remittance", "2009-12-31", **ask)


@pytest.mark.parametrize(
    ("on", "kind", "purpose", "amount", "wanted"),
    [
        ("2007-01-31", "person", None, 50_000, "refer"),
        ("2007-02-01", "person", None, 50_000, "pass"),
        ("2007-02-01", "person", None, 50_001, "refer"),
        ("2007-02-01", "company", None, 50_000, "refer"),
        ("2013-08-31", "company", None, 50_000, "refer"),
        ("2013-09-01", "company", "services", 50_000, "pass"),
        ("2013-09-01", "company", "services", 50_001, "refer"),
        ("2013-09-01", "company", "goods", 50_000, "refer"),
        ("2024-11-01", "person", "other", 50_000, "pass"),
    ],
)
def test_small_payments_need_no_papers(
    on: str, kind: str, purpose: str | None, amount: int, wanted: str
) -> None:
    ask = {"amount": amount, "currency": "USD"} | ({"purpose": purpose} if purpose else {})
    made = quote("international-remittance", on, {"kind": kind}, **ask)
    outcomes = {check.id: check.outcome for check in made.checks}
    assert outcomes.get("declared", "pass") == wanted


@settings(max_examples=25)
@given(cents=st.integers(10_000, 10**9), charges=st.sampled_from(["SHA", "BEN", "OUR"]))
def test_what_is_sent_is_received_or_kept(cents: int, charges: str) -> None:
    amount = Decimal(cents).scaleb(-2)
    made = quote("international-remittance", amount=amount, currency="EUR", charges=charges)
    assert result(made, "beneficiary").amount + result(made, "off").amount == amount


# -- collections --------------------------------------------------------------------------------


def test_clean_collection_by_items() -> None:
    # 3 x at least 50; 100,000 x 8.277 x 0.1 % = 827.70 in 2003
    assert fees(quote("clean-collection", amount=5_000, currency="USD", count=3)) == {
        "handling": "150.00",
        "postage": "60.00",
    }
    old = quote("clean-collection", "2003-06-02", amount=100_000, currency="USD", returned=True)
    assert fees(old) == {"handling": "827.70", "postage": "60.00", "return": "100.00"}


@pytest.mark.parametrize(
    ("side", "release", "tenor", "acceptance"),
    [
        ("inward", "DP", "90d", None),
        ("outward", "DA", "90d", None),
        # 80,000 x 7.1 x 0.05 % = 284 a month begun; 2024-11-01 + 30d = 1 December: one month
        ("inward", "DA", "30d", "284.00"),
        ("inward", "DA", "31d", "568.00"),
        ("inward", "DA", "3m", "852.00"),
    ],
)
def test_acceptance_of_an_import_collection_by_months_begun(
    side: str, release: str, tenor: str, acceptance: str | None
) -> None:
    made = quote(
        "documentary-collection",
        amount=80_000,
        currency="USD",
        side=side,
        release=release,
        tenor=tenor,
    )
    assert fees(made).get("acceptance") == acceptance


# -- letters of credit --------------------------------------------------------------------------


def test_the_life_of_an_import_credit() -> None:
    made = quote(
        "import-letter-of-credit",
        amount=100_000,
        currency="USD",
        tenor="120d",
        usance_days=90,
        amendments=2,
        increase=50_000,
        discrepancies=1,
        presentations=2,
        margin_share="0.2",
    )
    assert fees(made) == {
        "issue": "2130.00",  # 710,000 x 0.15 % = 1,065, two quarters begun
        "increase": "532.50",  # 355,000 x 0.15 %
        "amendment": "400.00",
        "acceptance": "3195.00",  # 1,065,000 x 0.1 % x 3 months
        "payment": "1065.00",
        "discrepancy": "0.00",  # the beneficiary's: 70 x 7.1 = 497
        "cable": "300.00",
    }
    assert made.totals["fees"].text() == "7622.50"
    assert text(made, "borne_by_other") == "497.00"
    assert text(made, "margin") == "30000.00"  # 20 % of 150,000
    assert text(made, "exposure") == "120000.00"
    assert text(made, "risk_weighted") == "24000.00"


def test_a_credit_beyond_a_year_weighs_more() -> None:
    ask = {"amount": 100_000, "currency": "USD", "margin_share": 0}
    short = quote("import-letter-of-credit", tenor="12m", **ask)
    late = quote("import-letter-of-credit", tenor="11m", usance_days=60, **ask)
    assert text(short, "risk_weighted") == "20000.00"
    assert text(late, "risk_weighted") == "50000.00"


@pytest.mark.parametrize(
    ("on", "presented", "last"),
    [
        # Friday 1 June 2007, UCP 500: 7 banking days, 4-8 and 11-12 June
        ("2007-05-30", "2007-06-01", "2007-06-12"),
        # Monday 2 July 2007, UCP 600: 3, 4, 5, 6, 9 July
        ("2007-07-01", "2007-07-02", "2007-07-09"),
    ],
)
def test_days_for_examining_documents(on: str, presented: str, last: str) -> None:
    made = quote(
        "import-letter-of-credit",
        on,
        amount=1_000,
        currency="USD",
        tenor="3m",
        presented=presented,
    )
    assert text(made, "examined_by") == last


def test_bad_credits() -> None:
    ask = {"amount": 1_000, "currency": "USD", "tenor": "3m"}
    with pytest.raises(InputError, match="discrepancies: 2 presentations with discrepancies are"):
        quote("import-letter-of-credit", discrepancies=2, **ask)
    with pytest.raises(InputError, match="presented: 2025-03-01 is not between"):
        quote("import-letter-of-credit", presented="2025-03-01", **ask)
    with pytest.raises(InputError, match="tolerance"):
        quote("import-letter-of-credit", tolerance="0.2", **ask)


@pytest.mark.parametrize(
    ("grade", "share", "wanted"),
    [("BBB", "0.3", "pass"), ("BBB", "0.29", "refer"), (None, "1", "pass"), (None, "0.9", "refer")],
)
def test_less_margin_than_the_grade_needs_a_decision(
    grade: str | None, share: str, wanted: str
) -> None:
    who = {"kind": "company", "real_demand_documents": True} | (
        {"credit_grade": grade} if grade else {}
    )
    made = quote(
        "import-letter-of-credit",
        "2024-11-01",
        who,
        amount=1_000,
        currency="USD",
        tenor="3m",
        margin_share=share,
    )
    assert outcome(made, "margin") == wanted


def test_an_export_credit_in_2003() -> None:
    made = quote(
        "export-letter-of-credit",
        "2003-06-02",
        amount=100_000,
        currency="EUR",
        tenor="3m",
        confirm=True,
        transfer=True,
        amendments=1,
    )
    assert fees(made) == {
        "advice": "200.00",
        "amendment": "100.00",
        "confirmation": "1560.00",  # 780,000 x 0.2 %, one quarter
        "negotiation": "975.00",  # 780,000 x 0.125 %
        "transfer": "780.00",  # x 0.1 %, at most 1,000
        "courier": "240.00",
    }
