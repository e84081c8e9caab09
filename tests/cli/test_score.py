"""score: points add up, the grade and limit follow, what is missing is asked for; bad facts are told."""

from __future__ import annotations

import csv
import io
from decimal import Decimal
from pathlib import Path

import pytest

from .conftest import invoke

EXAMPLES = Path(__file__).parents[2] / "examples/customers"
DAY = ("--as-of", "2024-11-01")
# age 33: 8; married 8; bachelor 8; employee 9; 6 years 8; 21,000 a month 18; 1,500 / 21,000 = 0.0714: 10;
# rented 2; no overdue instalment 14. Sum 85 of 100: AAA from 85 on; 12 × 21,000 = 252,000.
FAMILY = ("score", "--customer", str(EXAMPLES / "family.toml"), *DAY)


def test_a_person_by_hand() -> None:
    data = invoke(*FAMILY, "--format", "json").data
    assert (data["points"], data["most"], data["grade"]) == ("85", "100", "AAA")
    assert sum(Decimal(line["points"]) for line in data["lines"]) == 85
    assert data["results"] == {
        "meaning": "excellent", "meaning_zh": "优秀", "limit_months": "12", "limit": "252000.00",
        "limit_on": ["small-credit-loan", "credit-card"],
    }  # fmt: skip
    assert (data["provisional"], data["missing"]) == (False, [])
    assert all(line["source"] for line in data["lines"])


def test_the_page_in_both_languages() -> None:
    page = invoke(*FAMILY).out
    assert "AAA (excellent)" in page
    assert "85 / 100" in page
    assert "252,000.00 CNY (12 months of income)" in page
    assert "7.14 %" in page  # debt to income, 1,500 ÷ 21,000
    assert "Financial assets" in page.partition("Would tell more of the profile")[2]
    chinese = invoke(*FAMILY, "--lang", "zh").out
    assert "个人客户评分卡" in chinese
    assert "252,000.00 CNY (12 个月收入)" in chinese
    assert "Illustrative" not in chinese


def test_a_grade_stated_otherwise_is_told() -> None:
    page = invoke("score", "--customer", str(EXAMPLES / "manufacturer.toml"), *DAY).out
    assert "A (this one counts in quotes and in the profile)" in page
    assert "51.35 %" in page  # 38 of 74 million
    assert "1.4138" in page  # 41 ÷ 29 million, a current ratio
    assert "Grade stated" not in invoke(*FAMILY).out


def test_csv_has_a_row_a_factor() -> None:
    rows = list(csv.DictReader(io.StringIO(invoke(*FAMILY, "--format", "csv").out)))
    assert [row["code"] for row in rows][:2] == ["age", "marriage"]
    assert sum(int(row["points"]) for row in rows) == 85


def test_a_fact_of_set_wins_over_the_file() -> None:
    data = invoke(*FAMILY, "--set", "customer.education=master", "--format", "json").data
    assert data["points"] == "87"


def test_missing_facts_are_asked_for_and_make_the_grade_provisional() -> None:
    ran = invoke("score", "--set", "customer.kind=person", "--set", "customer.age=33", *DAY)
    assert ran.code == 0
    assert "provisional" in ran.out
    assert "(customer.education)" in ran.out
    data = invoke(
        "score",
        "--set",
        "customer.kind=person",
        "--set",
        "customer.age=33",
        *DAY,
        "--format",
        "json",
    ).data
    assert (data["points"], data["provisional"]) == ("8", True)
    assert {item["fact"] for item in data["missing"]} >= {"education", "occupation"}
    assert "limit" not in data["results"]


def test_a_company_whose_net_assets_follow() -> None:
    path = str(EXAMPLES / "manufacturer.toml")
    data = invoke("score", "--customer", path, *DAY, "--format", "json").data
    assert data["scorecard"]["code"] == "company-scorecard"
    assert (data["points"], data["grade"]) == ("86", "AA")
    assert "80.00 % of net assets" in invoke("score", "--customer", path, *DAY).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "no fact is stated; name a file (--customer FILE)"),
        (("--set", "customer.age=33"), "customer.kind: is missing; state it, or name a scorecard"),
        (("--set", "customer.kind=persn"), "did you mean 'person'?"),
        (("--set", "customer.agee=33"), "customer.agee: not a known fact; did you mean 'age'?"),
        (("--set", "age=33"), "a scorecard reads customer facts only; write customer.age=..."),
        (("--set", "customer.age=old"), "customer.age: 'old'"),
        (("--set", "customer.age=nan", "--set", "customer.home=cave"), "customer.home: 'cave'"),
        (
            ("--set", "customer.kind=person", "--scorecard", "personal"),
            "unknown scorecard 'personal'",
        ),
        (("--customer", "nowhere.toml"), "nowhere.toml: cannot be read"),
    ],
)
def test_bad_input(words: tuple[str, ...], said: str) -> None:
    ran = invoke("score", *words, *DAY)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_day_before_the_first_version() -> None:
    ran = invoke(*FAMILY[:3], "--as-of", "2000-12-31")
    assert ran.code == 2
    assert "personal-scorecard: has no version on 2000-12-31; its first is of 2001-01-01" in ran.err


def test_the_profile_says_what_else_follows_from_the_facts() -> None:
    maker = ("score", "--customer", str(EXAMPLES / "manufacturer.toml"), *DAY)
    traits = {
        trait["kind"]: trait
        for trait in invoke(*maker, "--format", "json").data["profile"]["traits"]
    }
    assert traits["size"]["code"] in ("small", "medium")
    assert "工信部联企业〔2011〕300号" in traits["size"]["source"]
    assert all(trait["source"] and trait["text"] and trait["text_zh"] for trait in traits.values())
    page, chinese = invoke(*maker).out, invoke(*maker, "--lang", "zh").out
    assert "Profile" in page
    assert traits["size"]["text"] in page
    assert "客户画像" in chinese
    assert traits["size"]["text_zh"] in chinese


def test_an_overdue_loan_is_a_warning_signal() -> None:
    said = invoke(
        "score", "--set", "customer.kind=person", "--set", "customer.overdue_days=120", *DAY,
        "--format", "json",
    ).data["profile"]  # fmt: skip
    assert "loan-class" in {trait["kind"] for trait in said["traits"]}
    assert "age" in said["missing"]
