"""Faults of definition files: where, what, what is allowed; collected, so that all are told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import attrs

from catalogue.definitions.positions import line_of
from catalogue.errors import DefinitionError

KeyPath = tuple[str | int, ...]
_LINE = re.compile(r"(\d+):")


def path_text(path: KeyPath) -> str:
    """The address of a key as people write it.

    >>> path_text(("versions", 2, "fees", "arrangement", "rate"))
    'versions[2].fees.arrangement.rate'
    """
    out = ""
    for part in path:
        if isinstance(part, int):
            out += f"[{part}]"
        else:
            out += f".{part}" if out else part
    return out


@attrs.frozen(order=True)
class Problem:
    """One fault: `file`, `key` path in it, and the message (lower case, no full stop).

    `at_line` is the line of a fault that has no key, as one of the syntax.
    """

    file: str
    key: KeyPath
    message: str
    at_line: int | None = None

    @property
    def line(self) -> int | None:
        """The line of the fault, where it is known; that of a key is looked up only now."""
        return line_of(Path(self.file), self.key) if self.key else self.at_line

    def text(self) -> str:
        """`file:line: key: message`."""
        line = self.line
        where = f"{self.file}:{line}" if line else self.file
        return (
            f"{where}: {path_text(self.key)}: {self.message}"
            if self.key
            else f"{where}: {self.message}"
        )


class Problems:
    """A collector that keeps the first of equal findings and their order."""

    def __init__(self) -> None:
        self._found: dict[Problem, None] = {}

    def add(self, file: str, key: KeyPath, message: str) -> None:
        """Note one fault."""
        self._found.setdefault(Problem(file, key, message))

    def add_unreadable(self, file: str, error: DefinitionError) -> None:
        """Note a file that cannot be read at all; its error begins with `file:` or `file:line:`."""
        message = str(error).removeprefix(f"{file}:")
        line = _LINE.match(message)
        if line is not None:
            message = message[line.end() :]
        self._found.setdefault(Problem(file, (), message.strip(), line and int(line[1])))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several."""
        for problem in problems:
            self._found.setdefault(problem)

    def __bool__(self) -> bool:
        return bool(self._found)

    def __iter__(self) -> Iterator[Problem]:
        return iter(self._found)

    def raise_if_any(self) -> None:
        """Raise one DefinitionError that holds every fault."""
        if self._found:
            raise DefinitionError.many(problem.text() for problem in self._found)
