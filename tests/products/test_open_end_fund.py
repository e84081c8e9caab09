"""Open-end funds: four deals, by hand; fields that a deal would ignore are refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError, Quote

DAY = date(2024, 11, 1)
CLIENT = Customer(kind="person", risk_grade="C3")
BUY = {"action": "buy", "nav": "1.25"}
CONVERT = {
    "action": "convert", "shares": 10_000, "nav": "1.1", "nav_in": "1.5", "days_held": 100,
    "front_rate_out": "0.008",
}  # fmt: skip
REDEEM = {"action": "redeem", "shares": 10_000, "nav": "1.1", "days_held": 100}


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def deal(cat: Catalogue, fields: dict[str, Any], as_of: date = DAY, **more: Any) -> Quote:
    return cat.quote(Ask("open-end-fund", {**fields, **more}), CLIENT, as_of=as_of)


def fees(quote: Quote) -> dict[str, str]:
    return {line.fee.code: line.fee.amount.text() for line in quote.charged}


def test_interest_of_the_offer_period_buys_shares(cat: Catalogue) -> None:
    # 2003, inside deduction: fee 100,000 × 1.2 % = 1,200; 100,000 × 0.72 % × 18/360 = 36.00
    made = deal(cat, {"action": "subscribe", "amount": 100_000, "offer_days": 18}, date(2003, 6, 2))
    assert fees(made) == {"subscription": "1200.00"}
    assert made.result("shares") == 98_836
    assert made.totals["interest"].text() == "36.00"
    # cost to the client: the fee less the interest
    assert (made.totals["paid"] - made.totals["received"]).text() == "1164.00"


def test_a_back_load_is_not_paid_when_buying(cat: Catalogue) -> None:
    made = deal(cat, BUY, amount=100_000, load="back")
    assert fees(made) == {}
    assert made.result("shares") == 80_000


@pytest.mark.parametrize(
    ("amount", "channel", "fee"),
    [
        # 4,999,999.99 − 4,999,999.99 ÷ 1.008 = 39,682.54; online 0.48 %: 23,885.35
        ("4999999.99", "counter", "39682.54"), ("4999999.99", "online", "23885.35"),
        ("5000000", "counter", "1000.00"), ("5000000", "online", "1000.00"),
        # 999,999.99 ÷ 1.015 = 985,221.67 → 14,778.32; 1,000,000 ÷ 1.012 → 11,857.71
        ("999999.99", "counter", "14778.32"), ("1000000", "counter", "11857.71"),
    ],
)  # fmt: skip
def test_the_load_at_its_bounds(cat: Catalogue, amount: str, channel: str, fee: str) -> None:
    assert fees(deal(cat, BUY, amount=amount, channel=channel)) == {"front-load": fee}


def test_a_fund_without_a_load_charges_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "products/wealth"
    folder.mkdir(parents=True)
    (folder / "open-end-fund.toml").write_text(
        'code = "open-end-fund"\n[[versions]]\neffective_from = 2017-10-01\n'
        'source = "illustrative-fund"\nbasis = "illustrative"\n'
        "[versions.figures.front_fee]\nbands = [{ value = 0 }]\n"
        "[versions.figures.fixed_from]\nremoved = true\n",
        "utf-8",
    )
    made = deal(Catalogue.load(tmp_path, as_of=DAY), BUY, amount=6_000_000)
    assert made.totals["fees"].text() == "0.00"


def test_a_conversion_has_the_channels_price(cat: Catalogue) -> None:
    # 11,000 − 55 = 10,945; loads 0.9 % and 0.48 %: 97.63 − 52.29
    made = deal(cat, CONVERT, channel="online")
    assert fees(made) == {"redemption": "55.00", "difference": "45.34"}
    # (10,945 − 45.34) ÷ 1.5
    assert str(made.result("shares")) == "7266.44"


def test_a_large_conversion_pays_the_fixed_load(cat: Catalogue) -> None:
    # 5,500,000 − 27,500 = 5,472,500: 1,000 a deal less nothing
    made = deal(cat, CONVERT, shares=5_000_000, front_rate_out=0)
    assert fees(made)["difference"] == "1000.00"


def test_a_conversion_by_the_formula_of_2003(cat: Catalogue) -> None:
    # 10,945 × 1.5 % = 164.175 → 164.18; × 0.8 % = 87.56
    made = deal(cat, CONVERT, date(2003, 6, 2))
    assert fees(made)["difference"] == "76.62"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({**BUY, "amount": 5_000, "shares": 10}, "shares: is not used when action is buy"),
        ({**REDEEM, "amount": 5_000}, "amount: is not used when action is redeem"),
        ({**CONVERT, "load": "back"}, "load: back is not offered for a conversion"),
        ({**REDEEM, "purchase_nav": 1}, "purchase_nav: is used only when load is back"),
        ({**REDEEM, "load": "back"}, "purchase_nav: is missing"),
        ({"action": "subscribe", "amount": 5_000, "nav": 1}, "nav: is not used"),
        ({"action": "redeem", "nav": 1, "days_held": 1}, "shares: is missing"),
        ({"action": "buy", "amount": 5_000}, "nav: is missing"),
    ],
)
def test_fields_of_another_deal_are_refused(
    cat: Catalogue, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        deal(cat, fields)


def test_totals_of_fees_are_not_called_rates(cat: Catalogue) -> None:
    from catalogue.quotes.term_labels import TERM_LABELS

    made = deal(cat, {**REDEEM, "load": "back", "purchase_nav": "1"})
    for name in set(made.totals) - {"principal", "interest", "fees", "paid", "received"}:
        assert "rate" not in TERM_LABELS[name][0]
        assert "率" not in TERM_LABELS[name][1]
