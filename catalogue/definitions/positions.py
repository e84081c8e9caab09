"""The line of a key in a TOML file, found only when an error is told.

tomli keeps no positions. This scanner runs over text that tomli has already accepted, so it only
follows structure: headers, arrays of tables, dotted keys, inline tables, arrays, four kinds of string.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import tomli

Key = tuple[str | int, ...]

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)
      | (?P<string>\"\"\"(?:\\.|[^\\])*?\"{3,5}|'''.*?'{3,5}|"(?:\\.|[^"\\\n])*"|'[^'\n]*')
      | (?P<newline>\n) | (?P<space>[ \t\r]+)
      | (?P<punct>[\[\]{}=,.])
      | (?P<bare>[^\s\#\[\]{}=,.\"']+)""",
    re.VERBOSE | re.DOTALL,
)


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup or ""
        if kind not in ("comment", "space"):
            yield kind, match.group(), line
        line += match.group().count("\n")
    yield "newline", "\n", line
    yield "end", "", line


def _name(kind: str, text: str) -> str:
    if kind == "string" and "\\" in text:
        return str(tomli.loads(f"name = {text}")["name"])
    return text[1:-1] if kind == "string" else text


class _Scanner:
    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.at = 0
        self.lines: dict[Key, int] = {}
        self.counts: dict[Key, int] = {}

    def peek(self, ahead: int = 0) -> tuple[str, str, int]:
        return self.tokens[min(self.at + ahead, len(self.tokens) - 1)]

    def take(self) -> tuple[str, str, int]:
        token = self.peek()
        self.at += 1
        return token

    def note(self, key: Key, line: int) -> None:
        for end in range(1, len(key) + 1):
            self.lines.setdefault(key[:end], line)

    def dotted(self, stop: str) -> list[str]:
        parts: list[str] = []
        while True:
            kind, text, _ = self.take()
            if text == stop or kind == "end":
                return parts
            if text != "." and kind in ("bare", "string"):
                parts.append(_name(kind, text))

    def resolve(self, parts: list[str]) -> Key:
        """A header path with the current index after each array of tables."""
        key: Key = ()
        for part in parts:
            key += (part,)
            if key in self.counts:
                key += (self.counts[key],)
        return key

    def run(self) -> dict[Key, int]:
        table: Key = ()
        while self.peek()[0] != "end":
            kind, text, line = self.peek()
            if kind == "newline":
                self.take()
            elif text == "[":
                self.take()
                double = self.peek()[1] == "["
                if double:
                    self.take()
                parts = self.dotted("]")
                if double:
                    self.take()
                    parent = (*self.resolve(parts[:-1]), parts[-1])
                    self.counts[parent] = self.counts.get(parent, -1) + 1
                table = self.resolve(parts)
                self.note(table, line)
            else:
                self.pair(table)
        return self.lines

    def pair(self, table: Key) -> None:
        line = self.peek()[2]
        key = table + tuple(self.dotted("="))
        self.note(key, line)
        self.value(key)

    def value(self, key: Key) -> None:
        text = self.peek()[1]
        if text == "[":
            self.take()
            index = 0
            while not self.closed("]"):
                if self.peek()[1] == "," or self.peek()[0] == "newline":
                    self.take()
                    continue
                self.note((*key, index), self.peek()[2])
                self.value((*key, index))
                index += 1
        elif text == "{":
            self.take()
            while not self.closed("}"):
                if self.peek()[1] == "," or self.peek()[0] == "newline":
                    self.take()
                    continue
                self.pair(key)
        else:
            while self.peek()[1] not in (",", "]", "}") and self.peek()[0] not in (
                "newline",
                "end",
            ):
                self.take()

    def closed(self, bracket: str) -> bool:
        if self.peek()[1] == bracket or self.peek()[0] == "end":
            self.take()
            return True
        return False


def key_lines(text: str) -> dict[Key, int]:
    r"""Every key path of a TOML text that parses, with the line on which it is first written.

    >>> key_lines('code = "a"\n[[versions]]\nx = 1\n')[("versions", 0, "x")]
    3
    """
    return _Scanner(text).run()


@lru_cache(maxsize=8)
def _lines_of_text(text: str) -> dict[Key, int]:
    """As key_lines; many faults of one file scan it once."""
    return key_lines(text)


def line_of(path: Path, key: Key) -> int | None:
    """The line of `key` in the file, or of its nearest parent that is written there; None if unknown."""
    try:
        lines = _lines_of_text(path.read_text("utf-8-sig"))
    except (
        OSError,
        ValueError,
    ):  # gone or changed since it was read; the fault stands without a line
        return None
    while key:
        if key in lines:
            return lines[key]
        key = key[:-1]
    return None
