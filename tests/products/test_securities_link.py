"""Bank-securities link: each leg bears the taxes of its own day; the all-in cost has every fee."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError, Money, Quote

DAY = date(2024, 11, 1)
CLIENT = Customer(kind="person", age=30)


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def deal(cat: Catalogue, as_of: date = DAY, **fields: Any) -> Quote:
    ask = {"side": "round-trip", "price": 10, "quantity": 1_000, **fields}
    return cat.quote(Ask("bank-securities-link", ask), CLIENT, as_of=as_of)


def fees(quote: Quote) -> dict[str, str]:
    return {line.fee.code: line.fee.amount.text() for line in quote.charged}


def test_a_sale_bears_the_stamp_tax_of_its_own_day(cat: Catalogue) -> None:
    # bought on 2023-08-25 (buyer free), sold before and after the tax was halved on 2023-08-28
    day = date(2023, 8, 25)
    before, after = deal(cat, day), deal(cat, day, sell_on=date(2023, 8, 28))
    assert fees(before)["stamp-tax-sell"] == "10.00"  # 0.1 % of 10,000
    assert fees(after)["stamp-tax-sell"] == "5.00"  # 0.05 %
    dues = {line.fee.code: line.fee.due for line in after.charged}
    assert dues["stamp-tax-sell"] == date(2023, 8, 28)
    assert before.result("cost").amount - after.result("cost").amount == 5


def test_both_legs_in_2008(cat: Catalogue) -> None:
    # 0.3 % of both sides before 2008-04-24, 0.1 % from that day on
    made = deal(cat, date(2008, 4, 23), sell_on=date(2008, 4, 24))
    assert (fees(made)["stamp-tax-buy"], fees(made)["stamp-tax-sell"]) == ("30.00", "10.00")


def test_the_all_in_cost_has_the_opening_fee(cat: Catalogue) -> None:
    plain, opened = deal(cat), deal(cat, services=["opening"])
    assert opened.result("cost") == plain.result("cost") + Money.of(20)
    assert opened.result("cost") == opened.totals["fees"]
    # 20 yuan on 1,000 shares: two ticks more
    assert opened.result("break_even") - plain.result("break_even") == Decimal("0.02")


def test_the_commission_charged_in_2001_may_be_stated(cat: Catalogue) -> None:
    made = deal(cat, date(2002, 4, 30), commission_rate="0.0035")
    assert fees(made)["commission-buy"] == "35.00"
    with pytest.raises(InputError, match="commission_rate"):
        deal(cat, date(2002, 5, 1), commission_rate="0.0035")


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"side": "buy", "sell_price": 11}, "sell_price: is used only when side is round-trip"),
        ({"side": "sell", "sell_on": "2024-12-02"}, "sell_on: is used only"),
        ({"sell_on": "2024-11-01"}, "sell_on: 2024-11-01 is not after 2024-11-01"),
    ],
)
def test_selling_fields_are_of_a_round_trip(
    cat: Catalogue, fields: dict[str, Any], said: str
) -> None:
    with pytest.raises(InputError, match=said):
        deal(cat, **fields)


def test_a_deal_on_a_closed_day_is_told(cat: Catalogue) -> None:
    # 2024-11-02 is a Saturday, 2024-10-01 the national day
    closed = deal(cat, date(2024, 10, 1), sell_on=date(2024, 11, 2))
    assert [str(text) for text in closed.warnings] == [
        "start: 2024-10-01 is no business day; shares are not traded on it",
        "sell_on: 2024-11-02 is no business day; shares are not traded on it",
    ]
    assert deal(cat).warnings == ()
