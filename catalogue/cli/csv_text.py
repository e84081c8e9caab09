"""CSV that a spreadsheet cannot take for formulas: text cells are guarded, numbers stay numbers."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from catalogue.values.text import clean

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠")
QUOTE = "'"
_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z")


def guarded(cell: Any) -> str:
    """A cell, its control characters shown; text that a spreadsheet would run gets a single quote before it.

    >>> guarded("=1+1"), guarded("-12.50"), guarded("-twelve"), guarded(None)
    ("'=1+1", '-12.50', "'-twelve", '')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    text = str(cell)
    quoted = text.startswith(_STARTS) and not _NUMBER.match(text)
    return f"{QUOTE if quoted else ''}{clean(text, None)}"


def csv_text(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """A CSV text with its header row."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([guarded(name) for name in header])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue()


def flat_csv(data: Mapping[str, Any], *, leave_out: Sequence[str] = ()) -> str:
    """Nested data as `key,value` rows with dotted keys (`fees[0].amount`)."""
    kept = {name: value for name, value in data.items() if name not in leave_out}
    return csv_text(("key", "value"), flat(kept))


def flat(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every leaf with its dotted key."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(value, (list, tuple)):
        for index, inner in enumerate(value):
            yield from flat(inner, f"{path}[{index}]")
    else:
        yield path, value
