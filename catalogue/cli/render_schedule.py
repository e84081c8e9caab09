"""A schedule as a table, whole or shortened, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from catalogue.cli.csv_text import csv_text
from catalogue.cli.tables import Block, Column, Table
from catalogue.products.results import Row
from catalogue.quotes.labels import Language, label
from catalogue.quotes.quote import Quote
from catalogue.values import minor_digits

FIRST, LAST = 6, 3
"""Rows shown of a long schedule inside a quote."""
_AMOUNTS = ("opening", "principal", "interest", "fee", "payment", "closing")
_DROPS = {"days": 2, "opening": 1}


def schedule_blocks(quote: Quote, lang: Language, *, brief: bool = False) -> Iterator[Block]:
    """The schedule's table; brief: the first and last rows of a long one, and how to see all."""
    rows = quote.schedule
    if not len(rows):
        return
    digits = minor_digits(quote.currency)
    amounts = _amounts(quote)
    shown = [_cells(row, digits, amounts) for row in rows]
    note = ""
    if brief and len(rows) > FIRST + LAST + 3:
        shown = [*shown[:FIRST], ["…"] * len(shown[0]), *shown[-LAST:]]
        note = _hint(quote, lang)
    borrowed = quote.apr is not None  # else the rows are received, or bills for a service
    title, payment = ("schedule", "payment") if borrowed else ("schedule_dated", "payment_dated")
    columns = [
        Column(
            label(payment if name == "payment" else name, lang),
            "code" if name == "due" else "number",
            _DROPS.get(name, 0),
        )
        for name in ("n", "due", "days", *amounts)
    ]
    yield Table(columns, shown, f"{label(title, lang)} ({quote.currency})", note)


def _amounts(quote: Quote) -> list[str]:
    """The columns worth showing: fees where there are any, a balance and its parts likewise."""
    rows = list(quote.schedule)
    fees = any(row.fee for row in rows)
    capital = any(row.opening or row.principal or row.closing for row in rows)
    interest = capital or any(row.interest for row in rows)
    worth = {"fee": fees, "interest": interest, "payment": True}
    return [name for name in _AMOUNTS if worth.get(name, capital)]


def _cells(row: Row, digits: int, names: Sequence[str]) -> list[str]:
    amounts = [getattr(row, name) for name in names]
    return [
        str(row.n),
        str(row.due),
        str(row.days),
        *(_grouped(amount, digits) for amount in amounts),
    ]


def _grouped(amount: Decimal, digits: int) -> str:
    return f"{amount:,.{digits}f}"


def _hint(quote: Quote, lang: Language) -> str:
    count, code = len(quote.schedule), quote.product.code
    if lang == "zh":
        return f"共 {count} 期;全部明细:catalogue schedule {code} …(相同选项)"
    return f"{count} rows; all of them: catalogue schedule {code} … with the same options"


def schedule_csv(quote: Quote) -> str:
    """The rows with the keys of the JSON quote as header."""
    rows = quote.schedule_dicts()
    header = ["n", "due", "days", *_AMOUNTS]
    return csv_text(header, [[row[name] for name in header] for row in rows])
