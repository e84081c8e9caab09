"""The handbook: a page for every product, whose worked example is what a fresh quote says."""

from __future__ import annotations

import json
import re
import shlex
from datetime import date
from pathlib import Path

import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.cli.handbook import INDEX, MARK, Handbook, make_handbook, replay
from catalogue.cli.markdown import cell, markdown_table

from .conftest import invoke
from .test_chinese import english

DAY = date(2024, 11, 1)
CATALOGUE = Catalogue.load(as_of=DAY)
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def book() -> Handbook:
    return make_handbook(CATALOGUE, lambda text: None)


@pytest.fixture(scope="module")
def pages(book: Handbook) -> dict[str, str]:
    return dict(book.pages)


def test_every_product_can_be_described(book: Handbook) -> None:
    assert book.problems == ()


def test_every_product_of_the_day_has_a_page_and_a_line_in_the_index(pages: dict[str, str]) -> None:
    sold = {code for code in CATALOGUE if (v := CATALOGUE[code].at(DAY)) and not v.withdrawn}
    assert set(pages) == {f"{code}.md" for code in sold} | {INDEX}
    for code in sold:
        assert f"]({code}.md) | {CATALOGUE[code].header.name_zh} |" in pages[INDEX]


def test_links_resolve(pages: dict[str, str]) -> None:
    for name, text in pages.items():
        for target in re.findall(r"\]\(([^)]+\.md)\)", text):
            assert target in pages, f"{name}: {target}"


def test_the_same_definitions_give_the_same_bytes(pages: dict[str, str]) -> None:
    assert dict(make_handbook(Catalogue.load(as_of=DAY), lambda text: None).pages) == pages


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_worked_example_is_a_fresh_quote(code: str, pages: dict[str, str]) -> None:
    page = pages.get(f"{code}.md")
    if page is None:  # test_every_product_of_the_day_has_a_page says which may be without
        assert (version := CATALOGUE[code].at(DAY)) is None or version.withdrawn, code
        return
    example = CATALOGUE[code].examples[0]
    quote = CATALOGUE.quote(
        Ask(code, example.ask), Customer(dict(example.customer)), as_of=example.as_of
    )
    shown = page.split("## Worked example")[1]
    for name in ("principal", "interest", "fees", "paid", "received"):
        assert f" {quote.totals[name].grouped()} |" in shown, name
    for item in quote.charged:
        assert cell(item.fee.name) in shown
        assert f" {item.amount.grouped()} |" in shown or item.amount.grouped() in shown
    for check in quote.checks:
        assert cell(check.reason) in shown
    assert str(example.as_of) in shown


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_the_command_of_the_worked_example_gives_its_quote(code: str) -> None:
    example = CATALOGUE[code].examples[0]
    quote = CATALOGUE.quote(
        Ask(code, example.ask), Customer(dict(example.customer)), as_of=example.as_of
    )
    _, *words = shlex.split(replay(code, example))
    ran = invoke(*words, "--format", "json")
    assert ran.code == (0 if quote.eligible else 1), ran.err
    shown = json.loads(ran.out)
    assert shown["totals"] == quote.to_dict()["totals"]
    assert shown["customer"] == quote.to_dict()["customer"]


def test_pages_in_chinese_hold_no_english_but_the_names_and_the_arithmetic() -> None:
    book = make_handbook(CATALOGUE, lambda text: None, "zh")
    assert book.problems == ()
    assert set(book.pages) == set(make_handbook(CATALOGUE, lambda text: None).pages)
    for name, page in book.pages.items():
        if name == INDEX:
            continue  # has the English names
        told = re.sub(r"^验算\(英文\): .*?(?=\n命令行)", "", page, flags=re.DOTALL | re.MULTILINE)
        told = re.sub(
            r"^(?:\$ catalogue|# |<!--|.*catalogue schedule).*$", "", told, flags=re.MULTILINE
        )
        cells = [cell for line in told.split("\n") for cell in re.split(r"\||<br>", line)]
        assert {run for text in cells for run in english(text.strip())} == set(), name


def test_a_dated_figure_stands_beside_what_it_was(pages: dict[str, str]) -> None:
    page = pages["home-loan.md"].split("## Dated figures")[1]
    now, then = "first -0.45 %; second -0.25 %", "first -0.20 %; second 0.20 %"
    assert f"| {now}; commercial 0.60 % | {then}; commercial 0.60 % |" in page
    assert "| no longer | " in page
    assert (
        "figures.max\\_debt\\_to\\_income | Greatest share of all debt payments in income" in page
    )


def test_a_page_holds_terms_fees_sources_and_both_languages(pages: dict[str, str]) -> None:
    page = pages["bank-acceptance.md"]
    for words in (
        "# Bank acceptance (银行承兑汇票)",
        "0.05 % of terms.amount",
        "Acceptance fee<br>承兑手续费",
        "### From 2009-10-28: electronic drafts, one year",
        "| figures.max\\_months | Longest time from issue to maturity<br>最长付款期限 | paper 6; electronic 12 | paper 6 | ",
        "| net cost × 360 ÷ Σ(amount × days)<br>",
        "[Bill discount](bill-discount.md)",
        "Negotiable Instruments Law",
    ):
        assert words in page, words


def test_nothing_after_the_day_is_told() -> None:
    early = make_handbook(Catalogue.load(as_of=date(2001, 6, 1)), lambda text: None)
    assert "corporate-large-certificate.md" not in early.pages
    page = early.pages["bank-acceptance.md"].split("## Dated figures")[1]
    assert "From 1997-12-01" in page
    assert "From 2009-10-28" not in page


def test_a_table_keeps_what_would_be_markup_as_text() -> None:
    assert cell("a|b\n<script>*") == "a\\|b \\<script\\>\\*"
    assert markdown_table(["A", "B"], [["x<br>y", "1"]], " r") == (
        "| A | B |\n| --- | ---: |\n| x<br>y | 1 |\n"
    )


# -- the command --------------------------------------------------------------------------------


def test_the_command_writes_the_folder_and_writes_it_again(
    tmp_path: Path, pages: dict[str, str]
) -> None:
    folder = tmp_path / "book"
    ran = invoke("handbook", "--output", str(folder), "--as-of", str(DAY))
    assert ran.code == 0, ran.err
    assert {path.name: path.read_text("utf-8") for path in folder.iterdir()} == pages
    (folder / "gone.md").write_text(MARK, "utf-8")
    assert invoke("handbook", "--output", str(folder), "--as-of", str(DAY)).code == 0
    assert not (folder / "gone.md").exists()


@pytest.mark.parametrize(
    ("name", "words"),
    [("notes", "which is no page of a handbook"), ("file", "is a file"), ("a/b", "is not there")],
)
def test_a_folder_that_is_not_a_handbook_is_left_alone(
    tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes/todo.md").write_text("mine", "utf-8")
    (tmp_path / "file").write_text("mine", "utf-8")
    ran = invoke("handbook", "--output", str(tmp_path / name), "--as-of", str(DAY))
    assert ran.code == 2
    assert words in ran.err
    assert (tmp_path / "notes/todo.md").read_text("utf-8") == "mine"


def test_a_product_that_cannot_be_described_is_told(tmp_path: Path) -> None:
    defs = ROOT / "examples/plugins/broken-everything/broken_everything/defs"
    folder = tmp_path / "book"
    ran = invoke("handbook", "--output", str(folder), "--as-of", str(DAY), "--defs", str(defs))
    assert ran.code == 1
    assert "left out: broken-definition" in ran.err
    assert "no-such-source" in ran.err
    assert (folder / "home-loan.md").exists()
