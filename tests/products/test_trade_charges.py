"""Who bears the charges of credits and collections, and when those of a credit are due; worked by hand."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalogue import InputError, Quote

from .trade_quotes import fees, quote, text

DOLLARS = {"amount": 100_000, "currency": "USD"}  # 710,000 yuan at 7.1
CREDIT = {**DOLLARS, "tenor": "90d", "usance_days": 60, "discrepancies": 1}


def borne_by_other(made: Quote) -> str:
    return next((item.value.text() for item in made.results if item.code == "borne_by_other"), "–")


@pytest.mark.parametrize(
    ("charges", "own", "other"),
    [
        # issue 1,065 + acceptance 710 x 2 months + payment 710 + cable 300; discrepancy 70 x 7.1 = 497
        ("SHA", "3495.00", "497.00"),
        # all of these, advice 200 and 710,000 x 0.125 % = 887.50 abroad
        ("OUR", "5079.50", "–"),
        ("BEN", "0.00", "3992.00"),
    ],
)
def test_import_credit(charges: str, own: str, other: str) -> None:
    made = quote("import-letter-of-credit", charges=charges, **CREDIT)
    assert made.totals["fees"].text() == made.totals["paid"].text() == own
    assert borne_by_other(made) == other


def test_outside_the_issuing_country_is_the_default_of_a_credit() -> None:
    plain = quote("import-letter-of-credit", **CREDIT)
    assert plain.ask["charges"] == "SHA"
    assert fees(plain) == fees(quote("import-letter-of-credit", charges="SHA", **CREDIT))


@pytest.mark.parametrize(
    ("charges", "own", "other"),
    [
        # advice 200, confirmation 1,420, negotiation 887.50, courier 240, discrepancy 497; transfer 710
        ("SHA", "3954.50", "–"),
        ("OUR", "710.00", "3244.50"),  # only the transfer is the first beneficiary's
        # and 710,000 x 0.15 % = 1,065 for the issue abroad, one quarter
        ("BEN", "5019.50", "–"),
    ],
)
def test_export_credit(charges: str, own: str, other: str) -> None:
    made = quote("export-letter-of-credit", charges=charges, confirm=True, transfer=True,
                 discrepancies=1, **DOLLARS)  # fmt: skip
    assert made.totals["fees"].text() == own
    assert borne_by_other(made) == other


@pytest.mark.parametrize(
    ("side", "charges", "own", "other"),
    [
        # 710,000 x 0.1 % = 710, amendment 100, courier and cable 260; abroad 710
        ("outward", "each", "1070.00", "–"),
        ("outward", "principal", "1780.00", "–"),
        ("outward", "drawee", "0.00", "1070.00"),
        # and acceptance 355 a month, three begun: 1,065
        ("inward", "each", "2135.00", "–"),
        ("inward", "drawee", "2845.00", "–"),
        ("inward", "principal", "0.00", "2135.00"),
    ],
)
def test_documentary_collection(side: str, charges: str, own: str, other: str) -> None:
    made = quote("documentary-collection", side=side, charges=charges, release="DA", tenor="90d",
                 amendments=1, **DOLLARS)  # fmt: skip
    assert made.totals["fees"].text() == own
    assert borne_by_other(made) == other


@pytest.mark.parametrize(
    ("side", "own", "other"), [("outward", "1470.00", "–"), ("inward", "970.00", "500.00")]
)
def test_a_protest_is_for_the_account_of_the_principal(side: str, own: str, other: str) -> None:
    # 710 + 260, and 500 (URC 522, article 24)
    made = quote("documentary-collection", side=side, protest=True, **DOLLARS)
    assert made.totals["fees"].text() == own
    assert borne_by_other(made) == other


@pytest.mark.parametrize(
    ("charges", "returned", "own", "other"),
    [
        # two items of 5,000 dollars: 50 x 2 and postage 60; abroad 150 x 2; returned 100 x 2
        ("each", False, "160.00", "–"),
        ("principal", False, "460.00", "–"),
        ("drawee", False, "0.00", "160.00"),
        ("each", True, "360.00", "–"),
        ("principal", True, "660.00", "–"),
        ("drawee", True, "660.00", "–"),  # nothing can be had of a drawee who does not pay
    ],
)
def test_clean_collection(charges: str, returned: bool, own: str, other: str) -> None:
    made = quote("clean-collection", amount=5_000, currency="USD", count=2, charges=charges,
                 returned=returned)  # fmt: skip
    assert made.totals["fees"].text() == own
    assert borne_by_other(made) == other
    assert text(made, "collected") == "10000.00"


@pytest.mark.parametrize(
    ("code", "charges"),
    [
        ("import-letter-of-credit", "each"),
        ("export-letter-of-credit", "drawee"),
        ("documentary-collection", "OUR"),
        ("clean-collection", "BEN"),
    ],
)
def test_an_unknown_party_is_refused(code: str, charges: str) -> None:
    ask: dict[str, Any] = {**DOLLARS, "tenor": "90d"} if code != "clean-collection" else DOLLARS
    with pytest.raises(InputError, match=f"charges: '{charges}' is not"):
        quote(code, charges=charges, **ask)


@pytest.mark.parametrize(
    ("usance", "presented", "taken_up", "paid"),
    [
        # 2024-11-01 + 90 days = 2025-01-30; + 60 days = 2025-03-31
        (0, None, date(2025, 1, 30), date(2025, 1, 30)),
        (60, None, date(2025, 1, 30), date(2025, 3, 31)),
        # Monday 2 December: five banking days until the 9th; 60 days later 2025-01-31
        (0, "2024-12-02", date(2024, 12, 9), date(2024, 12, 9)),
        (60, "2024-12-02", date(2024, 12, 9), date(2025, 1, 31)),
        (3, "2024-12-02", date(2024, 12, 9), date(2024, 12, 9)),
    ],
)
def test_when_acceptance_and_payment_are_due(
    usance: int, presented: str | None, taken_up: date, paid: date
) -> None:
    more = {"presented": presented} if presented else {}
    made = quote("import-letter-of-credit", tenor="90d", usance_days=usance, **DOLLARS, **more)
    due = {item.fee.code: item.fee.due for item in made.charged}
    assert due["issue"] == date(2024, 11, 1)
    assert due.get("acceptance") == (taken_up if usance else None)
    assert due["payment"] == paid


@pytest.mark.parametrize(
    ("extended_to", "charged"),
    [
        ("2025-02-02", "1065.00"),  # one day into the second quarter: 710,000 x 0.15 %
        ("2025-05-01", "1065.00"),
        ("2025-05-02", "2130.00"),
    ],
)
def test_an_extension_costs_the_quarters_that_it_adds(extended_to: str, charged: str) -> None:
    # three months to 2025-02-01 are one quarter, paid at issue
    made = quote(
        "import-letter-of-credit", amount=100_000, currency="USD", tenor="3m",
        extended_to=extended_to,
    )  # fmt: skip
    assert fees(made)["issue"] == "1065.00"
    assert fees(made)["extension"] == charged
    # the documents may come until the new expiry, and are paid then
    assert made.terms.extra["paid_on"].isoformat() == extended_to


def test_an_extension_within_the_quarter_paid_costs_as_much_as_an_amendment() -> None:
    ask = {"amount": 100_000, "currency": "USD", "tenor": "100d"}
    assert fees(quote("import-letter-of-credit", extended_to="2025-04-30", **ask))["extension"] == (
        "200.00"
    )
    with pytest.raises(InputError, match="extended_to: 2025-02-09 is not after the expiry on 2025"):
        quote("import-letter-of-credit", extended_to="2025-02-09", **ask)
    late = quote("import-letter-of-credit", extended_to="2025-04-30", presented="2025-04-28", **ask)
    assert late.terms.extra["taken_up_on"].isoformat() == "2025-05-08"  # 29, 30 April, 6 to 8 May
    with pytest.raises(InputError, match="presented: 2025-04-28 is not between"):
        quote("import-letter-of-credit", presented="2025-04-28", **ask)


def test_a_year_of_validity_and_an_extension_is_no_short_credit() -> None:
    ask = {"amount": 100_000, "currency": "USD", "tenor": "1y", "margin_share": 0}
    short = quote("import-letter-of-credit", **ask)
    long = quote("import-letter-of-credit", extended_to="2025-11-02", **ask)
    assert (text(short, "risk_weighted"), text(long, "risk_weighted")) == ("20000.00", "50000.00")
