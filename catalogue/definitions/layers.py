"""Versions written as changes: how patches of several dates and folders become whole versions.

A version states what changes from its date on; everything else stays as the version before had it.
Tables merge key by key; lists and single values are replaced. `removed = true` drops a table,
`replace = true` starts it afresh. `source` and `basis` apply to the figures written beside and below
them in the same version, the nearest wins; they are never inherited by a later change of a figure.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import attrs

from catalogue.definitions.model import Basis, Origin
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.values.text import clean, suggest

CONTROL = ("source", "basis", "removed", "replace")
_OWN = ("effective_from", "note")
ATOMIC = ("test", "when", "applies", "waive", "tax", "per", "min", "max", "default")
"""Tables that a later version replaces whole: half a condition or half a bound means nothing."""


@attrs.frozen
class Patch:
    """One `[[versions]]` entry of one file."""

    file: str
    key: KeyPath
    effective_from: date
    data: Mapping[str, Any]


def read_patches(file: str, raw: Any, problems: Problems) -> list[Patch]:
    """The versions of one file, each with a date of its own."""
    if not isinstance(raw, list) or not all(isinstance(entry, Mapping) for entry in raw):
        problems.add(file, ("versions",), "is not a list of tables; write [[versions]]")
        return []
    patches: list[Patch] = []
    seen: dict[date, int] = {}
    for index, entry in enumerate(raw):
        path: KeyPath = ("versions", index)
        day = entry.get("effective_from")
        if type(day) is not date:
            shown = "is missing" if day is None else f"{clean(repr(day))} is not a date"
            problems.add(
                file,
                (*path, "effective_from"),
                f"{shown}; write effective_from = 2024-10-25 without quotes",
            )
            continue
        if day in seen:
            problems.add(
                file, path, f"a second version from {day}; versions[{seen[day]}] has that date"
            )
            continue
        seen[day] = index
        patches.append(Patch(file, path, day, entry))
    return patches


class Merged:
    """The state after some patches: plain data, and the origin of every leaf and table."""

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.origins: dict[KeyPath, Origin] = {}

    def apply(self, patch: Patch, sources: Mapping[str, Any], problems: Problems) -> None:
        """Merge one patch in; figures without a source, or with one that is unknown, are faults."""
        for name in _OWN:
            self.data.pop(name, None)
        self._table(self.data, patch.data, (), patch, _Stamp(None, None), sources, problems)

    def _table(
        self, into: dict[str, Any], table: Mapping[str, Any], path: KeyPath, patch: Patch,
        stamp: _Stamp, sources: Mapping[str, Any], problems: Problems,
    ) -> None:  # fmt: skip
        stamp = stamp.beside(table, (*patch.key, *path), patch.file, sources, problems)
        if path:
            self.origins.setdefault(path, stamp.origin(patch, path))
        for name, value in table.items():
            here = (*path, name)
            if name in CONTROL and path != ("ask",):
                continue
            if isinstance(value, Mapping):
                if value.get("removed") is True:
                    self._drop(into, name, here)
                    continue
                fresh = value.get("replace") is True or name in ATOMIC
                if fresh or not isinstance(into.get(name), dict):
                    self._drop(into, name, here)
                    into[name] = {}
                self._table(into[name], value, here, patch, stamp, sources, problems)
            else:
                self._drop(into, name, here)
                into[name] = copy.deepcopy(value)
                self._leaf(value, here, patch, stamp, problems)

    def _leaf(
        self, value: Any, here: KeyPath, patch: Patch, stamp: _Stamp, problems: Problems
    ) -> None:
        self.origins[here] = stamp.origin(patch, here)
        if stamp.source is None and len(here) > 1 and any(True for _ in _figures(value)):
            problems.add(
                patch.file, (*patch.key, *here),
                "a figure without a source; add source and basis here, to its table or to its version",
            )  # fmt: skip

    def _drop(self, into: dict[str, Any], name: str, here: KeyPath) -> None:
        into.pop(name, None)
        for path in [path for path in self.origins if path[: len(here)] == here]:
            del self.origins[path]

    def locate(self, fallback: Patch, path: KeyPath) -> tuple[str, KeyPath]:
        """(file, key path there) of a path in the merged data."""
        for end in range(len(path), 0, -1):
            origin = self.origins.get(path[:end])
            if origin is not None:
                return origin.file, (*origin.key, *path[end:])
        return fallback.file, (*fallback.key, *path)


@attrs.frozen
class _Stamp:
    """The source and basis in force at some depth of a patch."""

    source: str | None
    basis: str | None

    def beside(
        self, table: Mapping[str, Any], path: KeyPath, file: str, sources: Mapping[str, Any],
        problems: Problems,
    ) -> _Stamp:  # fmt: skip
        source, basis = table.get("source", self.source), table.get("basis", self.basis)
        if isinstance(source, Mapping) or isinstance(basis, Mapping):
            return self  # a table that happens to be called so, as an ask field
        if "source" in table and source not in sources:
            hint = (
                suggest(str(source), sources) or "; declare it under [sources] or in sources.toml"
            )
            problems.add(file, (*path, "source"), f"unknown source {clean(repr(source))}{hint}")
        if "basis" in table and basis not in get_args(Basis):
            hint = suggest(str(basis), get_args(Basis))
            problems.add(
                file, (*path, "basis"),
                f"{clean(repr(basis))} is not one of {', '.join(get_args(Basis))}{hint}",
            )  # fmt: skip
        if table.get("source") is not None and basis is None:
            problems.add(file, path, f"`basis` is missing: one of {', '.join(get_args(Basis))}")
        return _Stamp(source, basis)

    def origin(self, patch: Patch, here: KeyPath) -> Origin:
        return Origin(
            patch.file, (*patch.key, *here), patch.effective_from, self.source, self.basis
        )


def _figures(value: Any) -> Iterator[Any]:
    """The numbers in a value: what must have a source."""
    if isinstance(value, (list, tuple)):
        for item in value:
            yield from _figures(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _figures(item)
    elif isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        yield value
