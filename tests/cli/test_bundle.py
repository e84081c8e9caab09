"""bundle list, show and quote: by code and by file, partial bundles, forms."""

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
START = """\
code = "start"
name = "Start-up bundle"
name_zh = "起步组合"
segment = "company"
summary = "Loan and account."
summary_zh = "贷款与账户。"

[sources.tariff]
title = "Toy tariff"

[[versions]]
effective_from = 2020-01-01
source = "tariff"
basis = "illustrative"
min_lines = 2

[versions.lines.loan]
product = "lend"
required = true
ask = { tenor = "1y" }

[versions.lines.account]
product = "keep"

[versions.benefits.fee]
name = "Arrangement fee halved"
name_zh = "手续费减半"
kind = "fee-waiver"
order = 1
share = 0.5
fee = "arrangement"
lines = ["loan"]

[versions.limits]
rate_discount = 0.002
"""
FILE = """\
name = "My own"
name_zh = "自选"
as_of = 2024-11-01

[lines.loan]
product = "lend"
amount = 12000
tenor = "1y"

[lines.account]
product = "keep"

[customer]
name = "Example Ltd"
age = 30
"""
DAY = ("--as-of", "2024-11-01")


@pytest.fixture
def bundles(toy: Callable, toy_defs: Path) -> Callable:
    (toy_defs / "bundles").mkdir()
    (toy_defs / "bundles/start.toml").write_text(START, "utf-8")
    return toy


def test_list_and_show(bundles: Callable) -> None:
    rows = bundles("bundle", "list", "--format", "json").data
    assert {"code": "start", "name": "Start-up bundle", "name_zh": "起步组合", "segment": "company",
            "summary": "Loan and account.", "summary_zh": "贷款与账户。"} in rows  # fmt: skip
    shown = bundles("bundle", "show", "start", *DAY).out
    for words in (
        "Start-up bundle",
        "lend",
        "tenor = 1y",
        "50.00 %",
        "Arrangement fee)",
        "fee waiver",
        "0.20 %",
    ):
        assert words in shown
    assert "手续费减半" in bundles("bundle", "show", "start", *DAY, "--lang", "zh").out
    data = bundles("bundle", "show", "start", *DAY, "--format", "json").data
    assert data["benefits"][0]["source"] == "Toy tariff"


def test_a_defined_bundle_with_asks_from_the_command_line(bundles: Callable) -> None:
    words = ("bundle", "quote", "start", *DAY, "--set", "loan.amount=12000", "--line", "account")
    ran = bundles(*words, "--format", "json")
    assert ran.code == 0, ran.err
    jsonschema.validate(ran.data, SCHEMA)
    # fee 2 % of 12,000 = 240, half of it waived: 120
    assert ran.data["benefits"][0]["amount"] == "120.00"
    assert ran.data["comparison"][0]["saving"] == "120.00"
    table = bundles(*words).out
    for part in (
        "Start-up bundle",
        "240.00 → 120.00",
        "Arrangement fee halved",
        "Toy account",
        "Saving",
    ):
        assert part in table
    assert "手续费减半" in bundles(*words, "--lang", "zh").out


def test_a_bundle_from_a_file_needs_no_definition(bundles: Callable, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(FILE, "utf-8")
    ran = bundles("bundle", "quote", str(file), "--format", "json")
    assert (ran.code, ran.data["as_of"]) == (0, "2024-11-01")
    assert ran.data["customer"]["name"] == "Example Ltd"
    assert ran.data["totals"]["saving"] == "0.00"


def test_options_win_over_the_file(bundles: Callable, tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(FILE, "utf-8")
    ran = bundles("bundle", "quote", str(file), "--set", "loan.amount=24000", "--set", "customer.age=31",
                  "--as-of", "2024-05-01", "--format", "json")  # fmt: skip
    assert ran.data["as_of"] == "2024-05-01"
    assert ran.data["totals"]["principal"] == "24000.00"
    assert (ran.data["customer"]["age"], ran.data["customer"]["name"]) == (31, "Example Ltd")


def test_a_line_that_fails_is_left_out_with_its_reason(bundles: Callable) -> None:
    ran = bundles("bundle", "quote", "start", *DAY, "--set", "loan.amount=12000", "--line", "account",
                  "--set", "customer.age=17")  # fmt: skip
    assert ran.code == 1
    assert "loan (lend): The borrower is 18 or older" in ran.out
    assert "not as asked: loan: The borrower is 18 or older" in ran.err


def test_whole_and_explain(bundles: Callable) -> None:
    words = ("bundle", "quote", "start", *DAY, "--set", "loan.amount=12000", "--line", "account")
    assert "1,032.80" in bundles(*words, "--whole").out
    assert "fee.arrangement = " in bundles(*words, "--explain").out
    rows = dict(csv.reader(io.StringIO(bundles(*words, "--format", "csv").out)))
    assert rows["lines[0].totals.principal"] == "12000.00"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["gone"], "unknown bundle 'gone'"),
        (["stat"], "did you mean 'start'"),
        (["gone.toml"], "gone.toml: cannot be read"),
        (["start", "--set", "amount=1"], "amount: name the line too"),
        (
            ["start", "--set", "loen.amount=12000"],
            "lines.loen: the bundle has no such line; did you mean 'loan'?",
        ),
        (["start", "--set", "loan.amount=1"], "lines.loan: amount: 1.00 CNY is below the minimum"),
        (
            ["start", "--set", "loan.amount=12000", "--set", "loan.amount=13000"],
            "loan.amount: is stated twice",
        ),
        (["start", "--set", "customer.agee=1"], "customer.agee: not a known fact"),
        (["start", "--as-of", "2001-01-01"], "start: has no version on 2001-01-01"),
        (["start", "--set", "loan.extra_payments=@gone.csv"], "gone.csv: cannot be read"),
        (["start"], "lines.loan: amount: is missing"),
        (["start"], "(--set loan.amount=...)"),
        ([], "Missing argument 'CODE|FILE'"),
    ],
)
def test_bad_input(bundles: Callable, words: list[str], said: str) -> None:
    day = () if "--as-of" in words or not words else DAY
    ran = bundles("bundle", "quote", *words, *day)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_definition_in_chinese_names_what_belongs_to_its_lines() -> None:
    page = invoke("bundle", "show", "integrated-services", *DAY, "--lang", "zh").out
    assert "payroll的本行笔数 ≤ package的每月代发笔数" in page
    assert "transfers的笔数 ≤ package的期内转账笔数" in page
    assert "客户类型 = 企业" in page
    assert "(企业网银服务费)" in page
    page = invoke("bundle", "show", "household-account", *DAY, "--lang", "zh").out
    assert "account的日均余额 ≥ 50,000" in page
    assert "annual" not in page


def test_what_was_waived_is_told_by_the_names_of_the_fees() -> None:
    file = str(Path(__file__).parents[2] / "examples/bundles/household.toml")
    assert "50% of fees: Rent − 180.00" in " ".join(invoke("bundle", "quote", file).out.split())
    page = invoke("bundle", "quote", file, "--lang", "zh").out
    assert "费用的50%:租金 − 180.00" in page
    assert "存单 −" not in page
