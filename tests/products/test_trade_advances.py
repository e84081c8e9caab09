"""Trade advances: packing loan, import bill advance, export bill purchase, forfaiting, by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalogue import InputError, Money, Terms
from catalogue.products.claims import bought

from .trade_quotes import fees, outcome, quote, result, text


def test_a_packing_loan_pays_actual_days_over_360() -> None:
    made = quote(
        "packing-loan",
        amount=80_000,
        currency="USD",
        credit_amount=100_000,
        tenor="3m",
    )
    # 5.33 % + 1.5 % = 6.83 %; 1 November to 1 February: 92 days
    # 80,000 x 6.83 % x 92/360 = 1,396.36 (1,396.3556)
    assert made.totals["interest"].text() == "1396.36"
    # handling 568,000 x 0.05 % = 284 CNY; / 7.1 = 40 USD
    assert fees(made) == {"handling": "40.00"}
    assert made.totals["paid"].text() == "81436.36"
    assert made.apr is not None
    assert made.eligible


def test_packing_loan_beyond_its_share_or_its_credit_fails() -> None:
    ask = {"currency": "USD", "credit_amount": 100_000, "tenor": "3m"}
    assert outcome(quote("packing-loan", amount="80000.01", **ask), "share") == "fail"
    # 2025-02-01 is the 30th day after 2 January
    in_time = quote("packing-loan", amount=1_000, credit_expiry="2025-01-02", **ask)
    late = quote("packing-loan", amount=1_000, credit_expiry="2025-01-01", **ask)
    assert outcome(in_time, "within-credit") == "pass"
    assert outcome(late, "within-credit") == "fail"


@pytest.mark.parametrize(
    ("on", "currency", "rate", "interest"),
    [
        ("2024-11-01", "EUR", "0.0542", "1385.11"),  # 3.92 % + 1.5 %; x 92/360
        ("2024-11-01", "CNY", "0.04", "1022.22"),  # 2.5 % + 1.5 %
        ("2003-06-02", "USD", "0.0765", "1955.00"),  # 6.15 % + 1.5 %; 2 June to 2 September
        ("2007-01-04", "CNY", "0.043", "1075.00"),  # 2.8 % + 1.5 %; 4 January to 4 April: 90 days
    ],
)
def test_an_import_advance_at_the_market_of_its_currency(
    on: str, currency: str, rate: str, interest: str
) -> None:
    made = quote("import-bill-advance", on, amount=100_000, currency=currency, tenor="3m")
    assert made.terms.rate is not None
    assert made.terms.rate.annual == Decimal(rate)
    assert made.totals["interest"].text() == interest


def test_renminbi_advances_came_with_the_interbank_rate() -> None:
    for code, more in (
        ("import-bill-advance", {}),
        ("export-bill-purchase", {}),
        ("forfaiting", {}),
        ("packing-loan", {"credit_amount": 200_000}),
    ):
        with pytest.raises(InputError, match="currency"):
            quote(code, "2007-01-03", amount=100_000, currency="CNY", tenor="3m", **more)
        quote(code, "2007-01-04", amount=100_000, currency="CNY", tenor="3m", **more)


def test_an_overdue_advance() -> None:
    made = quote(
        "import-bill-advance",
        amount=100_000,
        currency="USD",
        tenor="3m",
        rate="0.06",
        overdue_days=12,
    )
    assert result(made, "overdue_rate") == Decimal("0.09")
    assert text(made, "overdue_interest") == "300.00"  # 100,000 x 9 % x 12/360


def test_interest_of_bought_documents_is_kept_back() -> None:
    made = quote(
        "export-bill-purchase",
        amount=100_000,
        currency="USD",
        tenor="60d",
        under="DP",
        rate="0.072",
        grace_days=2,
    )
    # 80,000 at 7.2 % for 60 + 10 + 2 = 72 days: 80,000 x 7.2 % x 72/360 = 1,152
    assert made.totals["interest"].text() == "1152.00"
    assert made.totals["principal"].text() == "78848.00"
    assert text(made, "rest") == "20000.00"
    (row,) = made.schedule
    assert (row.due, row.days) == (date(2025, 1, 12), 72)
    # what is kept back makes the yield higher than the rate
    assert made.apr is not None


@pytest.mark.parametrize(
    ("way", "price"),
    [
        # 1,000,000 x (1 - 8 % x 360/360)
        ("straight", "920000.00"),
        # 1,000,000 / (1 + 8 % x 180/360)^2 = 1,000,000 / 1.0816
        ("discount-to-yield", "924556.21"),
    ],
)
def test_forfaiting_both_ways(way: str, price: str) -> None:
    made = quote(
        "forfaiting",
        amount=1_000_000,
        currency="USD",
        tenor="360d",
        grace_days=0,
        discounting=way,
        rate="0.08",
    )
    assert text(made, "price") == price


def test_commitment_and_grace_of_forfaiting() -> None:
    made = quote(
        "forfaiting",
        amount=1_000_000,
        currency="USD",
        tenor="170d",
        grace_days=10,
        commitment_days=60,
        rate="0.08",
    )
    assert text(made, "price") == "961538.46"  # 180 days: / 1.04
    assert fees(made)["commitment"] == "1250.00"  # 1,000,000 x 0.75 % x 60/360
    # 38,461.54 / 961,538.46 x 2 = 0.08 to 8 decimals
    assert result(made, "simple_yield") == Decimal("0.08000000")


def test_a_tenor_beyond_the_market_is_told() -> None:
    ask = {"amount": 1_000, "currency": "USD"}
    long = quote("forfaiting", tenor="7y", **ask)
    assert "tenor: usd-money-market ends at 2y; its rate for 2y was used for 7y" in long.warnings
    assert long.terms.rate is not None
    assert long.terms.rate.annual == Decimal("0.056")  # 4.1 % + 1.5 %
    assert not quote("forfaiting", tenor="2y", **ask).warnings


def test_a_discount_cannot_leave_nothing() -> None:
    terms, face = Terms("USD", date(2024, 11, 1)), Money.of(1_000, "USD")
    with pytest.raises(InputError, match=r"tenor: the discount to 2036-11-01 leaves nothing of"):
        bought(terms, Money.zero("USD"), face, date(2036, 11, 1), ())


@settings(max_examples=25)
@given(days=st.integers(30, 1_000), rate=st.integers(50, 90), grace=st.integers(0, 30))
def test_straight_discount_never_pays_more_than_discount_to_yield(
    days: int, rate: int, grace: int
) -> None:
    ask = {"amount": 100_000, "currency": "USD", "tenor": f"{days}d", "grace_days": grace}
    prices = []
    for way in ("straight", "discount-to-yield"):
        made = quote("forfaiting", discounting=way, rate=Decimal(rate + 10).scaleb(-3), **ask)
        assert made.totals["principal"] + made.totals["interest"] == made.terms.amount
        prices.append(result(made, "price"))
    assert prices[0] <= prices[1]
