"""Loans in parts, each with a schedule of its own, shown as one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from catalogue.maths.schedule_rows import Schedule
from catalogue.products.results import PlainRow
from catalogue.values import Money


def merged_rows(parts: Sequence[Schedule]) -> tuple[PlainRow, ...]:
    """The rows of all parts by due date: openings, payments and closings of the parts added up.

    A part that pays nothing on a date stands with its balance of that day; the last row closes to
    zero as the longest part does. All parts are in one currency and drawn on their start.
    """
    currency = parts[0].currency
    balances = [sum(minor for _, minor in part.draws) for part in parts]
    by_date: dict[date, list[tuple[int, int]]] = {}
    for index, part in enumerate(parts):
        for row, due in enumerate(part.columns.due):
            by_date.setdefault(due, []).append((index, row))
    rows: list[PlainRow] = []
    mark: date = parts[0].start
    for due in sorted(by_date):
        opening, principal, interest, days = sum(balances), 0, 0, 0
        for index, row in by_date[due]:
            columns = parts[index].columns
            principal += columns.principal[row]
            interest += columns.interest[row]
            balances[index] = columns.closing[row]
            if columns.days[row]:
                days = (due - mark).days
        if days:
            mark = due
        amounts = (opening, principal, interest, 0, principal + interest, opening - principal)
        shown = (Money(minor, currency).amount for minor in amounts)
        rows.append(PlainRow(len(rows) + 1, due, days, *shown))
    return tuple(rows)
