"""Schedule rows of products whose schedule the maths does not make: principal only, or fees only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from catalogue.products.results import PlainRow
from catalogue.values import Money


def principal_rows(
    start: date, total: Money, parts: Iterable[tuple[date, Money]]
) -> tuple[PlainRow, ...]:
    """A row for each (due date, principal), in that order, with what is left of `total` after it.

    Without interest; the core adds the fees that fall due with a row.
    """
    rows: list[PlainRow] = []
    left, before, zero = total, start, Money.zero(total.currency).amount
    for due, part in parts:
        amounts = (left.amount, part.amount, zero, zero, part.amount, (left - part).amount)
        rows.append(PlainRow(len(rows) + 1, due, (due - before).days, *amounts))
        left, before = left - part, due
    return tuple(rows)


def fee_row(n: int, due: date, days: int, currency: str) -> PlainRow:
    """A row without money of its own: the core places the fees that fall due with it."""
    zero = Money.zero(currency).amount
    return PlainRow(n, due, days, zero, zero, zero, zero, zero, zero)
