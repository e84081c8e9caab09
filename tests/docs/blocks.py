"""Fenced blocks of a Markdown page, and the commands in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = (
    ROOT / "README.md",
    *sorted(DOCS.rglob("*.md")),
    *sorted((ROOT / "examples").rglob("*.md")),
)
_FENCE = re.compile(
    r"(?:^<!-- file: (?P<file>\S+) -->\n)?^```(?P<tag>.*)\n(?P<text>(?:.*\n)*?)^```$", re.MULTILINE
)


class Block(NamedTuple):
    """One fenced block: where it begins, its tag with options, and the file it shows."""

    page: Path
    line: int
    tag: str
    text: str
    file: str | None
    span: tuple[int, int]

    @property
    def kind(self) -> str:
        """The tag without options."""
        return self.tag.split()[0] if self.tag.split() else ""

    @property
    def exit(self) -> int:
        """The exit code that the block documents."""
        stated = re.search(r"exit=(\d+)", self.tag)
        return int(stated[1]) if stated else 0

    @property
    def where(self) -> str:
        """`docs/page.md:12`."""
        return f"{self.page.relative_to(ROOT)}:{self.line}"

    def commands(self) -> Iterator[tuple[str, str]]:
        """Each `$ command` with the output that is shown below it."""
        for part in re.split(r"^(?=\$ )", self.text, flags=re.MULTILINE):
            if part.startswith("$ "):
                command, _, output = part[2:].partition("\n")
                yield command, output


def blocks(page: Path) -> list[Block]:
    """All fenced blocks of a page."""
    text = page.read_text("utf-8")
    return [
        Block(page, text[: found.start()].count("\n") + 1, found["tag"].strip(), found["text"],
              found["file"], found.span("text"))
        for found in _FENCE.finditer(text)
    ]  # fmt: skip


def replaced(text: str, changes: list[tuple[tuple[int, int], str]]) -> str:
    """The text with spans replaced."""
    for (start, end), new in reversed(changes):
        text = text[:start] + new + text[end:]
    return text
