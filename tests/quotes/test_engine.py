"""The pipeline: order, conservation, reproducibility, refusal of what cannot be quoted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from catalogue import Ask, Catalogue, Contract, Customer, Flow, InputError, Money, Product, Terms
from catalogue.products.loan import Loan

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "product_defs/schema/quote.schema.json").read_text("utf-8")
)

LOAN = """\
code = "lend"
name = "Test loan"
name_zh = "测试贷款"
family = "tests"
segment = "company"

[sources.tariff]
title = "Test tariff"
reference = "No. 7"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"
valid_days = 10

[versions.ask.amount]
required = true
min = 1_000
max = 10_000_000

[versions.ask.tenor]
required = true
min = "1m"
max = "5y"

[versions.ask.method]
default = "level"

[versions.ask.frequency]
default = "monthly"

[versions.rate]
fixed = 0.06
min = 0.01

[versions.fees.arrangement]
name = "Arrangement fee"
name_zh = "手续费"
method = "percent"
base = "ask.amount"
rate = 0.01
min = 100

[versions.fees.account]
name = "Account fee"
name_zh = "账户管理费"
method = "flat"
amount = 10
due = "each-due"

[versions.conditions.grown-up]
test = { fact = "customer.age", min = 18 }
reason = "The borrower is 18 or older"
reason_zh = "借款人年满十八周岁"

[[versions]]
effective_from = 2024-06-01
source = "tariff"
basis = "illustrative"

[versions.fees.arrangement]
rate = 0.02
"""
FACTS = """\
[age]
type = "int"
label = "Age"
label_zh = "年龄"
bring = "identity card"
bring_zh = "身份证"
"""
FILES = {"lend.toml": LOAN, "facts.toml": FACTS}
ASK = Ask("lend", amount="12000", tenor="12m")


@pytest.fixture
def cat(bank: Callable[..., Catalogue]) -> Catalogue:
    return bank(FILES, {"lend": Loan()})


def test_a_loan_is_quoted_with_fees_apr_and_checks(cat: Catalogue) -> None:
    quote = cat.quote(ASK, Customer(age=30))
    assert quote.totals["principal"] == Money.of(12_000)
    # 2 % of 12,000 up front from June 2024 on, and 10 yuan a year spread over the 12 rows
    assert [(fee.code, fee.amount) for fee in quote.fees] == [
        ("arrangement", Money.of(240)),
        ("account", Money.of(10)),
    ]
    assert sum(row.fee for row in quote.schedule) == 10
    assert quote.totals["paid"] == Money.of(12_000) + quote.totals["interest"] + Money.of(250)
    assert sum(row.payment for row in quote.schedule) == quote.totals["paid"].amount - 240
    assert quote.apr is not None
    assert quote.apr.effective > quote.apr.simple > Decimal("0.06")
    assert quote.checks[0].outcome == "pass"
    assert quote.valid_until == date(2024, 11, 11)


def test_the_apr_without_fees_is_the_rate_and_every_fee_raises_it(
    bank: Callable[..., Catalogue],
) -> None:
    free = LOAN.replace("rate = 0.01", "rate = 0").replace("rate = 0.02", "rate = 0")
    free = free.replace("min = 100\n", "").replace("amount = 10\n", "amount = 0\n")
    plain = bank({**FILES, "lend.toml": free}, {"lend": Loan()}).quote(ASK).apr
    charged = bank(FILES, {"lend": Loan()}).quote(ASK).apr
    assert plain is not None
    assert charged is not None
    assert abs(plain.simple - Decimal("0.06")) < Decimal("0.0002")
    assert charged.effective > plain.effective


def test_an_older_date_prices_by_the_older_version(cat: Catalogue) -> None:
    old = cat.quote(ASK, as_of=date(2024, 5, 31))
    new = cat.quote(ASK, as_of=date(2024, 6, 1))
    assert (old.fees[0].amount, new.fees[0].amount) == (Money.of(120), Money.of(240))
    assert (old.definition_version, new.definition_version) == (date(2020, 1, 1), date(2024, 6, 1))
    with pytest.raises(
        InputError, match="has no version on 2019-12-31; its first is of 2020-01-01"
    ):
        cat.quote(ASK, as_of=date(2019, 12, 31))


def test_the_day_of_a_call_may_be_a_text_as_that_of_the_catalogue(cat: Catalogue) -> None:
    assert cat.quote(ASK, as_of="2024-05-31") == cat.quote(ASK, as_of=date(2024, 5, 31))
    with pytest.raises(InputError, match="as_of: '2024-13-01' is not a day of the calendar"):
        cat.quote(ASK, as_of="2024-13-01")
    with pytest.raises(InputError, match="as_of: 20240531 is an int; write a date as YYYY-MM-DD"):
        cat.check(ASK, as_of=20240531)  # type: ignore[arg-type]


def test_the_explanation_names_file_key_version_and_source(cat: Catalogue) -> None:
    entries = {entry.figure: entry for entry in cat.quote(ASK).explanation}
    fee = entries["fee.arrangement"]
    assert fee.file == "test:lend.toml"
    assert fee.key == "versions[1].fees.arrangement.rate"
    assert fee.version == date(2024, 6, 1)
    assert fee.source == "Test tariff, No. 7"
    assert fee.basis == "illustrative"
    assert fee.formula == "12,000 × 2%"


def test_a_missing_fact_is_refer_and_says_what_to_bring(cat: Catalogue) -> None:
    quote = cat.quote(ASK)
    assert quote.eligible
    assert (quote.checks[0].outcome, quote.checks[0].bring) == ("refer", "identity card")
    young = cat.quote(ASK, Customer(age=17))
    assert not young.eligible
    assert young.checks[0].found == {"customer.age": 17}


def test_every_fault_is_told_at_once(cat: Catalogue) -> None:
    with pytest.raises(InputError) as caught:
        cat.quote(
            Ask("lend", amount="999", tenor="6y", colour="red", currency="EUR"), Customer(age="x")
        )
    assert [problem.split(":")[0] for problem in caught.value.problems] == [
        "colour",
        "currency",
        "amount",
        "tenor",
        "customer.age",
    ]


def test_two_runs_give_the_same_bytes_and_any_change_another_id(cat: Catalogue) -> None:
    quote = cat.quote(ASK, Customer(age=30))
    assert cat.quote(ASK, Customer(age=30)).to_json() == quote.to_json()
    others = [
        cat.quote(ASK.with_fields(amount="12000.01"), Customer(age=30)),
        cat.quote(ASK, Customer(age=31)),
        cat.quote(ASK, Customer(age=30), as_of=date(2024, 11, 2)),
    ]
    assert len({quote.quote_id, *(other.quote_id for other in others)}) == 4


def test_a_changed_definition_gives_another_id(bank: Callable[..., Catalogue]) -> None:
    first = bank(FILES, {"lend": Loan()}).quote(ASK)
    second = bank({**FILES, "lend.toml": LOAN + "# a remark\n"}, {"lend": Loan()}).quote(ASK)
    assert len(first.quote_id) == 20
    assert second.quote_id != first.quote_id


def test_two_definitions_for_one_code_are_both_named(bank: Callable[..., Catalogue]) -> None:
    with pytest.raises(InputError, match=r"defines 'lend' a second time; .*lend\.toml has it too"):
        bank({**FILES, "products/other/lend.toml": LOAN}, {"lend": Loan()}).quote(ASK)


def test_the_json_fits_the_contract(cat: Catalogue) -> None:
    jsonschema.validate(json.loads(cat.quote(ASK, Customer(age=30)).to_json()), SCHEMA)


def test_a_fact_that_the_vocabulary_lacks_is_a_warning(cat: Catalogue) -> None:
    quote = cat.quote(ASK, Customer(agee=30))
    assert quote.warnings == ("customer.agee: not a known fact; did you mean 'age'?",)


def test_flows_without_a_rate_of_return_leave_the_apr_out_and_say_why(
    bank: Callable[..., Catalogue],
) -> None:
    class OnlyPays(Product):
        def price(self, ctx: Any, terms: Terms) -> Contract:
            flow = Flow(terms.start, Money.of(-1), "payment")
            return Contract(
                "CNY", (flow,), {"principal": Money.zero(), "interest": Money.zero()}, apr=True
            )

    quote = bank(FILES, {"lend": OnlyPays()}).quote(ASK)
    assert quote.apr is None
    assert any(warning.startswith("apr: ") for warning in quote.warnings)


def test_unknown_products_get_a_suggestion(cat: Catalogue) -> None:
    with pytest.raises(InputError, match="unknown product 'lendd'; did you mean 'lend'"):
        cat.quote(Ask("lendd"))


def test_a_catalogue_needs_a_date() -> None:
    with pytest.raises(InputError, match="as_of: is missing; every price has a date"):
        Catalogue.load()
