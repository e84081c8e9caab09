"""Versions written as changes: how patches of several dates and folders become whole versions.

A version states what changes from its date on; everything else stays as the version before had it.
Tables merge key by key; lists and single values are replaced; a bare number for a figure that was
stated at length keeps its label and unit. `removed = true` drops a table, `replace = true` starts it
afresh. `source` and `basis` apply to the figures written beside and below
them in the same version, the nearest wins; they are never inherited by a later change of a figure.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import attrs

from catalogue.definitions.model import Basis, Origin
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.values.text import clean, suggest

CONTROL = ("source", "basis", "removed", "replace")
_OWN = ("effective_from", "note", "note_zh")
ATOMIC = ("test", "when", "applies", "waive", "tax", "per", "min", "max", "default")
"""Tables that a later version replaces whole: half a condition or half a bound means nothing."""
ATOMIC_DEPTH = 2
"""… below an entry of a group (fees.<code>.tax); an entry that happens to have such a name merges."""
_KEPT = ("label", "label_zh", "unit", "informative")
Fault = Callable[[KeyPath, str], None]


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
    """The state after some patches.

    `data` is the plain data. `origins` says of every leaf where it is stated, and of every table where
    it was first stated; `touched` where each was last written, which is where a fault of it lies.
    """

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.origins: dict[KeyPath, Origin] = {}
        self.touched: dict[KeyPath, Origin] = {}

    def apply(self, patch: Patch, sources: Mapping[str, Any], problems: Problems) -> None:
        """Merge one patch in; figures without a source, or with one that is unknown, are faults."""
        for name in _OWN:
            self.data.pop(name, None)
        _Applied(self, patch, sources, problems).table(self.data, patch.data, (), _Stamp())

    def drop(self, into: dict[str, Any], name: str, here: KeyPath) -> None:
        """Forget a key, and with a table the origins of all that is in it."""
        self.forget(into.pop(name, None), here)

    def forget(self, old: Any, here: KeyPath) -> None:
        """Forget where a value was stated, and with a table where all that is in it was."""
        gone = [here]
        if isinstance(old, dict):
            gone = [path for path in self.touched if path[: len(here)] == here]
        for path in gone:
            self.origins.pop(path, None)
            self.touched.pop(path, None)

    def locate(self, fallback: Patch, path: KeyPath) -> tuple[str, KeyPath]:
        """(file, key path there) of a path in the merged data: where it was last written."""
        for end in range(len(path), 0, -1):
            origin = self.touched.get(path[:end])
            if origin is not None:
                return origin.file, (*origin.key, *path[end:])
        return fallback.file, (*fallback.key, *path)


@attrs.frozen
class _Applied:
    """One patch on its way into the state."""

    state: Merged
    patch: Patch
    sources: Mapping[str, Any]
    problems: Problems

    def table(
        self, into: dict[str, Any], table: Mapping[str, Any], path: KeyPath, stamp: _Stamp
    ) -> None:
        """Merge a table key by key."""
        stamp = stamp.beside(table, path, self.fault, self.sources)
        if path:
            origin = stamp.origin(self.patch, path)
            self.state.origins.setdefault(path, origin)
            self.state.touched[path] = origin
        for name, value in table.items():
            here = (*path, name)
            if _is_control(name, value, path):
                self._check_control(name, value, path)
            elif isinstance(value, Mapping):
                self._inner(into, name, value, here, stamp)
            elif path == ("figures",) and isinstance(into.get(name), dict):
                self._short_figure(into, name, value, here, stamp)
            else:
                self.state.forget(into.get(name), here)
                into[name] = copy.deepcopy(value)  # at its old place: values stay in their order
                self._leaf(value, here, stamp)

    def _inner(
        self,
        into: dict[str, Any],
        name: str,
        value: Mapping[str, Any],
        here: KeyPath,
        stamp: _Stamp,
    ) -> None:
        if value.get("removed") is True:
            self._remove(into, name, value, here)
            return
        atomic = name in ATOMIC and len(here) > ATOMIC_DEPTH
        if atomic or value.get("replace") is True or not isinstance(into.get(name), dict):
            self.state.drop(into, name, here)
            into[name] = {}
        self.table(into[name], value, here, stamp)

    def _remove(
        self, into: dict[str, Any], name: str, value: Mapping[str, Any], here: KeyPath
    ) -> None:
        if name not in into:
            hint = suggest(name, into) or "; no version before this one states it"
            self.fault(here, f"there is no {clean(repr(name))} to remove{hint}")
        for other in value:
            if other not in CONTROL:
                self.fault((*here, other), "stands beside `removed = true`; nothing reads it")
        self.state.drop(into, name, here)

    def _short_figure(
        self, into: dict[str, Any], name: str, value: Any, here: KeyPath, stamp: _Stamp
    ) -> None:
        """A bare number for a figure that was stated at length keeps its label and unit."""
        kept = {part: into[name][part] for part in _KEPT if part in into[name]}
        self.state.drop(into, name, here)
        into[name] = {"value": copy.deepcopy(value), **kept} if kept else copy.deepcopy(value)
        self._leaf(value, here, stamp)

    def _leaf(self, value: Any, here: KeyPath, stamp: _Stamp) -> None:
        origin = stamp.origin(self.patch, here)
        self.state.origins[here] = self.state.touched[here] = origin
        if stamp.source is None and len(here) > 1 and any(True for _ in _figures(value)):
            self.fault(
                here,
                "a figure without a source; add source and basis here, to its table or to its version",
            )

    def _check_control(self, name: str, value: Any, path: KeyPath) -> None:
        """`source` and `basis` are read by the stamp; here is what would be passed over silently."""
        here = (*path, name)
        if name == "removed" and not path:
            self.fault(here, "a version cannot be removed; state the parts that end, each removed")
        elif name in ("removed", "replace") and value is not True:
            self.fault(here, f"{clean(repr(value))} is not true; leave `{name}` out otherwise")
        elif name in ("source", "basis") and isinstance(value, Mapping):
            self.fault(here, f"`{name}` is not a name that a table can have here; rename it")

    def fault(self, path: KeyPath, message: str) -> None:
        """Note a fault of the patch at a path in the version."""
        self.problems.add(self.patch.file, (*self.patch.key, *path), message)


def _is_control(name: str, value: Any, path: KeyPath) -> bool:
    """Whether a key steers the merge; an ask field, which is a table, may have any name."""
    return name in CONTROL and not (path == ("ask",) and isinstance(value, Mapping))


@attrs.frozen
class _Stamp:
    """The source and basis in force at some depth of a patch."""

    source: str | None = None
    basis: str | None = None

    def beside(
        self, table: Mapping[str, Any], path: KeyPath, fault: Fault, sources: Mapping[str, Any]
    ) -> _Stamp:
        """The stamp of a table: what it states itself, else what is stated above it."""
        stated = {
            name: table[name]
            for name in ("source", "basis")
            if name in table and not isinstance(table[name], Mapping)
        }
        source, basis = stated.get("source", self.source), stated.get("basis", self.basis)
        if "source" in stated and (not isinstance(source, str) or source not in sources):
            hint = (
                suggest(str(source), sources) or "; declare it under [sources] or in sources.toml"
            )
            fault((*path, "source"), f"unknown source {clean(repr(source))}{hint}")
            source = str(source)
        if "basis" in stated and basis not in get_args(Basis):
            hint = suggest(str(basis), get_args(Basis))
            fault(
                (*path, "basis"),
                f"{clean(repr(basis))} is not one of {', '.join(get_args(Basis))}{hint}",
            )
            basis = str(basis)
        if "source" in stated and basis is None:
            fault(path, f"`basis` is missing: one of {', '.join(get_args(Basis))}")
        return _Stamp(source, basis)

    def origin(self, patch: Patch, here: KeyPath) -> Origin:
        """The origin of a path of a patch under this stamp."""
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
