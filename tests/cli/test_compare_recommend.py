"""compare and recommend: alternatives as columns, ranking with reasons."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

from .conftest import invoke

ASK = ("lend", "--amount", "12000")
SORT = ("recommend", "--set", "customer.kind=company")


def test_alternatives_span_every_option_that_is_stated_twice(toy: Callable) -> None:
    ran = toy("compare", *ASK, "--tenor", "1y", "--tenor", "2y", "--method", "level", "--method", "bullet",
              "--format", "json")  # fmt: skip
    assert ran.code == 0
    assert ran.data["alternatives"] == ["1y level", "1y bullet", "2y level", "2y bullet"]
    figures = {row["code"]: row["values"] for row in ran.data["figures"]}
    # bullet of a year: 12 payments of 12,000 × 0.06 ÷ 12 = 60 interest
    assert figures["total.interest"][1] == "720.00"
    assert figures["first_payment"][:2] == ["1032.80", "60.00"]
    assert figures["payments"] == [12, 12, 24, 24]


def test_each_column_is_the_quote_itself(toy: Callable) -> None:
    compared = toy("compare", *ASK, "--tenor", "1y", "--tenor", "2y", "--format", "json").data
    for at, tenor in enumerate(("1y", "2y")):
        quoted = toy("quote", *ASK, "--tenor", tenor, "--format", "json").data
        assert compared["quotes"][at] == quoted
        by_code = {row["code"]: row["values"][at] for row in compared["figures"]}
        assert by_code["total.paid"] == quoted["totals"]["paid"]
        assert by_code["apr.effective"] == quoted["apr"]["effective"]


def test_products_side_by_side(toy: Callable) -> None:
    ran = toy("compare", "lend", "working-capital-loan", "--amount", "500000", "--tenor", "1y")
    assert ran.code == 0
    head = next(line for line in ran.out.splitlines() if "working-capital-loan" in line)
    assert head.split() == ["lend", "working-capital-loan"]


def test_the_table_keeps_what_differs_and_lifts_what_is_common(toy: Callable) -> None:
    out = toy("compare", *ASK, "--tenor", "1y", "--tenor", "2y").out
    above, table = out.split("\n\n", 1)
    assert "12,000.00" in above
    assert "Amount" not in table
    assert "1,032.80" in table
    assert "APR effective" in table


def test_settings_may_be_alternatives_too(toy: Callable) -> None:
    ran = toy(
        "compare",
        *ASK,
        "--tenor",
        "1y",
        "--set",
        "purpose=a",
        "--set",
        "purpose=b",
        "--format",
        "csv",
    )
    rows = list(csv.reader(io.StringIO(ran.out)))
    assert rows[0] == ["figure", "a", "b"]


def test_none_eligible_is_one(toy: Callable) -> None:
    words = ("compare", *ASK, "--tenor", "1y", "--tenor", "2y")
    assert toy(*words, "--set", "customer.age=17").code == 1
    ran = toy(*words, "--set", "customer.age=17")
    assert "1y: The borrower is 18 or older" in ran.out
    assert toy(*words, "--set", "customer.age=18").code == 0


def test_recommend_ranks_with_reasons_and_missing_facts(toy: Callable) -> None:
    data = toy(*SORT, "--need", "toy", "--format", "json").data
    first = data["recommended"][0]
    assert first["code"] == "lend"
    # "toy" found in the name: 30; for exactly this segment: 10; one fact missing: −1
    assert first["points"] == 30 + 10 - 1
    assert [reason["points"] for reason in first["reasons"]] == [30, 10, -1]
    assert first["missing"] == ["age"]
    assert first["ask_open"] == ["amount", "tenor"]
    assert first["quote"] is None
    keep = next(item for item in data["recommended"] if item["code"] == "keep")
    assert keep["points"] == 30  # "toy" in the name; for any segment


def test_partners_of_what_was_asked_for_are_recommended_too(toy: Callable) -> None:
    data = toy(*SORT, "--need", "lend", "--limit", "1000", "--format", "json").data
    found = {item["code"]: item for item in data["recommended"]}
    assert data["recommended"][0]["code"] == "lend"
    assert (
        found["lend"]["points"] == 100 + 10 - 1
    )  # asked for by code; this segment; a fact missing
    assert found["keep"]["points"] == 20  # a partner, once; for any segment
    assert found["keep"]["reasons"][0]["text"] == "goes with Toy loan: the money needs an account"


def test_a_complete_ask_is_priced(toy: Callable) -> None:
    data = toy(
        *SORT, "--need", "lend", "--amount", "12000", "--tenor", "12m", "--format", "json"
    ).data
    first = data["recommended"][0]
    assert first["code"] == "lend"
    quoted = toy("quote", "lend", "--amount", "12000", "--tenor", "12m", "--set", "customer.kind=company",
                 "--format", "json").data  # fmt: skip
    assert first["quote"]["quote_id"] == quoted["quote_id"]
    assert first["quote"]["totals"] == quoted["totals"]


def test_what_does_not_fit_is_excluded_with_the_reason(toy: Callable) -> None:
    ran = toy(*SORT, "--need", "lend", "--set", "customer.age=17", "--format", "json")
    out = {item["code"]: item["reasons"] for item in ran.data["excluded"]}
    assert out["lend"] == ["not met: The borrower is 18 or older"]
    person = toy(
        "recommend", "--set", "customer.kind=person", "--need", "toy", "--format", "json"
    ).data
    assert {i["code"]: i["reasons"] for i in person["excluded"]}["lend"] == [
        "for company customers"
    ]
    small = toy(*SORT, "--need", "lend", "--amount", "5", "--format", "json").data
    reason = {i["code"]: i["reasons"] for i in small["excluded"]}["lend"][0]
    assert reason == "amount: 5.00 CNY is below the minimum of 1,000"


def test_nothing_that_fits_is_one(toy: Callable) -> None:
    ran = toy(*SORT, "--need", "zzzz")
    assert ran.code == 1
    assert "Not offered" in ran.out


def test_products_held_lead_to_their_partners(toy: Callable) -> None:
    data = toy(
        *SORT, "--set", "customer.products_held=lend", "--need", "keep", "--format", "json"
    ).data
    codes = [item["code"] for item in data["recommended"]]
    assert "lend" not in codes  # held already
    assert codes[0] == "keep"


def test_chinese_needs_and_words(toy: Callable) -> None:
    out = toy(*SORT, "--need", "玩具贷款", "--lang", "zh").out
    assert "指定产品:玩具贷款 (+100)" in out
    assert "推荐产品" in out
    assert re.search(r"customer\.age +年龄: 身份证", out)


def test_the_same_customer_gets_the_same_ranking(toy: Callable, tmp_path: Path) -> None:
    words = (*SORT, "--need", "loan", "--format", "json")
    assert toy(*words).out == toy(*words).out


def test_limit_and_csv(toy: Callable) -> None:
    ran = toy(*SORT, "--need", "toy", "--limit", "1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [row["place"] for row in rows] == ["1"]


def test_what_a_need_asks_for_is_never_left_out_in_silence() -> None:
    ask = ("recommend", "--set", "customer.kind=person", "--as-of", "2024-11-01")
    page = invoke(*ask, "--need", "working capital").out
    assert "working-capital-loan: for company customers" in page
    assert "fund-custody" not in page
    assert "fund-custody" in invoke(*ask, "--need", "working capital", "--all").out
    assert "需求'xyzzy'没有对应产品" in invoke(*ask, "--need", "xyzzy", "--lang", "zh").out
