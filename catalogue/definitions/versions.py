"""What every dated thing shares: the version in force on a day, and where a part of one was stated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

import attrs

from catalogue.errors import InputError

if TYPE_CHECKING:
    from catalogue.definitions.model import Origin
    from catalogue.definitions.problems import KeyPath


class Versioned(Protocol):
    """Anything that holds from a day on."""

    @property
    def effective_from(self) -> date:
        """The first day."""


V = TypeVar("V", bound=Versioned)


def version_at(versions: Sequence[V], as_of: date) -> V | None:
    """The version in force on a day, None before the first; versions ascend by `effective_from`."""
    found: V | None = None
    for version in versions:
        if version.effective_from <= as_of:
            found = version
    return found


def known_version(versions: Sequence[V], as_of: date, code: str) -> V:
    """As version_at, but a day before the first version is an InputError."""
    found = version_at(versions, as_of)
    if found is None:
        first = versions[0].effective_from
        raise InputError(f"{code}: has no version on {as_of}; its first is of {first}")
    return found


def need_version(versions: Sequence[V], as_of: date, code: str) -> V:
    """As known_version, but a day after a withdrawal is an InputError too."""
    found = known_version(versions, as_of, code)
    if getattr(found, "withdrawn", False):
        raise InputError(f"{code}: withdrawn from {found.effective_from}; {as_of} was asked")
    return found


class Origins(Mapping["KeyPath", "Origin"]):
    """Where every part of a version is stated: key path → origin. Read-only.

    The newest origin of a part is asked for with every figure of every quote, so it is kept.
    """

    __slots__ = ("_all", "_newest")

    def __init__(self, origins: Mapping[KeyPath, Origin] | None = None) -> None:
        self._all = dict(origins or {})
        self._newest: dict[KeyPath, Origin | None] = {}

    def __getitem__(self, path: KeyPath) -> Origin:
        return self._all[path]

    def __iter__(self) -> Iterator[KeyPath]:
        return iter(self._all)

    def __len__(self) -> int:
        return len(self._all)

    def newest(self, path: KeyPath) -> Origin | None:
        """The newest origin at or below `path`: where and by which source that part is stated.

        Of several keys that one version changed, the table that holds them all is the place.
        """
        if path not in self._newest:
            self._newest[path] = self._find(path)
        return self._newest[path]

    def _find(self, path: KeyPath) -> Origin | None:
        below = [found for where, found in self._all.items() if where[: len(path)] == path]
        if not below:
            return None
        newest = max(below, key=lambda found: found.version)
        changed = [
            found.key
            for found in below
            if (found.file, found.version) == (newest.file, newest.version)
        ]
        return attrs.evolve(newest, key=_shared(changed))


class Stated:
    """A version that knows where each of its parts is stated."""

    __slots__ = ()
    origins: Origins

    def origin(self, *path: str) -> Origin | None:
        """The newest origin at or below `path`: where and by which source that part is stated."""
        return self.origins.newest(path)


def origins_below(origins: Mapping[KeyPath, Origin], path: tuple[str, ...]) -> dict[str, Origin]:
    """The origin of each key below `path`, by its dotted rest; tables that hold others left out."""
    below = {
        where: found
        for where, found in origins.items()
        if len(where) > len(path) and where[: len(path)] == path
    }
    tables = {where[:end] for where in below for end in range(len(path), len(where))}
    return {
        ".".join(map(str, where[len(path) :])): found
        for where, found in below.items()
        if where not in tables
    }


def _shared(keys: Sequence[KeyPath]) -> KeyPath:
    """The beginning that key paths have in common."""
    shared = keys[0]
    for other in keys:
        same = [a == b for a, b in zip(shared, other, strict=False)]
        shared = shared[: same.index(False)] if False in same else shared[: len(other)]
    return shared
