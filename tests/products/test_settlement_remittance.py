"""Remittances against the tariffs of 1996, 2001, 2014 and 2021, worked by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue import Ask, Catalogue, Customer, InputError

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY = {"kind": "company", "enterprise_size": "medium"}
PERSON = {"kind": "person", "bank_level": "ordinary", "age": 40}


def company(on: str, customer: dict[str, Any] | None = None, **ask: Any):
    who = Customer(COMPANY | (customer or {}))
    return CATALOGUE.quote(Ask("domestic-remittance", ask), who, as_of=date.fromisoformat(on))


def person(on: str, customer: dict[str, Any] | None = None, **ask: Any):
    who = Customer(PERSON | (customer or {}))
    return CATALOGUE.quote(Ask("personal-remittance", ask), who, as_of=date.fromisoformat(on))


def total(quote) -> str:
    return quote.totals["fees"].text()


def amounts(quote) -> dict[str, str]:
    return {fee.code: fee.amount.text() for fee in quote.fees}


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("0.01", "5.00"),
        ("10000", "5.00"),
        ("10000.01", "10.00"),
        ("100000", "10.00"),
        ("100000.01", "15.00"),
        ("500000", "15.00"),
        ("500000.01", "20.00"),
        ("1000000", "20.00"),
        ("1000000.01", "20.00"),  # 20.0000002
        ("2500000", "50.00"),  # 0.002 %
        ("10000000", "200.00"),
        ("99999999", "200.00"),  # 2,000 by the rate, at most 200
    ],
)
def test_counter_tiers_of_companies_have_their_bounds_in_the_lower_tier(amount: str, fee: str):
    assert total(company("2024-11-01", amount=amount)) == fee


@pytest.mark.parametrize(
    ("amount", "fee"),
    [
        ("2000", "2.00"),
        ("2000.01", "5.00"),
        ("5000", "5.00"),
        ("5000.01", "10.00"),
        ("10000", "10.00"),
        ("10000.01", "15.00"),
        ("50000", "15.00"),
        ("50000.01", "15.00"),  # 15.000003
        ("120000", "36.00"),  # 0.03 %
        ("166666.67", "50.00"),
        ("5000000", "50.00"),
    ],
)
def test_counter_tiers_of_persons(amount: str, fee: str):
    assert total(person("2024-11-01", amount=amount)) == fee


def test_the_tariff_of_1996_knows_no_tiers_and_that_of_2001_does():
    before = company("2001-05-10", amount=200000)
    after = company("2001-05-11", amount=200000)
    assert amounts(before) == {"handling": "0.50", "cable": "10.00"}
    assert amounts(after) == {"handling": "0.50", "transfer": "15.00"}


def test_urgency_adds_thirty_percent_in_2001_also_to_the_capped_fee():
    quote = company("2003-01-02", amount=50_000_000, urgent=True)
    assert amounts(quote) == {"handling": "0.50", "transfer": "200.00", "urgent": "60.00"}
    assert quote.fees[2].formula == "30% × 200.00 (Electronic transfer fee)"


def test_wages_cost_two_yuan_each_and_relief_nothing_in_2001():
    assert amounts(company("2003-01-02", amount=900, purpose="wages", count=40)) == {
        "handling": "20.00",
        "wages": "80.00",
    }
    assert amounts(company("2003-01-02", amount=900_000, purpose="relief")) == {"handling": "0.50"}


def test_within_the_city_only_the_handling_fee_in_2001():
    assert total(company("2003-01-02", amount=900_000, place="same-city")) == "0.50"


def test_a_postal_remittance_is_never_urgent():
    with pytest.raises(InputError, match="urgent: a postal remittance is never urgent"):
        company("2003-01-02", amount=900, route="postal", urgent=True)


def test_the_guided_price_at_the_counter_is_a_ceiling():
    quote = company("2024-11-01", amount=200000, urgent=True)
    assert amounts(quote) == {"transfer": "15.00"}
    assert any("costs nothing more at the channel counter" in text for text in quote.warnings)


def test_online_and_own_bank_prices():
    online = company("2024-11-01", amount=200000, channel="online", urgent=True, count=3)
    assert amounts(online) == {"online": "27.00", "urgent": "5.40"}  # 3 × 9; 20 %
    assert total(company("2024-11-01", amount=200000, payee_bank="same-bank")) == "7.50"
    assert (
        total(company("2024-11-01", amount=1, payee_bank="same-bank", place="same-city")) == "0.00"
    )


@pytest.mark.parametrize(
    ("on", "size", "amount", "fee"),
    [
        ("2021-09-29", "micro", "100000", "10.00"),
        ("2021-09-30", "micro", "100000", "9.00"),
        ("2021-09-30", "small", "10000", "4.50"),
        ("2021-09-30", "small", "100000.01", "15.00"),
        ("2021-09-30", "medium", "10000", "5.00"),
        ("2024-10-01", "small", "10000", "4.50"),
    ],
)
def test_small_firms_pay_nine_tenths_up_to_100_000(on: str, size: str, amount: str, fee: str):
    assert total(company(on, {"enterprise_size": size}, amount=amount)) == fee


def test_the_rebate_is_regulation_for_three_years_and_the_banks_own_after():
    sources = [
        company(on, {"enterprise_size": "small"}, amount=100).fees[0].source
        for on in ("2024-09-30", "2024-10-01")
    ]
    assert "银发〔2021〕169号" in sources[0]
    assert "fictional bank" in sources[1]


def test_an_unknown_size_is_said_not_guessed():
    who = Customer(kind="company")
    quote = CATALOGUE.quote(Ask("domestic-remittance", amount=100), who, as_of=date(2022, 1, 4))
    assert total(quote) == "5.00"
    assert any("enterprise_size is unknown" in text for text in quote.warnings)


def test_the_price_contains_value_added_tax_since_may_2016():
    # 10 ÷ 1.06 = 9.43396 → 9.43 and 0.57
    tax = company("2016-05-01", amount=100000).fees[0].tax
    assert (tax.net.text(), tax.tax.text()) == ("9.43", "0.57")
    assert company("2016-04-30", amount=100000).fees[0].tax.tax.text() == "0.00"


def test_a_person_is_sent_to_the_personal_product():
    quote = company("2024-11-01", {"kind": "person"}, amount=100)
    assert [check.outcome for check in quote.checks] == ["fail"]
    assert not quote.eligible


@given(
    small=st.decimals("0.01", "3000000", places=2),
    more=st.decimals("0.00", "3000000", places=2),
)
def test_a_larger_item_never_costs_less(small: Decimal, more: Decimal):
    for make in (company, person):
        low, high = make("2024-11-01", amount=small), make("2024-11-01", amount=small + more)
        assert low.totals["fees"] <= high.totals["fees"]


@given(count=st.integers(1, 1000))
def test_items_are_charged_one_by_one(count: int):
    assert company("2024-11-01", amount=70000, count=count).totals["fees"].minor == 1000 * count


def test_cash_of_a_person_by_date():
    assert total(person("2014-07-31", amount=4999, paid_in="cash")) == "49.99"  # 1 %
    assert total(person("2014-07-31", amount=5000, paid_in="cash")) == "50.00"
    assert total(person("2014-08-01", amount=5000, paid_in="cash")) == "25.00"  # 0.5 %
    assert (
        total(person("2014-08-01", amount="10001", paid_in="cash")) == "50.00"
    )  # 50.005, at most 50


def test_cash_is_taken_at_the_counter_only():
    with pytest.raises(InputError, match="paid_in: cash is taken at the counter, not by mobile"):
        person("2024-11-01", amount=100, paid_in="cash", channel="mobile")


@pytest.mark.parametrize(
    ("used", "count", "charged"), [(0, 5, 0), (0, 6, 1), (4, 2, 1), (5, 3, 3), (9, 2, 2)]
)
def test_free_items_a_month(used: int, count: int, charged: int):
    quote = person("2024-11-01", amount=8000, channel="online", used_this_month=used, count=count)
    assert quote.terms.extra["charged_items"] == charged
    assert total(quote) == f"{5 * charged}.00"


def test_waivers_by_level_age_and_own_account():
    gold = person("2024-11-01", {"bank_level": "gold"}, amount=100000)
    assert (total(gold), gold.fees[0].waived.text()) == ("0.00", "30.00")
    old = {"age": 65}
    machine = person("2024-11-01", old, amount=8000, channel="machine", used_this_month=3)
    assert (total(machine), machine.terms.extra["waived_for"]) == ("0.00", "age")
    assert total(person("2024-11-01", old, amount=8000)) == "10.00"  # other bank, counter
    own = person("2015-01-05", amount=9000, payee_bank="same-bank", own_account=True)
    assert (total(own), own.fees[0].waived.text()) == ("0.00", "9.00")


def test_phone_transfers_are_free_since_2016():
    assert total(person("2016-02-24", amount=8000, channel="mobile", used_this_month=5)) == "5.00"
    assert total(person("2016-02-25", amount=8000, channel="mobile", used_this_month=5)) == "0.00"


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        ({}, "amount: is missing"),
        ({"amount": "0"}, "amount: 0.00 CNY is below the minimum of 0.01"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "5", "count": 0}, "count: 0 is below the minimum of 1"),
        ({"amount": "5", "channel": "onlin"}, "did you mean 'online'"),
        ({"amount": "5", "currency": "USD"}, "currency: 'USD' is not offered"),
        ({"amount": "5", "chanel": "online"}, "did you mean 'channel'"),
    ],
)
def test_bad_asks(ask: dict[str, Any], message: str):
    with pytest.raises(InputError, match=message):
        company("2024-11-01", **ask)


def test_no_version_before_1996():
    with pytest.raises(InputError, match="its first is of 1996-03-01"):
        company("1996-02-29", amount=100)


def terms_of(quote) -> dict[str, Any]:
    return quote.to_dict()["terms"]


def test_the_choices_that_price_an_item_stand_in_the_terms_although_nobody_stated_them():
    assert terms_of(company("2024-11-01", amount=9))["channel"] == "counter"
    made = terms_of(company("2003-01-02", amount=9, place="same-city"))
    assert (made["route"], made["place"], made["payee_bank"], made["purpose"]) == (
        "electronic",
        "same-city",
        "other-bank",
        "ordinary",
    )
    assert terms_of(person("2024-11-01", amount=9))["paid_in"] == "account"


@pytest.mark.parametrize(
    ("quote", "words"),
    [
        (lambda: company("1998-06-01", amount=900, urgent=True), "has no surcharge for urgency"),
        (
            lambda: company("2003-01-02", amount=900, urgent=True, purpose="wages"),
            "no transfer fee is charged",
        ),
        (
            lambda: company("2003-01-02", amount=900, urgent=True, place="same-city"),
            "no transfer fee is charged",
        ),
        (
            lambda: person("2003-01-02", amount=900, urgent=True, paid_in="cash"),
            "no transfer fee is charged",
        ),
    ],
)
def test_urgency_that_costs_nothing_says_so(quote: Any, words: str):
    made = quote()
    assert "urgent" not in amounts(made)
    assert any(words in text for text in made.warnings)


@pytest.mark.parametrize(
    ("on", "ask", "fee"),
    [
        # 2011-07-01: within the bank in the same city nothing; before, the handling fee
        ("2011-06-30", {"payee_bank": "same-bank", "place": "same-city"}, "0.50"),
        ("2011-07-01", {"payee_bank": "same-bank", "place": "same-city"}, "0.00"),
        ("2011-07-01", {"payee_bank": "other-bank", "place": "same-city"}, "0.50"),
        ("2011-07-01", {}, "5.50"),
        ("2011-07-01", {"relief": True}, "0.00"),
        ("2014-07-31", {"relief": True}, "0.00"),
        ("2014-08-01", {"relief": True}, "0.00"),
        ("2024-11-01", {"relief": True}, "0.00"),
        ("2024-11-01", {"relief": True, "channel": "online", "used_this_month": 9}, "0.00"),
        ("2024-11-01", {}, "10.00"),
    ],
)
def test_personal_accounts_since_the_waivers_of_2011(on: str, ask: dict[str, Any], fee: str):
    assert total(person(on, amount=8000, **ask)) == fee


def test_before_2011_nobody_asks_whether_a_remittance_is_a_gift():
    with pytest.raises(InputError, match="relief"):
        person("2011-06-30", amount=8000, relief=True)


def test_the_waiver_of_a_gift_names_its_reason():
    made = person("2024-11-01", amount=8000, relief=True)
    assert (made.terms.extra["waived_for"], made.fees[0].waived.text()) == ("relief", "10.00")
    old = person("2012-01-04", amount=8000, relief=True)
    assert [fee.waived.text() for fee in old.fees] == ["0.50", "5.00"]


@pytest.mark.parametrize(
    ("on", "amount", "fee"),
    [
        # 1996: no tiers; 2001 and 2014 on both sides of their days
        ("2001-05-10", "10000.01", "10.50"),
        ("2001-05-11", "10000", "5.50"),
        ("2001-05-11", "10000.01", "10.50"),
        ("2014-07-31", "10000000.01", "200.50"),
        ("2014-08-01", "10000000.01", "200.00"),
        ("2014-08-01", "9999999.99", "200.00"),  # 199.9999998
        ("2014-08-01", "9999000", "199.98"),
    ],
)
def test_companies_on_both_sides_of_each_tariff(on: str, amount: str, fee: str):
    assert total(company(on, amount=amount)) == fee


@pytest.mark.parametrize(
    ("on", "size", "fee"),
    [
        ("2024-09-30", "small", "9.00"),
        ("2024-10-01", "small", "9.00"),
        ("2021-09-30", "large", "10.00"),
    ],
)
def test_the_reduction_at_its_bound(on: str, size: str, fee: str):
    assert total(company(on, {"enterprise_size": size}, amount=100_000)) == fee
