"""Texts that wrap where their language allows: no Chinese comma begins a line, no number is cut in two."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rich.cells import cell_len, chop_cells
from rich.console import Console, JustifyMethod, OverflowMethod
from rich.containers import Lines
from rich.text import Text


class Flowing(Text):
    """One line of text that wraps by the Unicode line breaking rules (UAX #14) if it has wide characters.

    rich breaks at spaces alone and takes a Chinese sentence for one long word, cut at any character.
    """

    def wrap(
        self,
        console: Console,
        width: int,
        *,
        justify: JustifyMethod | None = None,
        overflow: OverflowMethod | None = None,
        tab_size: int = 8,
        no_wrap: bool | None = None,
    ) -> Lines:
        """The lines at a width in columns, as rich asks for them."""
        plain = self.plain
        wide = cell_len(plain)
        if no_wrap or overflow == "ignore" or wide <= width or wide == len(plain):
            return super().wrap(
                console,
                width,
                justify=justify,
                overflow=overflow,
                tab_size=tab_size,
                no_wrap=no_wrap,
            )
        lines = self.divide(breaks(plain, width))
        for line in lines:
            line.rstrip_end(width)
        if justify:
            lines.justify(console, width, justify=justify, overflow=overflow or "fold")
        return lines


def breaks(text: str, width: int) -> list[int]:
    """Where a text is broken so that no line is wider than `width` columns, blanks at its end apart.

    >>> breaks("月供与收入比不超过50%,见附件", 20)
    [9]
    """
    found: list[int] = []
    used = position = 0
    for word in _WORD.findall(text):
        fits = used + cell_len(word.rstrip()) <= width
        for part in [word] if fits else _parts(word, width):
            if used and used + cell_len(part.rstrip()) > width:
                found.append(position)
                used = 0
            used += cell_len(part)
            position += len(part)
    return found


_WORD = re.compile(r"\s*\S+\s*")


def _parts(word: str, width: int) -> Iterator[str]:
    """A word that does not fit, in the parts between which it may be broken, none wider than `width`."""
    from uniseg.linebreak import line_break_units

    narrow = cell_len(word) == len(word)
    for unit in [word] if narrow else line_break_units(word):
        yield from chop_cells(unit, width) if cell_len(unit.rstrip()) > width else [unit]
