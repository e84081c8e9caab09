"""Blocks as Markdown, in English with the Chinese names beside them, or in Chinese alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table

_NAMED = ("Label", "Fee", "Requirement", "Title", "Bring", "Note")
"""Columns whose Chinese text is shown below the English one."""


def bilingual(english: Iterable[Block], chinese: Iterable[Block], level: int = 2) -> Iterator[str]:
    """The Markdown of a page that was made once in each language.

    Args:
        english: the blocks; those in Chinese for a page in Chinese alone.
        chinese: the same blocks in Chinese, in the same order.
        level: of the blocks' headings.
    """
    for one, other in zip(english, chinese, strict=True):
        if isinstance(one, Heading):
            yield _heading(one, other, level)
        elif isinstance(one, Table) and isinstance(other, Table):
            yield _titled(one.title, other.title, level) + _table(one, other)
        elif isinstance(one, Pairs) and isinstance(other, Pairs):
            yield _titled(one.title, other.title, level) + _pairs(one, other)
        elif isinstance(one, Notes) and isinstance(other, Notes):
            lines = [both(a, _rest(a, b)) for a, b in zip(one.lines, other.lines, strict=True)]
            made = "".join(f"- {line}\n" for line in lines)
            yield _titled(one.title, other.title, level) + made


def markdown_table(titles: Sequence[str], rows: Iterable[Sequence[str]], right: str = "") -> str:
    """A Markdown table; `right` has an "r" at the place of each column that is aligned right."""
    rules = ["---:" if mark == "r" else "---" for mark in right.ljust(len(titles))]
    lines = [titles, rules, *([cell(text) for text in row] for row in rows)]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def cell(text: str) -> str:
    """A text inside a table: no bar and no line break of its own, no markup."""
    for mark in "\\|*_<>[]":
        text = text.replace(mark, f"\\{mark}")
    return " ".join(text.split()).replace("\\<br\\>", "<br>")


def _heading(one: Heading, other: Block, level: int) -> str:
    under = [one.under] + ([other.under] if isinstance(other, Heading) else [])
    text = "\n\n".join(dict.fromkeys(part for part in under if part))
    mark = "#" * (level - 1)
    return f"{mark} {one.text}\n" + (f"\n{text}\n" if text else "")


def _titled(title: str, title_zh: str, level: int) -> str:
    return f"{'#' * level} {both(title, title_zh, ' ')}\n\n" if title else ""


def both(one: str, other: str, by: str = "<br>") -> str:
    """A text and its other language, once where they are the same."""
    return one if one == other or not other else f"{one}{by}{other}"


def _rest(one: str, other: str) -> str:
    """A Chinese line without the code that begins both: `fund: …`."""
    code, colon, _ = one.partition(": ")
    return other.removeprefix(code + colon) if colon and one != other else other


def _pairs(one: Pairs, other: Pairs) -> str:
    rows = [
        [both(name, name_zh), both(value, value_zh)]
        for (name, value), (name_zh, value_zh) in zip(one.items, other.items, strict=True)
    ]
    return markdown_table(["", ""], rows, " r" if one.figures else "")


def _table(one: Table, other: Table) -> str:
    right = "".join("r" if column.kind == "number" else " " for column in one.columns)
    rows = [
        [_cell(column, a, b) for column, a, b in zip(one.columns, row, chinese, strict=True)]
        for row, chinese in zip(one.rows, other.rows, strict=True)
    ]
    made = markdown_table([column.title for column in one.columns], rows, right)
    return made + (f"\n{one.note}\n" if one.note else "")


def _cell(column: Column, one: str, other: str) -> str:
    return both(one, other) if column.title in _NAMED else one
