"""quote, schedule and check: figures, forms, languages, exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from .conftest import invoke

SCHEMA = json.loads(
    (Path(__file__).parents[2] / "product_defs/schema/quote.schema.json").read_text("utf-8")
)
ASK = ("lend", "--amount", "12000", "--tenor", "12m")


def test_a_quote_shows_every_part_with_grouped_amounts(toy: Callable) -> None:
    ran = toy("quote", *ASK, "--set", "customer.age=30", "--set", "purpose=stock")
    assert (ran.code, ran.err) == (0, "")
    # level payment: 12,000 × 0.005 ÷ (1 − 1.005^−12) = 1,032.797 → 1,032.80; fee 2 % of 12,000
    for words in (
        "Toy loan (玩具贷款)", "As of", "2024-11-01", "Valid until", "Purpose", "stock", "6.00 %",
        "1,032.80", "12,000 × 2%", "240.00", "Toy tariff, No. 7", "Paid by the customer", "Effective",
        "pass", "The borrower is 18 or older", "customer.age = 30", "Business licence",
        "keep: the money needs an account",
    ):  # fmt: skip
        assert words in ran.out


def test_json_is_the_contract_and_nothing_else(toy: Callable) -> None:
    ran = toy("quote", *ASK, "--set", "customer.age=30", "--format", "json")
    jsonschema.validate(ran.data, SCHEMA)
    assert ran.data["totals"]["principal"] == "12000.00"
    assert ran.data["fees"][0]["amount"] == "240.00"
    assert ran.data["ask"]["product"] == "lend"
    assert ran.out.endswith("}\n")


def test_the_same_words_give_the_same_bytes(toy: Callable) -> None:
    words = ("quote", *ASK, "--format", "json")
    assert toy(*words).out == toy(*words).out


def test_chinese_labels_and_names(toy: Callable) -> None:
    out = toy("quote", *ASK, "--set", "purpose=x", "--set", "customer.age=30", "--lang", "zh").out
    for words in (
        "玩具贷款 (Toy loan)",
        "等额本息",
        "年利率",
        "手续费",
        "借款人年满十八周岁",
        "通过",
        "用途",
    ):
        assert words in out
    for english in ("Amount", "Annual rate", "Principal", "Eligible", "Totals"):
        assert english not in out


def test_not_eligible_is_one_with_the_full_output(toy: Callable) -> None:
    for command in ("quote", "schedule", "check"):
        ran = toy(command, *ASK, "--set", "customer.age=17")
        assert ran.code == 1, command
        assert "Toy loan" in ran.out
    assert (
        "not eligible: The borrower is 18 or older"
        in toy("quote", *ASK, "--set", "customer.age=17").err
    )


def test_missing_facts_are_refer_with_what_to_bring(toy: Callable) -> None:
    ran = toy("check", *ASK)
    assert ran.code == 0
    assert "refer" in ran.out
    assert "identity card" in ran.out
    assert "yes, once the points marked refer are settled" in ran.out


def test_check_json_has_the_answer_and_the_checks(toy: Callable) -> None:
    ran = toy("check", *ASK, "--set", "customer.age=17", "--format", "json")
    assert ran.code == 1
    assert list(ran.data) == ["eligible", "checks"]
    assert ran.data["eligible"] is False
    assert [(c["id"], c["outcome"]) for c in ran.data["checks"]] == [("grown-up", "fail")]


def test_check_csv_has_a_row_a_check(toy: Callable) -> None:
    rows = list(csv.DictReader(io.StringIO(toy("check", *ASK, "--format", "csv").out)))
    assert [(row["id"], row["outcome"]) for row in rows] == [("grown-up", "refer")]


def test_schedule_in_three_forms_agrees(toy: Callable) -> None:
    words = ("schedule", *ASK)
    rows = toy(*words, "--format", "json").data
    assert [row["n"] for row in rows] == list(range(1, 13))
    assert rows[0]["payment"] == "1032.80"
    assert rows[-1]["closing"] == "0.00"
    listed = list(csv.DictReader(io.StringIO(toy(*words, "--format", "csv").out)))
    assert [row["payment"] for row in listed] == [row["payment"] for row in rows]
    table = toy(*words).out
    assert all(row["due"] in table for row in rows)


def test_a_long_schedule_is_shortened_in_a_quote_only(toy: Callable) -> None:
    ask = ("lend", "--amount", "12000", "--tenor", "30y")
    quote = toy("quote", *ask).out
    assert "…" in quote
    assert "360 rows; all of them: catalogue schedule lend" in quote
    assert "2034-11-01" not in quote
    assert "2034-11-01" in toy("schedule", *ask).out


def test_explain_shows_formula_key_version_source_and_basis(toy: Callable) -> None:
    out = toy("quote", *ASK, "--explain").out
    for words in (
        "fee.arrangement = 240.00", "12,000 × 2%", "products/toys/lend.toml",
        "versions[1].fees.arrangement", "version 2024-06-01", "Toy tariff, No. 7 (illustrative)",
    ):  # fmt: skip
        assert words in out
    assert "fee.arrangement = " not in toy("quote", *ASK).out


def test_csv_of_a_quote_is_flat_and_guarded(toy: Callable) -> None:
    ran = toy("quote", *ASK, "--format", "csv", "--set", "purpose==1+1")
    rows = dict(csv.reader(io.StringIO(ran.out)))
    assert rows["totals.principal"] == "12000.00"
    assert rows["ask.purpose"] == "'=1+1"
    assert not any(key.startswith("explanation") for key in rows)
    explained = toy("quote", *ASK, "--format", "csv", "--explain").out
    assert "explanation[0].figure" in explained


def test_as_of_prices_with_the_rules_of_the_day(toy: Callable) -> None:
    before = toy("quote", *ASK, "--as-of", "2024-05-31", "--format", "json").data
    on_the_day = toy("quote", *ASK, "--as-of", "2024-06-01", "--format", "json").data
    assert before["fees"][0]["amount"] == "120.00"  # 1 % of 12,000 until May 2024
    assert on_the_day["fees"][0]["amount"] == "240.00"  # 2 % from June 2024


def test_set_takes_ask_fields_and_customer_facts_over_the_file(
    toy: Callable, tmp_path: Path
) -> None:
    file = tmp_path / "c.toml"
    file.write_text('age = 17\nname = "Example Ltd"\nshoe_size = 43\n', "utf-8")
    words = ("quote", "lend", "--tenor", "12m", "--set", "amount=12000", "--customer", str(file))
    young = toy(*words, "--format", "json")
    assert young.code == 1
    assert any("shoe_size" in warning for warning in young.data["warnings"])
    grown = toy(*words, "--set", "customer.age=18", "--format", "json")
    assert grown.code == 0
    assert grown.data["customer"]["name"] == "Example Ltd"


def test_rows_come_inline_from_csv_and_from_json(toy: Callable, tmp_path: Path) -> None:
    (tmp_path / "p.csv").write_text("date,amount\n2025-03-01,1000\n", "utf-8")
    (tmp_path / "p.json").write_text('[{"date": "2025-03-01", "amount": "1000"}]', "utf-8")
    values = ("2025-03-01:1000", f"@{tmp_path}/p.csv", f"@{tmp_path}/p.json")
    made = [
        toy("quote", *ASK, "--set", f"extra_payments={value}", "--format", "json").data["schedule"]
        for value in values
    ]
    assert made[0] == made[1] == made[2]
    assert made[0] != toy("quote", *ASK, "--format", "json").data["schedule"]


def test_a_text_that_begins_with_an_at_sign_is_a_text(toy: Callable) -> None:
    data = toy("quote", *ASK, "--set", "purpose=@home", "--format", "json").data
    assert data["ask"]["purpose"] == "@home"


def test_hyphens_in_a_key_are_underscores(toy: Callable) -> None:
    made = toy("quote", *ASK, "--set", "extra-payments=2025-03-01:1000", "--format", "json")
    assert made.data["ask"]["extra_payments"][0]["amount"] == "1000.00"


def test_a_plugin_renders_in_its_own_format(toy: Callable) -> None:
    assert toy("quote", *ASK, "--format", "shout").out == "TOY LOAN!\n"
    ran = toy("quote", *ASK, "--format", "bad")
    assert (ran.code, ran.out) == (3, "")
    assert "renderer 'bad' gave int; expected text or bytes" in ran.err


def test_a_product_without_a_schedule_says_so(toy: Callable) -> None:
    ran = toy("schedule", "keep", "--format", "json")
    assert (ran.code, ran.data) == (0, [])
    assert "keep has no schedule" in ran.err


def test_another_currency(toy: Callable) -> None:
    data = toy("quote", *ASK, "--currency", "USD", "--format", "json").data
    assert data["currency"] == "USD"


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_output_into_a_file_leaves_stdout_empty(toy: Callable, tmp_path: Path, form: str) -> None:
    target = tmp_path / "out.txt"
    ran = toy("quote", *ASK, "--format", form, "--output", str(target))
    assert (ran.code, ran.out) == (0, "")
    assert f"written: {target}" in ran.err
    assert target.read_text("utf-8") == toy("quote", *ASK, "--format", form).out


@pytest.mark.parametrize("command", ["quote", "check"])
def test_facts_that_decided_a_check_have_their_labels_in_chinese(command: str) -> None:
    ask = ("bank-acceptance", "--set", "amount=1000000", "--set", "tenor=6m", "--set", "contract_value=1000000",
           "--set", "margin_share=0.4", "--set", "customer.credit_grade=A", "--as-of", "2024-11-01")  # fmt: skip
    page = invoke(command, *ask, "--set", "customer.kind=company", "--lang", "zh").out
    assert "客户类型 = 公司客户" in page
    assert "保证金比例 = 40.00 %" in page
    assert "margin_share" not in page
    assert "terms.amount" not in page


def test_a_field_of_the_ask_is_not_named_as_a_fact_of_the_customer() -> None:
    """Both a project and a customer have an industry; the check speaks of the project's."""
    ask = ("--amount", "5000000", "--tenor", "3y", "--set", "project_investment=9000000")
    ran = invoke(
        "quote", "fixed-asset-loan", *ask, "--set", "own_capital=4000000", "--set", "industry=cement",
        "--as-of", "2024-11-01", "--lang", "zh", "--explain",
    )  # fmt: skip
    assert "项目行业 = 水泥" in ran.out
    assert "所属行业(划型标准) = 水泥" not in ran.out
