"""Pages: aligned by display width, money whole at any width, data never obeyed."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from catalogue.cli.csv_text import csv_text, flat_csv, guarded
from catalogue.cli.flowing import breaks
from catalogue.cli.layout import layout
from catalogue.cli.plain import plain_table, width
from catalogue.cli.tables import Column, Heading, Notes, Pairs, Table
from catalogue.cli.words import number_text, percent, row_text, value_text
from catalogue.values import Money, Tenor, clean

MONEY = "123,456,789,012,345.67"
TABLE = Table(
    [
        Column("名称"),
        Column("Amount", "number"),
        Column("Closing", "number"),
        Column("Source", drop=1),
    ],
    [
        ["a rather long name of a fee that wraps", MONEY, MONEY, "tariff " * 12],
        ["费用", "1.00", "-0.50", "表"],
    ],
    "Fees",
)


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120, 200])
def test_amounts_are_never_cut_or_broken(columns: int) -> None:
    page = layout([TABLE], width=columns, colour=False)
    assert page.count(MONEY) == 2
    assert "…" not in page


@pytest.mark.parametrize("columns", [80, 120])
def test_numbers_end_in_one_column(columns: int) -> None:
    lines = layout([TABLE], width=columns, colour=False).splitlines()
    ends = {
        cell_len(line[: match.end()])
        for line in lines
        for match in [re.search(r"12,345\.67|(?<= )1\.00", line)]
        if match
    }
    assert len(ends) == 1


def test_a_wide_column_is_dropped_where_it_does_not_fit() -> None:
    assert "Source" not in layout([TABLE], width=80, colour=False)
    assert "Source" in layout([TABLE], width=140, colour=False)


def test_no_colour_without_colour() -> None:
    blocks = [Heading("Head", "under"), TABLE, Pairs([("a", "b")], "P"), Notes(["n"], "N", "bad")]
    assert "\x1b" not in layout(blocks, width=100, colour=False)
    assert "\x1b[" in layout(blocks, width=100, colour=True)


def test_data_is_text_not_markup_or_controls() -> None:
    nasty = "[bold]x[/bold] [/x] :bank: \x1b[2J \x07 \u202e [link=file:///etc]y[/link]"
    page = layout(
        [Table([Column("a")], [[nasty]]), Notes([nasty]), Heading(nasty)], width=200, colour=False
    )
    assert page.count("[bold]x[/bold] [/x] :bank: \\x1b[2J \\x07 \\u202e") == 3
    assert "\x1b" not in page


def test_without_unicode_lines_are_plain() -> None:
    page = layout(
        [Table([Column("a")], [["b"]]), Notes(["n"])], width=80, colour=False, unicode=False
    )
    assert page.isascii()


def test_plain_tables_pad_wide_characters() -> None:
    table = Table([Column("名"), Column("n", "number")], [["贷款", "1"], ["ab", "22"]])
    assert plain_table(table) == "名     n\n----  --\n贷款   1\nab    22\n"


@given(st.text(st.characters(categories=["L", "N", "Lo"]), max_size=20))
def test_width_is_that_of_rich(text: str) -> None:
    """Two measures of one thing; combining and joining scripts are where terminals themselves differ."""
    if all(ord(char) < 0x300 or 0x4E00 <= ord(char) <= 0x9FFF for char in text):
        assert width(text) == cell_len(text)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1+1",
        "-1+1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=HYPERLINK(1)",
        "-",
        "+",
        "＝1",
        "-1e5",
        "+5",
    ],
)
def test_text_that_a_spreadsheet_would_run_is_quoted(text: str) -> None:
    assert guarded(text) == f"'{clean(text, None)}"


@pytest.mark.parametrize("text", ["-12.50", "0.0435", "1", "-0", "12m", "a=b", "2024-11-01", ""])
def test_numbers_and_plain_text_stay(text: str) -> None:
    assert guarded(text) == text


def test_csv_cells() -> None:
    assert csv_text(["=a", "b"], [[None, True], ["x,y", False]]) == '\'=a,b\n,true\n"x,y",false\n'
    assert flat_csv({"a": {"b": [1, {"c": None}]}, "d": "x"}, leave_out=["d"]) == (
        "key,value\na.b[0],1\na.b[1].c,\n"
    )


def test_words() -> None:
    from decimal import Decimal

    assert percent(Decimal("0.0365")) == "3.65 %"
    assert percent(Decimal("0.03")) == "3.00 %"
    assert percent(Decimal("0.036525")) == "3.6525 %"
    assert percent(Decimal("0.037"), 4) == "3.7000 %"
    assert number_text("-1234567.5") == "-1,234,567.5"
    assert value_text(Money.of("1234.5", "USD"), "en", "CNY") == "1,234.50 USD"
    assert value_text(Money.of("1234.5"), "en", "CNY") == "1,234.50"
    assert value_text(True, "zh") == "是"
    assert value_text(Decimal("0.05"), unit="rate") == "5.00 %"
    assert value_text(Tenor.parse("12m")) == "12m"
    assert value_text([{"date": "x", "amount": Money.of(1)}] * 8, "en", "CNY").endswith("… (8)")
    assert value_text(None) == "–"


def test_rows_are_shown_as_they_are_asked() -> None:
    from datetime import date
    from decimal import Decimal

    flows = [{"year": 2026, "amount": Money.of(30_000_000)}]
    assert row_text(flows, {"year": "int", "amount": "money"}, "zh", "CNY") == "2026: 30,000,000.00"
    sales = [
        {"date": date(2025, 1, 1), "amount": Money.of(7), "share": Decimal("0.8")},
        {"date": date(2025, 2, 1), "amount": Money.of(6)},
    ]
    columns = {"date": "date", "amount": "money", "share": "rate?"}
    assert row_text(sales, columns, "en", "CNY") == "2025-01-01: 7.00: 80.00 %; 2025-02-01: 6.00"
    assert row_text(flows * 8, {"year": "int"}, "en", "CNY").endswith("2026; … (8)")


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("月供与收入比不超过50%,见附件", 20, ["月供与收入比不超过", "50%,见附件"]),
        (
            "商业银行房地产贷款风险管理指引,银监发",
            30,
            ["商业银行房地产贷款风险管理指", "引,银监发"],
        ),
        ("需求“buy a home”:买房", 10, ["需求“buy a", "home”:买房"]),
        ("无空格" + "x" * 12, 8, ["无空格", "xxxxxxxx", "xxxx"]),
    ],
)
def test_chinese_breaks_where_it_may(text: str, columns: int, lines: list[str]) -> None:
    ends = [0, *breaks(text, columns), len(text)]
    made = [text[a:b].rstrip() for a, b in itertools.pairwise(ends)]
    assert made == lines


@given(st.text(alphabet="月供收入,:;。()“”50% aB", max_size=60), st.integers(4, 30))
def test_breaking_loses_nothing_and_fits(text: str, columns: int) -> None:
    ends = [0, *breaks(text, columns), len(text)]
    made = [text[a:b] for a, b in itertools.pairwise(ends)]
    assert "".join(made) == text
    assert all(cell_len(line.rstrip()) <= columns for line in made)
