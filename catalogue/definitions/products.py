"""One product's files → ProductDefinition: header, sources, every version whole, every fault told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any

import attrs

from catalogue.definitions.common_fields import with_common
from catalogue.definitions.facts import FactDef
from catalogue.definitions.layers import Merged, Patch, read_patches
from catalogue.definitions.model import (
    Example, Header, ProductDefinition, ProductVersion, Source,
)  # fmt: skip
from catalogue.definitions.problems import KeyPath, Problems
from catalogue.definitions.structure import MISSING, Reader, specification
from catalogue.definitions.toml_file import read_toml
from catalogue.definitions.version_checks import check_version
from catalogue.errors import DefinitionError
from catalogue.values.text import suggest

_TABLES = ("sources", "versions", "examples")
HEADER_KEYS = tuple(name for name, _, _ in specification(Header))


def file_reader(file: str, problems: Problems) -> Reader:
    """A reader of a file that is not merged: paths are as written."""
    return Reader(problems, lambda path: (file, path))


def read_header_keys(file: str, raw: Mapping[str, Any], problems: Problems) -> Header | None:
    """The header from the top-level keys of a file."""
    for name in raw:
        if name not in HEADER_KEYS and name not in _TABLES:
            allowed = (*HEADER_KEYS, *_TABLES)
            hint = suggest(name, allowed) or f"; allowed: {', '.join(allowed)}"
            problems.add(file, (name,), f"unknown key{hint}")
    head = {name: value for name, value in raw.items() if name in HEADER_KEYS}
    header = file_reader(file, problems).table(Header, head, ())
    return None if header is MISSING else header


def read_sources(file: str, raw: Any, problems: Problems) -> dict[str, Source]:
    """The `[sources]` table of a file."""
    read = file_reader(file, problems).read(Mapping[str, Source], raw, ("sources",))
    return {} if read is MISSING else dict(read)


def load_product(
    paths: Sequence[Path],
    shared_sources: Mapping[str, Source],
    facts: Mapping[str, FactDef] | None,
    problems: Problems,
) -> ProductDefinition | None:
    """A product from its files, the lowest layer first.

    `facts` is the vocabulary of customer facts that conditions may read.

    Faults go to `problems`; None when nothing can be made of the files.
    """
    header: Header | None = None
    sources: dict[str, Source] = dict(shared_sources)
    patches: list[Patch] = []
    examples: list[Example] = []
    for path in paths:
        file = str(path)
        try:
            raw = read_toml(path)
        except DefinitionError as error:
            problems.add(file, (), str(error).removeprefix(f"{file}: "))
            return None
        header = read_header_keys(file, raw, problems) or header
        own = read_sources(file, raw.get("sources", {}), problems)
        sources |= own
        if "versions" not in raw and len(paths) == 1:
            problems.add(file, (), "`versions` is missing; a definition needs at least one [[versions]]")
        patches += read_patches(file, raw.get("versions", []), problems)
        read = file_reader(file, problems).read(tuple[Example, ...], raw.get("examples", []), ("examples",))
        examples += [] if read is MISSING else read
    versions = _versions(patches, sources, facts, problems)
    if header is None or not versions:
        return None
    return ProductDefinition(
        header, tuple(map(str, paths)), MappingProxyType(sources), versions, tuple(examples)
    )


def _versions(
    patches: list[Patch],
    sources: Mapping[str, Source],
    facts: Mapping[str, FactDef] | None,
    problems: Problems,
) -> tuple[ProductVersion, ...]:
    merged, made = Merged(), []
    dated = sorted(patches, key=lambda patch: patch.effective_from)
    for _, group in groupby(dated, key=lambda patch: patch.effective_from):
        same_day = list(group)
        for patch in same_day:
            merged.apply(patch, sources, problems)
        version = _structure(merged, same_day[-1], facts, problems)
        if version is not None:
            made.append(version)
    return tuple(made)


def _structure(
    merged: Merged, last: Patch, facts: Mapping[str, FactDef] | None, problems: Problems
) -> ProductVersion | None:
    def locate(path: KeyPath) -> tuple[str, KeyPath]:
        return merged.locate(last, path)

    reader = Reader(problems, locate)
    version = reader.table(ProductVersion, merged.data, ())
    if version is MISSING:
        return None
    fields = {name: with_common(name, field) for name, field in version.ask.items()}
    version = attrs.evolve(
        version, ask=MappingProxyType(fields), origins=MappingProxyType(dict(merged.origins))
    )
    check_version(version, reader, facts)
    return version
