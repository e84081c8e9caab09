"""What a command shows, before it is laid out: tables, label-value pairs, notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

Kind = Literal["text", "code", "number"]
Tone = Literal["plain", "good", "bad", "warn", "dim"]


class Column(NamedTuple):
    """A column: numbers and codes are never broken or cut, texts may wrap.

    `drop` above 0: left out when the table is too wide, the highest first.
    """

    title: str
    kind: Kind = "text"
    drop: int = 0


class Table(NamedTuple):
    """Rows under columns."""

    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]
    title: str = ""
    note: str = ""


class Pairs(NamedTuple):
    """Label-value lines; `figures` aligns the values to the right."""

    items: Sequence[tuple[str, str]]
    title: str = ""
    figures: bool = False


class Notes(NamedTuple):
    """Lines of text, each with a mark before it; `whole` ones are never wrapped (file:line: …)."""

    lines: Sequence[str]
    title: str = ""
    tone: Tone = "plain"
    whole: bool = False


class Heading(NamedTuple):
    """The first line of a page."""

    text: str
    under: str = ""


Block = Table | Pairs | Notes | Heading
