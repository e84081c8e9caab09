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
    assert not quote("forfaiting", tenor="2y", start="2024-11-04", **ask).warnings


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


@pytest.mark.parametrize(
    ("currency", "year", "interest"),
    [
        # 100,000 at 6 % for 92 days (1 November to 1 February)
        ("USD", 360, "1533.33"),
        ("EUR", 360, "1533.33"),
        ("GBP", 365, "1512.33"),  # 100,000 x 6 % x 92/365 = 1,512.3288
        ("HKD", 365, "1512.33"),
        ("JPY", 360, "1533"),
    ],
)
def test_an_advance_counts_the_year_of_its_currency(
    currency: str, year: int, interest: str
) -> None:
    spread = {"rate": "0.06"}
    if currency == "JPY":  # bounds follow the market: 6 % is out of reach in yen
        spread = {"spread": "0.03"}
    made = quote("import-bill-advance", amount=100_000, currency=currency, tenor="3m", **spread)
    assert made.terms.day_count == {360: "act/360", 365: "act/365f"}[year]
    assert made.rate is not None
    assert made.rate.basis == f"actual/{year}"
    if currency != "JPY":
        assert made.totals["interest"].text() == interest


def test_sterling_by_its_own_year() -> None:
    gbp = {"currency": "GBP", "rate": "0.073"}
    # 50,000 x 7.3 % x 90/365 = 900; overdue 10.95 % on 10 days: 150
    loan = quote("packing-loan", amount=50_000, credit_amount=62_500, tenor="90d", overdue_days=10,
                 **gbp)  # fmt: skip
    assert loan.totals["interest"].text() == "900.00"
    assert text(loan, "overdue_interest") == "150.00"
    assert outcome(loan, "share") == "pass"
    # 83 days and 7 in transit: 100,000 x 7.3 % x 90/365 = 1,800
    bill = quote("export-bill-purchase", amount=100_000, tenor="83d", **gbp)
    assert text(bill, "paid_at_once") == "98200.00"
    # 97 + 3 days: 1,000,000 x (1 - 7.3 % x 100/365) = 980,000; 20,000/980,000 x 3.65 = 0.07448980
    sold = quote("forfaiting", amount=1_000_000, tenor="97d", discounting="straight",
                 commitment_days=73, **gbp)  # fmt: skip
    assert text(sold, "price") == "980000.00"
    assert result(sold, "simple_yield") == Decimal("0.07448980")
    assert fees(sold)["commitment"] == "1500.00"  # 1,000,000 x 0.75 % x 73/365


@pytest.mark.parametrize(
    ("tenor", "grace", "days", "price"),
    [
        # 1,000,000 / (1 + 8 % x 30/360) = 1,000,000 / 1.0066667
        ("30d", 0, 30, "993377.48"),
        # 180 days: / 1.04; a day more: / (1.04 x (1 + 8 %/360)) = 961,538.46 / 1.00022222
        ("180d", 0, 180, "961538.46"),
        ("180d", 1, 181, "961324.83"),
        # 365 days: / (1.0816 x (1 + 8 % x 5/360)) = 924,556.21 / 1.00111111
        ("360d", 5, 365, "923530.07"),
    ],
)
def test_discount_to_yield_with_grace(tenor: str, grace: int, days: int, price: str) -> None:
    made = quote("forfaiting", amount=1_000_000, currency="USD", tenor=tenor, grace_days=grace,
                 rate="0.08")  # fmt: skip
    assert result(made, "days") == days
    assert text(made, "price") == price
    assert fees(made) == {}


def test_a_packing_loan_against_an_expired_credit_is_refused() -> None:
    ask = {"amount": 1_000, "currency": "USD", "credit_amount": 2_000, "tenor": "3m"}
    with pytest.raises(InputError, match="credit_expiry: 2024-10-31 is before the loan is paid"):
        quote("packing-loan", credit_expiry="2024-10-31", **ask)
    last = quote("packing-loan", credit_expiry="2024-11-01", **ask)
    assert outcome(last, "within-credit") == "fail"


@pytest.mark.parametrize(
    ("tenor", "share", "fee", "exposure"),
    [
        # 200,000 dollars are 1,420,000 yuan; x 0.05 % = 710 for a quarter begun
        ("1d", "1", "710.00", "0.00"),
        ("3m", "0.3", "710.00", "140000.00"),  # 1 November to 1 February
        ("93d", "0.3", "1420.00", "140000.00"),  # a day more
        ("1y", "0", "2840.00", "200000.00"),
    ],
)
def test_a_shipping_guarantee_by_quarters_begun(
    tenor: str, share: str, fee: str, exposure: str
) -> None:
    made = quote("shipping-guarantee", amount=200_000, currency="USD", tenor=tenor,
                 margin_share=share)  # fmt: skip
    assert made.totals["fees"].text() == fee
    assert text(made, "exposure") == text(made, "risk_weighted") == exposure  # factor 100 %


# -- a maturity on a holiday ----------------------------------------------------------------------

# 90 days from 2024-11-01 end on 2025-01-30, in the Spring Festival of 28 January to 4 February: the next
# business day is 2025-02-05, 96 days. 2025-05-01 is the first of five holidays: 2025-05-06, 186 days.


def test_an_advance_that_is_paid_after_a_holiday_bears_interest_until_then() -> None:
    ask = {"amount": 800_000, "currency": "USD", "rate": "0.0683", "tenor": "90d"}
    agreed = quote("import-bill-advance", **ask)
    assert agreed.totals["interest"].text() == "13660.00"  # 800,000 x 6.83 % x 90/360
    assert agreed.terms.maturity == date(2025, 1, 30)
    assert agreed.warnings == (
        "maturity: 2025-01-30 is no business day; interest is counted until it,"
        " with business_day=following until 2025-02-05",
    )
    rolled = quote("import-bill-advance", business_day="following", **ask)
    assert rolled.totals["interest"].text() == "14570.67"  # x 96/360 = 14,570.6667
    assert rolled.terms.maturity == rolled.schedule[-1].due == date(2025, 2, 5)
    assert rolled.warnings == ("maturity: 2025-01-30 is no business day; 2025-02-05 is used",)


def test_interest_on_the_way_is_paid_on_business_days_too() -> None:
    made = quote(
        "packing-loan",
        amount=100_000,
        currency="USD",
        credit_amount=200_000,
        tenor="4m",
        method="bullet",
        frequency="monthly",
        rate="0.072",
        business_day="following",
    )
    # 1 December 2024 is a Sunday; 1 January 2025 a holiday; 1 February the festival's and a Saturday;
    # 1 March a Saturday
    assert [(row.due.isoformat(), row.days, str(row.interest)) for row in made.schedule] == [
        ("2024-12-02", 31, "620.00"),  # 100,000 x 7.2 % ÷ 360 = 20.00 a day
        ("2025-01-02", 31, "620.00"),
        ("2025-02-05", 34, "680.00"),
        ("2025-03-03", 26, "520.00"),
    ]


def test_claims_bought_run_to_the_business_day_and_then_by_their_days_of_grace() -> None:
    ask = {"amount": 1_000_000, "currency": "USD", "tenor": "6m", "rate": "0.0666"}
    straight = quote("forfaiting", discounting="straight", business_day="following", **ask)
    assert result(straight, "days") == 189  # 186 + 3
    assert text(straight, "price") == "965035.00"  # 1,000,000 x (1 - 6.66 % x 189/360)
    bill = {"amount": 100_000, "currency": "USD", "tenor": "90d", "rate": "0.06"}
    kept = quote("export-bill-purchase", business_day="following", **bill)
    assert result(kept, "days") == 103  # 96 + 7 in transit
    assert text(kept, "paid_at_once") == "98283.33"  # 100,000 x (1 - 6 % x 103/360)


def test_a_weekend_that_is_worked_pays_renminbi_but_no_dollars() -> None:
    # Sunday 2025-01-26 is worked before the Spring Festival
    ask = {"amount": 100_000, "maturity": "2025-01-26", "business_day": "following"}
    yuan = quote("import-bill-advance", currency="CNY", **ask)
    assert yuan.terms.maturity == date(2025, 1, 26)
    dollars = quote("import-bill-advance", currency="USD", **ask)
    assert dollars.terms.maturity == date(2025, 1, 27)
