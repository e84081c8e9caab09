"""What long work is doing, on stderr and only where a person sees it."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Callable, Iterator

import click

_CLEAR = "\r\x1b[K"


@contextlib.contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """A function that shows one line in place of the last; the line is gone at the end."""
    stream = sys.stderr
    if stream is None or not stream.isatty():
        yield lambda text: None
        return
    width = shutil.get_terminal_size((80, 24)).columns - 1

    def show(text: str) -> None:
        from catalogue.values.text import clean

        click.echo(f"{_CLEAR}{clean(text, width)}", nl=False, err=True)

    try:
        yield show
    finally:
        click.echo(_CLEAR, nl=False, err=True)
