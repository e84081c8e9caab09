"""Why a figure is what it is: recorded by the very calls that price, never reconstructed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import attrs

from catalogue.definitions.model import Origin, Source
from catalogue.definitions.problems import path_text
from catalogue.definitions.values_of_fields import plain
from catalogue.values.text import Bilingual


@attrs.frozen
class Entry:
    """One explained figure.

    `file` is relative to its definition folder, `key` the key path in it, `version` the date of the
    version, `source` the law, tariff or book, `basis` how sure it is.
    """

    figure: str
    value: Any
    formula: str
    inputs: Mapping[str, Any] = attrs.field(factory=dict)
    file: str | None = None
    key: str | None = None
    version: date | None = None
    source: str | None = None
    basis: str | None = None
    by: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it; empty parts are left out."""
        made = {
            "figure": self.figure,
            "value": plain(self.value),
            "formula": self.formula,
            "inputs": plain(self.inputs),
            "file": self.file,
            "key": self.key,
            "version": plain(self.version),
            "source": self.source,
            "basis": self.basis,
            "by": self.by,
        }
        return {name: value for name, value in made.items() if value not in (None, {}, "")}


class Cited(Bilingual):
    """A source as it is cited in English; `zh` is the same in Chinese, so that it travels along.

    >>> Cited("Tariff, 2024", "收费表, 2024").zh
    '收费表, 2024'
    """

    __slots__ = ()


def source_text(source_id: str | None, sources: Mapping[str, Source]) -> str:
    """A source as it is cited: title, document number, date; with its Chinese title as `Cited`."""
    if source_id is None or source_id not in sources:
        return source_id or "no source stated"
    source = sources[source_id]
    rest = [source.reference, source.date and source.date.isoformat()]
    english, chinese = (
        ", ".join(part for part in (title, *rest) if part)
        for title in (source.title, source.title_zh or source.title)
    )
    return Cited(english, chinese)


def in_chinese(source: str) -> str:
    """A source as it is cited in Chinese; the text itself where no Chinese one is known."""
    return source.zh if isinstance(source, Cited) else source


class Trace:
    """The entries of one quote, in the order in which figures were made; equal ones once."""

    def __init__(self, sources: Mapping[str, Source], display: Callable[[str], str]) -> None:
        self._sources = sources
        self._display = display
        self._entries: list[Entry] = []
        self._by_figure: dict[str, list[Entry]] = {}  # so that a thousand figures stay cheap
        self.used: set[str] = set()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """What was noted so far."""
        return tuple(self._entries)

    def add(self, entry: Entry) -> None:
        """Note one figure."""
        alike = self._by_figure.setdefault(entry.figure, [])
        if entry not in alike:
            alike.append(entry)
            self._entries.append(entry)

    def figure(
        self,
        figure: str,
        value: Any,
        formula: str,
        inputs: Mapping[str, Any],
        origin: Origin | None,
    ) -> None:
        """Note a figure that a definition states or limits."""
        if origin is None:
            self.add(Entry(figure, value, formula, dict(inputs)))
            return
        self.add(
            Entry(
                figure,
                value,
                formula,
                dict(inputs),
                self._display(origin.file),
                path_text(origin.key),
                origin.version,
                source_text(origin.source, self._sources),
                origin.basis,
            )
        )
