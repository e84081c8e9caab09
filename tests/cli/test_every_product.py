"""The page of every worked example of every product: whole at any width, Chinese where it should be."""

from __future__ import annotations

import re

import pytest

from catalogue import Catalogue
from catalogue.cli.layout import layout
from catalogue.cli.names import Names
from catalogue.cli.render_quote import quote_page
from catalogue.cli.render_schedule import schedule_blocks
from catalogue.cli.tables import Pairs, Table

from .conftest import example_quotes

CAT = Catalogue.load(as_of="2026-06-30")
CODES = sorted(CAT)
_CJK = re.compile(r"[\u3400-\u9fff]")


@pytest.mark.parametrize("code", CODES)
def test_pages_hold_every_amount_at_any_width(code: str) -> None:
    for quote in example_quotes(CAT, code):
        amounts = {total.grouped() for total in quote.totals.values()}
        amounts |= {item.amount.grouped() for item in quote.charged}
        for width in (80, 120):
            for lang in ("en", "zh"):
                page = layout(
                    quote_page(quote, Names(lang), explain=True), width=width, colour=False
                )
                assert [amount for amount in amounts if amount not in page] == []
                assert "\x1b" not in page
            rows = list(quote.schedule)
            table = layout(schedule_blocks(quote, "en"), width=width, colour=False)
            # a service has bills to pay, no balance: its table leaves the empty columns out
            shown = "closing" if any(row.opening for row in rows) else "payment"
            missing = [row for row in rows if f"{getattr(row, shown):,}" not in table]
            assert missing == []


@pytest.mark.parametrize("code", CODES)
def test_every_label_is_chinese_in_chinese(code: str) -> None:
    """A term or total without one: add it to catalogue/quotes/term_labels.py."""
    for quote in example_quotes(CAT, code):
        names = Names("zh", CAT.version(code, quote.as_of))
        own = {item.label_zh for item in quote.results}  # the plugin's choice, as Delta
        english: set[str] = set()
        for block in quote_page(quote, names):
            labels = [getattr(block, "title", "")]
            if isinstance(block, Pairs):
                labels += [name for name, _ in block.items]
            if isinstance(block, Table):
                labels += [column.title for column in block.columns]
            english |= {text for text in labels if text and not _CJK.search(text)}
        assert english - own == set()
