"""What every dated definition file shares: a header, sources, versions written as changes.

Products, bundles and scorecards differ in the classes of header and version and in what is checked
of a version as a whole; reading, merging and telling faults are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, TypeVar

import attrs

from catalogue.definitions.layers import Merged, Patch, read_patches
from catalogue.definitions.model import Source
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.structure import MISSING, Reader, specification
from catalogue.definitions.text_checks import check_texts
from catalogue.definitions.toml_file import read_toml
from catalogue.definitions.versions import Origins
from catalogue.errors import DefinitionError
from catalogue.values.text import suggest

H = TypeVar("H")
V = TypeVar("V")


@attrs.frozen
class Dated(Generic[H, V]):
    """A definition over time, as read from its files, the lowest layer first."""

    header: H
    files: tuple[str, ...]
    sources: Mapping[str, Source]
    versions: tuple[V, ...]
    raw: tuple[tuple[str, Mapping[str, Any]], ...] = attrs.field(default=(), repr=False)


def load_dated(
    paths: Sequence[Path],
    shared: Mapping[str, Source],
    problems: Problems,
    *,
    header: type[H],
    version: type[V],
    tables: Sequence[str] = (),
    finish: Callable[[V, Reader], V] | None = None,
) -> Dated[H, V] | None:
    """A definition from its files; faults go to `problems`, None when nothing can be made of them.

    Args:
        paths: the files of one code, the lowest layer first.
        shared: sources that every file may cite.
        problems: where faults are noted.
        header: attrs class of the top-level keys.
        version: attrs class of a whole version; it has `effective_from` and `origins`.
        tables: top-level tables beside `sources` and `versions` that the caller reads from `raw`.
        finish: completes a whole version, and notes the faults that only it shows.
    """
    head: H | None = None
    stated: dict[str, Any] = {}
    sources, patches = dict(shared), []
    raws: list[tuple[str, Mapping[str, Any]]] = []
    for path in paths:
        file = str(path)
        try:
            raw = read_toml(path)
        except DefinitionError as error:
            problems.add_unreadable(file, error)
            return None
        raws.append((file, raw))
        check_texts(file, raw, problems)
        stated |= own_keys(raw, header)
        head = read_head(file, raw, header, tables, problems, stated) or head
        sources |= read_sources(file, raw.get("sources", {}), problems)
        if not raw.get("versions", []) and len(paths) == 1:
            problems.add(
                file, (), "`versions` is missing; a definition needs at least one [[versions]]"
            )
        patches += read_patches(file, raw.get("versions", []), problems)
    if len(paths) > 1 and not any(raw.get("versions") for _, raw in raws):
        problems.add(
            str(paths[0]), (), "`versions` is missing; a definition needs at least one [[versions]]"
        )
    versions = _versions(patches, sources, version, finish, problems)
    if head is None or not versions:
        return None
    return Dated(head, tuple(map(str, paths)), MappingProxyType(sources), versions, tuple(raws))


def own_keys(raw: Mapping[str, Any], header: type) -> dict[str, Any]:
    """The top-level keys of a file that belong to the header."""
    names = {name for name, _, _ in specification(header)}
    return {name: value for name, value in raw.items() if name in names}


def read_head(
    file: str,
    raw: Mapping[str, Any],
    header: type[H],
    tables: Sequence[str],
    problems: Problems,
    stated: Mapping[str, Any] | None = None,
) -> H | None:
    """The header from the top-level keys of a file; unknown keys are faults.

    `stated` holds the keys of this file over those of the layers below: a file that is laid over
    another one needs to repeat nothing but its code.
    """
    names = [name for name, _, _ in specification(header)]
    allowed = (*names, "sources", "versions", *tables)
    for name in raw:
        if name not in allowed:
            hint = suggest(name, allowed) or f"; allowed: {', '.join(allowed)}"
            problems.add(file, (name,), f"unknown key{hint}")
    given = own_keys(raw, header) if stated is None else stated
    made = file_reader(file, problems).table(header, given, ())
    return None if made is MISSING else made


def read_sources(
    file: str, raw: Any, problems: Problems, path: KeyPath = ("sources",)
) -> dict[str, Source]:
    """The sources in a table that lies at `path` of a file."""
    read = file_reader(file, problems).read(Mapping[str, Source], raw, path)
    return {} if read is MISSING else dict(read)


def file_reader(file: str, problems: Problems) -> Reader:
    """A reader of a file that is not merged: paths are as written."""
    return Reader(problems, lambda path: (file, path))


def _versions(
    patches: list[Patch],
    sources: Mapping[str, Source],
    cls: type[V],
    finish: Callable[[V, Reader], V] | None,
    problems: Problems,
) -> tuple[V, ...]:
    merged, made = Merged(), []
    dated = sorted(patches, key=lambda patch: patch.effective_from)
    for _, group in groupby(dated, key=lambda patch: patch.effective_from):
        same_day = list(group)
        for patch in same_day:
            merged.apply(patch, sources, problems)
        version = _structure(merged, same_day[-1], cls, finish, problems)
        if version is not None:
            made.append(version)
    return tuple(made)


def _structure(
    merged: Merged,
    last: Patch,
    cls: type[V],
    finish: Callable[[V, Reader], V] | None,
    problems: Problems,
) -> V | None:
    def locate(path: KeyPath) -> tuple[str, KeyPath]:
        return merged.locate(last, path)

    reader = Reader(problems, locate)
    version = reader.table(cls, merged.data, ())
    if version is MISSING:
        return None
    made: V = attrs.evolve(version, origins=Origins(merged.origins))
    return made if finish is None else finish(made, reader)
