"""One table as plain lines, without rich: what `list` writes into a pipe, at no cost of start-up."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from catalogue.cli.tables import Table
from catalogue.values.text import clean


def width(text: str) -> int:
    """Columns that a text takes: wide characters two, combining marks none.

    >>> width("LPR贷款")
    7
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def plain_table(table: Table) -> str:
    """The table's lines; every column as wide as its widest cell, nothing cut, no note."""
    head = [clean(column.title, None) for column in table.columns]
    rows = [[clean(cell, None) for cell in row] for row in table.rows]
    widths = [max(width(row[at]) for row in [head, *rows]) for at in range(len(head))]
    numeric = [column.kind == "number" for column in table.columns]
    lines = [
        _line(cells, widths, numeric) for cells in (head, ["-" * size for size in widths], *rows)
    ]
    return "".join(f"{line}\n" for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    made = []
    for cell, size, right in zip(cells, widths, numeric, strict=True):
        gap = " " * (size - width(cell))
        made.append(gap + cell if right else cell + gap)
    return "  ".join(made).rstrip()
