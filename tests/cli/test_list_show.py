"""list and show: filters, forms, languages, dates, what a broken file does."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from catalogue.cli.headers import KEYS, read_headers
from catalogue.quotes.catalogue import Catalogue

from .conftest import invoke


def codes(toy: Callable, *words: str) -> list[str]:
    return [item["code"] for item in toy("list", "--format", "json", *words).data]


def test_filters(toy: Callable) -> None:
    assert codes(toy, "--family", "toys") == ["lend", "keep"]  # by line: 46, then none
    assert codes(toy, "--family", "toys", "--segment", "person") == [
        "keep"
    ]  # "any" is for persons too
    assert codes(toy, "--family", "toys", "--segment", "company") == ["lend", "keep"]
    assert codes(toy, "--search", "toy LOAN") == ["lend"]
    assert codes(toy, "--search", "玩具账户") == ["keep"]
    assert codes(toy, "--search", "no such words") == []


def test_as_of_leaves_out_what_is_not_sold(toy: Callable) -> None:
    assert codes(toy, "--family", "toys", "--as-of", "2030-01-01") == ["lend"]
    assert codes(toy, "--search", "玩具", "--as-of", "2019-12-31") == []


def test_the_table_is_aligned_by_width(toy: Callable) -> None:
    from rich.cells import cell_len

    lines = toy("list", "--family", "toys").out.splitlines()
    assert [line.split()[:2] for line in lines[2:]] == [["46", "lend"], ["keep", "Toy"]]
    starts = {cell_len(line[: line.index("toys")]) for line in lines[2:]}
    assert len(starts) == 1


def test_chinese(toy: Callable) -> None:
    out = toy("list", "--family", "toys", "--lang", "zh").out
    assert "产品线" in out
    assert "公司客户" in out


def test_csv_has_all_keys(toy: Callable) -> None:
    rows = list(csv.DictReader(io.StringIO(toy("list", "--search", "toy", "--format", "csv").out)))
    assert tuple(rows[0]) == KEYS
    assert rows[0]["summary_zh"] == "测试用贷款。"


def test_a_broken_header_is_told_and_left_out(toy: Callable, toy_defs: Path) -> None:
    (toy_defs / "products/toys/odd.toml").write_text('code = "odd"\nname = 3\n', "utf-8")
    (toy_defs / "products/toys/other.toml").write_text('code = "misnamed"\n', "utf-8")
    ran = toy("list", "--family", "toys")
    assert ran.code == 0
    assert "odd.toml: name: is missing or is not a text" in ran.err
    assert "2 definitions cannot be listed; see `catalogue validate`" in ran.err
    assert "lend" in ran.out
    assert toy("list", "--strict").code == 1


def test_the_lean_reader_agrees_with_the_library(toy: Callable, toy_defs: Path) -> None:
    """`list` reads headers by itself for speed; the engine must see the same products."""
    lean, problems = read_headers([])
    assert problems == []
    whole = Catalogue.load(as_of="2024-11-01").products()
    assert [
        (h["line"], h["code"], h["name"], h["name_zh"], h["family"], h["segment"]) for h in lean
    ] == [(h.line, h.code, h.name, h.name_zh, h.family, h.segment) for h in whole]


def test_a_folder_over_another_wins(toy: Callable, toy_defs: Path, tmp_path: Path) -> None:
    over = tmp_path / "over"
    over.mkdir()
    header = (
        'code = "keep"\nname = "Renamed"\nname_zh = "改名"\nfamily = "toys"\nsegment = "person"\n'
    )
    (over / "keep.toml").write_text(header, "utf-8")
    named = toy("list", "--defs", str(over), "--search", "renamed", "--format", "json").data
    assert [item["code"] for item in named] == ["keep"]


def test_show_has_every_part_with_source(toy: Callable) -> None:
    ran = toy("show", "lend")
    assert (ran.code, ran.err) == (0, "")
    for words in (
        "Toy loan (玩具贷款)", "≥ 1,000; ≤ 100,000,000", "≥ 1m; ≤ 30y", "level", "required",
        "Fixed annual rate", "6.00 %", "Largest share", "80.00 %", "2.00 % of ask.amount; at least 100",
        "The borrower is 18 or older", "customer.age ≥ 18", "Business licence",
        "keep: the money needs an account", "2020-01-01", "→  2024-06-01", "Toy tariff, No. 7 (illustrative)",
    ):  # fmt: skip
        assert words in ran.out, words


def test_show_as_of_shows_the_version_of_the_day(toy: Callable) -> None:
    old = toy("show", "lend", "--as-of", "2024-05-31").out
    assert "1.00 % of ask.amount" in old
    assert "→  2020-01-01" in old


def test_show_in_chinese(toy: Callable) -> None:
    out = toy("show", "lend", "--lang", "zh").out
    for words in (
        "玩具收费表",
        "金额的2.00 %",
        "借款人年满十八周岁",
        "营业执照",
        "最高成数",
        "必填",
    ):
        assert words in out


def test_show_json_names_source_basis_file_and_key(toy: Callable) -> None:
    data = toy("show", "lend", "--format", "json").data
    fee = data["fees"][0]
    assert (fee["code"], fee["rate"], fee["min"]) == ("arrangement", "0.02", "100")
    assert (fee["source"], fee["basis"]) == ("Toy tariff, No. 7", "illustrative")
    assert fee["file"].endswith("products/toys/lend.toml")
    assert fee["key"].startswith("versions[1].fees.arrangement")
    assert [v["effective_from"] for v in data["versions"]] == ["2020-01-01", "2024-06-01"]
    assert {field["name"] for field in data["ask"]} >= {
        "amount",
        "tenor",
        "currency",
        "start",
        "rate",
    }
    assert data["sources"] == [
        {"id": "tariff", "title": "Toy tariff", "title_zh": "玩具收费表", "reference": "No. 7"}
    ]


def test_show_of_a_withdrawn_product_says_so(toy: Callable) -> None:
    ran = toy("show", "keep", "--as-of", "2030-01-01")
    assert ran.code == 0
    assert "no longer sold" in ran.out


def test_show_csv_is_flat(toy: Callable) -> None:
    rows = dict(csv.reader(io.StringIO(toy("show", "lend", "--format", "csv").out)))
    assert rows["fees[0].rate"] == "0.02"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_shipped_product_can_be_shown(lang: str) -> None:
    headers, problems = read_headers([])
    assert problems == []
    for header in headers:
        ran = invoke("show", header["code"], "--as-of", "2026-06-30", "--lang", lang)
        assert ran.code == 0, (header["code"], ran.err)
        assert header["name"] in ran.out


def test_show_cites_the_source_of_each_figure_of_a_table() -> None:
    """Ports by 国发〔2019〕26号, the other own-capital shares by 国发〔2015〕51号."""
    out = invoke("show", "fixed-asset-loan", "--as-of", "2024-11-01", "--lang", "zh").out
    lines = out.splitlines()
    first = next(n for n, line in enumerate(lines) if "min_own_capital " in line)
    sources = "".join(line[80:].strip() for line in lines[first : first + 20])
    assert re.search(r"other:.*51号.*port-shipping:.*26号", sources)


def test_a_rate_on_a_number_of_items_is_the_price_of_one() -> None:
    def page(code: str, *words: str) -> str:
        return " ".join(invoke("show", code, "--as-of", "2024-11-01", *words).out.split())

    assert "≤ 10,000 0.4 each" in page("utility-collection")
    assert "每笔 0.5" in page("utility-collection", "--lang", "zh")
    assert "0.50 % of ask.amount" in page("utility-collection")  # a share of money stays one


def test_the_days_of_a_year_and_the_due_day_of_a_fee_are_told() -> None:
    page = invoke("show", "policy-bank-agency", "--as-of", "2024-11-01").out
    assert "days ÷ 360" in " ".join(page.split())
    chinese = invoke("show", "policy-bank-agency", "--as-of", "2024-11-01", "--lang", "zh").out
    assert "到期支付" in chinese
    assert "maturity;" not in chinese
