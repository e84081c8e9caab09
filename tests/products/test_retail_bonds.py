"""Government bonds over the counter, worked by hand: yearly interest, cashing in, fees, refusals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError, Quote

DAY = date(2024, 11, 1)
PERSON = Customer(kind="person")


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def savings(cat: Catalogue, as_of: date = DAY, **fields: Any) -> Quote:
    asked = {"amount": 10_000, "tenor": "5y", **fields}
    return cat.quote(Ask("savings-treasury-bond", asked), PERSON, as_of=as_of)


def certificate(cat: Catalogue, as_of: date = DAY, **fields: Any) -> Quote:
    asked = {"amount": 10_000, "tenor": "3y", **fields}
    return cat.quote(Ask("certificate-treasury-bond", asked), PERSON, as_of=as_of)


def received(made: Quote) -> list[tuple[str, str]]:
    return [(str(row.due), str(row.payment)) for row in made.schedule]


# -- savings bonds: 2.5 % a year on 10,000, so 250 a year and 250 ÷ 365 a day ----------------------


@pytest.mark.parametrize(
    ("on", "rows", "given_up"),
    [
        # the last day without interest, and the first with it: 181 days − 180
        ("2025-04-30", [("2025-04-30", "9990.00")], "123.29"),
        ("2025-05-01", [("2025-05-01", "9990.68")], "123.29"),
        # a year: 250 was paid and stays, 180 days (123.29) and the fee of 10 come off the principal
        ("2025-11-01", [("2025-11-01", "250.00"), ("2025-11-01", "9866.71")], "123.29"),
        # one day short of 24 months: 364 days 249.32, still 180 days given up
        ("2026-10-31", [("2025-11-01", "250.00"), ("2026-10-31", "10116.03")], "123.29"),
        # 26 months: 61 days 41.78 less 90 days 61.64, less 10
        (
            "2027-01-01",
            [("2025-11-01", "250.00"), ("2026-11-01", "250.00"), ("2027-01-01", "9970.14")],
            "61.64",
        ),
        # 36 months and a day: 1 day 0.68 less 60 days 41.10, less 10
        (
            "2027-11-02",
            [
                ("2025-11-01", "250.00"),
                ("2026-11-01", "250.00"),
                ("2027-11-01", "250.00"),
                ("2027-11-02", "9949.58"),
            ],
            "41.10",
        ),
    ],
)
def test_interest_is_paid_by_the_year_and_days_are_given_up_at_the_end(
    cat: Catalogue, on: str, rows: list[tuple[str, str]], given_up: str
) -> None:
    made = savings(cat, redeem_on=on)
    assert received(made) == rows
    assert made.result("given_up").text() == given_up
    assert made.result("cashed_in").text() == rows[-1][1]
    paid = sum((row.payment for row in made.schedule), start=0)
    assert made.totals["received"].amount - made.totals["fees"].amount == paid
    assert [(str(fee.due), fee.amount.text()) for fee in made.fees] == [(on, "10.00")]


def test_a_leap_year_pays_the_coupon_and_no_more(cat: Catalogue) -> None:
    # bought on 29 February 2024: each year 3.14 % × 10,000, whatever its days; repaid on 28 February
    made = savings(cat, date(2024, 2, 29), tenor="3y")
    assert received(made) == [
        ("2025-02-28", "314.00"),
        ("2026-02-28", "314.00"),
        ("2027-02-28", "10314.00"),
    ]


def test_the_coupon_of_a_real_issue_and_what_the_issuer_pays(cat: Catalogue) -> None:
    made = savings(cat, amount=30_000, coupon="0.0263")
    assert made.result("yearly_interest").text() == "789.00"
    assert made.totals["interest"].text() == "3945.00"
    assert made.result("issue_fee").text() == "150.00"  # 0.5 %, paid by the issuer …
    assert made.result("cash_out_fee").text() == "15.00"
    assert made.totals["fees"].text() == "0.00"  # … the holder pays nothing


# -- certificate bonds ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("on", "interest", "rate"),
    [
        ("2025-04-30", "0.00", "0"),
        ("2025-05-01", "32.50", "0.0065"),  # 180/360
        ("2025-10-31", "64.82", "0.0065"),  # 359/360: 64.819
        ("2025-11-01", "125.00", "0.0125"),
        ("2026-10-31", "249.65", "0.0125"),  # 719/360: 249.653
        ("2026-11-01", "390.00", "0.0195"),
        ("2027-10-31", "584.46", "0.0195"),  # 1079/360: 584.458
    ],
)
def test_cashed_in_at_the_rate_of_the_band_reached(
    cat: Catalogue, on: str, interest: str, rate: str
) -> None:
    made = certificate(cat, redeem_on=on)
    assert made.totals["interest"].text() == interest
    assert str(made.result("held_rate")) == rate
    if rate != "0":  # 10,000 × rate × days ÷ 360
        exact = 10_000 * Decimal(rate) * made.result("held_days") / 360
        assert str(exact.quantize(Decimal("0.01"))) == interest
    assert made.result("cashed_in") == made.totals["received"] - made.totals["fees"]


def test_the_fee_of_2001(cat: Catalogue) -> None:
    made = certificate(cat, date(2001, 6, 1), redeem_on="2002-06-01")
    assert made.fees[0].amount.text() == "20.00"  # 0.2 % of 10,000
    assert made.result("cashed_in").text() == "10178.00"  # 198 of interest at 1.98 %


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"redeem_on": "2024-11-01"}, "redeem_on: 2024-11-01 is not between 2024-11-01 and"),
        ({"redeem_on": "2027-11-01"}, "redeem_on: 2027-11-01 is not between"),
        ({"amount": "10050.50"}, r"amount: 10050\.50 is not a multiple of 100\.00"),
        ({"tenor": "2y"}, "tenor: '2y' is not one of 3y, 5y"),
    ],
)
def test_bad_asks(cat: Catalogue, fields: dict[str, Any], words: str) -> None:
    with pytest.raises(InputError, match=words):
        certificate(cat, **fields)
    with pytest.raises(InputError, match=words):
        savings(cat, **{"tenor": "3y", **fields})
