"""The bundles that stand on the package and on the all-in-one account, figures computed by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from catalogue import Ask, BundleRequest, Catalogue, Customer

EXAMPLES = Path(__file__).parents[2] / "examples/bundles"
DAY = date(2024, 11, 1)


@pytest.fixture(scope="module")
def cat() -> Catalogue:
    return Catalogue.load(as_of=DAY)


def example(cat: Catalogue, name: str) -> Any:
    request = BundleRequest.from_file(EXAMPLES / name)
    assert request.customer is not None
    return cat.bundle(request, customer=request.customer, as_of=request.as_of)


def benefits(quote: Any) -> dict[str, str]:
    return {item.code: item.amount.text() for item in quote.benefits}


def test_the_package_pays_for_what_it_includes(cat: Catalogue) -> None:
    """Package: 150 × 12 = 1,800; 10 transfers beyond 80 and 20 items beyond 100, at 5 and 1 yuan,
    80 %, 12 months: 480 + 192; together 2,472. Waived: 1,000 transfers of 60,000 at 10 = 10,000;
    payroll 100 × 1 + 20 × 0.8 = 116 a month = 1,392; internet banking 50 × 12 = 600.
    """
    quote = example(cat, "distributor.toml")
    assert benefits(quote) == {
        "transfers-included": "10000.00", "payroll-included": "1392.00", "channel-included": "600.00",
    }  # fmt: skip
    costs = {line.line: (line.cost_alone.text(), line.cost.text()) for line in quote.lines}
    assert costs["package"] == ("0.00", "2472.00")
    assert costs["channel"] == ("720.00", "120.00")  # the two certificates are still paid
    assert quote.totals["fees"].amount == Decimal("2592.00")
    assert quote.totals["saving"].amount == Decimal(10_000 + 1_392 + 600 - 2_472)
    assert not quote.warnings


def test_more_transfers_than_the_package_was_priced_for_are_paid(cat: Catalogue) -> None:
    """10 a month are 120 in the year: of 121 none is waived, of 120 all."""
    customer = Customer(kind="company", settlement_account=True, enterprise_size="medium")

    def priced(count: int) -> Any:
        lines = {
            "package": Ask("integrated-package", {"package": "basic", "count": 10}),
            "transfers": Ask("domestic-remittance", {"amount": 8_000, "count": count}),
        }
        return cat.bundle(BundleRequest(lines, "integrated-services"), customer=customer, as_of=DAY)

    assert benefits(priced(120)) == {"transfers-included": "600.00"}
    assert priced(120).totals["saving"].amount == 0  # 120 × 5 less the price of 50 × 12
    over = priced(121)
    assert benefits(over) == {}
    assert over.totals["saving"].amount == -600
    assert any("transfers-included" in warning for warning in over.warnings)


def test_a_payroll_of_another_term_is_paid(cat: Catalogue) -> None:
    customer = Customer(kind="company", settlement_account=True, enterprise_size="medium")
    lines = {
        "package": Ask("integrated-package", {"payroll_items": 30}),
        "payroll": Ask("payroll-agency", {"amount": 200_000, "count": 30, "tenor": "24m"}),
    }
    quote = cat.bundle(BundleRequest(lines, "integrated-services"), customer=customer, as_of=DAY)
    assert benefits(quote) == {}


def test_a_household_with_a_high_balance(cat: Catalogue) -> None:
    """Average 240,000: (20 − 3) × 2 = 34; certificate 60; 60,000 × 0.03 % = 18 × 6 = 108; the
    platinum card's 600; a small box 360 ÷ 2 = 180.
    """
    quote = example(cat, "household.toml")
    assert benefits(quote) == {
        "card-withdrawals": "34.00", "certificate": "60.00", "remittances": "108.00",
        "credit-card-annual": "600.00", "box-half": "180.00",
    }  # fmt: skip
    assert quote.totals["fees"].amount == Decimal("180.00")
    assert quote.totals["saving"].amount == Decimal("982.00")


@pytest.mark.parametrize(
    ("balance", "given"),
    [(49_999, set()), (50_000, {"certificate"}), (199_999, {"certificate"}), (200_000, {"certificate", "box-half"})],
)  # fmt: skip
def test_the_waivers_begin_at_their_average_balance(
    cat: Catalogue, balance: int, given: set[str]
) -> None:
    lines = {
        "account": Ask("all-in-one-account", {"balances": [{"date": DAY, "balance": balance}]}),
        "channel": Ask("e-banking", {}),
        "box": Ask("safe-deposit-box", {"size": "small"}),
    }
    customer = Customer(kind="person", age=40)
    quote = cat.bundle(BundleRequest(lines, "household-account"), customer=customer, as_of=DAY)
    assert set(benefits(quote)) == given


def test_bundle_codes_are_not_product_codes(cat: Catalogue) -> None:
    assert not {bundle.header.code for bundle in cat.bundles()} & {p.code for p in cat.products()}


def test_benefits_of_lines_that_are_not_taken_raise_no_warning(cat: Catalogue) -> None:
    lines = {
        "account": Ask("all-in-one-account", {"balances": [{"date": DAY, "balance": 40_000}]}),
        "channel": Ask("e-banking", {}),
    }
    customer = Customer(kind="person", age=40)
    quote = cat.bundle(BundleRequest(lines, "household-account"), customer=customer, as_of=DAY)
    assert [warning.split()[1] for warning in quote.warnings] == ["certificate"]
