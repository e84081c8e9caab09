"""Pages in Chinese hold no English sentence: every template that the code records has its Chinese."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from catalogue import Ask, Catalogue, Customer
from catalogue.cli.names import Names
from catalogue.cli.render_bundle import show_page as show_bundle
from catalogue.cli.render_quote import quote_page
from catalogue.cli.render_rates import sheet_page
from catalogue.cli.render_show import show_page
from catalogue.cli.tables import Block, Heading, Notes, Pairs, Table
from catalogue.quotes.chinese.remarks import REMARKS
from catalogue.quotes.chinese.translate import formula, remark, template_pattern
from catalogue.quotes.description import describe, describe_bundle
from catalogue.values import Bilingual

from .conftest import example_quotes, invoke

ROOT = Path(__file__).parents[2]
CAT = Catalogue.load(as_of="2026-06-30")
CODES = sorted(CAT)

_ENGLISH = re.compile(r"(?<![\w.,:/=-])[A-Za-z][a-z’'-]+(?:[ ,;]+[A-Za-z][a-z’'-]+)+(?![\w:])")
"""Two or more plain English words in a row."""
_NAMES = ("Publication No", "Lead bank", "Second bank", "Third bank")
"""Names: of a publisher's series, and of the banks that examples state."""
_CODES = re.compile(r"[a-z0-9-]+([,;] [a-z0-9-]+)*")
"""Codes in a row, as the choices of a field whose Chinese stands beside them."""


def english(text: str) -> list[str]:
    """Runs of English words in a text; names, and codes with commas between them, are left out."""
    for name in _NAMES:
        text = text.replace(name, "")
    return [run for run in _ENGLISH.findall(text) if not _CODES.fullmatch(run)]


# -- the code -------------------------------------------------------------------------------


def _templates(node: ast.expr) -> Iterator[str]:
    """The texts that an expression may be, with `{}` for each value; none if they are not written there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(
            part.value if isinstance(part, ast.Constant) else "{}" for part in node.values
        )
    elif isinstance(node, ast.IfExp):
        yield from _templates(node.body)
        yield from _templates(node.orelse)


def _calls() -> Iterator[tuple[str, str, ast.expr]]:
    """(where, warn or explain, text) of every call that states no Chinese itself."""
    for folder in ("catalogue", "plugins"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            where = path.relative_to(ROOT)
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                    continue
                name = node.func.attr
                if name == "append" and ast.unparse(node.func.value).endswith(
                    ("warnings", "notes")
                ):
                    name = "warn"
                place = {"warn": 0, "explain": 2}.get(name)
                chinese = any(key.arg in ("text_zh", "formula_zh") for key in node.keywords)
                stated = chinese or (name == "warn" and len(node.args) > 1)
                if place is None or stated or len(node.args) <= place:
                    continue
                yield f"{where}:{node.lineno}", name, node.args[place]


CALLS = [(where, name, text) for where, name, node in _calls() for text in _templates(node)]


def test_the_code_is_read() -> None:
    names = [name for _, name, _ in CALLS]
    assert names.count("warn") > 50
    assert names.count("explain") > 90


@pytest.mark.parametrize(("where", "text"), [(w, t) for w, name, t in CALLS if name == "warn"])
def test_every_remark_has_its_chinese(where: str, text: str) -> None:
    """A remark without: state `text_zh` or add its template to catalogue/quotes/chinese/remarks.py."""
    said = remark(text.replace("{}", "X1"), "zh")
    assert re.search("[\u3400-\u9fff]", said), where
    assert english(said) == []


@pytest.mark.parametrize(("where", "text"), [(w, t) for w, name, t in CALLS if name == "explain"])
def test_every_formula_has_its_chinese(where: str, text: str) -> None:
    """A formula without: state `formula_zh` or add its words to catalogue/quotes/chinese/formulas.py."""
    said = formula(text.replace("{}", "1"), "zh")
    assert re.findall(r"[A-Za-z]{3,}", said.replace("Garman-Kohlhagen", "")) == [], (where, said)


def test_templates_carry_as_many_values_on_both_sides() -> None:
    for text, chinese in REMARKS.items():
        values = [f"v{number}" for number in range(text.count("{}"))]
        found = template_pattern(text).fullmatch(text.format(*values))
        assert found is not None
        said = chinese.format(*found.groups())
        assert [value for value in values if value not in said] == [], text


# -- what carries its own Chinese -----------------------------------------------------------


def test_a_text_that_carries_its_chinese_needs_no_table() -> None:
    text = Bilingual("gold is kept in a vault", "黄金存放于金库")
    assert (remark(text, "zh"), remark(text, "en")) == ("黄金存放于金库", text)
    assert formula(Bilingual("gold × fineness", "黄金 × 成色"), "zh") == "黄金 × 成色"
    assert remark("a plugin's own words", "zh") == "a plugin's own words"


def test_values_of_a_remark_are_carried_over() -> None:
    text = "rate sheet lpr is known to hold until 2026-10-19 only; lpr 1y 2024-10-21 was used on 2027-01-01"
    assert remark(text, "zh") == "利率表lpr已知有效期仅至2026-10-19;2027-01-01采用lpr 1y 2024-10-21"
    nested = "notice: over the amount of notice 150000.00: that part bears the demand rate"
    assert remark(nested, "zh") == "通知存款:超过通知金额150000.00:该部分按活期利率计息"
    waived = "waived (1 uses, 3 needed); would be 100.00 a year"
    assert formula(waived, "zh") == "已减免(已用1次,需3次);原应收每年100.00"


@pytest.mark.parametrize(
    "notice",
    [
        {"withdraw_on": "2024-11-04"},
        {"withdraw_on": "2025-01-15", "without_notice": "yes"},
        {"withdraw_on": "2025-01-15", "notice_on": "2025-01-10", "notice_for": "2025-01-15"},
        {"withdraw_on": "2025-01-15", "notice_on": "2025-01-02"},
        {"withdraw_on": "2025-01-15", "notice_amount": "150000"},
        {"withdraw_on": "2025-01-15", "withdraw_amount": "100000", "notice_amount": "120000"},
        {"withdraw_on": "2025-01-15", "withdraw_amount": "40000"},
        {"withdraw_on": "2025-01-15", "withdraw_amount": "160000"},
    ],
)
def test_every_way_to_break_a_notice_is_told_in_chinese(notice: dict[str, str]) -> None:
    ask = Ask("notice-savings", amount="200000", **notice)
    found = CAT.quote(ask, Customer(kind="person"), as_of="2024-11-01").warnings
    assert found
    assert [text for text in found if re.search("[A-Za-z]", remark(text, "zh"))] == []


# -- every product --------------------------------------------------------------------------


def _texts(blocks: Iterator[Block]) -> Iterator[str]:
    """Everything below the heading, which names the product in both languages."""
    for block in blocks:
        if isinstance(block, Pairs):
            yield from (text for pair in block.items for text in pair)
        elif isinstance(block, Table):
            yield from (column.title for column in block.columns)
            for row in block.rows:
                cells = zip(block.columns, row, strict=True)
                yield from (cell for column, cell in cells if column.title not in ("代码", "键"))
        elif isinstance(block, Notes):
            yield from block.lines


@pytest.mark.parametrize("code", CODES)
def test_no_english_on_the_page_of_a_quote(code: str) -> None:
    for quote in example_quotes(CAT, code):
        version = CAT.version(code, quote.as_of)
        names = Names.of(CAT, code, "zh", quote.results, version)
        stated = str(quote.customer.get("name") or "–")
        page = quote_page(quote, names, explain=True)
        left = {run for text in _texts(page) if stated not in text for run in english(text)}
        assert left == set()


@pytest.mark.parametrize("code", CODES)
def test_no_english_on_the_page_of_a_definition(code: str) -> None:
    for version in CAT[code].versions:
        if version.withdrawn:
            continue
        day = version.effective_from
        data = describe(CAT[code], version, day, CAT.library.display)
        page = show_page(data, Names.of(CAT, code, "zh", version=version))
        left = {run for text in _texts(page) for run in english(text)}
        assert left == set()


def test_no_english_on_the_pages_of_rate_sheets() -> None:
    for code in CAT.library.paths("rates"):
        sheet = CAT.rates.sheet(code)
        page = list(sheet_page(sheet, sheet.versions, None, None, CAT.as_of, "zh"))
        head = [block.under for block in page if isinstance(block, Heading)]
        left = {run for text in (*head, *_texts(iter(page))) for run in english(text)}
        assert left == set(), code


def test_no_english_on_the_pages_of_bundles() -> None:
    for definition in CAT.bundles():
        version = definition.versions[-1]
        data = describe_bundle(definition, version, CAT.as_of, CAT.library.display)
        page = show_bundle(data, Names.of(CAT, None, "zh"))
        assert {run for text in _texts(page) for run in english(text)} == set()


def test_a_comparison_names_products_and_methods_in_chinese() -> None:
    ran = invoke(
        "compare", "home-loan", "--amount", "800000", "--tenor", "20y", "--method", "level",
        "--method", "equal-principal", "--set", "property_price=1200000", "--as-of", "2024-11-01",
        "--lang", "zh",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert re.search(r"^  产品 +个人住房贷款$", ran.out, re.MULTILINE)
    assert re.search(r"^ +等额本息 +等额本金$", ran.out, re.MULTILINE)
    assert "综合年化成本 复利" in ran.out
    assert re.findall(r"[A-Za-z]{3,}", ran.out.replace("CNY", "")) == []
