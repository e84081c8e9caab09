"""Drafts, orders, cheques and collections: fees by date, periods, penalties, worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalogue import Ask, Catalogue, Customer, InputError

CATALOGUE = Catalogue.load(as_of=date(2024, 11, 1))
COMPANY = {"kind": "company", "settlement_account": True, "state_or_cooperative": True}


def quote(code: str, on: str, customer: dict[str, Any] | None = None, **ask: Any):
    facts = COMPANY | (customer or {})
    who = Customer({name: fact for name, fact in facts.items() if fact is not None})
    return CATALOGUE.quote(Ask(code, ask), who, as_of=date.fromisoformat(on))


def total(made) -> str:
    return made.totals["fees"].text()


def outcome(made, code: str) -> str:
    return next(check.outcome for check in made.checks if check.id == code)


@pytest.mark.parametrize(
    ("on", "fee"),
    [
        ("2001-12-03", "2.56"),  # 2 × (1 + 0.28)
        ("2014-07-31", "2.56"),
        ("2014-08-01", "2.96"),  # 2 × (1 + 0.48)
        ("2017-07-31", "2.96"),
        ("2017-08-01", "0.00"),
        ("2024-11-01", "0.00"),
    ],
)
def test_bank_drafts_by_date(on: str, fee: str):
    assert total(quote("bank-draft", on, amount=9000, count=2)) == fee


@pytest.mark.parametrize(
    ("on", "amount", "fee"),
    [
        ("2001-12-03", 4000, "6.28"),  # 1.28 + at least 5
        ("2001-12-03", 7000, "8.28"),  # 1.28 + 0.1 %
        ("2017-08-01", 7000, "0.00"),
    ],
)
def test_report_of_loss(on: str, amount: int, fee: str):
    assert total(quote("bank-draft", on, amount=amount, services=["loss-report"])) == fee


@pytest.mark.parametrize(
    ("code", "start", "last"),
    [
        # months: same day of the month, the end of a short month, the next business day
        ("bank-draft", "2024-01-31", "2024-02-29"),
        ("bank-draft", "2024-09-02", "2024-10-08"),  # 2 October: National Day to the 7th
        ("cashiers-order", "2024-06-03", "2024-08-05"),  # 3 August is a Saturday
        ("cheque", "2024-04-22", "2024-05-06"),  # 2 May: Labour Day holidays to Sunday the 5th
        ("cheque", "2024-03-01", "2024-03-11"),
    ],
)
def test_last_day_for_presentation(code: str, start: str, last: str):
    ask = {} if code == "cheque" else {"amount": 100}
    assert str(quote(code, "2024-11-01", start=start, **ask).result("last_presentation")) == last


def test_what_is_left_of_a_draft_comes_back():
    assert (
        quote("bank-draft", "2024-11-01", amount=500, settled=120).result("returned").text()
        == "380.00"
    )
    with pytest.raises(InputError, match=r"settled: 600\.00 CNY is over the draft's amount"):
        quote("bank-draft", "2024-11-01", amount=500, settled=600)


@pytest.mark.parametrize("code", ["bank-draft", "cashiers-order"])
def test_cash_is_for_persons(code: str):
    assert outcome(quote(code, "2024-11-01", amount=1000, cash=True), "cash") == "fail"
    person = quote(code, "2024-11-01", {"kind": "person"}, amount=1000, cash=True)
    assert outcome(person, "cash") == "pass"


@pytest.mark.parametrize(("amount", "verdict"), [(5000, "pass"), (6000, "fail")])
def test_orders_of_fixed_amount(amount: int, verdict: str):
    assert (
        outcome(quote("cashiers-order", "2002-01-04", amount=amount, form="fixed"), "fixed")
        == verdict
    )


def test_clearing_machines_make_an_order_cost_a_yuan():
    made = quote("cashiers-order", "2002-01-04", amount=10, clearing_machine=True, count=10)
    assert total(made) == "12.00"  # 10 × (0.60 + 0.40 + 0.20)


@pytest.mark.parametrize(
    ("amount", "fine", "claim"),
    [
        ("19999.99", "1000.00", "400.00"),
        ("20000", "1000.00", "400.00"),
        ("20001", "1000.05", "400.02"),
    ],
)
def test_a_bounced_cheque(amount: str, fine: str, claim: str):
    made = quote("cheque", "2024-11-01", amount=amount, bounced=True)
    assert made.result("bounced_fine").text() == fine  # 5 %, at least 1,000
    assert made.result("bounced_compensation").text() == claim  # 2 %


def test_a_bounced_cheque_needs_its_amount():
    with pytest.raises(InputError, match="amount: is missing"):
        quote("cheque", "2024-11-01", bounced=True)


def test_cheque_forms_are_free_since_2021():
    assert total(quote("cheque", "2021-09-29", count=0, booklets=3)) == "30.00"  # 75 × 0.40
    assert total(quote("cheque", "2021-09-30", count=0, booklets=3)) == "0.00"


@pytest.mark.parametrize(
    ("on", "route", "fee"),
    [
        ("1999-01-04", "telegraphic", "13.00"),  # 1 + postage 2 + cable 10
        ("1999-01-04", "postal", "3.00"),
        ("2001-05-11", "electronic", "16.00"),  # 1 + 15
        ("2001-05-11", "postal", "3.00"),
        ("2024-11-01", "electronic", "16.00"),
    ],
)
@pytest.mark.parametrize("code", ["entrusted-collection", "collection-with-acceptance"])
def test_collections_by_date_and_route(code: str, on: str, route: str, fee: str):
    assert total(quote(code, on, amount=300000, route=route)) == fee


def test_entrusted_collection_debits_on_the_fourth_day():
    made = quote("entrusted-collection", "2024-11-01", amount=10, notified_on="2024-11-05")
    assert str(made.result("debited_on")) == "2024-11-11"  # 9 November is a Saturday


@pytest.mark.parametrize(
    ("amount", "bookshop", "verdict"),
    [
        ("9999.99", False, "fail"),
        ("10000", False, "pass"),
        ("1000", True, "pass"),
        ("999.99", True, "fail"),
    ],
)
def test_least_amount_of_collection_with_acceptance(amount: str, bookshop: bool, verdict: str):
    made = quote("collection-with-acceptance", "2024-11-01", amount=amount, bookshop=bookshop)
    assert outcome(made, "least-bookshop" if bookshop else "least") == verdict


@pytest.mark.parametrize(
    ("checking", "notified", "ends", "debited"),
    [
        ("documents", "2024-11-04", "2024-11-07", "2024-11-08"),
        ("documents", "2024-11-07", "2024-11-12", "2024-11-13"),  # 8, 11, 12: a weekend between
        ("goods", "2024-11-04", "2024-11-14", "2024-11-15"),
        ("goods", "2024-11-06", "2024-11-18", "2024-11-19"),  # the 16th is a Saturday
    ],
)
def test_days_for_acceptance(checking: str, notified: str, ends: str, debited: str):
    made = quote(
        "collection-with-acceptance",
        "2024-11-01",
        amount=20000,
        checking=checking,
        notified_on=notified,
    )
    assert (str(made.result("acceptance_ends")), str(made.result("debited_on"))) == (ends, debited)


def test_compensation_for_late_payment():
    late = {"amount": 200_000, "overdue_days": 30}
    made = quote("collection-with-acceptance", "2002-03-04", **late)
    assert made.result("overdue_interest").text() == "3000.00"  # 200,000 × 0.05 % × 30
    made = quote("collection-with-acceptance", "2002-03-04", **late, overdue_amount="33333.33")
    assert made.result("overdue_interest").text() == "500.00"  # 499.99995
    with pytest.raises(InputError, match="overdue_amount: goes together with overdue_days"):
        quote("collection-with-acceptance", "2002-03-04", amount=20000, overdue_amount=1)


def test_parties_must_be_of_the_kinds_that_the_rule_names():
    made = quote(
        "collection-with-acceptance", "2024-11-01", {"state_or_cooperative": None}, amount=20000
    )
    assert outcome(made, "parties") == "refer"


@pytest.mark.parametrize(
    ("on", "medium", "tenor", "verdict"),
    [
        ("2001-12-03", "paper", "6m", "pass"),
        ("2001-12-03", "paper", "7m", "fail"),
        ("2016-01-04", "electronic", "1y", "pass"),
        ("2016-01-04", "paper", "7m", "fail"),
        ("2022-12-31", "electronic", "1y", "pass"),
        ("2023-01-01", "electronic", "7m", "fail"),
        ("2023-01-01", "electronic", "6m", "pass"),
    ],
)
def test_time_of_commercial_drafts_by_date_and_medium(
    on: str, medium: str, tenor: str, verdict: str
):
    made = quote("commercial-draft", on, amount=500000, tenor=tenor, medium=medium)
    assert outcome(made, "bill-tenor") == verdict


@pytest.mark.parametrize(
    ("on", "face", "verdict"),
    [
        ("2016-12-30", 5_000_000, None),
        ("2017-01-01", 3_000_000, "pass"),
        ("2017-01-01", "3000000.01", "fail"),
        ("2018-01-01", 1_000_000, "pass"),
        ("2018-01-01", "1000000.01", "fail"),
    ],
)
def test_large_drafts_are_electronic(on: str, face: Any, verdict: str | None):
    made = quote("commercial-draft", on, amount=face, tenor="3m", medium="paper")
    found = {check.id: check.outcome for check in made.checks}
    assert found.get("paper-face") == verdict


def test_electronic_drafts_did_not_exist_before_their_system():
    with pytest.raises(InputError, match="medium: 'electronic' is not one of paper"):
        quote("commercial-draft", "2009-10-27", amount=1, tenor="3m", medium="electronic")
    assert quote(
        "commercial-draft", "2009-10-28", amount=1, tenor="3m", medium="electronic"
    ).eligible


@pytest.mark.parametrize("code", ["bank-draft", "cashiers-order"])
def test_cash_is_not_for_a_payee_that_is_a_unit(code: str):
    person = {"kind": "person"}
    made = quote(code, "2024-11-01", person, amount=1000, cash=True, payee="unit")
    assert outcome(made, "cash") == "fail"
    made = quote(code, "2024-11-01", person, amount=1000, payee="unit")
    assert made.eligible


@pytest.mark.parametrize("code", ["entrusted-collection", "collection-with-acceptance"])
def test_a_notice_does_not_come_before_the_order(code: str):
    with pytest.raises(InputError, match="notified_on: 2024-10-31 is before 2024-11-01"):
        quote(code, "2024-11-01", amount=20000, notified_on="2024-10-31")


def test_no_more_is_late_than_is_due():
    late = {"amount": 20_000, "count": 2, "overdue_days": 3}
    made = quote("collection-with-acceptance", "2024-11-01", **late, overdue_amount=40_000)
    assert made.result("overdue_interest").text() == "60.00"
    with pytest.raises(InputError, match=r"overdue_amount: 40000\.01 CNY is over all that is due"):
        quote("collection-with-acceptance", "2024-11-01", **late, overdue_amount="40000.01")


@pytest.mark.parametrize(
    ("on", "fee"),
    [
        ("2014-07-31", "20.60"),  # 0.60 + 25 × 0.20 + 15 (0.1 % of 15,000)
        ("2014-08-01", "26.00"),  # 1.00 + 25 × 0.40 + 15
        ("2021-09-29", "26.00"),
        ("2021-09-30", "1.00"),  # the handling fee stays
    ],
)
def test_cheques_by_date(on: str, fee: str):
    made = quote("cheque", on, amount=15_000, booklets=1, services=["loss-report"])
    assert total(made) == fee


@pytest.mark.parametrize(
    ("on", "fee"),
    [
        ("2014-07-31", "5.80"),  # 0.60 + 0.20 + at least 5
        ("2014-08-01", "6.48"),  # 1.00 + 0.48 + 5
        ("2017-07-31", "6.48"),
        ("2017-08-01", "0.00"),
        ("2021-09-30", "0.00"),
    ],
)
def test_cashiers_orders_by_date(on: str, fee: str):
    assert total(quote("cashiers-order", on, amount=100, services=["loss-report"])) == fee


def test_collections_outside_the_guided_prices_cite_the_bank():
    made = quote("entrusted-collection", "2014-08-01", amount=100)
    assert all("fictional bank" in fee.source for fee in made.fees)
    before = quote("entrusted-collection", "2014-07-31", amount=100)
    assert "计价格〔2001〕791号" in before.fees[-1].source


def test_months_of_a_draft_end_with_a_leap_february():
    made = quote("cashiers-order", "2024-01-02", start="2023-12-29", amount=100)
    assert str(made.result("last_presentation")) == "2024-02-29"  # no 29th but in a leap year
    made = quote("cashiers-order", "2023-01-03", start="2022-12-31", amount=100)
    assert str(made.result("last_presentation")) == "2023-02-28"


@pytest.mark.parametrize(
    ("payer", "notified", "debited"),
    [
        ("bank", "2024-11-05", "2024-11-05"),
        ("bank", "2024-11-09", "2024-11-11"),  # a Saturday
        ("unit", "2024-11-05", "2024-11-11"),
        ("unit", "2024-09-27", "2024-10-08"),  # 1 October: holidays to the 7th
    ],
)
def test_a_bank_that_owes_pays_on_the_day(payer: str, notified: str, debited: str):
    made = quote("entrusted-collection", "2024-09-02", amount=10, payer=payer, notified_on=notified)
    assert str(made.result("debited_on")) == debited
