"""Bundles: benefits sum to the difference, to the fen; limits hold; a failed line leaves the rest."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogue import (
    Ask,
    BundleRequest,
    Catalogue,
    Contract,
    Customer,
    InputError,
    Money,
    Product,
    Terms,
)
from catalogue.products.loan import Loan

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "product_defs/schema/quote.schema.json").read_text("utf-8")
)

HEAD = """\
code = "{code}"
name = "{code}"
name_zh = "测试"
family = "tests"
segment = "company"
[sources.tariff]
title = "Test tariff"
[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"
"""
LOAN = (
    HEAD.format(code="lend")
    + """\
[versions.ask.amount]
required = true
[versions.ask.tenor]
default = "12m"
[versions.rate]
fixed = 0.06
min = 0.045
[versions.fees.arrangement]
name = "Arrangement fee"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.0033
[versions.conditions.kind]
test = { fact = "customer.kind", eq = "company" }
reason = "The borrower is a company"
reason_zh = "借款人为企业"
"""
)
SERVICE = (
    HEAD.format(code="pay")
    + """\
[versions.ask.count]
default = 10
[versions.fees.item]
name = "Per item"
name_zh = "每笔"
method = "flat"
amount = 1.37
items = "ask.count"
[versions.fees.month]
name = "Monthly fee"
name_zh = "月费"
method = "flat"
amount = 29.99
tax = { inclusive = false }
"""
)
VAT = """\
code = "vat"
name = "VAT"
name_zh = "增值税"
kind = "tax"
lookup = "single"
[[columns]]
code = "rate"
name = "rate"
name_zh = "税率"
[sources.law]
title = "Law"
[[versions]]
effective_from = 2016-05-01
source = "law"
basis = "regulation"
[versions.values]
rate = 0.06
"""
FACTS = """\
[kind]
type = "text"
label = "Kind"
label_zh = "类型"
[group]
type = "bool"
label = "In a group"
label_zh = "集团客户"
"""
BUNDLE = """\
code = "pack"
name = "Pack"
name_zh = "组合"
segment = "company"
[sources.policy]
title = "Test policy"
[[versions]]
effective_from = 2020-01-01
source = "policy"
basis = "illustrative"
min_lines = 2
[versions.lines.loan]
product = "lend"
required = true
[versions.lines.pay]
product = "pay"
ask = { count = 7 }
[versions.conditions.size]
test = { fact = "line.loan.ask.amount", min = 50_000 }
reason = "The loan is at least 50,000"
reason_zh = "贷款不低于五万元"
[versions.benefits.cut]
name = "Rate cut"
name_zh = "利率优惠"
kind = "rate-discount"
order = 1
lines = ["loan"]
rate = 0.005
[versions.benefits.half]
name = "Half fees"
name_zh = "费用减半"
kind = "fee-waiver"
order = 2
share = 0.5
[versions.benefits.gift]
name = "Rebate"
name_zh = "返还"
kind = "rebate"
order = 3
amount = 100
"""


class Service(Product):
    def price(self, ctx: Any, terms: Terms) -> Contract:
        return Contract("CNY", totals={"principal": Money.zero(), "interest": Money.zero()})


Bank = Callable[..., Catalogue]
COMPANY = Customer(kind="company")


def make(bank: Bank, bundle: str = BUNDLE) -> Catalogue:
    files = {
        "lend.toml": LOAN, "pay.toml": SERVICE, "facts.toml": FACTS, "rates/vat.toml": VAT,
        "bundles/pack.toml": bundle,
    }  # fmt: skip
    return bank(files, {"lend": Loan(), "pay": Service()})


def quote(cat: Catalogue, amount: str = "120000", customer: Customer = COMPANY) -> Any:
    return cat.bundle("pack", {"loan": {"amount": amount}, "pay": {}}, customer)


def test_what_each_line_costs_alone_and_in_the_bundle(bank: Bank) -> None:
    made = quote(make(bank))
    assert made.eligible
    loan, pay = made.lines
    # alone: 0.33 % of 120,000 = 396.00, and 7 × 1.37 + 29.99 + 6 % VAT of 29.99 (1.80) = 41.38
    assert loan.cost_alone - loan.alone.totals["interest"] == Money.of("396.00")
    assert pay.cost_alone == Money.of("41.38")
    assert loan.quote.rate.annual == Decimal("0.055")
    assert made.totals["saving"] == made.totals["cost_alone"] - made.totals["cost"]
    for line in made.lines:
        worth = Money.total((b.amount for b in made.benefits if b.line == line.line), "CNY")
        assert worth == line.saving


def test_a_line_priced_only_in_the_bundle_costs_nothing_one_by_one(bank: Bank) -> None:
    own = BUNDLE.replace('product = "pay"\n', 'product = "pay"\nown_price = true\n')
    plain, priced = quote(make(bank)), quote(make(bank, own))
    line = priced.lines[1]
    assert line.cost_alone == Money.zero()
    assert line.cost == plain.lines[1].cost
    gone = plain.lines[1].cost_alone
    assert priced.totals["saving"] == plain.totals["saving"] - gone
    assert priced.totals["cost"] == plain.totals["cost"]
    assert priced.to_dict()["comparison"][1]["own_price"] is True


def test_benefits_apply_in_order_each_on_what_is_left(bank: Bank) -> None:
    made = quote(make(bank))
    by_code = {(b.code, b.line): b.amount for b in made.benefits}
    # half of 396.00; half of 9.59, 29.99 and 1.80, each rounded half up: 4.80 + 15.00 + 0.90
    assert by_code["half", "loan"] == Money.of("198.00")
    assert by_code["half", "pay"] == Money.of("20.70")
    # the rebate of 100 is spread over what is left: 198.00 and 4.79 + 14.99 + 0.90 = 20.68
    assert by_code["gift", "loan"] + by_code["gift", "pay"] == Money.of(100)
    # 100 × 198.00 / 218.68 = 90.543…; the fen left over goes to the largest remainder, 6.854… of 14.99
    assert by_code["gift", "loan"] == Money.of("90.54")


def test_json_fits_the_contract_and_repeats(bank: Bank) -> None:
    cat = make(bank)
    made = quote(cat)
    jsonschema.validate(json.loads(made.to_json()), SCHEMA)
    assert quote(cat).to_json() == made.to_json()


def test_a_discount_stops_at_the_definitions_lowest_rate(bank: Bank) -> None:
    made = quote(make(bank, BUNDLE.replace("rate = 0.005", "rate = 0.03")))
    assert made.lines[0].quote.rate.annual == Decimal("0.045")


def test_a_limit_of_policy_lowers_the_discount(bank: Bank) -> None:
    made = quote(make(bank, BUNDLE + "[versions.limits]\nrate_discount = 0.002\n"))
    assert made.lines[0].quote.rate.annual == Decimal("0.058")


def test_the_total_limit_is_kept_to_the_fen(bank: Bank) -> None:
    limited = make(bank, BUNDLE + "[versions.limits]\ntotal = 250.55\n")
    made = quote(limited)
    worth = Money.total((b.amount for b in made.benefits), "CNY")
    assert worth == made.totals["saving"] <= Money.of("250.55")
    # the rate cut is lowered in whole basis points, fees then fill what is left exactly
    assert worth == Money.of("250.55")
    assert any("by its limit" in warning for warning in made.warnings)


def test_a_failed_condition_gives_no_benefits(bank: Bank) -> None:
    made = quote(make(bank), "49999")
    assert not made.complete
    assert made.benefits == ()
    assert made.totals["saving"] == Money.zero()
    assert "no benefits: The loan is at least 50,000" in made.warnings


def test_a_line_that_fails_is_left_out_with_its_reason(bank: Bank) -> None:
    made = quote(make(bank), customer=Customer(kind="person"))
    assert [line.line for line in made.lines] == ["pay"]
    assert made.left_out[0].reasons == ("The borrower is a company",)
    assert made.left_out[0].reasons_zh == ("借款人为企业",)
    assert not made.eligible


def test_a_benefit_with_a_condition_that_does_not_hold_is_told(bank: Bank) -> None:
    text = BUNDLE.replace(
        "amount = 100\n", 'amount = 100\napplies = { fact = "customer.group", eq = true }\n'
    )
    made = quote(make(bank, text))
    assert {b.code for b in made.benefits} == {"cut", "half"}
    assert any(warning.startswith("benefit gift is not given") for warning in made.warnings)


def test_bad_asks_name_their_line(bank: Bank) -> None:
    with pytest.raises(InputError) as caught:
        make(bank).bundle("pack", {"loan": {"amount": "x", "tenor": "9"}, "pay": {"cuont": 1}})
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "lines.loan",
        "lines.loan",
        "lines.pay",
    ]
    with pytest.raises(
        InputError, match=r"lines\.lone: the bundle has no such line; did you mean 'loan'"
    ):
        make(bank).bundle("pack", {"lone": {}})
    with pytest.raises(InputError, match="unknown bundle 'pac'; did you mean 'pack'"):
        make(bank).bundle("pac", {})


def test_an_ad_hoc_bundle_has_no_benefits(bank: Bank) -> None:
    cat = make(bank)
    made = cat.bundle(
        [Ask("lend", amount="60000"), Ask("pay"), Ask("pay", count=3)], customer=COMPANY
    )
    assert [line.line for line in made.lines] == ["lend", "pay", "pay-2"]
    assert made.benefits == ()
    assert made.eligible


def test_a_bundle_comes_from_a_file(bank: Bank, tmp_path: Path) -> None:
    cat = make(bank)
    path = tmp_path / "asked.toml"
    path.write_text(
        'bundle = "pack"\nas_of = 2024-03-01\n[customer]\nkind = "company"\n'
        '[lines.loan]\namount = 70000\n[lines.pay]\nproduct = "pay"\n',
        "utf-8",
    )
    made = cat.bundle(BundleRequest.from_file(path))
    assert made.as_of == date(2024, 3, 1)
    assert made.lines[1].quote.ask["count"] == 7
    path.write_text('bundel = "pack"\n[lines.loan]\namount = 1\n', "utf-8")
    with pytest.raises(InputError, match="bundel: unknown key; did you mean 'bundle'"):
        BundleRequest.from_file(path)
    path.write_text("[lines.loan]\namount = 1\n", "utf-8")
    with pytest.raises(InputError, match=r"lines\.loan\.product: is missing"):
        BundleRequest.from_file(path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'lines = ["loan"]',
            'lines = ["lone"]',
            "'lone' is not a line of the bundle; did you mean 'loan'",
        ),
        ("share = 0.5", "share = 1.5", "share 1.5 is over 1"),
        ("share = 0.5", "amount = 5", "needs `share` above 0"),
        ('kind = "rebate"', 'kind = "rebat"', "did you mean 'rebate'"),
        ('source = "policy"\n', "", "source"),
    ],
)
def test_a_mistake_in_a_bundle_definition_is_told(
    bank: Bank, old: str, new: str, words: str
) -> None:
    cat = make(bank, BUNDLE.replace(old, new))
    with pytest.raises(InputError, match=r"pack\.toml:\d+") as caught:
        quote(cat)
    assert words in str(caught.value)


@given(
    amount=st.integers(50_000_00, 99_000_000_00), share=st.integers(1, 100), rebate=st.integers(1, 50_000),
    limit=st.integers(1, 10_000_000),
)  # fmt: skip
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
def test_no_fen_is_lost(bank: Bank, amount: int, share: int, rebate: int, limit: int) -> None:
    text = BUNDLE.replace("share = 0.5", f"share = {Decimal(share) / 100}")
    text = text.replace("amount = 100\n", f"amount = {Decimal(rebate) / 100}\n")
    cat = make(bank, text + f"[versions.limits]\ntotal = {Decimal(limit) / 100}\n")
    made = quote(cat, str(Decimal(amount) / 100))
    worth = Money.total((b.amount for b in made.benefits), "CNY")
    assert worth == made.totals["saving"]
    assert worth <= Money(limit, "CNY")
    for line in made.lines:
        assert all(fee.amount.minor >= 0 for fee in line.quote.fees)
        assert line.saving == Money.total(
            (b.amount for b in made.benefits if b.line == line.line), "CNY"
        )
