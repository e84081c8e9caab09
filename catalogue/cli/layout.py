"""Blocks → text with rich: aligned by display width (中文 counts two), money never cut, data never markup."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable, Sequence

from rich.box import SIMPLE_HEAD, Box
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table as RichTable
from rich.text import Text

from catalogue.cli.flowing import Flowing
from catalogue.cli.output import encodes_unicode, on_terminal
from catalogue.cli.tables import Block, Column, Heading, Notes, Pairs, Table
from catalogue.values.text import clean

PIPE_WIDTH = 120
"""Columns of a page that no terminal shows."""
_LEAST_TEXT, _EASY_TEXT = 14, 24
"""Columns that a text needs, and columns in which it reads well: what may be dropped goes before that."""
_GAP = 2
_ASCII_HEAD = Box("    \n    \n -- \n    \n    \n    \n    \n    \n", ascii=True)
_TONES = {"plain": "", "good": "green", "bad": "red", "warn": "yellow", "dim": "dim"}


def show(blocks: Iterable[Block], output: str | None = None) -> str:
    """The page for the place where it goes: coloured on a terminal, plain lines anywhere else."""
    tty = on_terminal(output)
    width = shutil.get_terminal_size((100, 24)).columns if tty else PIPE_WIDTH
    colour = tty and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return layout(blocks, width=width, colour=colour, unicode=encodes_unicode(output))


def layout(blocks: Iterable[Block], *, width: int, colour: bool, unicode: bool = True) -> str:
    """The page at a width in columns; wider only where an amount would have to be broken."""
    page = list(blocks)
    fitted = [_fit(block, width) if isinstance(block, Table) else block for block in page]
    need = max(
        [width, *(_need(block.columns, block.rows) for block in fitted if isinstance(block, Table))]
    )
    out = io.StringIO()
    console = Console(
        file=out, width=need, force_terminal=colour, no_color=not colour, highlight=False, markup=False,
        emoji=False, color_system="standard" if colour else None, legacy_windows=False,
    )  # fmt: skip
    for number, block in enumerate(fitted):
        if number and not (isinstance(block, Pairs) and not block.title):
            console.print()
        for part in _parts(block, unicode):
            whole = isinstance(block, Notes) and block.whole
            console.print(part, crop=False, overflow=None if whole else "fold", soft_wrap=whole)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _parts(block: Block, unicode: bool) -> Iterable[RenderableType]:
    if isinstance(block, Heading):
        yield _text(block.text, "bold")
        if block.under:
            yield _text(block.under, "dim")
        return
    if block.title:
        yield _text(block.title, "bold cyan")
    if isinstance(block, Notes):
        for line in block.lines:
            if block.whole:
                yield _text(f"  {line}", _TONES[block.tone])
                continue
            yield Padding(_marked(line, _TONES[block.tone], unicode), (0, 0, 0, 2))
    elif isinstance(block, Pairs):
        yield Padding(_pairs(block), (0, 0, 0, 2))
    else:
        yield Padding(_table(block, unicode), (0, 0, 0, 2))
        if block.note:
            yield Padding(_text(block.note, "dim"), (0, 0, 0, 2))


def _marked(line: str, style: str, unicode: bool) -> RichTable:
    grid = RichTable.grid(padding=(0, 1, 0, 0))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(_text("•" if unicode else "-", style), _text(line, style))
    return grid


def _pairs(block: Pairs) -> RichTable:
    grid = RichTable.grid(padding=(0, _GAP, 0, 0))
    widest = max((cell_len(clean(name, None)) for name, _ in block.items), default=0)
    grid.add_column(no_wrap=True, min_width=widest)
    grid.add_column(
        overflow="fold", justify="right" if block.figures else "left", no_wrap=block.figures
    )
    for name, value in block.items:
        grid.add_row(_text(name, "dim"), _text(value))
    return grid


def _table(block: Table, unicode: bool) -> RichTable:
    made = RichTable(
        box=SIMPLE_HEAD if unicode else _ASCII_HEAD, show_edge=False, pad_edge=False, padding=(0, 1, 0, 0),
        header_style="bold", border_style="dim", collapse_padding=False,
    )  # fmt: skip
    for index, column in enumerate(block.columns):
        fixed = column.kind != "text"
        made.add_column(
            _text(column.title), justify="right" if column.kind == "number" else "left",
            no_wrap=fixed, overflow="fold", min_width=_wide(block, index) if fixed else None,
        )  # fmt: skip
    for row in block.rows:
        made.add_row(*(_text(cell) for cell in row))
    return made


def _wide(block: Table, index: int) -> int:
    return _natural(block.columns[index], [row[index] for row in block.rows])


def _natural(column: Column, cells: Sequence[str], text: int = _LEAST_TEXT) -> int:
    widest = max(cell_len(clean(cell, None)) for cell in (column.title, *cells))
    return widest if column.kind != "text" else min(widest, max(text, cell_len(column.title)))


def _need(columns: Sequence[Column], rows: Sequence[Sequence[str]], text: int = _LEAST_TEXT) -> int:
    """Columns that a table takes when its texts are `text` wide or less."""
    widths = [
        _natural(column, [row[at] for row in rows], text) for at, column in enumerate(columns)
    ]
    return sum(widths) + _GAP * (len(widths) - 1) + 2


def _fit(block: Table, width: int) -> Table:
    """The table without the columns that may be dropped, as far as it must to fit."""
    while _need(block.columns, block.rows, _EASY_TEXT) > width:
        drops = [(column.drop, at) for at, column in enumerate(block.columns) if column.drop]
        if not drops:
            break
        gone = max(drops)[1]
        block = block._replace(
            columns=[c for at, c in enumerate(block.columns) if at != gone],
            rows=[[cell for at, cell in enumerate(row) if at != gone] for row in block.rows],
        )
    return block


def _text(text: str, style: str = "") -> Text:
    """Foreign text as text: no markup, no emoji names, no control characters."""
    return Flowing(clean(text, None), style=style)
